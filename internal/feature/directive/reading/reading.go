package reading

import (
	"giuchuan/internal/feature/directive/deadline"
	"giuchuan/internal/kernel/day"
)

// Reading is what a document says. Its JSON form is what the command prints and
// tests of other programs read: names do not change.
type Reading struct {
	Number         *string           `json:"number"` // as printed, null when blank
	Symbol         *string           `json:"symbol"` // "TB-UBND"
	Date           *string           `json:"date"`   // YYYY-MM-DD, null unless the day is known
	DatePartial    *string           `json:"date_partial"`
	Place          *string           `json:"place"`
	Issuer         *string           `json:"issuer"`
	IssuerInferred bool              `json:"issuer_inferred"` // from symbol, place and signature
	Kind           *string           `json:"kind"`            // "Thông báo"
	Title          *string           `json:"title"`
	Secrecy        *string           `json:"secrecy"` // always null: secret documents are refused
	Meeting        *Meeting          `json:"meeting"`
	Attendees      []Attendee        `json:"attendees"`
	Basis          []string          `json:"basis"`
	Programme      *string           `json:"programme"`
	CriteriaSet    *string           `json:"criteria_set"` // years: "2021-2025"
	LocalAliases   map[string]string `json:"local_aliases"`
	Signer         Signer            `json:"signer"`
	References     []Reference       `json:"references"`
	Recipients     []Recipient       `json:"recipients"`
	Tasks          []Task            `json:"tasks"`
	Text           string            `json:"text"`

	Notes  []string `json:"-"` // about the whole document, for the person who confirms
	Day    day.Day  `json:"-"` // the day the directory was asked for: of the document, else of the meeting, else of its month
	Digest bool     `json:"-"` // a newsroom's report about a document
}

// Meeting is the meeting a document concludes.
type Meeting struct {
	Date  *string `json:"date"`
	Chair string  `json:"chair"`
}

// Attendee is one body named among those who attended.
type Attendee struct {
	Text     string   `json:"text"`
	Agencies []string `json:"agencies"`
}

// Signer is who signed and in what capacity.
type Signer struct {
	Capacities []string `json:"capacities"`
	Title      string   `json:"title"`
	Name       string   `json:"name"`
}

// Reference is a document cited with its number.
type Reference struct {
	Number string  `json:"number"`
	Date   *string `json:"date"`
}

// Recipient is one row of the list of recipients.
type Recipient struct {
	Text        string   `json:"text"`
	Purpose     string   `json:"purpose"` // thực hiện, báo cáo, để biết, lưu, như trên
	Agencies    []string `json:"agencies"`
	PersonLevel bool     `json:"person_level"` // sent to persons, not to the body
	Uncertain   bool     `json:"uncertain"`
}

// The roles of an addressee; null means that a person must choose who leads.
const (
	Lead    = "lead"
	Support = "support"
)

// Addressee is who a duty is given to.
type Addressee struct {
	Text       string   `json:"text"`
	Role       *string  `json:"role"`
	Agencies   []string `json:"agencies"`
	Collective bool     `json:"collective"`
}

// Object is a place a duty is about.
type Object struct {
	Text   string  `json:"text"`
	Place  *string `json:"place"`  // id of the place, null when it was not found in the province
	Within *string `json:"within"` // id of the district, null when there is none
	Name   string  `json:"name"`   // "xã Phù Lưu, huyện Hàm Yên, tỉnh Tuyên Quang"
}

// Task is one duty.
type Task struct {
	Ref            string        `json:"ref"`
	Group          string        `json:"group"`
	Addressees     []Addressee   `json:"addressees"`
	Text           string        `json:"text"`
	Span           [2]int        `json:"span"` // code points of Reading.Text, half open
	Objects        []Object      `json:"objects"`
	Deadline       *string       `json:"deadline"`
	DeadlineTime   *string       `json:"deadline_time"`
	DeadlinePhrase *string       `json:"deadline_phrase"`
	DeadlineKind   deadline.Kind `json:"deadline_kind"`
	Recurrence     *string       `json:"recurrence"`
	References     []string      `json:"references"`
	Confidence     float64       `json:"confidence"`
	Notes          []string      `json:"notes"` // what a person must settle, in Vietnamese

	found []deadline.Deadline
}

// text is nil for nothing, so that JSON has null.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// civil is a day in JSON, null when it is not known.
func civil(d day.Day) *string {
	if d == day.None {
		return nil
	}
	return text(d.String())
}
