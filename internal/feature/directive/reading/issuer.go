package reading

import (
	"strings"
	"unicode"

	"giuchuan/internal/kernel/vntext"
)

var (
	committeeName = vntext.Lazy(`(?i)^(?:ủy|uỷ) ban nhân dân *`)
	placeWord     = vntext.Lazy(`(?i)(?:^|[^\p{L}])(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn) +(\S.*)$`)
)

// printedIssuer is the issuer as the letterhead names it, in ordinary letters,
// with its province: "UBND tỉnh Lào Cai", "Sở Công Thương tỉnh Lào Cai".
func (r *reader) printedIssuer() string {
	name := strings.Join(strings.Fields(r.doc.Issuer), " ")
	if name == "" {
		return ""
	}
	name = r.ordinary(name)
	if r.doc.Digest && strings.HasSuffix(name, " tỉnh") && r.portalPlace() != "" {
		return name + " " + r.portalPlace()
	}
	if placeWord.MatchString(name) || strings.HasPrefix(vntext.Fold(name), "bo ") {
		return name
	}
	for i := len(r.doc.IssuerBlock) - 1; i >= 0; i-- {
		above := r.ordinary(strings.Join(strings.Fields(r.doc.IssuerBlock[i]), " "))
		if m := placeWord.FindStringSubmatch(above); m != nil && above != name {
			return name + " " + strings.ToLower(m[1]) + " " + m[2]
		}
	}
	return name
}

// ordinary writes a name of the letterhead as a sentence would.
func (r *reader) ordinary(name string) string {
	name = committeeName.ReplaceAllString(name, "UBND ")
	upper := strings.ToUpper(name) == name
	if !upper {
		return strings.TrimSpace(name)
	}
	base, tail := name, ""
	if m := placeWord.FindStringSubmatchIndex(name); m != nil {
		base, tail = strings.TrimSpace(name[:m[2]]), " "+strings.ToLower(name[m[2]:m[3]])+" "+titled(strings.ToLower(name[m[4]:m[5]]))
	}
	if strings.EqualFold(base, "UBND") {
		return "UBND" + tail
	}
	return strings.TrimSpace(r.spelled(base) + tail)
}

// spelled is a name in capitals as the directory writes it, else with its first
// letter alone in capitals.
func (r *reader) spelled(base string) string {
	if n, ok := r.dir.names[r.dir.key(base)]; ok && n.AgencyID != "" {
		if a, ok := r.dir.agencies.Agency(n.AgencyID, r.dir.on); ok && vntext.EqualFold(a.Name, base) {
			return a.Name
		}
	}
	words := strings.Fields(strings.ToLower(base))
	for i, w := range words {
		if w == "ubnd" || w == "hđnd" || i == 1 && (words[0] == "sở" || words[0] == "bộ") {
			words[i] = titled(w)
			if w == "ubnd" || w == "hđnd" {
				words[i] = strings.ToUpper(w)
			}
		}
	}
	return vntext.Capital(strings.Join(words, " "))
}

// titled is a text with a capital at every word.
func titled(s string) string {
	prev := ' '
	return strings.Map(func(c rune) rune {
		p := prev
		prev = c
		if p == ' ' || p == '-' {
			return unicode.ToUpper(c)
		}
		return c
	}, s)
}

// ministries by the letters of their symbols (Nghị định 30/2020/NĐ-CP, Phụ lục III
// leaves them to usage).
var ministries = map[string]string{
	"BNN": "Bộ Nông nghiệp và Phát triển nông thôn", "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
	"BNNMT": "Bộ Nông nghiệp và Môi trường", "BTC": "Bộ Tài chính", "BKHĐT": "Bộ Kế hoạch và Đầu tư", "BNV": "Bộ Nội vụ",
	"BYT": "Bộ Y tế", "BXD": "Bộ Xây dựng", "BCT": "Bộ Công Thương", "BTNMT": "Bộ Tài nguyên và Môi trường",
	"BGDĐT": "Bộ Giáo dục và Đào tạo", "BGTVT": "Bộ Giao thông vận tải", "BTTTT": "Bộ Thông tin và Truyền thông",
	"BKHCN": "Bộ Khoa học và Công nghệ", "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "BTP": "Bộ Tư pháp", "BCA": "Bộ Công an",
	"BQP": "Bộ Quốc phòng", "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội", "VPCP": "Văn phòng Chính phủ", "TTG": "Thủ tướng Chính phủ",
}

// inferredIssuer works out who issued from the symbol with the place and the
// signature: "TB-UBND", "Tuyên Quang", "TL. CHỦ TỊCH" is UBND tỉnh Tuyên Quang.
func (r *reader) inferredIssuer() string {
	symbol := strings.ToUpper(r.doc.Symbol)
	groups := strings.FieldsFunc(symbol, func(c rune) bool { return c == '-' || c == '/' })
	for _, g := range groups {
		if m, ok := ministries[g]; ok {
			return m
		}
	}
	if r.doc.Digest {
		return r.reportedIssuer()
	}
	for _, g := range groups {
		if g != "UBND" || r.doc.Place == "" {
			continue
		}
		if r.byChairman() || r.doc.Signer.Name == "" {
			return "UBND " + r.levelOf(r.doc.Place) + " " + r.doc.Place
		}
	}
	return ""
}

// byChairman tells whether the signature is the chairman's or by order of him.
func (r *reader) byChairman() bool {
	for _, c := range r.doc.Signer.Capacities {
		if f := vntext.Fold(c); strings.Contains(f, "chu tich") || strings.Contains(f, "uy ban nhan dan") {
			return true
		}
	}
	return false
}

// levelOf is the level of a place whose committee issued: a province's name is
// its province.
func (r *reader) levelOf(name string) string {
	if vntext.EqualFold(name, r.dir.name) || r.dir.places == nil {
		return "tỉnh"
	}
	if u, err := r.dir.places.Resolve(name, r.dir.province, r.dir.on); err == nil {
		return u.Kind.String()
	}
	return "tỉnh"
}

var reportedBy = vntext.Lazy(`(?:của|yêu cầu của|chỉ đạo của) ((?:Văn phòng|Ủy ban|UBND|Sở|Bộ|Ban|Chủ tịch|Thủ tướng)[^.,;]{3,120}?) (?:tại|trong|về việc|ban hành|theo)`)

// reportedIssuer is whom a digest names as the author: "yêu cầu của … tại Công văn
// số …".
func (r *reader) reportedIssuer() string {
	for i, b := range r.running() {
		if i > 20 {
			break
		}
		if len(b.Text) > 8000 {
			continue
		}
		if m := reportedBy.FindStringSubmatch(b.Text); m != nil {
			name := strings.TrimSpace(m[1])
			if strings.HasSuffix(name, "tỉnh") {
				if p := r.portalPlace(); p != "" {
					name += " " + p
				}
			}
			return name
		}
	}
	return ""
}
