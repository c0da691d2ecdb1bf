package draft

// Kind is a kind of document that the product writes.
type Kind uint8

// The kinds, with their codes of Nghị định 30/2020/NĐ-CP, Phụ lục III.
const (
	Letter     Kind = iota + 1 // công văn, no code
	Report                     // báo cáo, BC
	Submission                 // tờ trình, TTr
	Plan                       // kế hoạch, KH
	Minutes                    // biên bản, BB
	Notice                     // thông báo, TB
	Decision                   // quyết định, QĐ
)

// kindRow is what is known of a kind.
type kindRow struct {
	name, code, file string
	to               bool // it may be addressed (Kính gửi), box 9a
	dated            bool // it has the line of place and date, box 4 (sample 1.9 has none)
}

var kindTable = kinds()

func kinds() map[Kind]kindRow {
	return map[Kind]kindRow{
		Letter:     {name: "công văn", file: "cong-van", to: true, dated: true},
		Report:     {name: "báo cáo", code: "BC", file: "bao-cao", to: true, dated: true},
		Submission: {name: "tờ trình", code: "TTr", file: "to-trinh", to: true, dated: true},
		Plan:       {name: "kế hoạch", code: "KH", file: "ke-hoach", dated: true},
		Minutes:    {name: "biên bản", code: "BB", file: "bien-ban"},
		Notice:     {name: "thông báo", code: "TB", file: "thong-bao", dated: true},
		Decision:   {name: "quyết định", code: "QĐ", file: "quyet-dinh", dated: true},
	}
}

// String is the name of the kind in Vietnamese, in small letters: "báo cáo".
func (k Kind) String() string { return kindTable[k].name }

// Code is the abbreviation of the kind (Phụ lục III), "" for a công văn and for what is no kind.
func (k Kind) Code() string { return kindTable[k].code }

// Symbol is the symbol of a document of this kind by the agency with the abbreviation: "BC-UBND". For a công văn agency
// holds the drafting unit too: "UBND-NLN".
func (k Kind) Symbol(agency string) string {
	if code := k.Code(); code != "" {
		return code + "-" + agency
	}
	return agency
}
