package evidenceweb

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
)

// List is what Files shows: the files behind one subject, and what the person
// may do with them. Make it with MakeList, or with Pages.List for one subject.
type List struct {
	Subject     evidence.Subject
	Items       []evidence.Item
	Kinds       []Kind // required kinds
	NoFiles     bool   // the subject takes no files
	Carried     bool   // what it rests on is that of an earlier period: nothing is missing
	MayAttach   bool
	MayOriginal bool
	Back        string            // path of the page the list stands on
	Posts       map[string]string // posts by account
	Form        *web.Form         // what was sent and is wrong with it; nil = nothing was sent
	Failed      string            // id of the file whose removal is wrong, "" = none
	Alone       bool              // the only form of its page: ids need no ending
	FileLimit   int64             // bytes
}

// Kind is a required kind of evidence.
type Kind struct {
	Name string
	Have bool
}

// Want is what MakeList is told of a subject.
type Want struct {
	Subject evidence.Subject
	Items   []evidence.Item
	Kinds   []string // required kinds, as the set writes them
	NoFiles bool
	Objects []authz.Object // by which permission is decided
	Back    string         // path of the page, for those without scripts
}

// MakeList puts together what Files shows to a person. It asks nothing, so a
// sheet of many subjects costs no more than its items.
func MakeList(who authz.Subject, w Want) List {
	l := List{
		Subject: w.Subject, Items: w.Items, NoFiles: w.NoFiles, Back: w.Back,
		MayAttach: MayAttach(who, w.Objects), MayOriginal: may(who, authz.ViewOriginal, w.Objects),
		FileLimit: evidence.DefaultLimits().File,
	}
	for _, k := range w.Kinds {
		have := slices.ContainsFunc(w.Items, func(i evidence.Item) bool { return i.Serves == k })
		l.Kinds = append(l.Kinds, Kind{Name: k, Have: have})
	}
	return l
}

// List gives the list of one subject as the person sees it.
func (h *Pages) List(ctx context.Context, tx *db.Tx, u *web.User, s evidence.Subject) (List, error) {
	objects, err := h.o.Objects.Objects(ctx, tx, s)
	if err != nil {
		return List{}, err
	}
	w := Want{Subject: s, Objects: objects}
	if w.Kinds, w.NoFiles, err = h.wanted(ctx, tx, s); err != nil {
		return List{}, err
	}
	if !may(u.Subject, authz.ViewCommune, objects) {
		return List{}, nil
	}
	if w.Items, err = h.o.Evidence.List(ctx, tx, s); err != nil {
		return List{}, err
	}
	l := MakeList(u.Subject, w)
	l.FileLimit = h.o.Evidence.Limits().File
	l.Posts, err = h.posts(tx, w.Items)
	return l, err
}

func (h *Pages) posts(tx *db.Tx, items []evidence.Item) (map[string]string, error) {
	if h.o.Posts == nil || len(items) == 0 {
		return nil, nil
	}
	var ids []string
	for _, i := range items {
		ids = append(ids, i.By)
	}
	return h.o.Posts(tx, ids)
}

// wanted is what the law says of a finding's cell: the kinds any of its sets
// requires, and whether it takes files at all.
func (h *Pages) wanted(ctx context.Context, tx *db.Tx, s evidence.Subject) (kinds []string, noFiles bool, err error) {
	if !s.IsCell() {
		return nil, false, nil
	}
	keys, err := criteria.Keys(ctx, tx, h.o.Law)
	if err != nil {
		return nil, false, err
	}
	for _, m := range keys.Members(s.Measure) {
		ind := m.Set.At(m.Slot)
		noFiles = noFiles || ind.NoFiles
		for _, k := range ind.Evidence {
			if !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
		}
	}
	return kinds, noFiles, nil
}

// Wanted is what the law says of one indicator: for MakeList.
func Wanted(ind *law.Indicator) (kinds []string, noFiles bool) { return ind.Evidence, ind.NoFiles }

// missing lists the required kinds nothing stands for.
func (l List) missing() []string {
	var out []string
	for _, k := range l.Kinds {
		if !k.Have && !l.Carried {
			out = append(out, k.Name)
		}
	}
	return out
}

// key is what the ids of one list end with.
func (l List) key() string {
	s := l.Subject
	return strings.Join([]string{s.Kind, s.Ref, strconv.Itoa(int(s.Place)), strconv.Itoa(int(s.Period)), strconv.Itoa(int(s.Measure))}, "-")
}

func (l List) id(name string) string {
	if l.Alone {
		return name
	}
	return name + "-" + l.key()
}

func (l List) form() *web.Form {
	if l.Form == nil {
		return &web.Form{}
	}
	return l.Form
}

// hidden are the fields that name the subject; they stand before the file.
func (l List) hidden() [][2]string {
	s := l.Subject
	out := [][2]string{{"doi-tuong", s.Kind}}
	add := func(name, value string) {
		if value != "" {
			out = append(out, [2]string{name, value})
		}
	}
	add("ma", s.Ref)
	if id, err := place.IDOf(s.Place); err == nil {
		add("xa", id)
	}
	if period, err := day.PeriodOf(s.Period); err == nil {
		add("ky", period.String())
	}
	if s.Measure > 0 {
		add("dai-luong", strconv.Itoa(int(s.Measure)))
	}
	add("ve", l.Back)
	return out
}

// readSubject is the other way round; what makes no sense is left out.
func readSubject(f *web.Form) evidence.Subject {
	s := evidence.Subject{Kind: f.Value("doi-tuong"), Ref: f.Value("ma"), Place: place.Key(f.Value("xa"))}
	if p, err := day.ParsePeriod(f.Value("ky")); err == nil {
		s.Period = p.Code()
	}
	if n, err := strconv.ParseInt(f.Value("dai-luong"), 10, 32); err == nil {
		s.Measure = int32(n)
	}
	return s
}

// sent says who sent a file and when, in the time of Việt Nam.
func (l List) sent(i *evidence.Item) string {
	text := i.At.Add(7 * time.Hour).UTC().Format("15:04 02/01/2006")
	if post := l.Posts[i.By]; post != "" {
		text = post + ", " + text
	}
	return text
}

// title is how a file is called in a list.
func title(i *evidence.Item) string {
	if i.Caption != "" {
		return i.Caption
	}
	return i.Name
}

// named is a file's name before its size, where something else is its title.
func named(i *evidence.Item) string {
	if i.Caption == "" {
		return ""
	}
	return i.Name + ", "
}

// label is a required kind in the form's menu.
func (k Kind) label() string {
	if k.Have {
		return k.Name + " (đã có)"
	}
	return k.Name
}

// chosen tells whether the form's menu stands at a kind: the one that was sent,
// or the first that is missing.
func (l List) chosen(k Kind) bool {
	if l.form().Has("loai") {
		return l.form().Value("loai") == k.Name
	}
	missing := l.missing()
	return len(missing) > 0 && missing[0] == k.Name
}

// other tells whether the form's menu stands at none of the required kinds.
func (l List) other() bool {
	return !slices.ContainsFunc(l.Kinds, l.chosen)
}

// reasonID is the id of the reason's field of one file.
func (l List) reasonID(i *evidence.Item) string {
	if l.Alone && l.Failed == i.ID {
		return "ly-do"
	}
	return "ly-do-" + i.ID
}
