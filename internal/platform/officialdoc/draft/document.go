package draft

import "giuchuan/internal/kernel/day"

// SigningNote says what the product does not do; the preview shows it beside every draft.
const SigningNote = "Bản dự thảo, chưa ký. Phần mềm không ký số: văn bản được trình ký, ký và đóng dấu theo quy trình của cơ quan; " +
	"sau đó người có trách nhiệm ghi số, ngày và nộp tệp đã ký."

// Document is a document to be issued, or issued. Texts are as in running text ("Ủy ban nhân dân tỉnh Tuyên Quang"); the
// layout makes capitals, quotes and full stops. The zero value of every field works but for Kind, Agency, Symbol and
// Title (Check).
type Document struct {
	Kind     Kind
	Superior string   // the agency above, "" = none; box 2
	Agency   string   // who issues
	Symbol   string   // "BC-UBND"; box 3
	Place    string   // địa danh; box 4
	Month    day.Day  // any day of the month it will be issued in: only month and year are printed; 0 = blank
	Title    string   // trích yếu, without "V/v"; boxes 5a and 5b
	To       []string // Kính gửi; box 9a
	Holder   string   // who decides, above the grounds of a quyết định: "Chủ tịch Ủy ban nhân dân tỉnh"
	Basis    []string // căn cứ and "Theo đề nghị của …", without ";"
	Body     []Block  // box 6
	Closing  string   // the last sentence, without "./."; "" = the body's last paragraph ends the document
	Signers  []Signer // one, or the sides of a biên bản from left to right; boxes 7a and 7b
	Copies   []string // Nơi nhận without "Như trên" and "Lưu"; box 9b
	Drafter  string   // abbreviation of the drafting unit, after "Lưu: VT,"
	Annexes  []Annex  //
	Paper    bool     // issued on paper: the annexes say in full what they belong to (Phần I, mục III.1.c)
	Mark     string   // printed at the foot of every page, as on invented figures; "" = none
	Issued   *Issued  // nil until a person recorded it
	Urgent   Urgency  // box 10b
}

// Issued is what a person recorded of a signed document.
type Issued struct {
	Number string  // "5", "13A"
	On     day.Day // 0 = not recorded
	File   string  // name or hash of the signed file
}

// Draft tells whether number, day and signed file are not all recorded: the document then carries "DỰ THẢO".
func (d Document) Draft() bool {
	return d.Issued == nil || d.Issued.Number == "" || noDay(d.Issued.On) || d.Issued.File == ""
}

func noDay(d day.Day) bool { return d == 0 || d == day.None || d == day.Forever }

// Urgency is the mark of urgency (box 10b).
type Urgency uint8

// The marks of urgency of Phụ lục I, Phần I, mục III.2.b.
const (
	Usual      Urgency = iota
	Pressing           // KHẨN
	MorePress          // THƯỢNG KHẨN
	Immediate          // HỎA TỐC
	urgencyEnd         //
)

// String is the mark in capitals, "" for Usual.
func (u Urgency) String() string {
	if u >= urgencyEnd {
		return ""
	}
	return [...]string{"", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"}[u]
}

// Signer is who signs (mục II.7): the chain of capacities from the abbreviation down, and the name.
type Signer struct {
	Capacity []string // "TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"
	Office   string   // other office of one who signs for a council or board, printed above the name
	Name     string   // without academic title; "" = blank
}

// Annex is a phụ lục. It begins a page, and its pages are numbered anew.
type Annex struct {
	Title     string
	Landscape bool // wide tables
	Body      []Block
}
