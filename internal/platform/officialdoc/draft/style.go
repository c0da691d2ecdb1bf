package draft

// Style is how a piece looks: the same name in the .docx and in the preview.
type Style uint8

// The styles, with the boxes and rules of Phụ lục I that they follow.
const (
	StyleBody       Style = iota // 6: justified, first line 1.27 cm in
	StyleCentre                  // a centred line of the body
	StyleHeading1                // I. TITLE
	StyleHeading2                // 1. Title
	StyleHeading3                // a) Title
	StyleItem                    // an item of a list
	StyleSubItem                 // an item below an item
	StyleNation                  // 1
	StyleMotto                   // 1
	StyleSuperior                // 2
	StyleAgency                  // 2
	StyleNumber                  // 3
	StylePlaceDate               // 4
	StyleKind                    // 5a
	StyleTitle                   // 5a
	StyleAbout                   // 5b
	StyleUrgent                  // 10b
	StyleTo                      // 9a, one addressee
	StyleToHead                  // 9a, several
	StyleToItem                  // 9a, several
	StyleHolder                  // who decides; QUYẾT ĐỊNH:
	StyleBasis                   // căn cứ
	StyleAnnex                   // Phụ lục I
	StyleAnnexTitle              //
	StyleBelongs                 // (Kèm theo …)
	StyleCaption                 // above a table
	StyleUnit                    // above a table, at the right
	StyleCapacity                // 7a
	StyleOffice                  // 7b
	StyleName                    // 7b
	StyleCopiesHead              // 9b
	StyleCopies                  // 9b
	StyleHeadCell                // header of a table
	StyleCell                    // cell of a table
	StyleNote                    // note at the foot of the page
	StyleMark                    // foot of the page
	StylePage                    // number of the page
	StyleRule                    // a rule; Piece.Width is its length
	StyleTitleRule               // the rule below a title
	StyleTable                   // Piece.Grid
	styleEnd
)

// look is what the decree says of a piece; lengths in points, indents in twips.
type look struct {
	id, name      string // in the .docx; id is the class of the preview too
	size          int
	bold, italic  bool
	align         string // left, center, right, both
	first         int    // indent of the first line
	before, after int
	spacing       int // 240ths of a line, 0 = 240
	next          bool
	outline       int // 1 to 3 = level in the outline of the document
}

// ID names the style in the file and in the preview: "body", "heading-1".
func (s Style) ID() string { return s.look().id }

func (s Style) look() look {
	if s >= styleEnd {
		s = StyleBody
	}
	return lookTable[s]
}

var lookTable = looks()

// looks holds the sizes that the decree itself sets in its table of samples (Phụ lục I, Phần I, mục V).
func looks() [styleEnd]look {
	return [styleEnd]look{
		StyleBody:       {id: "body", name: "Nội dung", size: 14, align: "both", first: indent, after: 6, spacing: 264},
		StyleCentre:     {id: "centre", name: "Dòng giữa", size: 14, bold: true, align: "center", before: 6, after: 6, next: true},
		StyleHeading1:   {id: "heading-1", name: "heading 1", size: 14, bold: true, align: "both", first: indent, before: 6, after: 6, next: true, outline: 1},
		StyleHeading2:   {id: "heading-2", name: "heading 2", size: 14, bold: true, align: "both", first: indent, after: 6, next: true, outline: 2},
		StyleHeading3:   {id: "heading-3", name: "heading 3", size: 14, align: "both", first: indent, after: 6, next: true, outline: 3},
		StyleItem:       {id: "item", name: "Dòng liệt kê", size: 14, align: "both", first: indent, after: 6, spacing: 264},
		StyleSubItem:    {id: "sub-item", name: "Dòng liệt kê cấp dưới", size: 14, align: "both", first: indent, after: 6, spacing: 264},
		StyleNation:     {id: "nation", name: "Quốc hiệu", size: 12, bold: true, align: "center"},
		StyleMotto:      {id: "motto", name: "Tiêu ngữ", size: 13, bold: true, align: "center"},
		StyleSuperior:   {id: "superior", name: "Cơ quan chủ quản", size: 12, align: "center"},
		StyleAgency:     {id: "agency", name: "Cơ quan ban hành", size: 12, bold: true, align: "center"},
		StyleNumber:     {id: "number", name: "Số, ký hiệu", size: 13, align: "center", before: 6},
		StylePlaceDate:  {id: "place-date", name: "Địa danh, thời gian", size: 13, italic: true, align: "center", before: 6},
		StyleKind:       {id: "kind", name: "Tên loại", size: 14, bold: true, align: "center", before: 18, next: true},
		StyleTitle:      {id: "title", name: "Trích yếu", size: 14, bold: true, align: "center", next: true},
		StyleAbout:      {id: "about", name: "Trích yếu công văn", size: 12, align: "center", before: 6},
		StyleUrgent:     {id: "urgent", name: "Độ khẩn", size: 13, bold: true, align: "center", before: 6},
		StyleTo:         {id: "to", name: "Kính gửi", size: 14, align: "center", before: 14, after: 14, next: true},
		StyleToHead:     {id: "to-head", name: "Kính gửi nhiều nơi", size: 14, align: "left", before: 14, next: true},
		StyleToItem:     {id: "to-item", name: "Nơi được gửi", size: 14, align: "left", next: true},
		StyleHolder:     {id: "holder", name: "Thẩm quyền", size: 14, bold: true, align: "center", before: 12, after: 12, next: true},
		StyleBasis:      {id: "basis", name: "Căn cứ", size: 14, italic: true, align: "both", first: indent, after: 6, spacing: 264},
		StyleAnnex:      {id: "annex", name: "Phụ lục", size: 14, bold: true, align: "center", next: true},
		StyleAnnexTitle: {id: "annex-title", name: "Tên phụ lục", size: 14, bold: true, align: "center", next: true},
		StyleBelongs:    {id: "belongs", name: "Kèm theo văn bản", size: 14, italic: true, align: "center", next: true},
		StyleCaption:    {id: "caption", name: "Tên bảng", size: 13, bold: true, align: "center", before: 6, after: 6, next: true},
		StyleUnit:       {id: "unit", name: "Đơn vị tính", size: 12, italic: true, align: "right", before: 3, after: 3, next: true},
		StyleCapacity:   {id: "capacity", name: "Quyền hạn, chức vụ", size: 14, bold: true, align: "center", next: true},
		StyleOffice:     {id: "office", name: "Chức vụ khác", size: 14, bold: true, align: "center", next: true},
		StyleName:       {id: "name", name: "Họ và tên", size: 14, bold: true, align: "center"},
		StyleCopiesHead: {id: "copies-head", name: "Nơi nhận", size: 12, bold: true, italic: true, align: "left", before: 8},
		StyleCopies:     {id: "copies", name: "Dòng nơi nhận", size: 11, align: "left"},
		StyleHeadCell:   {id: "head-cell", name: "Đầu bảng", size: 12, bold: true, align: "center", before: 2, after: 2},
		StyleCell:       {id: "cell", name: "Ô bảng", size: 12, align: "left", before: 2, after: 2},
		StyleNote:       {id: "note", name: "footnote text", size: 11, align: "both"},
		StyleMark:       {id: "mark", name: "footer", size: 11, italic: true, align: "center"},
		StylePage:       {id: "page", name: "header", size: 13, align: "center"},
		StyleRule:       {id: "rule", name: "Đường kẻ", size: 2, align: "center", before: 2},
		StyleTitleRule:  {id: "title-rule", name: "Đường kẻ dưới trích yếu", size: 2, align: "center", before: 2, after: 12, next: true},
		StyleTable:      {id: "table", name: "Bảng", size: 12},
	}
}
