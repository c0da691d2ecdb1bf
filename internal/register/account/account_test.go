package account

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"

	"pgregory.net/rapid"
)

func TestCheckPassword(t *testing.T) {
	for _, x := range []struct{ password, login, want string }{
		{"mùa vải chín", "an", ""},
		{"Tr4u-gặm-cỏ!", "an", ""},
		{"ngắn quá", "an", "account.password_short"},
		{"matkhau123456", "an", "account.password_common"},
		{"MẬT KHẨU 2024!", "an", "account.password_common"},
		{"Tuyên Quang 2024", "an", "account.password_common"},
		{"1234567890", "an", "account.password_common"},
		{"2468 1357 9999", "an", "account.password_common"},
		{"ababababababab", "an", "account.password_common"},
		{"nongthonmoi@2024", "an", "account.password_common"},
		{"qwertyuiop", "an", "account.password_common"},
		{"phuluu.nhap và nước", "phuluu.nhap", "account.password_own"},
		{strings.Repeat("ấm áp ", 30), "an", "account.password_long"},
	} {
		err := CheckPassword(x.password, x.login)
		got := ""
		if rows := fault.Rows(err); len(rows) > 0 {
			got = rows[0].Msg.Key
		}
		if got != x.want {
			t.Errorf("%q: %q, want %q", x.password, got, x.want)
		}
	}
	if n := len(common()); n < 300 {
		t.Errorf("only %d common passwords", n)
	}
}

func TestHashes(t *testing.T) {
	h := newHasher()
	a, err := h.encode(t.Context(), "mùa vải chín", "salt-one")
	if err != nil {
		t.Fatal(err)
	}
	b, err := h.encode(t.Context(), "mùa vải chín", "salt-two")
	if err != nil || a == b || !strings.HasPrefix(a, "argon2id$19456$2$1$salt-one$") {
		t.Fatalf("%q and %q, %v", a, b, err)
	}
	for _, x := range []struct {
		password, encoded string
		want              bool
	}{{"mùa vải chín", a, true}, {"mùa vải chin", a, false}, {"", a, false}, {"mùa vải chín", "", false}, {"", "", false}} {
		if got, err := h.matches(t.Context(), x.password, x.encoded); err != nil || got != x.want {
			t.Errorf("%q against %.20q: %v, %v", x.password, x.encoded, got, err)
		}
	}
}

// TestThrottleBearsAFloodOfAttempts lets machines try as fast as they can for
// an hour: ten thousand attempts a minute.
func TestThrottleBearsAFloodOfAttempts(t *testing.T) {
	start := time.Date(2024, time.October, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		name string
		p    pace
		most int
	}{{"account", accountPace, 20}, {"address", addressPace, 40}} {
		var th throttle
		taken := 0
		for at := start; at.Before(start.Add(time.Hour)); at = at.Add(6 * time.Millisecond) {
			next, wait := th.try(at, x.p)
			if th = next; wait == 0 {
				taken++
			}
		}
		if taken > x.most || taken < x.p.free {
			t.Errorf("%s: %d attempts in an hour, want %d to %d", x.name, taken, x.p.free, x.most)
		}
		if _, wait := th.try(start.Add(4*time.Hour), x.p); wait != 0 {
			t.Errorf("%s: still closed after three quiet hours", x.name)
		}
	}
}

func TestThrottleForgivesASuccess(t *testing.T) {
	now := time.Date(2024, time.October, 1, 0, 0, 0, 0, time.UTC)
	var th throttle
	for range 1000 {
		next, wait := th.try(now, accountPace)
		if wait > 0 {
			t.Fatal("right passwords slow down")
		}
		th = next.takeBack()
	}
}

func TestExpiredGrantsGiveNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := day.Day(rapid.Int32Range(10000, 30000).Draw(t, "today"))
		var list []Grant
		for range rapid.IntRange(0, 5).Draw(t, "grants") {
			from := on + day.Day(rapid.Int32Range(-400, 400).Draw(t, "from"))
			list = append(list, Grant{
				Role: rapid.SampledFrom(authz.Roles()).Draw(t, "role"), Place: "08.1", Unit: "vpdp-ntm.1", Fields: []string{"*"},
				From: from, Until: from + day.Day(rapid.Int32Range(0, 300).Draw(t, "days")),
			})
		}
		standing := stands(list, on)
		alive := slices.DeleteFunc(slices.Clone(list), func(g Grant) bool { return on < g.From || g.Until < on })
		if len(standing) != len(alive) {
			t.Fatalf("%d grants stand of %d alive", len(standing), len(alive))
		}
		if len(alive) > 0 {
			return
		}
		s := authz.Subject{ID: "me", Grants: standing}
		for _, a := range authz.Actions() {
			if a != authz.OwnAccount && authz.Reaches(s, a) {
				t.Fatalf("grants that do not hold allow %s", a)
			}
		}
	})
}

func TestLoopback(t *testing.T) {
	for listen, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:80": true, "127.8.0.1:1": true,
		"0.0.0.0:8080": false, ":8080": false, "192.168.1.5:80": false, "example.vn:80": false, "": false, "[::]:80": false,
	} {
		if got := Loopback(listen); got != want {
			t.Errorf("%q: %v, want %v", listen, got, want)
		}
	}
}

func TestSealedKeysNeedTheServersKey(t *testing.T) {
	s := &Service{o: Options{Key: []byte(strings.Repeat("k", 32))}}
	if _, err := s.unseal(sealed + "AAAA"); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a broken seal: %v", err)
	}
	if got, err := s.unseal("PLAIN"); err != nil || got != "PLAIN" {
		t.Errorf("a key stored before there was a server's key: %q, %v", got, err)
	}
}

func TestCodesOfNeighbouringSteps(t *testing.T) {
	now := time.Unix(1727740800, 0)
	e, err := enrolment("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "an")
	if err != nil || len(e.Matrix) < 21 || !strings.HasPrefix(e.URL, "otpauth://totp/") || strings.Contains(e.URL, "+") {
		t.Fatalf("%+v, %v", e.URL, err)
	}
	for _, bad := range []string{"", "12345", "abcdef", "      ", "1234567"} {
		if _, ok := stepOf("JBSWY3DPEHPK3PXP", bad, now); ok {
			t.Errorf("%q proves something", bad)
		}
	}
	if _, ok := stepOf("", "000000", now); ok {
		t.Error("a code proves an account without second factor")
	}
}
