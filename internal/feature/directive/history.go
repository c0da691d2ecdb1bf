package directive

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

// Change is one thing that became of a document, as its rows tell.
type Change struct {
	Entry int64 // journal position
	By    string
	On    day.Day
	What  string // "Nhập văn bản", "Sửa nhiệm vụ 1.2a: thời hạn"
	Why   string // the reason given, ""
}

// History lists what became of a document and its duties, the latest first.
func (s *Service) History(_ context.Context, tx *db.Tx, id string) ([]Change, error) {
	documents, err := documentVersions(tx, id)
	if err != nil {
		return nil, err
	}
	duties, err := dutyVersions(tx, id)
	if err != nil {
		return nil, err
	}
	list := changesOf(documents, duties)
	var positions []int64
	for i := range list {
		positions = append(positions, list[i].Entry)
	}
	authors, err := journal.Authors(tx, positions)
	if err != nil {
		return nil, err
	}
	for i := range list {
		a := authors[list[i].Entry]
		list[i].By, list[i].On = a.Actor, day.FromTime(a.At)
	}
	slices.Reverse(list)
	return list, nil
}

// changesOf puts the versions of a document and its duties into words, one
// change for each row that says something new, the oldest first.
func changesOf(documents []Document, duties []Duty) []Change {
	var out []Change
	imports := map[int64]bool{}
	for i := range documents {
		now := &documents[i]
		var was *Document
		if i > 0 {
			was = &documents[i-1]
		}
		what := documentChange(was, now)
		imports[now.Entry] = what == importWords
		if what != "" {
			out = append(out, Change{Entry: now.Entry, What: what, Why: now.Note})
		}
	}
	last := map[string]*Duty{}
	for i := range duties {
		now := &duties[i]
		was := last[now.ID]
		last[now.ID] = now
		if imports[now.Entry] {
			continue
		}
		if what := dutyChange(was, now); what != "" {
			out = append(out, Change{Entry: now.Entry, What: what, Why: now.Note})
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return int(a.Entry - b.Entry) })
	return out
}

const importWords = "Nhập văn bản, đề xuất nhiệm vụ"

// documentChange says what a new row of a document changes, "" for nothing a
// person would ask about.
func documentChange(was, now *Document) string {
	switch {
	case was == nil && now.State == Stub:
		return "Ghi văn bản dẫn chiếu, chưa có toàn văn"
	case was == nil, was.State == Stub && now.State == Proposed:
		return importWords
	case was.State == Proposed && now.State == Active:
		return "Xác nhận và giao nhiệm vụ"
	case was.State != Withdrawn && now.State == Withdrawn:
		return "Rút khỏi sổ"
	}
	var parts []string
	add := func(name, a, b string) {
		if a != b {
			parts = append(parts, fmt.Sprintf("%s từ “%s” thành “%s”", name, orBlank(a), orBlank(b)))
		}
	}
	add("số", was.Number, now.Number)
	add("ký hiệu", was.Symbol, now.Symbol)
	add("ngày", was.DayWords(), now.DayWords())
	add("loại", KindWords(was.Kind), KindWords(now.Kind))
	add("cơ quan ban hành", was.Issuer, now.Issuer)
	add("trích yếu", was.Title, now.Title)
	if len(parts) > 0 {
		return "Hoàn chỉnh: " + strings.Join(parts, "; ")
	}
	if !slices.EqualFunc(was.References, now.References, func(a, b Reference) bool { return a == b }) {
		return "Nối với văn bản dẫn chiếu"
	}
	return ""
}

func orBlank(s string) string {
	if s == "" {
		return "để trống"
	}
	return s
}

// dutyChange says what a new row of a duty changes.
func dutyChange(was, now *Duty) string {
	switch {
	case was == nil:
		return "Thêm nhiệm vụ " + now.Ref
	case !was.Removed && now.Removed:
		return "Bỏ nhiệm vụ " + was.Ref
	case was.Removed && !now.Removed:
		return "Khôi phục nhiệm vụ " + now.Ref
	}
	var parts []string
	for _, x := range []struct {
		name string
		same bool
	}{
		{"ký hiệu mục", was.Ref == now.Ref},
		{"nội dung", was.Text == now.Text},
		{"đơn vị", names(was.Addressees) == names(now.Addressees)},
		{"vai trò", roles(was.Addressees) == roles(now.Addressees)},
		{"địa bàn, đối tượng", slices.Equal(was.Objects, now.Objects)},
		{"thời hạn", was.Due == now.Due && was.DueTime == now.DueTime && was.Kind == now.Kind && was.Phrase == now.Phrase && was.Recurrence == now.Recurrence},
		{"văn bản dẫn chiếu", slices.Equal(was.References, now.References)},
		{"sản phẩm", was.Product == now.Product},
		{"cơ quan kiểm tra", was.Checker == now.Checker},
		{"các bước", slices.Equal(was.Steps, now.Steps)},
		{"theo dõi riêng", was.Separate == now.Separate},
	} {
		if !x.same {
			parts = append(parts, x.name)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Sửa nhiệm vụ " + now.Ref + ": " + strings.Join(parts, ", ")
}

func names(list []Addressee) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Text+"="+strings.Join(a.Agencies, ","))
	}
	return strings.Join(out, ";")
}

func roles(list []Addressee) string {
	var out []string
	for _, a := range list {
		out = append(out, string(a.Role))
	}
	return strings.Join(out, ";")
}
