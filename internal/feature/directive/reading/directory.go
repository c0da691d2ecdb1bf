package reading

import (
	"slices"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Directory is what a reading asks of the register of agencies.
type Directory interface {
	// Key is the form by which names are compared; Names the names of a day in it.
	Key(text string) string
	Names(on day.Day) []agency.Name
	Resolve(text string, on day.Day) (agency.Match, error)
	Expand(id string, on day.Day) (agency.Expansion, error)
	Agency(id string, on day.Day) (agency.Agency, bool)
}

// Places is what a reading asks of the register of places.
type Places interface {
	Resolve(text, province string, on day.Day, levels ...place.Level) (place.Unit, error)
	At(on day.Day) *place.Tree
}

// directory is the agencies and places of a province on the day of a document.
type directory struct {
	agencies Directory
	places   Places
	province string
	name     string // of the province: "Tuyên Quang"
	on       day.Day
	names    map[string]agency.Name // by key without spaces
	keys     map[string]string      // of texts that were looked up
	foreign  bool                   // the document is of another province: its agencies are not ours
	aliases  map[string]string      // the document's own, folded
	bodies   map[string]body        // of names that were resolved
	used     int                    // keys made
	tries    int                    // places where a name was looked for
	asked    int                    // names and places the registers were asked for
}

// What a document may cost.
const (
	maxLookups = 6000
	maxTries   = 2500
	maxAsked   = 250
	maxName    = 18 // words of a name
)

func newDirectory(o Options, on day.Day) *directory {
	d := &directory{
		agencies: o.Agencies, places: o.Places, province: o.Province, on: on,
		names: map[string]agency.Name{}, bodies: map[string]body{}, keys: map[string]string{}, aliases: map[string]string{},
	}
	for _, n := range o.Agencies.Names(on) {
		d.know(n.Key, n)
		if short, ok := strings.CutSuffix(n.Key, "tinh"); ok && len(short) > 6 {
			d.know(short, n)
		} else {
			d.know(n.Key+"tinh", n)
		}
	}
	if o.Places != nil {
		if p, ok := o.Places.At(on).ByCode(o.Province); ok {
			d.name = p.Name
		}
	}
	return d
}

// know keeps the first name of a key.
func (d *directory) know(key string, n agency.Name) {
	if _, ok := d.names[key]; !ok && len(key) > 3 {
		d.names[key] = n
	}
}

// key is the key of a text without spaces; empty once a document has asked too
// much.
func (d *directory) key(s string) string {
	if k, ok := d.keys[s]; ok {
		return k
	}
	if d.used >= maxLookups {
		return ""
	}
	d.used++
	k := strings.ReplaceAll(d.agencies.Key(s), " ", "")
	d.keys[s] = k
	return k
}

// known tells whether a text is the name of a body or collective of the day.
func (d *directory) known(s string) bool {
	if _, ok := d.aliases[vntext.Fold(s)]; ok {
		return true
	}
	k := d.key(s)
	if k == "" {
		return false
	}
	_, ok := d.names[k]
	return ok
}

// body is the agencies a name stands for.
type body struct {
	ids        []string
	collective bool
	person     bool
	note       string
}

// resolve finds whom a name means. What is not known gives no ids and a note.
func (d *directory) resolve(name string) body {
	b, ok := d.bodies[name]
	if !ok {
		b = d.ask(name)
		d.bodies[name] = b
	}
	return b
}

// ask looks a name up in the register.
func (d *directory) ask(name string) body {
	if full, ok := d.aliases[vntext.Fold(name)]; ok {
		name = full
	}
	if d.foreign {
		return body{collective: plural(name), note: ""}
	}
	if d.asked++; d.asked > maxAsked {
		return body{note: noteLong}
	}
	m, err := d.agencies.Resolve(name, d.on)
	if err != nil {
		return d.near(name)
	}
	b := body{person: m.Role != ""}
	if m.Collective == nil {
		b.ids = []string{m.Agency.ID}
		b.person = b.person || m.Agency.Kind == agency.Desk
		b.note = m.Note
		return b
	}
	b.collective = true
	e, err := d.agencies.Expand(m.Collective.ID, d.on)
	if err != nil {
		b.note = "không mở rộng được nhóm " + m.Collective.Name
		return b
	}
	for _, a := range e.Agencies {
		b.ids = append(b.ids, a.ID)
	}
	if e.Note != "" {
		b.note = m.Collective.Name + ": " + e.Note
	}
	if b.rest() {
		b.note = ""
	}
	return b
}

// rest tells whether a collective is filled from the document itself.
func (b body) rest() bool {
	return b.collective && len(b.ids) == 0 && strings.Contains(b.note, "chính văn bản nêu tên")
}

const (
	noteLong    = "văn bản quá dài, phần này chưa đối chiếu danh bạ cơ quan"
	noteUnknown = "chưa có trong danh bạ cơ quan: "
	noteList    = "chưa xác định danh sách: "
	noteNear    = "tên ghi gần đúng, cần người xác nhận: "
)

// near finds a body whose name differs from a written one by a slip of the pen.
func (d *directory) near(name string) body {
	b := body{collective: plural(name), note: noteUnknown + name}
	if b.collective {
		b.note = noteList + name
	}
	if list := tokens(name); placeKinds.has(list, 0) {
		if m, err := d.agencies.Resolve("UBND "+name, d.on); err == nil && m.Collective == nil {
			return body{ids: []string{m.Agency.ID}, note: m.Note}
		}
	}
	k := d.key(name)
	if b.collective || len(k) < 10 {
		return b
	}
	best, tie := "", false
	for key, n := range d.names {
		if n.AgencyID == "" || len(key) < 10 || !slip(k, key) {
			continue
		}
		tie = tie || best != "" && best != n.AgencyID
		best = n.AgencyID
	}
	if best == "" || tie {
		return b
	}
	a, _ := d.agencies.Agency(best, d.on)
	return body{ids: []string{best}, note: noteNear + a.Name}
}

// slip tells whether two keys differ by one letter, or by two that changed places.
func slip(a, b string) bool {
	if a == b {
		return true
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 1:
		return a[i+1:] == b[i:]
	case -1:
		return a[i:] == b[i+1:]
	case 0:
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	}
	return false
}

var committees = words("ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|công an|đảng ủy")

// plural tells whether a name stands for several bodies.
func plural(name string) bool {
	list := tokens(name)
	g := grammarOf()
	i := 0
	for {
		n := g.persons.longest(list, i)
		if n == 0 {
			break
		}
		i += n
	}
	if i >= len(list) {
		return false
	}
	if n := committees.longest(list, i); n > 0 && many(list, i+n) > 0 {
		return true
	}
	first := list[i].low
	return slices.Contains([]string{"các", "những", "mọi", "toàn", "quý"}, first) || !list[i].capital && g.plurals.has(list, i) && len(list) > i+1
}
