package agency_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

const ntm = "xa-ntm-2021-2025"

var (
	october = day.Of(2024, time.October, 1)
	start   = day.Of(2024, time.January, 1)
	merged  = day.Of(2025, time.March, 1) // departments merged
	twoTier = day.Of(2025, time.July, 1)  // districts gone
)

// desk is the service over a database.
type desk struct {
	*agency.Assignments
	t  *testing.T
	db *db.DB
}

func assignments(t testing.TB) *agency.Assignments {
	t.Helper()
	places, err := place.Load(reference.FS())
	must(t, err)
	agencies, err := agency.Load(reference.FS(), places, "08")
	must(t, err)
	lib, err := criteria.LoadLaw()
	must(t, err)
	return agency.NewAssignments(agencies, lib)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fault.Text(err))
	}
}

func each(t *testing.T, body func(t *testing.T, d *desk)) {
	dbtest.EachWith(t, func(o *db.Options) {
		o.Now = func() time.Time { return time.Date(2024, 10, 1, 1, 0, 0, 0, time.UTC) }
		o.Today = func() day.Day { return october }
	}, func(t *testing.T, d *db.DB) { body(t, &desk{assignments(t), t, d}) })
}

func lead(code, body string) agency.Assignment {
	return agency.Assignment{
		Duty: agency.Leads, Set: ntm, Code: code, Agency: body, From: start, Until: day.Forever,
		Number: "12/QĐ-UBND", Issued: day.Of(2023, time.December, 20),
	}
}

func supply(code, body string) agency.Assignment {
	a := lead(code, body)
	a.Duty = agency.Supplies
	return a
}

func area(commune, body, office string) agency.Assignment {
	a := lead("", body)
	a.Duty, a.Set, a.Place, a.Office = agency.Follows, "", commune, office
	return a
}

func until(a agency.Assignment, from, last day.Day) agency.Assignment {
	a.From, a.Until = from, last
	return a
}

// try records assignments.
func (d *desk) try(c agency.Assign) (changes []agency.Change, err error) {
	cmd, err := c.Command("test")
	must(d.t, err)
	err = d.db.Write(d.t.Context(), cmd, func(tx *db.Tx) error {
		changes, err = d.Assign(d.t.Context(), tx, c)
		return err
	})
	return changes, err
}

func (d *desk) give(list ...agency.Assignment) []agency.Change {
	d.t.Helper()
	changes, err := d.try(agency.Assign{Assignments: list})
	must(d.t, err)
	return changes
}

func (d *desk) read(fn func(tx *db.Tx) error) {
	d.t.Helper()
	must(d.t, d.db.Read(d.t.Context(), fn))
}

func (d *desk) fields(role authz.Role, body string, on day.Day) (out string) {
	d.t.Helper()
	d.read(func(tx *db.Tx) error {
		list, err := d.Fields(d.t.Context(), tx, role, body, on)
		out = strings.Join(list, " ")
		return err
	})
	return strings.ReplaceAll(out, ntm+"/", "")
}

// inCharge is who leads a code on a day: an id, "chọn a|b", or "-".
func (d *desk) inCharge(code string, on day.Day) (out string) {
	d.t.Helper()
	d.read(func(tx *db.Tx) error {
		h, ok, err := d.InCharge(d.t.Context(), tx, agency.FieldOf{Set: ntm, Code: code}, on)
		switch {
		case !ok:
			out = "-"
		case h.Settled():
			out = h.Body.ID
		default:
			for _, heir := range h.Heirs {
				out += "|" + heir.Agency.ID
			}
			out = "chọn " + strings.TrimPrefix(out, "|")
		}
		return err
	})
	return out
}

func refused(t *testing.T, what string, err error, key, field string) {
	t.Helper()
	rows := fault.Rows(err)
	if len(rows) == 0 || rows[0].Msg.Key != key || rows[0].Field != field {
		t.Errorf("%s: %v, want %s at %q", what, err, key, field)
	}
}

func TestAnIndicatorsOwnAgencyGoesBeforeItsCriterions(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(lead("18", "so-noi-vu.1"), lead("18.4", "so-tu-phap.1"), supply("15.1", "bhxh-tinh.1"), lead("15", "so-y-te.1"))
		for code, want := range map[string]string{"18": "so-noi-vu.1", "18.1": "so-noi-vu.1", "18.4": "so-tu-phap.1", "15.1": "so-y-te.1", "1": "-", "99": "-"} {
			if got := d.inCharge(code, october); got != want {
				t.Errorf("in charge of %s: %s, want %s", code, got, want)
			}
		}
		if got := d.fields(authz.InCharge, "so-noi-vu.1", october); strings.Contains(got, "18.4") || !strings.Contains(got, "18.1") || got == "18" {
			t.Errorf("what is led by another office stays with the criterion's: %q", got)
		}
		if got := d.fields(authz.InCharge, "so-y-te.1", october); got != "15" {
			t.Errorf("fields of Sở Y tế: %q", got)
		}
		if got := d.fields(authz.Supplier, "bhxh-tinh.1", october) + d.fields(authz.InCharge, "bhxh-tinh.1", october); got != "15.1" {
			t.Errorf("fields of BHXH: %q; supplying is not being in charge", got)
		}
		if got := d.fields(authz.InCharge, "so-y-te.1", start-1); got != "" {
			t.Errorf("before the first day: %q", got)
		}
		if got := d.fields(authz.Coordination, "so-y-te.1", october); got != "" {
			t.Errorf("a role without criteria has %q", got)
		}
	})
}

func TestWhatADepartmentHadPassesToItsOnlyHeir(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(lead("13", "so-nnptnt.1"), lead("8", "so-tttt.1"))
		if got := d.fields(authz.InCharge, "so-nnptnt.1", merged-1) + "," + d.fields(authz.InCharge, "so-nnmt.1", merged-1); got != "13," {
			t.Errorf("before the merger: %q", got)
		}
		if got := d.fields(authz.InCharge, "so-nnptnt.1", merged) + "," + d.fields(authz.InCharge, "so-nnmt.1", merged); got != ",13" {
			t.Errorf("after the merger: %q", got)
		}
		if got := d.inCharge("8", merged); got != "chọn so-khcn.2|so-vhttdl.1" {
			t.Errorf("an agency whose work was divided: %s", got)
		}
		if got := d.fields(authz.InCharge, "so-khcn.2", merged); got != "" {
			t.Errorf("divided work went to an heir by itself: %q", got)
		}
		gaps := d.gaps(merged)
		found := false
		for _, g := range gaps.Leads {
			found = found || g.Set == ntm && g.Code == "8" && len(g.Choices) == 2
		}
		if !found {
			t.Errorf("the gap names no heirs: %+v", gaps.Leads)
		}
	})
}

func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(until(lead("15", "so-y-te.1"), start, october), area("02407.1", "ubnd-074.1", "Phòng Kinh tế"))
		long := lead("1", "so-xay-dung.1")
		long.Note = strings.Repeat("á", 401)
		noNumber, noDay := lead("1", "so-xay-dung.1"), lead("1", "so-xay-dung.1")
		noNumber.Number, noDay.Issued = " ", day.None
		otherSet, nothing := lead("1", "so-xay-dung.1"), lead("1", "so-xay-dung.1")
		otherSet.Set, nothing.Duty = "xa-la", "làm"
		for _, c := range []struct {
			what       string
			a          agency.Assignment
			key, field string
		}{
			{"an unknown code", lead("99", "so-y-te.1"), "agency.code", "tieu-chi"},
			{"an unknown set", otherSet, "agency.set", "bo"},
			{"an unknown duty", nothing, "agency.duty", ""},
			{"an unknown agency", lead("1", "so-la"), "agency.no_agency", "co-quan"},
			{"an agency that is not there yet", lead("1", "so-nnmt.1"), "agency.not_working", "co-quan"},
			{"an agency that has ended", until(lead("1", "so-nnptnt.1"), merged, day.Forever), "agency.not_working", "co-quan"},
			{"a commune's committee in charge", lead("1", "ubnd-02407.1"), "agency.local", "co-quan"},
			{"dates reversed", until(lead("1", "so-xay-dung.1"), october, october-1), "agency.reversed", "den-ngay"},
			{"no first day", until(lead("1", "so-xay-dung.1"), day.None, day.Forever), "agency.from", "tu-ngay"},
			{"no document", noNumber, "agency.number", "so-van-ban"},
			{"no day of the document", noDay, "agency.issued", "ngay-van-ban"},
			{"a long note", long, "agency.note", "ghi-chu"},
			{"two in charge on one day", until(lead("15", "bhxh-tinh.1"), october, day.Forever), "agency.two_leads", "co-quan"},
			{"an area twice", area("02407.1", "ubnd-074.1", "Phòng Kinh tế"), "agency.assigned_twice", "co-quan"},
			{"an area of another district", area("02251.1", "ubnd-074.1", "Phòng Kinh tế"), "agency.foreign_area", "co-quan"},
			{"a commune's own office while districts are there", area("02251.1", "ubnd-02251.1", "Phòng Kinh tế"), "agency.foreign_area", "co-quan"},
			{"a place that is none", area("x", "ubnd-074.1", "Phòng Kinh tế"), "agency.not_commune", "xa"},
			{"no office", area("02404.1", "ubnd-074.1", ""), "agency.office", "phong"},
		} {
			_, err := d.try(agency.Assign{Assignments: []agency.Assignment{c.a}, Replace: c.what == "an area twice"})
			refused(t, c.what, err, c.key, c.field)
		}
		_, err := d.try(agency.Assign{})
		refused(t, "nothing", err, "agency.nothing_assigned", "tieu-chi")
		d.give(until(lead("15", "bhxh-tinh.1"), october+1, day.Forever)) // the day after is free
		if a, b := d.inCharge("15", october), d.inCharge("15.2", october+1); a != "so-y-te.1" || b != "bhxh-tinh.1" {
			t.Errorf("in charge on the last day and the day after: %s, %s", a, b)
		}
	})
}

func TestAnotherAgencyTakesOverInOneAct(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(lead("15", "so-y-te.1"))
		changes, err := d.try(agency.Assign{Replace: true, Assignments: []agency.Assignment{until(lead("15", "bhxh-tinh.1"), october, day.Forever)}})
		must(t, err)
		if len(changes) != 2 || changes[0].After.Until != october-1 || changes[1].Effect != agency.Added {
			t.Errorf("changes: %+v", changes)
		}
		if a, b := d.inCharge("15", october-1), d.inCharge("15", october); a != "so-y-te.1" || b != "bhxh-tinh.1" {
			t.Errorf("in charge before and after: %s, %s", a, b)
		}
		d.read(func(tx *db.Tx) error {
			history, err := d.History(t.Context(), tx, agency.Assignment{Set: ntm, Code: "15"})
			if len(history) != 3 || history[0].Until != day.Forever || history[1].Until == day.Forever && history[2].Until == day.Forever {
				t.Errorf("history: %+v", history)
			}
			return err
		})
	})
}

func TestEndAndTakeBack(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.give(lead("15", "so-y-te.1"))[0].After.ID
		end := func(c agency.End) error {
			cmd, err := c.Command("test")
			must(t, err)
			return d.db.Write(t.Context(), cmd, func(tx *db.Tx) error { return d.End(t.Context(), tx, c) })
		}
		refused(t, "an end before the beginning", end(agency.End{ID: id, Until: start - 1}), "agency.before_begin", "ngay-cuoi")
		refused(t, "an unknown one", end(agency.End{ID: "x", Until: october}), "agency.no_assignment", "")
		refused(t, "a long reason", end(agency.End{ID: id, Until: october, Note: strings.Repeat("x", 500)}), "agency.note", "ly-do")
		must(t, end(agency.End{ID: id, Until: october, Note: "13/QĐ-UBND"}))
		refused(t, "ended again, later", end(agency.End{ID: id, Until: october + 1}), "agency.assignment_over", "ngay-cuoi")
		if a, b := d.inCharge("15", october), d.inCharge("15", october+1); a != "so-y-te.1" || b != "-" {
			t.Errorf("on the last day %s, the day after %s", a, b)
		}
		must(t, end(agency.End{ID: id, Withdraw: true}))
		if got := d.inCharge("15", start); got != "-" {
			t.Errorf("taken back, and yet %s", got)
		}
		refused(t, "taken back twice", end(agency.End{ID: id, Withdraw: true}), "agency.no_assignment", "")
	})
}

func TestOfficesFollowCommunesUntilDistrictsEnd(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(area("02407.1", "ubnd-074.1", "Phòng Nông nghiệp và Phát triển nông thôn"), lead("15", "so-y-te.1"), supply("15.1", "bhxh-tinh.1"))
		d.read(func(tx *db.Tx) error {
			c, err := d.ContactOf(t.Context(), tx, agency.FieldOf{Set: ntm, Code: "15.1"}, "02407.1", october)
			must(t, err)
			if c.InCharge == nil || c.InCharge.Body.Name != "Sở Y tế" || len(c.Suppliers) != 1 || c.Suppliers[0].Body.ID != "bhxh-tinh.1" ||
				len(c.Offices) != 1 || c.Offices[0].Office == "" || c.Above.Name != "Ủy ban nhân dân huyện Hàm Yên" {
				t.Errorf("contact: %+v", c)
			}
			late, err := d.ContactOf(t.Context(), tx, agency.FieldOf{Set: ntm, Code: "15.1"}, "02407.1", twoTier)
			if len(late.Offices) != 0 || late.InCharge == nil {
				t.Errorf("after the districts ended: %+v", late)
			}
			return err
		})
		if g := d.gaps(october, "02407.1", "02404.1"); len(g.Areas) != 1 || g.Areas[0].Place.ID != "02404.1" || g.Areas[0].Agency.ID != "ubnd-074.1" {
			t.Errorf("gaps among two communes: %+v", g.Areas)
		}
	})
}

func TestWhatIsRolledBackIsNotRemembered(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.give(lead("1", "so-xay-dung.1"))
		c := agency.Assign{Assignments: []agency.Assignment{lead("15", "so-y-te.1")}}
		cmd, err := c.Command("test")
		must(t, err)
		err = d.db.Write(t.Context(), cmd, func(tx *db.Tx) error {
			if _, err := d.Assign(t.Context(), tx, c); err != nil {
				return err
			}
			got, err := d.Fields(t.Context(), tx, authz.InCharge, "so-y-te.1", october)
			if len(got) != 1 {
				t.Errorf("the command does not see its own assignment: %v", got)
			}
			return fmt.Errorf("undone: %w", err)
		})
		if err == nil {
			t.Fatal("the command was meant to fail")
		}
		if got := d.fields(authz.InCharge, "so-y-te.1", october); got != "" {
			t.Errorf("undone, and yet %q", got)
		}
		d.give(lead("15", "bhxh-tinh.1")) // takes the journal position of the undone command
		if got := d.inCharge("15", october); got != "bhxh-tinh.1" {
			t.Errorf("in charge: %s", got)
		}
	})
}

func BenchmarkFields(b *testing.B) {
	d := dbtest.Open(b, db.Options{Path: dbtest.NewSQLite(b)})
	s := assignments(b)
	c := agency.Assign{}
	for _, p := range []string{"1", "2", "3", "4", "5", "15", "16", "17"} {
		c.Assignments = append(c.Assignments, lead(p, "so-y-te.1"))
	}
	cmd, err := c.Command("test")
	must(b, err)
	must(b, d.Write(b.Context(), cmd, func(tx *db.Tx) error { _, err := s.Assign(b.Context(), tx, c); return err }))
	must(b, d.Read(b.Context(), func(tx *db.Tx) error {
		for b.Loop() {
			if list, err := s.Fields(b.Context(), tx, authz.InCharge, "so-y-te.1", october); err != nil || len(list) != 8 {
				b.Fatal(list, err)
			}
		}
		return nil
	}))
}
