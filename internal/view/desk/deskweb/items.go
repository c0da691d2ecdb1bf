package deskweb

import (
	"slices"
	"strconv"
	"strings"

	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/view/desk"
)

var (
	msgItem = fault.Msg{Key: "desk.item", Text: "dòng gửi lên không hợp lệ; hãy tải lại trang"}
	msgAct  = fault.Msg{Key: "desk.act", Text: "chọn việc cần làm: thẩm tra, xác nhận hoặc trả lại"}
	msgNot  = fault.Msg{Key: "desk.not_yours", Text: "tài khoản này không được {act} ở đây"}
)

// mostItems bounds the lines of one act.
const mostItems = 20_000

// carried writes lines for a form, one value a commune and set:
// "02407.1 xa-ntm-2021-2025 1.1,2.1".
func carried(items []desk.Item) []string {
	var keys []string
	codes := map[string][]string{}
	for i := range items {
		k := items[i].Unit().ID + " " + items[i].Set.ID
		if codes[k] == nil {
			keys = append(keys, k)
		}
		codes[k] = append(codes[k], items[i].Indicator().Code)
	}
	for i, k := range keys {
		keys[i] = k + " " + strings.Join(codes[k], ",")
	}
	return keys
}

// items reads what carried wrote.
func items(f *web.Form) ([]round.Item, error) {
	seen, err := strconv.ParseInt(f.Value("thay"), 10, 64)
	if err != nil || seen < 0 {
		return nil, fault.New(fault.Invalid, msgItem)
	}
	var out []round.Item
	for _, text := range f.All("dong") {
		parts := strings.Fields(text)
		if len(parts) != 3 {
			return nil, fault.New(fault.Invalid, msgItem)
		}
		for code := range strings.SplitSeq(parts[2], ",") {
			it := round.Item{Place: parts[0], Set: parts[1], Code: code, Seen: seen}
			if !slices.Contains(out[max(0, len(out)-200):], it) {
				out = append(out, it)
			}
		}
		if len(out) > mostItems {
			return nil, fault.New(fault.Invalid, msgItem)
		}
	}
	return out, nil
}

// actOf reads what a button asks for.
func actOf(f *web.Form) (round.Act, error) {
	for _, a := range []round.Act{round.ActVerify, round.ActConfirm, round.ActReturn} {
		if f.Value("viec") == word(a) {
			return a, nil
		}
	}
	return round.NoAct, fault.New(fault.Invalid, msgAct)
}

// carry moves the lines of the form on. In is the communes that the address
// reaches.
func (h *Pages) carry(p *web.Page, act round.Act, period day.Period, in func(id string) bool) (int, error) {
	list, err := items(p.Form())
	if err != nil {
		return 0, err
	}
	for i := range list {
		if !in(list[i].Place) {
			return 0, fault.New(fault.Invalid, msgItem)
		}
	}
	cmd := &round.Move{Act: act, Period: period, Items: list, Reason: p.Form().Value("ly-do")}
	n := 0
	err = h.write(p, cmd.Command, func(tx *db.Tx) error {
		_, err := h.o.Rounds.Move(p.Context(), tx, p.User().Subject, cmd)
		n = len(list)
		return err
	})
	return n, err
}

// done says what was done a moment ago, "" when nothing was.
func done(p *web.Page) string {
	n, err := strconv.Atoi(p.Query("so"))
	if err != nil || n <= 0 {
		return ""
	}
	switch p.Query("xong") {
	case "tham-tra":
		return "Đã thẩm tra " + itoa(n) + " dòng."
	case "xac-nhan":
		return "Đã xác nhận kết quả " + itoa(n) + " dòng."
	case "tra-lai":
		return "Đã trả lại " + itoa(n) + " dòng cho xã."
	case "phuc-tra":
		return "Đã ghi kết quả phúc tra."
	case "nhap":
		return "Đã ghi " + itoa(n) + " giá trị."
	case "tra-loi":
		return "Đã trả lời đề nghị kiểm tra lại."
	}
	return ""
}
