package account_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/account"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
	"giuchuan/reference"

	"github.com/pquerna/otp/totp"
)

// world is a service over a database whose clocks a test moves.
type world struct {
	*account.Service
	t     *testing.T
	db    *db.DB
	o     account.Options
	now   time.Time
	today day.Day
	admin authz.Subject
}

var visit = account.Visit{Address: "192.0.2.7"}

const (
	password = "mùa vải chín đỏ vườn"
	other    = "con sông Lô mùa nước lên"
)

func each(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	var w *world
	dbtest.EachWith(t, func(o *db.Options) {
		w = &world{now: time.Date(2024, time.October, 1, 1, 0, 0, 0, time.UTC), today: day.Of(2024, time.October, 1)}
		mine := w
		o.Now, o.Today = func() time.Time { return mine.now }, func() day.Day { return mine.today }
	}, func(t *testing.T, d *db.DB) {
		w.t, w.db = t, d
		places, err := place.Load(reference.FS())
		if err != nil {
			t.Fatal(err)
		}
		agencies, err := agency.Load(reference.FS(), places, "08")
		if err != nil {
			t.Fatal(err)
		}
		w.o = account.Options{DB: d, Places: places, Agencies: agencies, Province: "08", Key: []byte(strings.Repeat("k", 32))}
		w.Service = account.New(w.o)
		token, err := w.FirstToken(t.Context())
		must(t, err)
		must(t, w.Begin(t.Context(), account.First{Token: token, Login: "quantri", Post: "Quản trị", Unit: "vp-ubnd.1", Password: password}, visit))
		w.admin = w.subject("quantri")
		body(t, w)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

// refused fails unless an error bears a message.
func refused(t *testing.T, what string, err error, key string) {
	t.Helper()
	rows := fault.Rows(err)
	if len(rows) == 0 || rows[0].Msg.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// id finds an account by its login, as the database knows it.
func (w *world) id(login string) (id string) {
	w.t.Helper()
	must(w.t, w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT account_id FROM account_secret WHERE login_key = $1`, login).Scan(&id)
	}))
	return id
}

func (w *world) subject(login string) (s authz.Subject) {
	w.t.Helper()
	id := w.id(login)
	must(w.t, w.db.Read(w.t.Context(), func(tx *db.Tx) (err error) {
		s, err = w.Subject(w.t.Context(), tx, id, w.today)
		return err
	}))
	return s
}

func grant(role authz.Role, fields ...string) account.NewGrant {
	return account.NewGrant{Role: role, Fields: fields, From: day.Of(2024, time.January, 1), Until: day.Forever, Document: "QĐ 1/QĐ-UBND"}
}

// person invites somebody and lets them set the password.
func (w *world) person(login, unit string, n account.NewGrant) string {
	w.t.Helper()
	id, token, err := w.Invite(w.t.Context(), w.admin, account.Invite{Login: login, Post: login, Unit: unit, Grant: n})
	must(w.t, err)
	must(w.t, w.Accept(w.t.Context(), token, password))
	return id
}

func (w *world) login(login, pass string, v account.Visit) (account.Ticket, error) {
	return w.Login(w.t.Context(), login, pass, v, "")
}

func TestUnitAdministratorsOnlyTheirOwnStaff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.person("phuluu.quantri", "ubnd-02392.1", grant(authz.UnitAdmin))
		unit := w.subject("phuluu.quantri")
		invite := func(login, agencyID string, n account.NewGrant) error {
			_, _, err := w.Invite(ctx, unit, account.Invite{Login: login, Post: "Cán bộ", Unit: agencyID, Grant: n})
			return err
		}
		must(t, invite("phuluu.nhap", "ubnd-02392.1", grant(authz.CommuneEntry)))
		refused(t, "another commune", invite("a.b", "ubnd-02407.1", grant(authz.CommuneEntry)), "account.not_yours")
		refused(t, "another administrator", invite("a.b", "ubnd-02392.1", grant(authz.UnitAdmin)), "account.above")
		refused(t, "the province's administrator", invite("a.b", "ubnd-02392.1", grant(authz.ProvinceAdmin)), "account.tier")
		refused(t, "a district's role in a commune", invite("a.b", "ubnd-02392.1", grant(authz.DistrictOffice)), "account.tier")
		refused(t, "a login twice", invite("phuluu.nhap", "ubnd-02392.1", grant(authz.CommuneEntry)), "account.taken")
		refused(t, "no document", invite("a.b", "ubnd-02392.1", account.NewGrant{Role: authz.CommuneEntry, Until: day.Forever}), "account.document")

		admin := w.id("quantri")
		refused(t, "disable the province's administrator", w.Disable(ctx, unit, admin, ""), "account.not_yours")
		_, err := w.Reset(ctx, unit, admin, true)
		refused(t, "reset the province's administrator", err, "account.not_yours")
		refused(t, "disable oneself", w.Disable(ctx, unit, unit.ID, ""), "account.not_self")
		_, err = w.Grant(ctx, w.admin, w.admin.ID, grant(authz.Coordination))
		refused(t, "a role for oneself", err, "account.not_self")

		w.person("soyte.quantri", "so-y-te.1", grant(authz.UnitAdmin, "xa-ntm-2021-2025/15"))
		unit = w.subject("soyte.quantri")
		must(t, invite("soyte.1", "so-y-te.1", grant(authz.InCharge, "xa-ntm-2021-2025/15.1")))
		refused(t, "a criterion of another agency", invite("soyte.2", "so-y-te.1", grant(authz.InCharge, "xa-ntm-2021-2025/17")), "account.beyond")
		refused(t, "all criteria", invite("soyte.2", "so-y-te.1", grant(authz.InCharge, "*")), "account.beyond")
		refused(t, "a role above the unit", invite("soyte.2", "so-y-te.1", grant(authz.ProvinceLeader)), "account.above")

		list, err := w.List(ctx, unit)
		must(t, err)
		if len(list) != 2 {
			t.Errorf("the list shows %d accounts, want the agency's own two", len(list))
		}
		if list, err = w.List(ctx, w.subject("soyte.1")); err == nil && len(list) > 0 {
			t.Error("who administers nobody sees accounts")
		}
	})
}

func TestGrantsHaveDates(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		an := w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		binh := w.person("phuluu.binh", "ubnd-02392.1", grant(authz.CommuneLeader))
		list, err := w.List(ctx, w.admin)
		must(t, err)
		var given string
		for _, l := range list {
			if l.ID == an {
				given = l.Grants[0].ID
			}
		}
		on := day.Of(2024, time.November, 1)
		must(t, w.HandOver(ctx, w.admin, account.HandOver{Grant: given, To: binh, On: on, Document: "QĐ 9/QĐ-UBND"}))
		roles := func(login string) string {
			var out []string
			for _, g := range w.subject(login).Grants {
				out = append(out, string(g.Role))
			}
			return strings.Join(out, " ")
		}
		for _, x := range []struct {
			on       day.Day
			an, binh string
		}{
			{day.Of(2023, time.December, 31), "", ""},
			{day.Of(2024, time.October, 31), "xa-nguoi-nhap", "xa-lanh-dao"},
			{on, "", "xa-lanh-dao xa-nguoi-nhap"},
		} {
			w.today = x.on
			if roles("phuluu.an") != x.an || roles("phuluu.binh") != x.binh {
				t.Errorf("on %s: an %q, binh %q, want %q and %q", x.on, roles("phuluu.an"), roles("phuluu.binh"), x.an, x.binh)
			}
		}
		refused(t, "a role that has ended", w.EndGrant(ctx, w.admin, given, on, "x"), "account.grant_ended")
		refused(t, "no such role", w.EndGrant(ctx, w.admin, "x", on, "x"), "account.unknown_grant")

		w.person("vpdp.an", "vpdp-ntm.1", grant(authz.Coordination))
		w.today = day.Of(2025, time.July, 1)
		if g := w.subject("vpdp.an").Grants; len(g) != 1 || g[0].Place != "08.2" {
			t.Errorf("after the provinces merged the coordination office has %+v, want the new province", g)
		}
	})
}

func TestDisabledAndResetAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		ticket, err := w.login("phuluu.an", password, visit)
		must(t, err)
		must(t, w.Disable(ctx, w.admin, id, "nghỉ việc"))
		if _, err := w.Session(ctx, ticket.Token); err == nil {
			t.Error("the session of a disabled account is alive")
		}
		_, err = w.login("phuluu.an", password, visit)
		refused(t, "login when disabled", err, "account.wrong")
		if len(w.subject("phuluu.an").Grants) != 0 {
			t.Error("a disabled account has rights")
		}
		must(t, w.Enable(ctx, w.admin, id))
		ticket, err = w.login("phuluu.an", password, visit)
		must(t, err)
		link, err := w.Reset(ctx, w.admin, id, true)
		must(t, err)
		if _, err := w.Session(ctx, ticket.Token); err == nil {
			t.Error("a session outlives the reset")
		}
		_, err = w.login("phuluu.an", password, visit)
		refused(t, "the old password", err, "account.wrong")
		w.now = w.now.Add(73 * time.Hour)
		refused(t, "a link after three days", w.Accept(ctx, link, other), "account.link")
		link, err = w.Reset(ctx, w.admin, id, false)
		must(t, err)
		must(t, w.Accept(ctx, link, other))
		refused(t, "a link twice", w.Accept(ctx, link, other), "account.link")
		_, err = w.login("phuluu.an", other, visit)
		must(t, err)
	})
}

// TestGuessesFromAThousandAddresses tries one account from many machines, and
// restarts the server meanwhile.
func TestGuessesFromAThousandAddresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		known, err := w.login("phuluu.an", password, account.Visit{Address: "192.0.2.200"})
		must(t, err)
		taken := 0
		for i := range 300 {
			if i%100 == 50 {
				w.Service = account.New(w.o)
			}
			_, err := w.login("phuluu.an", "sai mật khẩu", account.Visit{Address: fmt.Sprintf("198.51.100.%d", i)})
			if _, slow := account.Wait(err); !slow {
				taken++
			}
			w.now = w.now.Add(12 * time.Second)
		}
		if taken > 20 || taken < 5 {
			t.Errorf("%d guesses were taken in an hour, want at most 20", taken)
		}
		_, err = w.login("phuluu.an", password, account.Visit{Address: "192.0.2.201"})
		if _, slow := account.Wait(err); !slow {
			t.Errorf("an unknown machine gets in during the attack: %v", err)
		}
		if _, err := w.login("phuluu.an", password, account.Visit{Address: "192.0.2.200", Device: known.Device}); err != nil {
			t.Errorf("the attack locks out the machine the account is used on: %v", err)
		}
	})
}

func TestJournalIsWholeAndHoldsNoSecret(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id, token, err := w.Invite(ctx, w.admin, account.Invite{Login: "phuluu.an", Post: "Văn phòng", Name: "Nguyễn Thị Mận", Unit: "ubnd-02392.1", Grant: grant(authz.CommuneEntry)})
		must(t, err)
		must(t, w.Accept(ctx, token, password))
		ticket, err := w.login("phuluu.an", password, visit)
		must(t, err)
		must(t, w.Forget(ctx, w.admin, id))
		if _, err := journal.Verify(ctx, w.db, account.Tables(), nil); err != nil {
			t.Errorf("the journal after a name was erased: %v", fault.Text(err))
		}
		must(t, w.db.Read(ctx, func(tx *db.Tx) error {
			bodies, err := db.Collect(tx, func(rows *db.Rows) (s string, err error) { return s, rows.Scan(&s) }, `SELECT body FROM journal_entry ORDER BY position`)
			all := strings.Join(bodies, "\n")
			for _, secret := range []string{"Mận", token, ticket.Token, password, "argon2id"} {
				if strings.Contains(all, secret) {
					t.Errorf("the journal holds %q", secret)
				}
			}
			return err
		}))
	})
}

func TestTrustedDevices(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		ticket, err := w.login("phuluu.an", password, visit)
		must(t, err)
		if ticket.Stage != account.Full {
			t.Fatalf("a commune's clerk without second factor: %s", ticket.Stage)
		}
		_, keyless := enrol(t, w, ticket.Token)
		at, err := w.login("phuluu.an", password, visit)
		must(t, err)
		if at.Stage != account.NeedsCode {
			t.Fatalf("a machine that is not trusted: %s", at.Stage)
		}
		full, err := w.Prove(ctx, at.Token, account.Code{Code: keyless[0], Trust: true}, visit)
		must(t, err)
		known := account.Visit{Address: visit.Address, Device: full.Device}
		for _, x := range []struct {
			after time.Duration
			v     account.Visit
			want  account.Stage
		}{{0, known, account.Full}, {0, visit, account.NeedsCode}, {29 * 24 * time.Hour, known, account.Full}, {48 * time.Hour, known, account.NeedsCode}} {
			w.now = w.now.Add(x.after)
			got, err := w.login("phuluu.an", password, x.v)
			must(t, err)
			if got.Stage != x.want {
				t.Errorf("after %v: %s, want %s", x.after, got.Stage, x.want)
			}
		}
		var stored string
		must(t, w.db.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(`SELECT totp FROM account_secret WHERE login_key = 'phuluu.an'`).Scan(&stored)
		}))
		if !strings.HasPrefix(stored, "gcm1:") {
			t.Errorf("the key of the second factor is stored as %.12q", stored)
		}
	})
}

// A role that asks for a second factor, given to somebody who is logged in with a
// password alone, ends that session; the next login asks for the factor.
func TestADutyThatNeedsASecondFactorEndsThePasswordSession(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		ticket, err := w.login("phuluu.an", password, visit)
		must(t, err)
		_, err = w.Session(t.Context(), ticket.Token)
		must(t, err)
		_, err = w.Grant(t.Context(), w.admin, id, grant(authz.UnitAdmin))
		must(t, err)
		if s, err := w.Session(t.Context(), ticket.Token); err == nil {
			t.Errorf("the password's session holds %d roles", len(s.Subject.Grants))
		}
		again, err := w.login("phuluu.an", password, visit)
		must(t, err)
		if again.Stage != account.NeedsEnrolment {
			t.Fatalf("the next login: %s", again.Stage)
		}
		token, _ := enrol(t, w, again.Token)
		s, err := w.Session(t.Context(), token)
		must(t, err)
		if s.Stage != account.Full || len(s.Subject.Grants) != 2 {
			t.Errorf("with the second factor: %s and %d roles", s.Stage, len(s.Subject.Grants))
		}
	})
}

// enrol gives the session's account a second factor; it returns the new token
// and the recovery codes.
func enrol(t *testing.T, w *world, token string) (string, []string) {
	t.Helper()
	session, err := w.Session(t.Context(), token)
	must(t, err)
	e, err := w.Enrol(context.Background(), &session)
	must(t, err)
	code, err := totp.GenerateCode(strings.ReplaceAll(e.Key, " ", ""), w.now)
	must(t, err)
	ticket, codes, err := w.Enrolled(t.Context(), token, account.Proof{Code: code, Password: password}, visit)
	must(t, err)
	return ticket.Token, codes
}
