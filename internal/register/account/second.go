package account

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// issuer is how authenticator applications name the product.
const issuer = "Giữ Chuẩn"

// recoveryCodes is how many codes a person gets.
const recoveryCodes = 10

const totpPeriod = 30 // seconds

// Enrolment is what a person enters into an authenticator application.
type Enrolment struct {
	Key    string   // base32 in groups of four, to type in
	URL    string   // otpauth://…
	Matrix [][]bool // QR code, true = dark, without the quiet border
}

func base32Text(b []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// Enrol prepares a second factor for the session's account. Until the person
// has shown a code of it (see [Service.Enrolled]) asking again gives the same.
// A factor in use is not replaced: an administrator takes it away first.
func (s *Service) Enrol(ctx context.Context, session *Session) (Enrolment, error) {
	if session.Stage == NeedsCode || session.Account.Demo {
		return Enrolment{}, fault.New(fault.Forbidden, msgNoStep)
	}
	var key string
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		sec, _, err := secretOf(tx, session.Account.ID)
		if err != nil {
			return err
		}
		if sec.totpOn {
			return fault.New(fault.Conflict, msgHasSecond)
		}
		key, err = s.unseal(sec.totp)
		return err
	})
	if err == nil && key == "" {
		err = s.o.DB.Keep(ctx, func(tx *db.Tx) error {
			sec, _, err := secretOf(tx, session.Account.ID)
			if err != nil {
				return err
			}
			raw, err := base64.RawURLEncoding.DecodeString(tx.NewToken())
			if err != nil {
				return err
			}
			key = base32Text(raw[:20])
			sec.totp, err = s.seal(tx, key)
			if err != nil {
				return err
			}
			sec.step = 0
			return putSecret(tx, &sec)
		})
	}
	if err != nil {
		return Enrolment{}, err
	}
	return enrolment(key, session.Account.Login)
}

func enrolment(key, login string) (Enrolment, error) {
	label := url.PathEscape(issuer + ":" + login)
	address := "otpauth://totp/" + label + "?" + strings.ReplaceAll(url.Values{"secret": {key}, "issuer": {issuer}}.Encode(), "+", "%20")
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return Enrolment{}, fmt.Errorf("account: make the QR code: %w", err)
	}
	e := Enrolment{URL: address}
	for i := 0; i < len(key); i += 4 {
		e.Key += key[i:min(i+4, len(key))] + " "
	}
	e.Key = strings.TrimSpace(e.Key)
	size := code.Bounds().Dx()
	for y := range size {
		row := make([]bool, size)
		for x := range size {
			r, _, _, _ := code.At(x, y).RGBA()
			row[x] = r == 0
		}
		e.Matrix = append(e.Matrix, row)
	}
	return e, nil
}

// Proof is what a person shows to take a second factor into use.
type Proof struct {
	Code     string
	Password string // asked of a session that is in use: the one at the machine may not be its person
}

// Enrolled takes the factor that Enrol prepared into use once a code of it is
// shown, gives new recovery codes, and makes the session Full under a new
// token.
func (s *Service) Enrolled(ctx context.Context, token string, proof Proof, v Visit) (t Ticket, codes []string, err error) {
	session, err := s.Session(ctx, token)
	if err != nil {
		return t, nil, err
	}
	if session.Stage == NeedsCode || session.Account.Demo {
		return t, nil, fault.New(fault.Forbidden, msgNoStep)
	}
	if session.Stage == Full {
		if err := s.again(ctx, &session, proof.Password, v); err != nil {
			return t, nil, err
		}
	}
	id := session.Account.ID
	if err := s.countCode(ctx, id, v); err != nil {
		return t, nil, err
	}
	err = s.write(ctx, id, "account.second.enrol", map[string]string{"account": id}, func(tx *db.Tx) error {
		sec, _, err := secretOf(tx, id)
		if err != nil {
			return err
		}
		good, err := s.proves(tx, &sec, onlySix(proof.Code))
		if err != nil {
			return err
		}
		if !good {
			return fault.New(fault.Invalid, msgCode).At("ma-xac-thuc")
		}
		sec.totpOn = true
		if err := putSecret(tx, &sec); err != nil {
			return err
		}
		if codes, err = freshCodes(tx, id); err != nil {
			return err
		}
		if err := forgive(tx, "c:"+id, "i:"+digest(v.Address)); err != nil {
			return err
		}
		if err := dropDevices(tx, id); err != nil {
			return err
		}
		if t, err = s.open(tx, id, proven, v, token); err != nil {
			return err
		}
		t.Device, err = s.recognise(tx, id, "", false)
		return err
	})
	if err != nil {
		return Ticket{}, nil, err
	}
	return t, codes, nil
}

// onlySix keeps a recovery code from proving a new factor.
func onlySix(code string) string {
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	if len(code) != 6 {
		return "      "
	}
	return code
}

// countCode takes one attempt at a code of an account, or says how long to wait.
func (s *Service) countCode(ctx context.Context, id string, v Visit) error {
	var wait time.Duration
	err := s.o.DB.Keep(ctx, func(tx *db.Tx) (err error) {
		wait, err = count(tx, "c:"+id, "i:"+digest(v.Address))
		return err
	})
	if err == nil && wait > 0 {
		err = slow(wait)
	}
	return err
}

// freshCodes replaces the recovery codes of an account.
func freshCodes(tx *db.Tx, account string) ([]string, error) {
	if _, err := dropRecovery(tx, account, ""); err != nil {
		return nil, err
	}
	var out []string
	for range recoveryCodes {
		raw, err := base64.RawURLEncoding.DecodeString(tx.NewToken())
		if err != nil {
			return nil, err
		}
		code := strings.ToLower(base32Text(raw[:10])) // 80 bits
		if err := putRecovery(tx, account, digest(code)); err != nil {
			return nil, err
		}
		out = append(out, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return out, nil
}

// Second says whether an account has a second factor and how many recovery
// codes are left.
func (s *Service) Second(ctx context.Context, accountID string) (on bool, codes int64, err error) {
	err = s.o.DB.Read(ctx, func(tx *db.Tx) error {
		sec, _, err := secretOf(tx, accountID)
		if err != nil {
			return err
		}
		on = sec.totpOn
		codes, err = recoveryLeft(tx, accountID)
		return err
	})
	return on, codes, err
}

// stepOf gives the time step a code belongs to: the present one or a neighbour.
func stepOf(key, code string, now time.Time) (step int64, ok bool) {
	if key == "" {
		return 0, false
	}
	for _, shift := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(shift*totpPeriod) * time.Second)
		want, err := totp.GenerateCodeCustom(key, at, totp.ValidateOpts{Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = at.Unix()/totpPeriod, true
		}
	}
	return step, ok
}

var msgHasSecond = fault.Msg{Key: "account.has_second", Text: "tài khoản đã có xác thực hai lớp; muốn đổi điện thoại hãy nhờ quản trị đặt lại"}

// sealed marks a key that was sealed.
const sealed = "gcm1:"

// seal hides the key of a second factor under the server's key.
func (s *Service) seal(tx *db.Tx, key string) (string, error) {
	if len(s.o.Key) == 0 {
		return key, nil
	}
	box, err := s.box()
	if err != nil {
		return "", err
	}
	raw, err := base64.RawURLEncoding.DecodeString(tx.NewToken())
	if err != nil {
		return "", err
	}
	nonce := raw[:box.NonceSize()]
	return sealed + base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(key), nil)), nil
}

func (s *Service) box() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.o.Key)
	if err != nil {
		return nil, fmt.Errorf("account: the server's key: %w", err)
	}
	return cipher.NewGCM(block)
}

var msgSeal = fault.Msg{Key: "account.seal", Text: "không mở được khóa xác thực hai lớp: máy chủ thiếu hoặc dùng sai tệp khóa"}

func (s *Service) unseal(stored string) (string, error) {
	hidden, ok := strings.CutPrefix(stored, sealed)
	if !ok {
		return stored, nil
	}
	box, err := s.box()
	if err != nil {
		return "", fault.New(fault.Unavailable, msgSeal).Wrap(err)
	}
	raw, err := base64.RawStdEncoding.DecodeString(hidden)
	if err == nil && len(raw) < box.NonceSize() {
		err = errors.New("too short")
	}
	if err != nil {
		return "", fault.New(fault.Corrupt, msgSeal).Wrap(err)
	}
	key, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], nil)
	if err != nil {
		return "", fault.New(fault.Corrupt, msgSeal).Wrap(err)
	}
	return string(key), nil
}
