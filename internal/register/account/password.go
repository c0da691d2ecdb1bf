package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"

	"golang.org/x/crypto/argon2"
)

// MinPassword and MaxPassword bound a password's characters.
const (
	MinPassword = 10
	MaxPassword = 128
)

// The work of one password: 19 MiB, two passes, one lane, as OWASP's password
// storage sheet gives it; about 30 ms of one core.
const (
	argonMemory = 19 << 10 // KiB
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32
)

var (
	msgShort  = fault.Msg{Key: "account.password_short", Text: "mật khẩu phải có ít nhất {min} ký tự"}
	msgLong   = fault.Msg{Key: "account.password_long", Text: "mật khẩu dài quá {max} ký tự"}
	msgCommon = fault.Msg{Key: "account.password_common", Text: "mật khẩu này dễ đoán (có trong danh sách hay dùng, hoặc chỉ thêm số vào từ quen thuộc); hãy dùng một câu ngắn của riêng mình"}
	msgOwn    = fault.Msg{Key: "account.password_own", Text: "mật khẩu không được chứa tên đăng nhập"}
)

var common = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.Fields(commonText) {
		out[word] = true
	}
	return out
})

// CheckPassword refuses a password that is short, that anybody would guess, or
// that contains the login.
func CheckPassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	folded := strings.ReplaceAll(vntext.Fold(password), " ", "")
	core := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	switch {
	case n < MinPassword:
		return fault.New(fault.Invalid, msgShort, "min", fmt.Sprint(MinPassword)).At("mat-khau")
	case n > MaxPassword:
		return fault.New(fault.Invalid, msgLong, "max", fmt.Sprint(MaxPassword)).At("mat-khau")
	case common()[folded] || common()[core] || core == "" || oneRune(folded):
		return fault.New(fault.Invalid, msgCommon).At("mat-khau")
	case login != "" && strings.Contains(folded, strings.ToLower(login)):
		return fault.New(fault.Invalid, msgOwn).At("mat-khau")
	}
	return nil
}

// oneRune tells whether a text repeats one or two characters only.
func oneRune(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) <= 2
}

// hasher hashes passwords, a few at a time, so that a rush of logins does not
// take the machine's memory.
type hasher struct{ slots chan struct{} }

func newHasher() hasher { return hasher{slots: make(chan struct{}, 2)} }

// run does the work once a slot is free, or fails with the context.
func (h hasher) run(ctx context.Context, work func()) error {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return fault.New(fault.Unavailable, msgBusy).Wrap(ctx.Err())
	}
	defer func() { <-h.slots }()
	work()
	return nil
}

// encode hashes a password with a salt: "argon2id$19456$2$1$salt$hash".
func (h hasher) encode(ctx context.Context, password, salt string) (out string, err error) {
	err = h.run(ctx, func() {
		key := argon2.IDKey([]byte(password), []byte(salt), argonTime, argonMemory, argonLanes, argonKey)
		out = fmt.Sprintf("argon2id$%d$%d$%d$%s$%s", argonMemory, argonTime, argonLanes, salt, base64.RawStdEncoding.EncodeToString(key))
	})
	return out, err
}

// matches tells whether a password is the hash's. Without a hash it does the
// same work and says no, so that the time of an answer says nothing.
func (h hasher) matches(ctx context.Context, password, encoded string) (ok bool, err error) {
	memory, passes, lanes, salt := uint32(argonMemory), uint32(argonTime), uint8(argonLanes), "giuchuan-no-account"
	want := []byte(nil)
	if part := strings.Split(encoded, "$"); len(part) == 6 && part[0] == "argon2id" {
		if _, err := fmt.Sscanf(part[1]+" "+part[2]+" "+part[3], "%d %d %d", &memory, &passes, &lanes); err != nil {
			return false, fmt.Errorf("account: read a password's parameters: %w", err)
		}
		if want, err = base64.RawStdEncoding.DecodeString(part[5]); err != nil {
			return false, fmt.Errorf("account: read a password's hash: %w", err)
		}
		salt = part[4]
	}
	err = h.run(ctx, func() {
		got := argon2.IDKey([]byte(password), []byte(salt), passes, memory, lanes, argonKey)
		ok = len(want) == argonKey && subtle.ConstantTimeCompare(got, want) == 1
	})
	return ok, err
}
