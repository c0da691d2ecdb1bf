package request

import "strings"

// Subject names what a draft is about: "Tiêu chí 15 Y tế", "Chỉ tiêu 15.1 …".
func (s *Service) Subject(field string) (string, bool) {
	id, code, ok := strings.Cut(field, "/")
	if !ok {
		return "", false
	}
	set, err := s.o.Law.Set(id)
	if err != nil {
		return "", false
	}
	if slot, ok := set.Slot(code); ok {
		return "Chỉ tiêu " + code + " " + set.At(slot).Name, true
	}
	if c, ok := set.Criterion(code); ok {
		return "Tiêu chí " + c.Code + " " + c.Name, true
	}
	return "", false
}

// About names the place and the criterion of a draft, "" when it is about
// neither.
func (s *Service) About(placeID, field string) string {
	var out []string
	if u, ok := s.o.Places.Latest(placeID); ok {
		out = append(out, u.Title())
	}
	if name, ok := s.Subject(field); ok {
		out = append(out, name)
	}
	return strings.Join(out, " – ")
}
