package directive

import "giuchuan/internal/kernel/day"

// State is how far a document is on its way into the register.
type State string

// The states of a document.
const (
	Proposed  State = "proposed"  // read, nothing confirmed
	Active    State = "active"    // a person has confirmed its duties
	Stub      State = "stub"      // văn bản dẫn chiếu, chưa có toàn văn
	Withdrawn State = "withdrawn" // văn bản đã bị thu hồi hoặc nhập nhầm
)

// Document is a văn bản chỉ đạo as the register holds it.
type Document struct {
	ID          string
	Number      string  // "94"; "" = chưa có số
	Symbol      string  // "TB-UBND"
	Issued      day.Day // day.None = the day is not known
	DatePartial string  // "2024-06" or "2024" when the day is not known, else ""
	Place       string
	Issuer      string // as the document or the inference says it
	IssuerID    string // agency, "" = not in the directory
	Inferred    bool   // the issuer was inferred (suy ra)
	Kind        string // code of NĐ 30/2020: "TB", "QĐ"; "" = công văn
	Title       string // trích yếu
	Meeting     Meeting
	Programme   string
	CriteriaSet string
	Signer      Signer
	Basis       []string
	Attendees   []Named
	Recipients  []Recipient
	References  []Reference
	State       State
	Illustrated bool     // văn bản minh họa
	Urgency     string   // "KHẨN", "HỎA TỐC"; "" = none
	Aliases     []Alias  // short names the document gives ("sau đây gọi tắt là")
	Common      day.Day  // hạn chung của văn bản, as an electronic message names it; day.None = none
	Original    File     // what was uploaded; zero = pasted, entered by hand, or a stub
	Remarks     []string // of the reading, for the person who confirms
	Note        string   // why the row was written
	Entry       int64    // journal position of the row
}

// Alias is a short name that a document gives to a longer one.
type Alias struct{ Short, Full string }

// File is a stored file.
type File struct {
	SHA256 string // names the blob
	Name   string
	Size   int64 // bytes
}

// Meeting is the meeting that a document concludes.
type Meeting struct {
	On    day.Day // day.None = none or not known
	Chair string
}

// Signer is who signed, with the capacities in their order
// (Nghị định 30/2020/NĐ-CP, Điều 13).
type Signer struct {
	Capacities []string // "TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"
	Title      string
	Name       string
}

// Named is a text that names bodies, with the bodies it names.
type Named struct {
	Text     string
	Agencies []string
}

// Recipient is one line of Nơi nhận.
type Recipient struct {
	Named
	Purpose   string // thực hiện, báo cáo, để biết, lưu
	Person    bool   // a person or desk, not the body itself
	Uncertain bool   // the purpose is not certain
}

// Reference is a document that is cited with its number.
type Reference struct {
	Number   string  // "94/TB-UBND"
	On       day.Day // day.None = not said
	Document string  // id in this register once it stands there, also as a stub
}

// Day is the day by which bodies and places of the document are looked up: its
// own, else the meeting's, else the last day of the month or year that is known.
func (d *Document) Day() day.Day {
	switch {
	case d.Issued != day.None:
		return d.Issued
	case d.Meeting.On != day.None:
		return d.Meeting.On
	}
	return lastOf(d.DatePartial)
}
