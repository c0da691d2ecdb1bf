package taskweb

import (
	"context"
	"slices"
	"strconv"

	"giuchuan/internal/feature/directive/task"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
)

var (
	msgNoSuch = fault.Msg{Key: "task.form", Text: "không rõ việc cần ghi; hãy mở lại trang nhiệm vụ và chọn lại"}
	msgDay    = fault.Msg{Key: "task.form_day", Text: "không đọc được ngày; viết như 27/9/2024"}
)

// carry does what the body that has the task asks for.
func (h *Pages) carry(p *web.Page) error {
	f := p.Form()
	viec := f.Value("viec")
	value := func(name string) string { return f.Value(viec + "-" + name) }
	a := task.Act{On: day.None, Due: day.None, Text: value("noi-dung")}
	days := map[string]*day.Day{}
	switch viec {
	case "phan-cong":
		a.Kind, a.To = task.Assigned, value("nguoi")
	case "tien-do":
		a.Kind, a.Part, a.Step = task.Progress, value("doi-tuong"), value("buoc")
		if a.Part != "" && !f.Has("tien-do-ghi-lai") {
			days["ngay"] = &a.On
		}
	case "bao-cao":
		a.Kind, a.Proof = task.Reported, proofs(f)
		days["ngay"] = &a.On
	case "xin-gia-han":
		a.Kind = task.Asked
		days["han-moi"] = &a.Due
	case "ghi-chu":
		a.Kind = task.Noted
	case "doi-tuong":
		return h.objects(p)
	default:
		return h.again(p, viec, fault.New(fault.Invalid, msgNoSuch))
	}
	return h.record(p, viec, &a, days)
}

// direct does what the office that gives tasks asks for.
func (h *Pages) direct(p *web.Page) error {
	f := p.Form()
	viec := f.Value("viec")
	value := func(name string) string { return f.Value(viec + "-" + name) }
	a := task.Act{On: day.None, Due: day.None, Text: value("noi-dung")}
	days := map[string]*day.Day{}
	switch viec {
	case "xac-nhan":
		a.Kind = task.Confirmed
	case "tra-lai":
		a.Kind = task.Returned
	case "gia-han":
		a.Kind = task.Granted
		days["han-moi"] = &a.Due
	case "khong-gia-han":
		a.Kind = task.Refused
	case "don-doc":
		a.Kind = task.Urged
	case "rut":
		a.Kind = task.Retracted
	case "ghi-chu":
		a.Kind = task.Noted
	case "bo-sung":
		return h.clarify(p)
	case "ban-giao":
		return h.handOver(p)
	case "doi-tuong":
		return h.objects(p)
	default:
		return h.again(p, viec, fault.New(fault.Invalid, msgNoSuch))
	}
	return h.record(p, viec, &a, days)
}

// record reads the days of a form and does the act.
func (h *Pages) record(p *web.Page, viec string, a *task.Act, days map[string]*day.Day) error {
	for name, into := range days {
		d, ok := dayOf(p.Form().Value(viec + "-" + name))
		if !ok {
			return h.again(p, viec, fault.New(fault.Invalid, msgDay).At(name))
		}
		*into = d
		if a.Kind == task.Progress && d == day.None { // an empty day is no taking back
			return h.again(p, viec, fault.New(fault.Invalid, msgDay).At(name))
		}
	}
	c := &task.Record{Task: p.Path("id"), Seen: seen(p), Act: *a}
	return h.settle(p, done{viec, a.Kind, c}, func(ctx context.Context, tx *db.Tx) error {
		return h.o.Tasks.Record(ctx, tx, p.User().Subject, c)
	})
}

// proofs reads the proofs of a report; rows left empty are none.
func proofs(f *web.Form) (out []task.Proof) {
	for i := 1; i <= proofRows; i++ {
		n := strconv.Itoa(i)
		x := task.Proof{Kind: f.Value("bao-cao-loai-" + n), Ref: f.Value("bao-cao-so-" + n), Text: f.Value("bao-cao-ten-" + n)}
		if x != (task.Proof{}) {
			out = append(out, x)
		}
	}
	return out
}

func (h *Pages) objects(p *web.Page) error {
	f := p.Form()
	c := &task.Objects{
		Task: p.Path("id"), Seen: seen(p), Place: f.Value("doi-tuong-xa"), Text: f.Value("doi-tuong-ten-doi-tuong"),
		Strike: f.Value("doi-tuong-doi-tuong"), Reason: f.Value("doi-tuong-ly-do"),
	}
	return h.settle(p, done{"doi-tuong", task.Amended, c}, func(ctx context.Context, tx *db.Tx) error {
		return h.o.Tasks.Objects(ctx, tx, p.User().Subject, c)
	})
}

func (h *Pages) clarify(p *web.Page) error {
	f := p.Form()
	c := &task.Clarify{
		Task: p.Path("id"), Seen: seen(p), Product: f.Value("bo-sung-san-pham"), Checker: f.Value("bo-sung-nguoi-kiem-tra"),
		Separate: f.Value("bo-sung-rieng") != "",
	}
	return h.settle(p, done{"bo-sung", task.Followed, c}, func(ctx context.Context, tx *db.Tx) error {
		return h.o.Tasks.Clarify(ctx, tx, p.User().Subject, c)
	})
}

// handOver reads who takes over what: one body for each object, or one or more
// for the whole.
func (h *Pages) handOver(p *web.Page) error {
	f := p.Form()
	c := &task.HandOver{Task: p.Path("id"), Seen: seen(p), Text: f.Value("ban-giao-can-cu")}
	m, err := h.read(p)
	if err != nil {
		return err
	}
	share := func(heir, part string) {
		if heir == "" {
			return
		}
		i := slices.IndexFunc(c.To, func(s task.Share) bool { return s.Agency == heir })
		if i < 0 {
			c.To = append(c.To, task.Share{Agency: heir})
			i = len(c.To) - 1
		}
		if part != "" {
			c.To[i].Parts = append(c.To[i].Parts, part)
		}
	}
	for _, heir := range f.All("ban-giao-don-vi-nhan") {
		share(heir, "")
	}
	if len(c.To) == 0 {
		for _, x := range m.partChoices() {
			share(f.Value("ban-giao-p-"+x.Value), x.Value)
		}
	}
	return h.settle(p, done{"ban-giao", task.Handed, c}, func(ctx context.Context, tx *db.Tx) error {
		return h.o.Tasks.HandOver(ctx, tx, p.User().Subject, c)
	})
}
