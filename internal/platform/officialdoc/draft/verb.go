package draft

// Rung is where a body stands when it writes to another.
type Rung uint8

// The rungs. A Văn phòng that signs by order of the chairman writes as Province.
const (
	Central    Rung = iota + 1 // bộ, ngành Trung ương
	Province                   // Ủy ban nhân dân tỉnh, its chairman
	Department                 // sở, ban, ngành, Văn phòng Điều phối
	District                   // Ủy ban nhân dân huyện, thành phố (until 30/6/2025)
	Commune                    // Ủy ban nhân dân xã
)

// Verbs are the words a body uses to another.
type Verbs struct {
	Ask     string // for something to be done: "yêu cầu", "đề nghị", "kính đề nghị"
	Tell    string // what was done: "báo cáo", "thông báo"
	Consult string // for an opinion: "xin ý kiến", "lấy ý kiến"
}

// Verb gives the verbs that from uses to to. A people's committee asks those below it with "yêu cầu"; a department or the
// coordination office, which commands no committee, with "đề nghị"; upwards one reports and asks with respect. Who may
// urge whom is not decided here.
func Verb(from, to Rung) Verbs {
	switch {
	case from == Province && to > Province, from == District && to == Commune:
		return Verbs{Ask: "yêu cầu", Tell: "thông báo", Consult: "lấy ý kiến"}
	case from == District && to == Department:
		return Verbs{Ask: "đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}
	case from > to:
		return Verbs{Ask: "kính đề nghị", Tell: "báo cáo", Consult: "xin ý kiến"}
	case from == to:
		return Verbs{Ask: "đề nghị", Tell: "thông báo", Consult: "xin ý kiến"}
	}
	return Verbs{Ask: "đề nghị", Tell: "thông báo", Consult: "lấy ý kiến"}
}
