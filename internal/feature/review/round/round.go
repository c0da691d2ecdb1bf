package round

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
)

// Round is one review round. Dates are last days.
type Round struct {
	ID        string
	Name      string // "Rà soát 6 tháng đầu năm 2024"
	Period    day.Period
	Basis     string      // number of the document that orders it
	BasisOn   day.Day     // day of that document
	Titles    []law.Title // whose communes take part; empty = every title
	Districts []string    // ids of places; empty = the whole province
	Whole     bool        // every indicator is asked for, not only what is due or needs a look
	Opened    day.Day
	SendBy    day.Day // hạn xã gửi
	VerifyBy  day.Day // hạn thẩm tra
	ConfirmBy day.Day // hạn xác nhận
	Closed    bool
	Note      string
	Entry     int64 // journal position of what holds; of a closed round, where its figures are frozen
}

// Open is the command that opens a round.
type Open struct {
	Name                        string
	Period                      day.Period
	Basis                       string
	BasisOn                     day.Day
	Titles                      []law.Title
	Districts                   []string
	Whole                       bool
	SendBy, VerifyBy, ConfirmBy day.Day
	Note                        string
}

// Deadlines is the command that gives an open round other days.
type Deadlines struct {
	ID                          string
	SendBy, VerifyBy, ConfirmBy day.Day
	Note                        string // why
}

var (
	msgName      = fault.Msg{Key: "round.name", Text: "nhập tên đợt rà soát, không quá 200 chữ"}
	msgPeriod    = fault.Msg{Key: "round.period", Text: "chọn kỳ rà soát"}
	msgBasis     = fault.Msg{Key: "round.basis", Text: "nhập số, ký hiệu của văn bản mở đợt rà soát, không quá 100 chữ"}
	msgBasisOn   = fault.Msg{Key: "round.basis_on", Text: "ngày của văn bản mở đợt phải có và không sau hôm nay"}
	msgDeadline  = fault.Msg{Key: "round.deadline", Text: "nhập {what}"}
	msgOrder     = fault.Msg{Key: "round.deadline_order", Text: "{later} phải từ {earlier} trở đi"}
	msgPast      = fault.Msg{Key: "round.deadline_past", Text: "hạn xã gửi phải từ hôm nay ({today}) trở đi"}
	msgTitle     = fault.Msg{Key: "round.title", Text: "không có mức công nhận “{title}”"}
	msgNote      = fault.Msg{Key: "round.note", Text: "ghi chú không quá 1.000 chữ"}
	msgNoCommune = fault.Msg{Key: "round.no_commune", Text: "không có xã nào giữ mức công nhận đã chọn trong địa bàn đã chọn; kiểm tra lại mức công nhận và huyện"}
	msgOverlap   = fault.Msg{Key: "round.overlap", Text: "đã có đợt rà soát cùng kỳ cho các xã: {names}; mỗi xã chỉ có một phiếu trong một kỳ"}
	msgRoundGone = fault.Msg{Key: "round.not_found", Text: "không có đợt rà soát này"}
	msgClosed    = fault.Msg{Key: "round.closed", Text: "đợt {name} đã chốt số liệu; mọi thay đổi sau đó là điều chỉnh sau chốt, do Văn phòng Điều phối nông thôn mới ghi"}
)

const (
	maxName  = 200
	maxBasis = 100
	maxNote  = 1000
)

// check refuses a round that cannot be opened on a day.
func (c *Open) check(today day.Day) error {
	var bad []*fault.Error
	fail := func(field string, msg fault.Msg, args ...string) {
		bad = append(bad, fault.New(fault.Invalid, msg, args...).At(field))
	}
	if c.Name == "" || len([]rune(c.Name)) > maxName {
		fail("ten", msgName)
	}
	if !c.Period.Valid() {
		fail("ky", msgPeriod)
	}
	if c.Basis == "" || len([]rune(c.Basis)) > maxBasis {
		fail("van-ban", msgBasis)
	}
	if c.BasisOn == day.None || c.BasisOn > today {
		fail("ngay-van-ban", msgBasisOn)
	}
	for _, t := range c.Titles {
		if !slices.Contains(law.Titles[:], t) {
			fail("muc", msgTitle, "title", string(t))
		}
	}
	if len([]rune(c.Note)) > maxNote {
		fail("ghi-chu", msgNote)
	}
	bad = append(bad, checkDeadlines(c.SendBy, c.VerifyBy, c.ConfirmBy)...)
	if c.SendBy != day.None && c.SendBy < today {
		fail("han-gui", msgPast, "today", today.Vietnamese())
	}
	return fault.Join(bad...)
}

// checkDeadlines refuses days that are missing or out of order.
func checkDeadlines(send, verify, confirm day.Day) (bad []*fault.Error) {
	list := []struct {
		on          day.Day
		field, what string
	}{{send, "han-gui", "hạn xã gửi"}, {verify, "han-tham-tra", "hạn thẩm tra"}, {confirm, "han-xac-nhan", "hạn xác nhận"}}
	for i, d := range list {
		switch {
		case d.on == day.None:
			bad = append(bad, fault.New(fault.Invalid, msgDeadline, "what", d.what).At(d.field))
		case i > 0 && list[i-1].on != day.None && d.on < list[i-1].on:
			bad = append(bad, fault.New(fault.Invalid, msgOrder, "later", d.what, "earlier", list[i-1].what).At(d.field))
		}
	}
	return bad
}

// Waits says which of a round's days comes next for a state: the day by which a
// quantity in that state is to be moved on.
func (r *Round) Waits(s State) day.Day {
	switch s {
	case Draft, Returned:
		return r.SendBy
	case Submitted:
		return r.VerifyBy
	case Verified:
		return r.ConfirmBy
	}
	return day.Forever
}

// Open is the last day on which communes send, while the round is not closed.
func (r Round) Open() (until day.Day, ok bool) { return r.SendBy, !r.Closed }

// First finds what is worked on now in a list of rounds, or of sheets, that has
// the latest first: of those still open the one that is due first, else the
// latest. It is -1 where there is none.
func First[T interface{ Open() (day.Day, bool) }](list []T) int {
	first := -1
	var due day.Day
	for i := range list {
		if until, ok := list[i].Open(); ok && (first < 0 || until < due) {
			first, due = i, until
		}
	}
	if first < 0 && len(list) > 0 {
		return 0
	}
	return first
}

func joinTitles(list []law.Title) string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return strings.Join(out, ",")
}

func splitTitles(text string) (out []law.Title) {
	for _, t := range splitList(text) {
		out = append(out, law.Title(t))
	}
	return out
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
