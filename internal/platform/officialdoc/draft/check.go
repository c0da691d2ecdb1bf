package draft

import (
	"regexp"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

var (
	msgKind = fault.Msg{Key: "draft.kind", Text: "chưa chọn loại văn bản; hãy chọn một trong: công văn, báo cáo, tờ trình, kế hoạch, biên bản, " +
		"thông báo, quyết định"}
	msgAgency = fault.Msg{Key: "draft.agency", Text: "thiếu tên cơ quan ban hành văn bản; hãy ghi tên đầy đủ của cơ quan"}
	msgTitle  = fault.Msg{Key: "draft.title", Text: "thiếu trích yếu nội dung văn bản; hãy ghi một câu ngắn nêu văn bản nói về việc gì"}
	msgSymbol = fault.Msg{Key: "draft.symbol", Text: "ký hiệu «{symbol}» không đúng: các nhóm chữ viết tắt nối bằng dấu gạch nối, không cách chữ, " +
		"không kèm số; ví dụ {example}"}
	msgNumber = fault.Msg{Key: "draft.number", Text: "số văn bản «{number}» không đúng: ghi bằng chữ số Ả Rập, có thể thêm một chữ cái; ví dụ 05 hoặc 13A"}
	msgTo     = fault.Msg{Key: "draft.to", Text: "công văn và tờ trình phải có nơi kính gửi; hãy ghi ít nhất một cơ quan"}
	msgTable  = fault.Msg{Key: "draft.table", Text: "bảng «{table}» không có cột nào; hãy đặt tên các cột"}
	msgCells  = fault.Msg{Key: "draft.cells", Text: "bảng «{table}», dòng {row}: có {cells} ô trong khi bảng có {columns} cột; hãy bổ sung hoặc bớt ô"}
	msgLarge  = fault.Msg{Key: "draft.large", Text: "văn bản có hơn {most} dòng bảng, quá lớn để in; hãy tách thành nhiều văn bản hoặc gửi bảng tính"}
)

const mostRows = 50_000

var (
	symbolShape = regexp.MustCompile(`^[\p{L}\p{N}&.]{1,20}(-[\p{L}\p{N}&.]{1,20}){0,5}$`)
	numberShape = regexp.MustCompile(`^[0-9]{1,6}([.][0-9]{1,4})?\p{L}?$`)
)

// Check tells what stands in the way of a document: nil, or one fault for each field that is wrong.
func (d Document) Check() error {
	var wrong []*fault.Error
	say := func(field string, msg fault.Msg, args ...string) {
		wrong = append(wrong, fault.New(fault.Invalid, msg, args...).At(field))
	}
	if d.Kind.String() == "" {
		say("kind", msgKind)
	}
	if line(d.Agency) == "" {
		say("agency", msgAgency)
	}
	if bare(d.Title) == "" {
		say("title", msgTitle)
	}
	if s := line(d.Symbol); !symbolShape.MatchString(s) {
		say("symbol", msgSymbol, "symbol", fault.Clip(s), "example", d.Kind.Symbol("UBND"))
	}
	if d.Issued != nil && d.Issued.Number != "" && !numberShape.MatchString(line(d.Issued.Number)) {
		say("number", msgNumber, "number", fault.Clip(line(d.Issued.Number)))
	}
	if (d.Kind == Letter || d.Kind == Submission) && len(lines(d.To)) == 0 {
		say("to", msgTo)
	}
	wrong = append(wrong, d.checkTables()...)
	return fault.Join(wrong...)
}

func (d Document) checkTables() []*fault.Error {
	bodies := [][]Block{d.Body}
	for _, a := range d.Annexes {
		bodies = append(bodies, a.Body)
	}
	var wrong []*fault.Error
	count := 0
	for _, body := range bodies {
		for _, b := range body {
			t, ok := b.(Table)
			if !ok {
				continue
			}
			count += len(t.Rows)
			if e := t.check(); e != nil {
				wrong = append(wrong, e)
			}
		}
	}
	if count > mostRows {
		wrong = append(wrong, fault.New(fault.TooLarge, msgLarge, "most", strconv.Itoa(mostRows)))
	}
	return wrong
}

func (t Table) check() *fault.Error {
	name := fault.Clip(line(t.Caption))
	if len(t.Columns) == 0 {
		return fault.New(fault.Invalid, msgTable, "table", name)
	}
	for i, r := range t.Rows {
		if n := len(r.Cells); n != len(t.Columns) && n != 1 {
			return fault.New(fault.Invalid, msgCells, "table", name, "row", strconv.Itoa(i+1), "cells", strconv.Itoa(n), "columns", strconv.Itoa(len(t.Columns)))
		}
	}
	return nil
}
