package law

// Verdict is four-valued; Unknown is the zero value.
type Verdict uint8

// The verdicts.
const (
	Unknown       Verdict = iota // chưa có số liệu, or no threshold
	Met                          // đạt
	Unmet                        // chưa đạt
	NotApplicable                // không áp dụng: counts as passed
)

var (
	verdictWords = [...]string{"unknown", "met", "unmet", "not_applicable"}
	verdictNames = [...]string{"chưa đủ số liệu", "đạt", "chưa đạt", "không áp dụng"}
)

// String is the word used in JSON.
func (v Verdict) String() string { return verdictWords[v] }

// Vietnamese is the word people read.
func (v Verdict) Vietnamese() string { return verdictNames[v] }

// ParseVerdict reads the JSON word.
func ParseVerdict(s string) (Verdict, bool) {
	for i, w := range verdictWords {
		if s == w {
			return Verdict(i), true
		}
	}
	return Unknown, false
}

// Reason says why an indicator has its verdict.
type Reason uint8

// The reasons.
const (
	ReasonNone         Reason = iota
	ReasonNoData              // chưa có số liệu
	ReasonNoThreshold         // chưa có mức do tỉnh quy định
	ReasonTooOld              // số liệu quá cũ
	ReasonFaulty              // dòng số liệu bị từ chối
	ReasonOneSex              // mới có số liệu của một giới
	ReasonPartsUnknown        // một phần chưa xác định được
	ReasonNotDerived          // chưa có căn cứ để suy ra
	ReasonCompared            // value against threshold
	ReasonSaid                // direct đạt / chưa đạt
	ReasonParts               // by its parts
	ReasonDerived             // by what it depends on
	ReasonNotApplying         // nếu có
	ReasonSubUnknown          // the of-which share has no threshold
	ReasonCaseUnknown         // the part that chooses the threshold is not known
	ReasonFeedsCase           // a part that only chooses another part's threshold
	ReasonNotInRegion         // a part that is not set in the commune's region
	ReasonSubOnly             // only the of-which share could be compared
)

// Note is a remark that the trace carries beside the reason.
type Note uint8

// The notes; an outcome can carry several.
const (
	NoteTotalOnly   Note = 1 << iota // only the total was given where the sexes or a sub-share are asked
	NoteReference                    // tỉnh chưa quy định, mức tham khảo
	NoteEarlierYear                  // datum of an earlier year against this year's threshold
	NoteUnverified                   // chưa đối chiếu văn bản gốc
	NoteAnyCase                      // every case of the threshold gives the same verdict
)

// Outcome is the verdict of one slot, in codes.
type Outcome struct {
	Verdict   Verdict
	Reason    Reason
	Notes     Note
	HasMargin bool
	Margin    Number // positive when better than the threshold
}

// And combines verdicts of things that must all pass: unmet wins, then unknown,
// then met; all not applicable stays not applicable.
func And(a, b Verdict) Verdict {
	switch {
	case a == Unmet || b == Unmet:
		return Unmet
	case a == Unknown || b == Unknown:
		return Unknown
	case a == Met || b == Met:
		return Met
	}
	return NotApplicable
}
