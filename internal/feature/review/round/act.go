package round

import (
	"giuchuan/internal/platform/authz"
)

// Act is what was done with one quantity of a sheet. The numbers are stored.
type Act uint8

// The acts.
const (
	NoAct        Act = iota
	ActEnter         // xã nhập
	ActCarry         // giữ nguyên kỳ trước
	ActSupply        // cơ quan cung cấp, cơ quan phụ trách nhập
	ActSend          // xã gửi
	ActVerify        // huyện thẩm tra
	ActConfirm       // cơ quan phụ trách xác nhận
	ActReturn        // trả lại
	ActAsk           // đề nghị kiểm tra lại
	ActAnswer        // trả lời đề nghị, giữ nguyên số liệu
	ActSpotcheck     // phúc tra
	ActCorrect       // điều chỉnh sau chốt
)

// Vietnamese is the act as people read it.
func (a Act) Vietnamese() string {
	return [...]string{
		"", "nhập", "giữ nguyên kỳ trước", "cơ quan khác cung cấp", "gửi", "thẩm tra", "xác nhận kết quả", "trả lại",
		"đề nghị kiểm tra lại", "trả lời đề nghị kiểm tra lại", "phúc tra", "điều chỉnh sau chốt",
	}[a]
}

// State is how far a quantity is on its way. The numbers are stored.
type State uint8

// The states.
const (
	Draft State = iota
	Returned
	Submitted
	Verified
	Confirmed
)

// Vietnamese is the state as people read it.
func (s State) Vietnamese() string {
	return [...]string{"chưa gửi", "bị trả lại", "đã gửi", "đã thẩm tra", "đã xác nhận"}[s]
}

// authz is the state as permission knows it.
func (s State) authz() authz.State {
	return [...]authz.State{authz.Draft, authz.Returned, authz.Submitted, authz.Verified, authz.Confirmed}[s]
}

// Row is where one quantity of a sheet stands: all its acts in a few words. The
// zero value is a quantity nothing was done with.
type Row struct {
	State  State
	Origin Act    // how the value came: ActEnter, ActCarry, ActSupply, ActSpotcheck, ActCorrect; NoAct = from a file or none
	Last   Act    // what was done last
	Entry  int64  // journal position of that
	Valued int64  // journal position of Origin: when the value came
	Asked  bool   // a question waits for an answer
	Mended bool   // changed since it was returned
	Reason string // of the last return, question, answer or correction; of a carried value the period it is from
	Back   string // why it was returned, while it is
}

// Done is one act as it is stored.
type Done struct {
	Entry  int64
	Act    Act
	State  State
	Reason string
	Key    string // idempotency key of a save
}

// Add takes the next act of the quantity into account; acts come in order of
// their entries.
func (r *Row) Add(d Done) {
	r.State, r.Last, r.Entry = d.State, d.Act, d.Entry
	if d.Reason != "" {
		r.Reason = d.Reason
	}
	switch d.Act {
	case ActEnter, ActCarry, ActSupply, ActCorrect, ActSpotcheck:
		r.Origin, r.Valued = d.Act, d.Entry
		r.Mended = r.State == Returned
		r.Asked = r.Asked && d.Act != ActSupply
	case ActReturn:
		r.Mended, r.Back = false, d.Reason
	case ActSend:
		r.Mended, r.Back = false, ""
	case ActAsk:
		r.Asked = true
	case ActAnswer:
		r.Asked = false
	}
}
