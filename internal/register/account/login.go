package account

import (
	"context"
	"strings"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
)

var (
	msgWrong   = fault.Msg{Key: "account.wrong", Text: "tên đăng nhập hoặc mật khẩu không đúng"}
	msgCode    = fault.Msg{Key: "account.code", Text: "mã xác thực không đúng hoặc đã dùng; hãy chờ mã mới trên điện thoại"}
	msgNoStep  = fault.Msg{Key: "account.no_step", Text: "phiên đăng nhập đã quá hạn; hãy nhập lại tên và mật khẩu"}
	msgOldPass = fault.Msg{Key: "account.old_password", Text: "mật khẩu hiện tại không đúng"}
)

// Visit is what is known of a machine that asks.
type Visit struct {
	Address string // network address, for slowing down
	Agent   string // what the browser calls itself, shown in the list of sessions
	Device  string // the device's token, "" = none
}

// Ticket is what a step of the login gives the browser.
type Ticket struct {
	Token  string // of the session; new at every step
	Stage  Stage
	Until  time.Time // the session's end at the latest
	Device string    // the device's token, once the login is whole
}

// loginTry is an attempt that was taken.
type loginTry struct {
	secret secret
	known  bool
	keys   [2]string // throttle keys: of the account or its device, of the address
}

// Login checks a login and a password. Every refusal is the same sentence,
// takes the same time and counts against the account and the address; too many
// give a wait instead (see [Wait]). old is the token of a session to end.
func (s *Service) Login(ctx context.Context, login, password string, v Visit, old string) (Ticket, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if len(login) > 64 {
		login = login[:64] // no account's; it only names a throttle
	}
	login = strings.ToValidUTF8(login, "")
	try, err := s.begin(ctx, login, v)
	if err != nil {
		return Ticket{}, err
	}
	if len(password) > 4*MaxPassword {
		password = ""
	}
	ok, err := s.hasher.matches(ctx, password, try.secret.password)
	if err != nil {
		return Ticket{}, err
	}
	var a Account
	if ok && try.known {
		if a, err = s.usable(ctx, try.secret.account); err != nil {
			return Ticket{}, err
		}
	}
	if a.ID == "" {
		return Ticket{}, fault.New(fault.Invalid, msgWrong).At("mat-khau")
	}
	var t Ticket
	err = s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		if err := forgive(tx, try.keys[:]...); err != nil {
			return err
		}
		if err := sweep(tx, tx.Now()); err != nil {
			return err
		}
		stage, err := s.stage(ctx, tx, &a, &try.secret, v.Device)
		if err != nil {
			return err
		}
		t, err = s.open(tx, a.ID, stage, v, old)
		if err == nil && stage == Full {
			t.Device, err = s.recognise(tx, a.ID, v.Device, false)
		}
		return err
	})
	return t, err
}

// usable gives the account when it may log in, else the zero account.
func (s *Service) usable(ctx context.Context, id string) (a Account, err error) {
	err = s.o.DB.Read(ctx, func(tx *db.Tx) error {
		a, err = full(tx, id)
		return err
	})
	if err != nil || a.State != Active || a.Demo && !s.o.Demo {
		return Account{}, err
	}
	return a, nil
}

// begin takes an attempt, or says how long to wait. An unknown login is
// treated exactly as a known one.
func (s *Service) begin(ctx context.Context, login string, v Visit) (try loginTry, err error) {
	var wait time.Duration
	err = s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		try.secret, try.known, err = secretByLogin(tx, login)
		if err != nil {
			return err
		}
		try.keys = [2]string{"a:" + digest(login), "i:" + digest(v.Address)}
		d, err := readDevice(tx, digest(v.Device), try.secret.account)
		if err != nil {
			return err
		}
		if try.known && v.Device != "" && d.until.After(tx.Now()) {
			try.keys[0] = "d:" + digest(v.Device+" "+login) // others cannot lock a known machine out
		}
		wait, err = count(tx, try.keys[0], try.keys[1])
		return err
	})
	if err == nil && wait > 0 {
		err = slow(wait)
	}
	return try, err
}

// count takes one attempt under each key, or none and the longer wait.
func count(tx *db.Tx, account, address string) (time.Duration, error) {
	var next [2]throttle
	var most time.Duration
	keys := [2]string{account, address}
	for i, p := range [2]pace{accountPace, addressPace} {
		t, err := readThrottle(tx, keys[i])
		if err != nil {
			return 0, err
		}
		var wait time.Duration
		next[i], wait = t.try(tx.Now(), p)
		most = max(most, wait)
	}
	if most > 0 {
		return most, nil
	}
	for i, key := range keys {
		if err := putThrottle(tx, key, next[i]); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// forgive takes attempts back that succeeded: all of the first key, one of the
// others.
func forgive(tx *db.Tx, keys ...string) error {
	for i, key := range keys {
		t, err := readThrottle(tx, key)
		if err != nil {
			return err
		}
		t = t.takeBack()
		if i == 0 {
			t = throttle{last: tx.Now()}
		}
		if err := putThrottle(tx, key, t); err != nil {
			return err
		}
	}
	return nil
}

// stage says what a right password still lacks.
func (s *Service) stage(ctx context.Context, tx *db.Tx, a *Account, sec *secret, deviceToken string) (Stage, error) {
	if a.Demo {
		return Full, nil // known to all: a code would prove nothing
	}
	subject, err := s.subject(ctx, tx, a, tx.Today())
	if err != nil {
		return "", err
	}
	required := needsSecond(subject)
	d, err := readDevice(tx, digest(deviceToken), a.ID)
	switch {
	case err != nil:
		return "", err
	case sec.totpOn && !required && deviceToken != "" && d.trust.After(tx.Now()):
		return Full, nil
	case sec.totpOn:
		return NeedsCode, nil
	case required:
		return NeedsEnrolment, nil
	}
	return Full, nil
}

// open begins a session and ends the old one of the same browser.
func (s *Service) open(tx *db.Tx, account string, stage Stage, v Visit, old string) (Ticket, error) {
	if old != "" {
		if err := dropSession(tx, digest(old)); err != nil {
			return Ticket{}, err
		}
	}
	t := Ticket{Token: tx.NewToken(), Stage: stage, Until: tx.Now().Add(half)}
	if stage.person() {
		t.Stage, t.Until = Full, tx.Now().Add(s.o.Limits.Session)
	}
	return t, putSession(tx, &sessionRow{
		hash: digest(t.Token), account: account, ref: tx.NewID(), stage: stage, made: tx.Now(), seen: tx.Now(),
		until: t.Until, address: clip(v.Address, 64), agent: clip(v.Agent, 160),
	})
}

func clip(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// recognise remembers the device for an account and gives its token.
func (s *Service) recognise(tx *db.Tx, account, token string, trust bool) (string, error) {
	if token == "" {
		token = tx.NewToken()
	}
	d, err := readDevice(tx, digest(token), account)
	if err != nil {
		return "", err
	}
	if d.until.Before(tx.Now()) {
		d = device{trust: tx.Now()}
		token = tx.NewToken() // a token the browser brought along is not adopted
	}
	d.until = tx.Now().Add(remember)
	if trust {
		d.trust = tx.Now().Add(s.o.Limits.Trust)
	}
	return token, putDevice(tx, digest(token), account, d)
}

// Code is the second step of a login.
type Code struct {
	Code  string // six digits, or a recovery code
	Trust bool   // do not ask on this device for some time, where the role allows that
}

// Prove finishes a login that waits for its second factor. The session's token
// changes.
func (s *Service) Prove(ctx context.Context, token string, c Code, v Visit) (Ticket, error) {
	var t Ticket
	var wait time.Duration
	failed := false
	err := s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		row, found, err := readSession(tx, digest(token))
		if err != nil {
			return err
		}
		if !found || row.stage != NeedsCode || row.until.Before(tx.Now()) {
			return fault.New(fault.Forbidden, msgNoStep)
		}
		if wait, err = count(tx, "c:"+row.account, "i:"+digest(v.Address)); err != nil || wait > 0 {
			return err
		}
		sec, _, err := secretOf(tx, row.account)
		if err != nil {
			return err
		}
		good, err := s.proves(tx, &sec, c.Code)
		if err != nil || !good {
			failed = err == nil
			return err
		}
		if err := forgive(tx, "c:"+row.account, "i:"+digest(v.Address)); err != nil {
			return err
		}
		if t, err = s.open(tx, row.account, proven, v, token); err != nil {
			return err
		}
		t.Device, err = s.recognise(tx, row.account, v.Device, c.Trust)
		return err
	})
	switch {
	case err != nil:
		return Ticket{}, err
	case wait > 0:
		return Ticket{}, slow(wait)
	case failed:
		return Ticket{}, fault.New(fault.Invalid, msgCode).At("ma-xac-thuc")
	}
	return t, nil
}

// proves tells whether a code is the account's now, and uses it up.
func (s *Service) proves(tx *db.Tx, sec *secret, code string) (bool, error) {
	code = strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
	if len(code) != 6 {
		n, err := dropRecovery(tx, sec.account, digest(code))
		return n == 1, err
	}
	key, err := s.unseal(sec.totp)
	if err != nil {
		return false, err
	}
	step, ok := stepOf(key, code, tx.Now())
	if !ok || step <= sec.step {
		return false, nil
	}
	sec.step = step
	return true, putSecret(tx, sec)
}
