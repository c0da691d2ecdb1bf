package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/account"

	"github.com/pquerna/otp/totp"
)

// Whoever finds a machine unlocked must not tie the account to a phone of
// their own: a session in use is asked for the password again.
func TestEnrollingFromASessionInUseAsksForThePassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		ticket, err := w.login("phuluu.an", password, visit)
		must(t, err)
		session, err := w.Session(t.Context(), ticket.Token)
		must(t, err)
		e, err := w.Enrol(t.Context(), &session)
		must(t, err)
		code, err := totp.GenerateCode(strings.ReplaceAll(e.Key, " ", ""), w.now)
		must(t, err)
		for _, wrong := range []string{"", other} {
			_, _, err = w.Enrolled(t.Context(), ticket.Token, account.Proof{Code: code, Password: wrong}, visit)
			refused(t, "password "+wrong, err, "account.old_password")
		}
		if on, _, err := w.Second(t.Context(), id); on || err != nil {
			t.Fatal("a second factor without the password", err)
		}
		fresh, codes, err := w.Enrolled(t.Context(), ticket.Token, account.Proof{Code: code, Password: password}, visit)
		must(t, err)
		if fresh.Stage != account.Full || len(codes) != 10 {
			t.Errorf("with the password: %+v, %d codes", fresh, len(codes))
		}
		var slow error
		for range 8 {
			_, _, slow = w.Enrolled(t.Context(), fresh.Token, account.Proof{Code: code, Password: other}, visit)
		}
		if _, waits := account.Wait(slow); !waits {
			t.Errorf("guessing the password here is not slowed down: %v", slow)
		}
	})
}

func (w *world) grantOf(login string) account.Grant {
	w.t.Helper()
	list, err := w.List(w.t.Context(), w.admin)
	must(w.t, err)
	for _, l := range list {
		if l.Login == login {
			return l.Grants[len(l.Grants)-1]
		}
	}
	w.t.Fatal("no account", login)
	return account.Grant{}
}

func TestRolesAreNotEndedInThePast(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.person("phuluu.an", "ubnd-02392.1", grant(authz.CommuneEntry))
		binh := w.person("phuluu.binh", "ubnd-02392.1", grant(authz.CommuneLeader))
		given := w.grantOf("phuluu.an").ID
		refused(t, "ended yesterday", w.EndGrant(ctx, w.admin, given, w.today-1, "x"), "account.past")
		refused(t, "handed over since yesterday",
			w.HandOver(ctx, w.admin, account.HandOver{Grant: given, To: binh, On: w.today - 1, Document: "x"}), "account.past_handover")
		if len(w.subject("phuluu.an").Grants) != 1 {
			t.Fatal("a refused end ended the role")
		}
		must(t, w.EndGrant(ctx, w.admin, given, w.today, "QĐ 2"))
		if len(w.subject("phuluu.an").Grants) != 1 {
			t.Error("the last day counts")
		}
		w.today++
		if len(w.subject("phuluu.an").Grants) != 0 {
			t.Error("the role goes on after its last day")
		}
	})
}

// assignedTo is a table of assignments.
type assignedTo map[string]string

// Fields gives what stands under "role unit".
func (a assignedTo) Fields(_ context.Context, _ *db.Tx, role authz.Role, unit string, _ day.Day) ([]string, error) {
	return strings.Fields(a[string(role)+" "+unit]), nil
}

func TestAGrantWithoutCriteriaTakesThoseAssignedToItsAgency(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		table := assignedTo{"co-quan-phu-trach so-y-te.1": "xa-ntm-2021-2025/15", "co-quan-cung-cap so-y-te.1": "xa-ntm-2021-2025/15.4"}
		w.o.Assigned = table
		w.Service = account.New(w.o)
		fields := func(login string) string {
			var out []string
			for _, g := range w.subject(login).Grants {
				out = append(out, g.Fields...)
			}
			return strings.Join(out, " ")
		}
		w.person("yte.an", "so-y-te.1", grant(authz.InCharge))
		w.person("yte.binh", "so-y-te.1", grant(authz.InCharge, "xa-ntm-2021-2025/15.2"))
		w.person("yte.cuong", "so-y-te.1", grant(authz.Supplier))
		w.person("vpdp.dung", "vpdp-ntm.1", grant(authz.Coordination))
		for login, want := range map[string]string{
			"yte.an": "xa-ntm-2021-2025/15", "yte.binh": "xa-ntm-2021-2025/15.2", "yte.cuong": "xa-ntm-2021-2025/15.4", "vpdp.dung": "",
		} {
			if got := fields(login); got != want {
				t.Errorf("%s has %q, want %q", login, got, want)
			}
		}
		table["co-quan-phu-trach so-y-te.1"] = "" // the assignment ended
		if got := fields("yte.an"); got != "" {
			t.Errorf("after the assignment ended: %q", got)
		}
	})
}

// On 1/7/2025 districts end and communes merge: their people's roles give
// nothing until a person hands them over, in one act each.
func TestRolesOfPlacesThatEndedAreHandedOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.person("minhdan.an", "ubnd-02389.1", grant(authz.CommuneEntry))
		w.person("hamyen.binh", "ubnd-074.1", grant(authz.DistrictOffice))
		w.person("nnptnt.cuong", "so-nnptnt.1", grant(authz.InCharge, "xa-ntm-2021-2025/13"))
		w.person("yte.dung", "so-y-te.1", grant(authz.InCharge, "xa-ntm-2021-2025/15"))
		if list, err := w.Stranded(ctx, w.admin); err != nil || len(list) != 0 {
			t.Fatalf("before the end: %v, %v", list, err)
		}
		w.today = day.Of(2025, time.July, 1)
		w.admin = w.subject("quantri")
		list, err := w.Stranded(ctx, w.admin)
		must(t, err)
		if len(list) != 3 {
			t.Fatalf("%d roles to hand over, want those of the commune, the district and the department", len(list))
		}
		find := func(login string) account.Stranded {
			i := slices.IndexFunc(list, func(s account.Stranded) bool { return s.Account.Login == login })
			if i < 0 {
				t.Fatal("not listed:", login)
			}
			return list[i]
		}
		commune, district := find("minhdan.an"), find("hamyen.binh")
		if len(commune.Units) != 1 || commune.Units[0].Name != "Ủy ban nhân dân xã Phù Lưu" || commune.Roles[0] != authz.CommuneEntry ||
			commune.Ended != w.today-1 {
			t.Errorf("Minh Dân became a part of Phù Lưu: %+v", commune)
		}
		if len(district.Units) < 3 || slices.Contains(district.Roles, authz.DistrictOffice) {
			t.Errorf("a district's heirs are a choice and none has its role: %+v", district)
		}
		if dep := find("nnptnt.cuong"); len(dep.Units) != 1 || dep.Units[0].ID != "so-nnmt.1" {
			t.Errorf("the department's heir: %+v", dep.Units)
		}
		move := account.Move{Grant: commune.Grant.ID, Unit: commune.Units[0].ID, Role: authz.CommuneEntry, Document: "QĐ 3/QĐ-UBND"}
		bad := move
		bad.Unit = "so-y-te.1"
		refused(t, "to a body that is no heir", w.Move(ctx, w.admin, bad), "account.not_heir")
		bad = move
		bad.Role = authz.DistrictOffice
		refused(t, "a role that the heir has not", w.Move(ctx, w.admin, bad), "account.tier")
		bad = move
		bad.Document = " "
		refused(t, "without a document", w.Move(ctx, w.admin, bad), "account.document")
		bad = move
		bad.Grant = w.grantOf("yte.dung").ID
		refused(t, "a role that goes on", w.Move(ctx, w.admin, bad), "account.not_stranded")
		must(t, w.Move(ctx, w.admin, move))
		got := w.subject("minhdan.an").Grants
		if len(got) != 1 || got[0].Unit != commune.Units[0].ID || got[0].Role != authz.CommuneEntry || got[0].Place != commune.Units[0].PlaceID {
			t.Errorf("after the hand-over: %+v", got)
		}
		refused(t, "twice", w.Move(ctx, w.admin, move), "account.not_stranded")
		if list, err = w.Stranded(ctx, w.admin); err != nil || len(list) != 2 {
			t.Errorf("%d roles left, %v", len(list), err)
		}
		if seen, err := w.Stranded(ctx, w.subject("minhdan.an")); err != nil || len(seen) != 0 {
			t.Errorf("a clerk sees %d roles to hand over, %v", len(seen), err)
		}
	})
}

func TestVisitorsCannotTakeTheDemonstrationFromEachOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.o.Demo, w.o.Assigned = true, assignedTo{}
		w.Service = account.New(w.o)
		_, shared, err := w.Demo(ctx)
		must(t, err)
		admin := w.subject("quantri") // the first administrator of the test bears the login; a demonstration's own would do the same
		first, err := w.login("soyte", shared, visit)
		must(t, err)
		second, err := w.login("soyte", shared, visit)
		must(t, err)
		id := w.id("soyte")
		_, err = w.ChangePassword(ctx, first.Token, shared, other, visit)
		refused(t, "the password", err, "account.demo_own")
		refused(t, "other visitors' sessions", w.EndSession(ctx, id, "", first.Token), "account.demo_own")
		_, err = w.Reset(ctx, admin, id, true)
		refused(t, "a reset", err, "account.demo_own")
		refused(t, "a lock", w.Disable(ctx, admin, id, "x"), "account.demo_own")
		_, _, err = w.Enrolled(ctx, first.Token, account.Proof{Code: "000000", Password: shared}, visit)
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("a second factor: %v", err)
		}
		for _, ticket := range []account.Ticket{first, second} {
			if _, err := w.Session(ctx, ticket.Token); err != nil {
				t.Errorf("a visitor lost the session: %v", err)
			}
		}
		must(t, w.Logout(ctx, second.Token))
	})
}
