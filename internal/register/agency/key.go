package agency

import (
	"cmp"
	"slices"
	"strings"

	"giuchuan/internal/kernel/vntext"
)

// shortener writes long words as their abbreviations, longest first, so that
// "Sở Nông nghiệp và PTNT" and "Sở NN&PTNT" are one key.
type shortener struct {
	pairs []shortPair
}

type shortPair struct{ long, short string }

func (s *shortener) add(long, short string) {
	s.pairs = append(s.pairs, shortPair{plain(long), plain(short)})
	slices.SortStableFunc(s.pairs, func(a, b shortPair) int { return -cmp.Compare(len(a.long), len(b.long)) })
}

// key is a text folded, without punctuation and "và", in abbreviations, and
// with "tỉnh Tuyên Quang" as "tỉnh".
func (s *shortener) key(text string) string {
	key := " " + plain(text) + " "
	for _, p := range s.pairs {
		key = strings.ReplaceAll(key, " "+p.long+" ", " "+p.short+" ")
	}
	key = strings.ReplaceAll(key, " tinh tuyen quang ", " tinh ")
	return strings.TrimSpace(key)
}

// plain is the search key without the word "và".
func plain(text string) string {
	words := strings.Fields(vntext.SearchKey(text))
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "va" }), " ")
}

// squeeze drops the spaces: "so ld tb xh" and "so ldtb xh" are one.
func squeeze(key string) string { return strings.ReplaceAll(key, " ", "") }

// personRoles are the words that name a person at the head of a body, as keys
// and as they are recorded.
var personRoles = [...]struct{ key, role string }{
	{"lanh dao", "lãnh đạo"},
	{"thu truong", "thủ trưởng"},
	{"pho giam doc", "phó giám đốc"},
	{"giam doc", "giám đốc"},
	{"pho chu tich", "phó chủ tịch"},
	{"chu tich", "chủ tịch"},
	{"pct", "phó chủ tịch"},
	{"cuc truong", "cục trưởng"},
	{"truong ban", "trưởng ban"},
	{"pho truong ban", "phó trưởng ban"},
	{"chi huy truong", "chỉ huy trưởng"},
	{"dai dien", "đại diện"},
}

// cutRoles takes the persons off the front of a key.
func cutRoles(key string) (roles, rest string) {
	var list []string
	for again := true; again; {
		again = false
		for _, p := range personRoles {
			if after, ok := strings.CutPrefix(key, p.key+" "); ok {
				list, key, again = append(list, p.role), after, true
				break
			}
		}
	}
	return strings.Join(list, ", "), key
}
