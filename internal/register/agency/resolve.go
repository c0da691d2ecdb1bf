package agency

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/register/place"
)

var (
	msgEmpty     = fault.Msg{Key: "agency.empty", Text: "chưa ghi tên cơ quan"}
	msgUnknown   = fault.Msg{Key: "agency.unknown", Text: "không tìm thấy cơ quan “{text}” trong danh bạ tại ngày {day}"}
	msgNotYet    = fault.Msg{Key: "agency.not_yet", Text: "{name} chỉ có từ {day}"}
	msgAmbiguous = fault.Msg{Key: "agency.ambiguous", Text: "“{text}” có thể là: {list}; hãy ghi rõ"}
)

// maxText bounds the bytes of a name; longer text is no name.
const maxText = 300

// Match is what a text of a document names.
type Match struct {
	Raw        string      // as it is written
	Role       string      // the persons named ("giám đốc", "chủ tịch, phó chủ tịch"), or empty
	Agency     Agency      // the body; empty when Collective is set
	Collective *Collective // the collective, to be expanded at the document's day
	Old        bool        // the name is no longer in use on the day
	Note       string      // about an old name, in Vietnamese
	Successors []Heir      // of a body that has ended
}

// Resolve finds the body or collective that a document names, on a day: by full
// name, short name or alias, whatever the case, diacritics and punctuation, with
// or without a person in front ("Giám đốc Sở Y tế"). A name whose time is over
// gives the old body, marked, with its successors on the day. An unknown name is
// an error of code NotFound.
func (r *Register) Resolve(text string, on day.Day) (Match, error) {
	m := Match{Raw: text}
	key := r.short.key(text)
	if key == "" {
		return m, fault.New(fault.Invalid, msgEmpty)
	}
	if len(text) > maxText {
		return m, r.unknown(text, on)
	}
	roles, rest := cutRoles(key)
	for _, try := range []struct{ key, role string }{{key, ""}, {rest, roles}} {
		m.Role = try.role
		if c := r.collective(try.key, on); c != nil {
			m.Collective = c
			return m, nil
		}
		if hits := r.named(try.key); len(hits) > 0 {
			return r.decide(m, hits, on)
		}
	}
	if i := strings.Index(" "+rest+" ", " ubnd "); i == 0 {
		return r.resolvePlace(m, on)
	}
	return m, r.unknown(text, on)
}

func (r *Register) unknown(text string, on day.Day) error {
	const most = 80
	runes := []rune(vntext.NFC(text))
	return fault.New(fault.NotFound, msgUnknown, "text", string(runes[:min(len(runes), most)]), "day", on.Vietnamese())
}

// collective finds a collective by key.
func (r *Register) collective(key string, on day.Day) *Collective {
	for _, c := range r.Collectives(on) {
		if slices.Contains(c.keys, squeeze(key)) {
			return &c
		}
	}
	return nil
}

// named finds the names that a key is, also with or without "tỉnh" at its end.
func (r *Register) named(key string) []name {
	if hits := r.names[squeeze(key)]; len(hits) > 0 || !strings.Contains(key, " ") {
		return hits
	}
	if short, ok := strings.CutSuffix(key, " tinh"); ok {
		return r.names[squeeze(short)]
	}
	return r.names[squeeze(key+" tinh")]
}

// decide takes the one body that has the name on the day, else the last one that
// had it.
func (r *Register) decide(m Match, hits []name, on day.Day) (Match, error) {
	var now []name
	last, next := -1, -1
	for i, h := range hits {
		switch {
		case h.from <= on && on <= h.to:
			if !slices.ContainsFunc(now, func(n name) bool { return n.id == h.id }) {
				now = append(now, h)
			}
		case h.to < on && (last < 0 || h.to > hits[last].to):
			last = i
		case h.from > on && (next < 0 || h.from < hits[next].from):
			next = i
		}
	}
	switch {
	case len(now) > 1:
		labels := make([]string, len(now))
		for i, n := range now {
			a, _ := r.Agency(n.id, on)
			labels[i] = a.Name
		}
		return m, fault.New(fault.Conflict, msgAmbiguous, "text", m.Raw, "list", strings.Join(labels, "; "))
	case len(now) == 1:
		m.Agency, _ = r.Agency(now[0].id, on)
		m.role(now[0].role)
		return m, nil
	case last >= 0:
		m.role(hits[last].role)
		return r.old(m, hits[last].id, hits[last].to, on), nil
	}
	a, _ := r.Agency(hits[next].id, hits[next].from)
	return m, fault.New(fault.NotFound, msgNotYet, "name", a.Name, "day", hits[next].from.Vietnamese())
}

// role keeps the person an alias stands for, beside those in front of it.
func (m *Match) role(role string) {
	if role != "" {
		m.Role = strings.TrimPrefix(m.Role+", "+role, ", ")
	}
}

// old fills in a body whose name was last used on a day.
func (r *Register) old(m Match, id string, last, on day.Day) Match {
	m.Old = true
	before, _ := r.Agency(id, last)
	if now, ok := r.Agency(id, on); ok {
		m.Agency = now
		m.Note = before.Name + " từ " + (last + 1).Vietnamese() + " đã đổi tên, nay là " + now.Name
		return m
	}
	m.Agency, _ = r.Latest(id)
	m.Successors = r.Successors(id, on)
	m.Note = m.Agency.Name + " đã kết thúc từ " + (m.Agency.Ended + 1).Vietnamese()
	return m
}

// resolvePlace finds the People's Committee of a place: on the day, else of the
// newest earlier tree that has the place.
func (r *Register) resolvePlace(m Match, on day.Day) (Match, error) {
	m.Role, _ = cutRoles(r.short.key(m.Raw))
	text := r.afterUBND(m.Raw)
	u, first := r.places.Resolve(text, r.province, on, place.District, place.Commune)
	if first == nil {
		m.Agency = committee(u)
		return m, nil
	}
	changes := r.places.Changes()
	for i := len(changes) - 1; i >= 0; i-- {
		if changes[i] > on || i == 0 {
			continue
		}
		last := changes[i] - 1
		if u, err := r.places.Resolve(text, r.province, last, place.District, place.Commune); err == nil {
			return r.old(m, CommitteeID(u.ID), last, on), nil
		}
	}
	return m, first
}

// afterUBND is what follows "UBND" or "Ủy ban nhân dân" in a text, as written.
func (r *Register) afterUBND(text string) string {
	words := strings.Fields(text)
	for i := range words {
		_, key := cutRoles(r.short.key(strings.Join(words[:i+1], " ")))
		if key == "ubnd" {
			return strings.Join(words[i+1:], " ")
		}
	}
	return text
}

// Name is one entry of the dictionary of a day.
type Name struct {
	Key          string // folded and abbreviated, see Key
	AgencyID     string // empty for a collective
	CollectiveID string
}

// Key is how Resolve sees a text: folded, without punctuation and "và", with the
// common abbreviations. Two texts of one key, spaces aside, name the same body.
func (r *Register) Key(text string) string { return r.short.key(text) }

// Names is the dictionary of a day, keys without spaces, the longest first: for
// a reader of documents that looks for the longest name at a point. The People's
// Committees of places are not in it.
func (r *Register) Names(on day.Day) []Name {
	var list []Name
	for key, names := range r.names {
		for _, n := range names {
			if n.from <= on && on <= n.to {
				list = append(list, Name{Key: key, AgencyID: n.id})
			}
		}
	}
	for _, c := range r.Collectives(on) {
		for _, key := range c.keys {
			list = append(list, Name{Key: key, CollectiveID: c.ID})
		}
	}
	slices.SortFunc(list, func(a, b Name) int {
		if d := len(b.Key) - len(a.Key); d != 0 {
			return d
		}
		return strings.Compare(a.Key+a.AgencyID+a.CollectiveID, b.Key+b.AgencyID+b.CollectiveID)
	})
	return list
}
