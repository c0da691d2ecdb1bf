package evidence

import (
	"regexp"
	"strings"
	"unicode"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgSecret   = fault.Msg{Key: "evidence.secret", Text: "{where} cho thấy đây là văn bản mật (“{found}”); hệ thống này không nhận văn bản mật, chưa lưu gì của tệp; chỉ ghi số, ngày văn bản vào ô ghi chú"}
	msgIdentity = fault.Msg{Key: "evidence.identity", Text: "{where} có “{found}”, có thể là giấy tờ tùy thân hoặc danh sách số giấy tờ của người dân; hãy che các số đó, hoặc đánh dấu xác nhận tệp không có giấy tờ tùy thân rồi chọn lại tệp"}
)

// ConfirmField is the form's field by which the sender says that a file which
// looks like an identity paper is none.
const ConfirmField = "xac-nhan"

// stamp is a line of a document that holds nothing but the degree of secrecy.
var stamp = regexp.MustCompile(`(?i)^[\s\[(“"]*(độ mật\s*:?\s*)?(tuyệt mật|tối mật|mật)[\s\])”".]*$`)

// secretName and identity are looked for in folded text: lower case, no marks,
// single spaces.
var (
	secretName = regexp.MustCompile(`\b(tuyet mat|toi mat|tai lieu mat|van ban mat|cong van mat|bao cao mat|do mat|dong dau mat)\b`)
	identity   = regexp.MustCompile(`\b(cccd|cmnd|cmtnd|can cuoc cong dan|can cuoc|chung minh nhan dan|chung minh thu|ho chieu|so dinh danh ca nhan)\b`)
	marked     = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(mật)(?:$|[^\p{L}])\s*(\p{L}*)`)
)

// suspect refuses a secret document and leaves in Doubt the word that suggests
// an identity paper. Doubt holds the text of the document before.
func (f *Inspected) suspect(name string) error {
	text := f.Doubt
	f.Doubt = ""
	if found := secretIn(name); found != "" {
		return refuse(fault.Unsupported, msgSecret, "where", "tên tệp", "found", found)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := stamp.FindStringSubmatch(line); m != nil && isUpper(m[2]) {
			return refuse(fault.Unsupported, msgSecret, "where", "nội dung tệp", "found", fault.Clip(line))
		}
	}
	if found := identity.FindString(folded(name)); found != "" {
		f.Doubt = "tên tệp\x00" + found
	} else if found := identity.FindString(folded(text)); found != "" {
		f.Doubt = "nội dung tệp\x00" + found
	}
	return nil
}

// confirmed turns a doubt into the error that asks for a confirmation.
func (f *Inspected) confirmed(yes bool) error {
	if f.Doubt == "" || yes {
		return nil
	}
	where, found, _ := strings.Cut(f.Doubt, "\x00")
	return fault.New(fault.Invalid, msgIdentity, "where", where, "found", found).At(ConfirmField)
}

// secretIn finds in a name what is written on secret documents. Without marks
// "mat" is also mặt, mất, mắt: then only whole phrases count.
func secretIn(name string) string {
	name = strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(vntext.NFC(name))
	if found := secretName.FindString(folded(name)); found != "" {
		return found
	}
	for _, m := range marked.FindAllStringSubmatch(name, -1) {
		switch strings.ToLower(m[2]) {
		case "độ", "ong", "khẩu", "mã", "thiết", "mía":
		default:
			return m[1]
		}
	}
	return ""
}

// folded is text in lower case without marks; whatever is no letter or digit is
// one space.
func folded(text string) string {
	return strings.Join(strings.FieldsFunc(vntext.Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

func isUpper(s string) bool { return strings.ToUpper(s) == s }

// CleanName is a file's name as it may be shown and offered for download: no
// path, no control or direction marks, at most 120 characters, with the ending
// of its kind.
func CleanName(name string, media Media) string {
	name = vntext.NFC(strings.ToValidUTF8(name, ""))
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name)
	ending := media.Ending()
	for _, known := range []string{ending, ".jpeg"} {
		if n := len(name) - len(known); n >= 0 && strings.EqualFold(name[n:], known) && (known == ending || media == JPEG) {
			name = name[:n]
		}
	}
	name = strings.Trim(name, " .")
	if r := []rune(name); len(r) > 110 {
		name = strings.TrimSpace(string(r[:110]))
	}
	if name == "" {
		name = "minh chứng"
	}
	return name + ending
}
