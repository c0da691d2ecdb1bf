package accountweb

import (
	"net/http"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/account"
)

// strandedModel is the list of roles to hand over.
type strandedModel struct {
	rows []strandedRow
	form *web.Form
	done bool
}

// strandedRow is one role and what may take its place.
type strandedRow struct {
	account.Stranded
	units, roles, heirs []web.Choice
	chosen              bool // the row whose form came back with errors
}

func (h *Pages) strandedModel(p *web.Page) (m strandedModel, err error) {
	actor := p.User().Subject
	list, err := h.o.Accounts.Stranded(p.Context(), actor)
	if err != nil {
		return m, err
	}
	people, err := h.o.Accounts.List(p.Context(), actor)
	if err != nil {
		return m, err
	}
	m.form, m.done = p.Form(), p.Query("xong") != ""
	for i := range list {
		row := strandedRow{Stranded: list[i], chosen: m.form.Value("vai") == list[i].Grant.ID}
		row.heirs = []web.Choice{{Text: "Chính người này, chuyển sang cơ quan mới"}}
		if len(list[i].Units) > 1 {
			row.units = []web.Choice{{Text: "Chọn cơ quan"}}
		}
		if len(list[i].Roles) > 0 && list[i].Roles[0] != list[i].Grant.Role {
			row.roles = []web.Choice{{Text: "Chọn vai trò"}}
		}
		for _, r := range list[i].Roles {
			row.roles = append(row.roles, web.Choice{Value: string(r), Text: r.Vietnamese()})
		}
		for _, u := range list[i].Units {
			row.units = append(row.units, web.Choice{Value: u.ID, Text: u.Name})
			for _, x := range people {
				if x.Unit == u.ID && x.May && x.State != account.Disabled && x.ID != list[i].Account.ID {
					row.heirs = append(row.heirs, web.Choice{Value: x.ID, Text: x.Post + " (" + x.Login + ")"})
				}
			}
		}
		m.rows = append(m.rows, row)
	}
	return m, nil
}

func (h *Pages) showStranded(p *web.Page) error { return h.strandedAgain(p, http.StatusOK) }

func (h *Pages) strandedAgain(p *web.Page, status int) error {
	m, err := h.strandedModel(p)
	if err != nil {
		return err
	}
	return p.RenderStatus(status, strandedPage(p.Shell("Vai trò cần bàn giao"), m))
}

func (h *Pages) move(p *web.Page) error {
	f := p.Form()
	err := h.o.Accounts.Move(p.Context(), p.User().Subject, account.Move{
		Grant: f.Value("vai"), Unit: f.Value("co-quan"), Role: authz.Role(f.Value("vai-tro")), To: f.Value("nguoi-nhan"), Document: f.Value("van-ban"),
	})
	if err == nil {
		return p.Redirect("/quan-tri/ban-giao?xong=1")
	}
	if err = fieldsOf(f, err); err != nil {
		return err
	}
	return h.strandedAgain(p, http.StatusUnprocessableEntity)
}

// blank is a form for the rows that were not sent, so that only one keeps what
// was typed.
func blank(m strandedModel, row *strandedRow) *web.Form {
	if row.chosen {
		return m.form
	}
	return &web.Form{}
}
