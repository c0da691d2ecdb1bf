package officialdoc

import "giuchuan/internal/kernel/day"

// Span is a half-open range of code points of [Document.Text].
type Span struct{ Start, End int }

// Len is the number of code points in s.
func (s Span) Len() int { return s.End - s.Start }

// Document is one official document, read. Nothing in it is guessed: what the
// paper leaves blank stays empty.
type Document struct {
	// Text is the whole document: NFC, one block a line, single spaces, without
	// page numbers and markdown marks, with sentences that a page or a line cut
	// joined again. Every Span counts code points of it.
	Text   string
	Blocks []Block // in the order of Text, one a line

	Number      string    // as printed, without stray spaces: "5973/UBND-KT", "104-CTr/TU"; empty when left blank
	Symbol      string    // "UBND-KT", "TB-UBND", "CTr/TU"; known also when the number is blank
	Date        day.Day   // day.None unless day, month and year are printed
	DatePartial string    // "2024-06" or "2024" when Date is None
	Place       string    // "Tuyên Quang"
	Issuer      string    // the issuing agency as printed, often in capitals: "SỞ CÔNG THƯƠNG"
	IssuerBlock []string  // the agencies of the letterhead from the highest down; the last one issues
	Authority   string    // who decides, as a decision names it: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"
	Kind        Kind      // zero when unknown
	Title       string    // trích yếu; of a công văn with its "V/v"
	Headline    string    // of a digest: what the newsroom wrote above it
	Secrecy     string    // always empty: marked documents are refused
	Urgency     string    // "khẩn", "thượng khẩn", "hỏa tốc" or empty
	KinhGui     []Line    // addressees under "Kính gửi:" or "điện:"
	NoiNhan     []Receive // rows under "Nơi nhận:", the archive row included
	Signer      Signer
	Cosigners   []Signer    // who else signs, as in minutes
	Basis       []Line      // "Căn cứ …", "Xét đề nghị …", "Theo đề nghị …", "Sau khi nghe … báo cáo …"
	References  []Reference // documents cited with a number, each once, in order
	Digest      bool        // a report about a document (portal, newspaper), not the document itself
	Edxml       *Message    // of an .edxml file
}

// Kind is the kind of a document: one of the 29 of NĐ 30/2020, or one that the
// Party or the makers of law use.
type Kind struct {
	Code string // "TB", "QĐ", "CTr"; empty for a công văn and a thư công
	Name string // "Thông báo"; empty when unknown
}

// Part tells where in a document a block stands.
type Part string

// The parts of a document, in their usual order.
const (
	PartHeader     Part = "header"     // letterhead, number, day, kind, title, Kính gửi
	PartOpening    Part = "opening"    // căn cứ and everything before the first item
	PartBody       Part = "body"       // the items
	PartClosing    Part = "closing"    // "Trên đây là …", "Căn cứ nội dung trên, …" after the last item
	PartRecipients Part = "recipients" // Nơi nhận
	PartSignature  Part = "signature"  // capacities, office and name
	PartAnnex      Part = "annex"      // everything after the signature
)

// Levels of markers. An item lies inside the nearest earlier block of the body
// with a smaller level that is not LevelNone.
const (
	LevelNone    = 0  // no marker
	LevelPart    = 1  // Phần thứ nhất
	LevelChapter = 2  // Chương I
	LevelCapital = 3  // A.
	LevelRoman   = 4  // I.
	LevelSection = 5  // Mục 1
	LevelArticle = 6  // Điều 1.
	LevelNumber  = 7  // 1.
	LevelDotted  = 8  // 1.1
	LevelDeeper  = 9  // 1.1.1
	LevelLetter  = 10 // a)
	LevelDash    = 11 // -
	LevelPlus    = 12 // +
	LevelBullet  = 13 // • and what else people use
)

// Block is one paragraph, item, line of the letterhead or cell of a table.
type Block struct {
	Span           // of the text without its marker; in Document.Text the marker and a space stand before it
	Text    string // exactly Document.Text at Span
	Part    Part
	Level   int    // LevelNone … LevelBullet
	Marker  string // as printed: "1.", "a)", "-", "Điều 2."; empty for a plain paragraph
	Label   string // the marker without its punctuation: "1", "1.2", "a", "I", "-", "Điều 2"
	Parent  int    // index of the block this marked block lies in, -1 for none and for plain paragraphs
	Heading bool   // styled as a heading, wholly bold, or a marked line that only announces what follows
	Bold    []Span // bold pieces of the text, of Document.Text like every span
	Cell    Cell   // its place in a table; zero outside tables
}

// Cell is the place of a block in a table, counted from 1; the zero Cell is
// outside every table.
type Cell struct{ Table, Row, Column int }

// Line is one line or row with its place in the text.
type Line struct {
	Span
	Text string // without dash and final punctuation
}

// Purpose says why a row stands under "Nơi nhận".
type Purpose string

// The purposes.
const (
	PurposeAct     Purpose = "thực hiện"
	PurposeReport  Purpose = "báo cáo"
	PurposeInform  Purpose = "để biết"
	PurposeKeep    Purpose = "lưu"
	PurposeAsAbove Purpose = "như trên"
)

// Receive is one row under "Nơi nhận".
type Receive struct {
	Line
	Purpose   Purpose
	Uncertain bool   // the purpose is a rule of thumb, not printed beside the row
	Units     string // of the archive row: the keeping units, "VT, NLN"
	Drafter   string // of the archive row: who drafted, "Hòa"
}

// Signer is the block of signature.
type Signer struct {
	Capacities []string // every line from the abbreviation down to the office: TL. CHỦ TỊCH, KT. CHÁNH VĂN PHÒNG, PHÓ CHÁNH VĂN PHÒNG
	Title      string   // the office of the signer, the last of Capacities
	Name       string
	Span       Span // of the whole block
}

// Reference is a document cited with its number.
type Reference struct {
	Number string  // without stray spaces: "94/TB-UBND", "34-NQ/TU"
	Kind   string  // the word before the number: "Thông báo"; may be empty
	Date   day.Day // of the citation that names it, usually the first; day.None when none does
	Span   Span    // of the number at its first citation
}

// Message is what the envelope of an .edxml file says (QCVN 102:2016).
type Message struct {
	DocumentID string
	From       Organ
	To         []Organ
	Due        day.Day // of the document as a whole ("hạn chung của văn bản"), day.None without one
	Priority   string
	Business   string // "mới", "thu hồi", "cập nhật", "thay thế"; empty when not said
	Subject    string
	Files      []File
	Signature  string // "không có chữ ký" or "chưa kiểm tra chữ ký": never verified here
}

// Organ is an organisation of an .edxml envelope.
type Organ struct{ ID, Name string }

// File is one file inside an .edxml file.
type File struct {
	Name    string // without folders and control characters
	Media   string // the content type that the envelope claims
	Size    int    // bytes; 0 when it could not be decoded
	Read    bool   // the document was read from this one
	Problem string // why it could not be read, in Vietnamese
}
