package directiveweb

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"

	"giuchuan/internal/feature/directive"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/evidence"
)

func (h *Pages) one(p *web.Page) error { return h.showOne(p, http.StatusOK) }

// showOne is the page of one document.
func (h *Pages) showOne(p *web.Page, status int) error {
	m, err := h.paper(p)
	if err != nil {
		return err
	}
	if h.o.Track != nil && m.doc.State == directive.Active {
		if m.track, err = h.o.Track(p, m.doc.ID); err != nil {
			return err
		}
	}
	return p.RenderStatus(status, onePage(p.Shell(m.title()).AsWide(), m))
}

// again shows the page of a document with what is wrong.
func (h *Pages) again(p *web.Page, err error) error {
	if err = p.Form().FailWith(err); err != nil {
		return err
	}
	return h.showOne(p, http.StatusUnprocessableEntity)
}

func (h *Pages) withdraw(p *web.Page) error {
	cmd := directive.Withdraw{Document: p.Path("id"), Reason: p.Form().Value("ly-do-rut")}
	err := h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
		return h.o.Directives.Withdraw(ctx, tx, who, cmd)
	})
	if err != nil {
		return h.again(p, err)
	}
	return p.Redirect(pathOf(cmd.Document) + "?xong=rut")
}

func (h *Pages) askComplete(p *web.Page) error {
	if err := h.needDirect(p); err != nil {
		return err
	}
	m, err := h.paper(p)
	if err != nil {
		return err
	}
	d := &m.doc
	m.form = web.NewForm("so", d.Number, "ky-hieu", d.Symbol, "ngay-van-ban", dayText(d.Issued), "loai", d.Kind, "trich-yeu", d.Title,
		"co-quan", d.Issuer, "ban", itoa64(d.Entry))
	return p.Render(completePage(p.Shell("Hoàn chỉnh văn bản"), m))
}

func (h *Pages) complete(p *web.Page) error {
	f := p.Form()
	seen, _ := strconv.ParseInt(f.Value("ban"), 10, 64)
	cmd := directive.Complete{
		Document: p.Path("id"), Seen: seen, Number: f.Value("so"), Symbol: f.Value("ky-hieu"), Issued: readDay(f, "ngay-van-ban", day.None),
		Kind: f.Value("loai"), Title: f.Value("trich-yeu"), Issuer: f.Value("co-quan"), Reason: f.Value("ly-do"),
	}
	err := h.needDirect(p)
	if err == nil && f.OK() {
		err = h.write(p, &cmd, func(ctx context.Context, tx *db.Tx, who authz.Subject) error {
			return h.o.Directives.Complete(ctx, tx, who, cmd)
		})
	}
	if err != nil {
		if err = f.FailWith(err); err != nil {
			return err
		}
	}
	if f.OK() {
		return p.Redirect(pathOf(cmd.Document) + "?xong=hoan-chinh")
	}
	m, err := h.paper(p)
	if err != nil {
		return err
	}
	return p.Invalid(completePage(p.Shell("Hoàn chỉnh văn bản"), m))
}

// attach puts a file behind a document: the report the meeting heard (clause
// P3), or other evidence.
func (h *Pages) attach(p *web.Page) error {
	allow := func(tx *db.Tx) error {
		if err := h.o.Directives.NeedDirect(tx, p.User().Subject); err != nil {
			return err
		}
		_, _, err := h.o.Directives.Get(p.Context(), tx, p.User().Subject, p.Path("id"))
		return err
	}
	if err := h.o.DB.Read(p.Context(), allow); err != nil {
		return err
	}
	f := p.Form()
	file, err := receive(p, f)
	if err != nil {
		return err
	}
	if len(file.data) == 0 {
		f.Fail("tep", "Hãy chọn tệp báo cáo")
		return h.showOne(p, http.StatusUnprocessableEntity)
	}
	spool, err := h.o.Evidence.Receive(bytes.NewReader(file.data))
	if err != nil {
		return h.again(p, at(err, "tep"))
	}
	defer func() { _ = spool.Close() }() // a temporary file; the machine clears what stays
	_, err = h.o.Evidence.Attach(p.Context(), evidence.Attach{
		Actor: p.User().ID, Subject: evidence.Subject{Kind: basisKind, Ref: p.Path("id")}, Caption: f.Value("chu-thich"), Name: file.name,
		Confirmed: f.Has(evidence.ConfirmField, "1"), Allow: allow,
	}, spool)
	if err != nil {
		return h.again(p, at(err, "tep"))
	}
	return p.Redirect(pathOf(p.Path("id")) + "?xong=tep#can-cu")
}

// at puts every part of an error that names no field of the form at one.
func at(err error, field string) error {
	rows := fault.Rows(err)
	if len(rows) == 0 {
		return err
	}
	rows = slices.Clone(rows)
	for i := range rows {
		if rows[i].Field != "chu-thich" {
			rows[i] = rows[i].At(field)
		}
	}
	return fault.Join(rows...)
}

// file gives a file behind a document, to be kept.
func (h *Pages) file(p *web.Page) error {
	var item evidence.Item
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		if _, _, err = h.o.Directives.Get(p.Context(), tx, p.User().Subject, p.Path("id")); err != nil {
			return err
		}
		item, err = h.o.Evidence.Get(p.Context(), tx, p.Path("tep"))
		return err
	})
	if err != nil {
		return err
	}
	if (item.Subject != evidence.Subject{Kind: basisKind, Ref: p.Path("id")}) {
		return web.NotFound()
	}
	return h.send(p, item.SHA256, item.Name)
}

// original gives the file a document was read from, to be kept.
func (h *Pages) original(p *web.Page) error {
	var d directive.Document
	err := h.o.DB.Read(p.Context(), func(tx *db.Tx) (err error) {
		d, _, err = h.o.Directives.Get(p.Context(), tx, p.User().Subject, p.Path("id"))
		return err
	})
	if err != nil {
		return err
	}
	if d.Original.SHA256 == "" {
		return web.NotFound()
	}
	return h.send(p, d.Original.SHA256, d.Original.Name)
}

// send gives a stored file as something to keep, whatever it is.
func (h *Pages) send(p *web.Page, sum, name string) error {
	return p.Download(name, "application/octet-stream", func(w io.Writer) error {
		r, err := h.o.Blobs.Open(p.Context(), sum)
		if err != nil {
			return err
		}
		if _, err = io.Copy(w, r); err != nil {
			_ = r.Close()
			return err
		}
		return r.Close()
	})
}
