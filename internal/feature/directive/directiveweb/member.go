package directiveweb

import (
	"context"
	"slices"
	"strings"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/agency"
)

// memberModel is the list of members of the Ban Chỉ đạo.
type memberModel struct {
	form    *web.Form
	members []directive.Member
	waiting []waiting // documents whose duties wait for members
	now     int       // members today
	bodies  []web.Choice
	names   names
	may     bool
	done    bool
	today   day.Day
}

// waiting is a document some of whose duties wait for the members to be known.
type waiting struct {
	directive.Document
	Refs    []string
	Members int // known at its day
}

func (h *Pages) members(p *web.Page) error {
	m, err := h.memberModel(p)
	if err != nil {
		return err
	}
	m.done = p.Query("xong") != ""
	return p.Render(memberPage(p.Shell("Thành viên Ban Chỉ đạo"), m))
}

func (h *Pages) memberModel(p *web.Page) (*memberModel, error) {
	m := &memberModel{form: p.Form(), today: p.Today()}
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) error {
		who := p.User().Subject
		m.may = h.o.Directives.MayDirect(tx, who)
		register, err := h.o.Directives.Agencies(p.Context(), tx)
		if err != nil {
			return err
		}
		m.names = names{register, p.Today()}
		if m.members, err = h.o.Directives.Members(p.Context(), tx); err != nil {
			return err
		}
		for i := range m.members {
			if m.members[i].Holds(p.Today()) {
				m.now++
			}
		}
		if m.may {
			return h.waitingFor(p.Context(), tx, who, m)
		}
		return nil
	})
	m.bodies = choicesOf(m.names.register, p.Today())
	slices.SortStableFunc(m.members, func(a, b directive.Member) int {
		return strings.Compare(vntext.SortKey(m.names.Of(a.Agency)), vntext.SortKey(m.names.Of(b.Agency)))
	})
	return m, err
}

// choicesOf lists the bodies of the province for a menu, People's Committees of
// communes left out.
func choicesOf(r *agency.Register, on day.Day) []web.Choice {
	out := []web.Choice{{Text: "Chọn cơ quan"}}
	for _, a := range r.At(on) {
		if a.Kind != agency.OfCommune && a.Kind != agency.Desk {
			out = append(out, web.Choice{Value: a.ID, Text: a.Name})
		}
	}
	return out
}

// waitingFor finds the documents whose duties wait for the members.
func (h *Pages) waitingFor(ctx context.Context, tx *db.Tx, who authz.Subject, m *memberModel) error {
	rows, err := h.o.Directives.List(ctx, tx, who, directive.Filter{})
	if err != nil {
		return err
	}
	for i := range rows {
		d := &rows[i].Document
		if d.State != directive.Active && d.State != directive.Proposed {
			continue
		}
		duties, err := h.o.Directives.Duties(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		w := waiting{Document: *d}
		for _, x := range h.o.Directives.Waiting(d, duties) {
			w.Refs = append(w.Refs, x.Ref)
		}
		if len(w.Refs) == 0 {
			continue
		}
		ids, err := h.o.Directives.MembersOn(ctx, tx, d.Day())
		if err != nil {
			return err
		}
		w.Members = len(ids)
		m.waiting = append(m.waiting, w)
	}
	return nil
}

func (h *Pages) enrol(p *web.Page) error {
	f := p.Form()
	member := directive.Member{
		ID: f.Value("ma"), Agency: f.Value("co-quan"), Post: f.Value("chuc-danh"), Number: f.Value("so-quyet-dinh"), Note: f.Value("ghi-chu"),
		From: readDay(f, "tu-ngay", day.None), To: readDay(f, "den-ngay", day.Forever), Decided: readDay(f, "ngay-quyet-dinh", day.None),
		Withdrawn: f.Value("viec") == "rut",
	}
	var err error
	if f.OK() {
		cmd := directive.Enrol{Member: member}
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Enrol(ctx, tx, who, cmd)
		})
	} else {
		err = h.needDirect(p)
	}
	if err != nil {
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	if f.OK() {
		return p.Redirect("/chi-dao/thanh-vien?xong=1")
	}
	m, err := h.memberModel(p)
	if err != nil {
		return err
	}
	return p.Invalid(memberPage(p.Shell("Thành viên Ban Chỉ đạo"), m))
}

// giveMembers gives the duties that wait to the members.
func (h *Pages) giveMembers(p *web.Page) error {
	cmd := directive.GiveToMembers{Document: p.Path("id")}
	err := h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		_, err := h.o.Directives.GiveToMembers(ctx, tx, who, cmd)
		return err
	})
	if err != nil {
		return h.again(p, err)
	}
	return p.Redirect(pathOf(cmd.Document) + "?xong=giao")
}

// spanOf is how long somebody is a member.
func spanOf(m *directive.Member) string {
	if m.To == day.Forever {
		return "từ " + m.From.Vietnamese()
	}
	return "từ " + m.From.Vietnamese() + " đến " + m.To.Vietnamese()
}
