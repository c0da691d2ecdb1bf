package reading

import (
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

// faultText is what a person reads about an error.
func faultText(err error) string { return fault.Text(err) }

// header fills in what stands around the duties.
func (r *reader) header(opening []officialdoc.Block) {
	d, o := &r.doc, r.out
	o.Number, o.Symbol, o.Place, o.Title = text(d.Number), text(d.Symbol), text(d.Place), text(d.Title)
	o.Date, o.Kind = civil(d.Date), text(d.Kind.Name)
	if d.Date == day.None {
		o.DatePartial = text(d.DatePartial)
	}
	o.Signer = Signer{Capacities: nonNil(d.Signer.Capacities), Title: d.Signer.Title, Name: d.Signer.Name}
	o.References, o.Basis = []Reference{}, []string{}
	for _, ref := range d.References {
		o.References = append(o.References, Reference{Number: ref.Number, Date: civil(ref.Date)})
	}
	for _, line := range d.Basis {
		o.Basis = append(o.Basis, line.Text)
	}
	o.LocalAliases = r.aliases()
	o.Programme, o.CriteriaSet = programme(d.Title+"\n"+join(opening)), criteriaSet(d.Title+"\n"+join(opening))
	if issuer := r.printedIssuer(); issuer != "" {
		o.Issuer = text(issuer)
	} else if issuer := r.inferredIssuer(); issuer != "" {
		o.Issuer, o.IssuerInferred = text(issuer), true
	}
}

func join(blocks []officialdoc.Block) string {
	var b strings.Builder
	for _, x := range blocks {
		if b.Len() > 40_000 {
			break
		}
		b.WriteString(x.Text + "\n")
	}
	return b.String()
}

var (
	meetingDay = vntext.Lazy(`(?i)^(?:vào |sáng |chiều |hôm nay, )*(?:ngày *)(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})[^,]{0,80}, *(?:tại [^,]{0,120}, *)?([^.]{3,700}?),? *(?:đã )?chủ trì`)
	wordDay    = vntext.Lazy(`(\d{1,2}) tháng (\d{1,2}) năm (\d{4})`)
	bracketed  = vntext.Lazy(` *\([^()]*\)`)
)

// meeting is the meeting a conclusion comes from: "Ngày …, <ai> chủ trì họp".
func meeting(opening []officialdoc.Block) *Meeting {
	for _, b := range opening {
		if len(b.Text) > 8000 {
			continue
		}
		m := meetingDay.FindStringSubmatch(b.Text)
		if m == nil {
			continue
		}
		written := strings.NewReplacer(".", "/", "-", "/").Replace(m[1])
		if w := wordDay.FindStringSubmatch(written); w != nil {
			written = w[1] + "/" + w[2] + "/" + w[3]
		}
		out := &Meeting{Chair: strings.TrimSpace(bracketed.ReplaceAllString(m[2], ""))}
		if d, err := day.Parse(written); err == nil {
			out.Date = civil(d)
		}
		return out
	}
	return nil
}

var (
	aliasMark  = vntext.Lazy(`\((?:[Ss]au đây|dưới đây)?,? ?(?:được )?(?:gọi|viết) (?:tắt |chung )?là:? *[“"]?([^()“”"]{2,120}?)[”"]?\)`)
	programmes = vntext.Lazy(`(?i)chương trình (?:mục tiêu quốc gia|mtqg) (xây dựng nông thôn mới|nông thôn mới|giảm nghèo bền vững|phát triển kinh tế[ -]+xã hội vùng đồng bào dân tộc thiểu số và miền núi)`)
	sets       = vntext.Lazy(`(?i)bộ tiêu chí[^.;]{0,120}?giai đoạn *(\d{4}) ?[-–] ?(\d{4})`)
)

// aliases are the short names a document gives: "(sau đây gọi tắt là Ban Chỉ đạo)".
func (r *reader) aliases() map[string]string {
	out := map[string]string{}
	size := 0
	for _, b := range r.running() {
		if size += len(b.Text); size > 4*maxHead {
			break
		}
		if len(b.Text) > 20_000 || len(out) > 50 || !strings.Contains(b.Text, "là") {
			continue
		}
		for _, m := range aliasMark.FindAllStringSubmatchIndex(b.Text, 20) {
			short := strings.TrimSpace(b.Text[m[2]:m[3]])
			full := aliasFull(b.Text[:m[0]], short)
			if full == "" {
				continue
			}
			out[short] = full
			r.dir.aliases[vntext.Fold(short)] = full
		}
	}
	return out
}

// aliasFull is the long form of an alias: from the last place where its first
// words stand, else the last part of the sentence.
func aliasFull(head, short string) string {
	head = strings.TrimRight(head, " ,")
	if i := strings.LastIndex(strings.ToLower(head), strings.ToLower(short)); i >= 0 && i < len(head) {
		return strings.TrimSpace(head[i:])
	}
	if i := strings.LastIndexAny(head, ",;.:"); i >= 0 {
		head = head[i+1:]
	}
	return strings.TrimSpace(head)
}

func programme(s string) *string {
	m := programmes.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	name := strings.ToLower(m[1])
	if name == "nông thôn mới" {
		name = "xây dựng nông thôn mới"
	}
	return text("Chương trình mục tiêu quốc gia " + name)
}

// criteriaSet is the years of the criteria set a document is about.
func criteriaSet(s string) *string {
	if m := sets.FindStringSubmatch(s); m != nil {
		return text(m[1] + "-" + m[2])
	}
	return nil
}
