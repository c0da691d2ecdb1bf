package officialdoc

import (
	"context"
	"errors"
	"path"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

// document reads the first attachment that can be read; without one the document
// is what the envelope says of it. One attachment marked secret refuses all.
func (e *envelope) document(ctx context.Context, o Options) (Document, error) {
	var d Document
	read := false
	for _, f := range e.enclosed() {
		a := File{Name: f.name, Media: f.media}
		data, err := decodeBase64(f.data.Bytes())
		switch {
		case f.data.Len() == 0:
			a.Problem = "tệp không có trong gói"
		case err != nil:
			a.Problem = "nội dung tệp bị hỏng"
		default:
			a.Size = len(data)
			got, err := Read(ctx, embedded+f.name, data, o)
			switch {
			case errors.Is(err, ErrSecret):
				return Document{}, secret()
			case err != nil:
				a.Problem = told(err)
			case !read:
				d, read, a.Read = got, true, true
			}
		}
		e.m.Files = append(e.m.Files, a)
	}
	if read {
		return d, nil
	}
	text := vntext.Capital(e.m.Subject)
	if text == "" {
		return Document{}, fault.New(fault.Unsupported, msgNothing)
	}
	return readText(text, o.Limits)
}

// told is the sentence of an error about an attachment.
func told(err error) string {
	var known *fault.Error
	if errors.As(err, &known) {
		return strings.ReplaceAll(known.Vietnamese(), embedded, "")
	}
	return "không đọc được tệp"
}

// enclosed puts the names of the manifest to the files behind them.
func (e *envelope) enclosed() []embeddedFile {
	names := map[string]embeddedFile{}
	var out []embeddedFile
	for _, f := range e.files {
		f.id = strings.TrimPrefix(f.id, "cid:")
		if f.data.Len() == 0 {
			names[f.id] = f
			continue
		}
		out = append(out, f)
	}
	for i := range out {
		if named, ok := names[out[i].id]; ok {
			out[i].name, out[i].media = either(out[i].name, named.name), either(out[i].media, named.media)
			delete(names, out[i].id)
		}
	}
	for _, f := range e.files { // announced, not there
		if _, missing := names[strings.TrimPrefix(f.id, "cid:")]; missing && f.data.Len() == 0 && f.name != "" {
			out = append(out, f)
		}
	}
	for i := range out {
		out[i].name = safeName(out[i].name)
	}
	return out
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// safeName is a file's name without folders and control characters.
func safeName(s string) string {
	s = path.Base(strings.ReplaceAll(printable(s), "\\", "/"))
	if s == "." || s == ".." || s == "/" {
		return "tệp đính kèm"
	}
	return fault.Clip(s)
}

// fill puts what the envelope says where the document says nothing.
func (e *envelope) fill(d *Document) {
	e.m.Due = slashDay(e.due)
	if d.Number == "" && e.code.symbol != "" {
		n, _, ok := signAt(e.code.number+"/"+e.code.symbol, 0)
		if _, party := partySign(e.code.symbol); party {
			n, _, ok = signAt(e.code.number+"-"+e.code.symbol, 0)
		}
		if ok {
			d.Number, d.Symbol = n.String(), n.symbol
		} else if e.code.number == "" {
			d.Symbol = either(d.Symbol, e.code.symbol)
		}
	}
	if on := slashDay(e.on); d.Date == day.None && on != day.None {
		d.Date, d.DatePartial = on, ""
	}
	d.Place = either(d.Place, e.place)
	if d.Issuer == "" && e.m.From.Name != "" {
		d.Issuer, d.IssuerBlock = e.m.From.Name, []string{e.m.From.Name}
	}
	if k, _, ok := kindOfLine(e.kind); ok && (d.Kind.Name == "" || d.Symbol == "") {
		d.Kind = k
	} else if d.Kind.Name == "" {
		d.Kind = kindByCode(d.Symbol)
	}
	d.Title = either(d.Title, e.m.Subject)
	if d.Signer.Name == "" {
		d.Signer.Name, d.Signer.Title = e.name, either(d.Signer.Title, e.title)
	}
	if d.Urgency == "" {
		d.Urgency = priority(e.m.Priority)
	}
	d.Digest = false
	d.Edxml = &e.m
}

// partySign tells a symbol of the Party: NQ/TU.
func partySign(symbol string) (string, bool) {
	s, _, ok := partySymbol(symbol, 0)
	return s, ok
}

// priority is the urgency that the envelope names in words or by number.
func priority(s string) string {
	switch s {
	case "1":
		return "khẩn"
	case "2":
		return "thượng khẩn"
	case "3", "4":
		return "hỏa tốc"
	}
	return urgency(strings.ToUpper(s))
}

// slashDay reads 2024/06/30 and 2024-06-30, and the forms that day.Parse reads.
func slashDay(s string) day.Day {
	s, _, _ = strings.Cut(s, " ")
	for _, form := range []string{"2006/01/02", "2006-01-02", "2006/1/2"} {
		if t, err := time.Parse(form, s); err == nil {
			return day.Of(t.Year(), t.Month(), t.Day())
		}
	}
	if d, err := day.Parse(s); err == nil {
		return d
	}
	return day.None
}
