package accountweb

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"

	"github.com/a-h/templ"
)

// plainText keeps a phone from capitalising and correcting a login.
func plainText() templ.Attributes {
	return templ.Attributes{"autocapitalize": "none", "spellcheck": "false"}
}

// focus puts the cursor on the password when the login is filled in.
func focus(d door) templ.Attributes {
	if d.form.Value("ten") != "" && d.form.OK() {
		return templ.Attributes{"autofocus": true}
	}
	return nil
}

func place(d door) string {
	if d.place == "" {
		return "tỉnh"
	}
	_, n := utf8.DecodeRuneInString(d.place) // "Đặc khu Phú Quốc"
	return strings.ToLower(d.place[:n]) + d.place[n:]
}

func seatLink(login, next string) templ.SafeURL {
	q := url.Values{"ten": {login}}
	if next != "" {
		q.Set("tiep", next)
	}
	return templ.SafeURL("/dang-nhap?" + q.Encode())
}

func act(m oneModel, what string) templ.SafeURL {
	return templ.SafeURL("/quan-tri/" + m.row.ID + "/" + what)
}

// message is a ready text for the person who gets a link.
func message(link string) string {
	return "Mời đồng chí đặt mật khẩu để dùng phần mềm Giữ Chuẩn. Đường dẫn dùng được một lần, trong 3 ngày, không chuyển cho người khác:\n" + link
}

// clock is an instant as people read it, in the time of Việt Nam.
func clock(t time.Time) string {
	local := day.Local(t)
	return local.Format("15:04") + " ngày " + day.FromTime(t).Vietnamese()
}

// browser is what a browser calls itself, in a word or two.
func browser(agent string) string {
	name, on := "Trình duyệt khác", ""
	for _, b := range [][2]string{{"Edg/", "Edge"}, {"coc_coc", "Cốc Cốc"}, {"Zalo", "Zalo"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, b[0]) {
			name = b[1]
			break
		}
	}
	for _, s := range [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, s[0]) {
			on = " trên " + s[1]
			break
		}
	}
	return name + on
}
