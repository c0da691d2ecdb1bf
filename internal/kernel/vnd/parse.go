package vnd

import (
	"math/bits"
	"strings"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

var (
	msgForm     = fault.Msg{Key: "vnd.form", Text: "không đọc được số tiền “{text}”; viết như 1.234.567 đồng, 450 triệu hoặc 3,5 tỷ"}
	msgDots     = fault.Msg{Key: "vnd.dots", Text: "không rõ dấu chấm trong “{text}”: dấu chấm tách từng ba chữ số (1.234.567), dấu phẩy là phần thập phân (3,5 tỷ)"}
	msgCommas   = fault.Msg{Key: "vnd.commas", Text: "không rõ dấu phẩy trong “{text}”: dấu phẩy là phần thập phân (3,5 tỷ), dấu chấm tách từng ba chữ số (1.234.567)"}
	msgFraction = fault.Msg{Key: "vnd.fraction", Text: "“{text}” không phải số đồng chẵn"}
	msgOrder    = fault.Msg{Key: "vnd.order", Text: "không rõ số tiền “{text}”: viết từ đơn vị lớn đến nhỏ, như 1 tỷ 200 triệu đồng"}
)

// Parse reads an amount as Vietnamese write it: dots between groups of three
// digits and a comma before decimals, digits alone, units nghìn (ngàn), triệu,
// tỷ (tỉ) and nghìn tỷ, several of them from great to small ("1 tỷ 200 triệu"),
// then "đồng", "đ", "₫", "VND", "VNĐ" or nothing; with or without diacritics, a
// minus sign in front for a negative amount. What can be read in two ways
// ("3.5 tỷ", "1,234", "1 triệu 500"), parts of a đồng and amounts that do not
// fit are errors of code Invalid.
func Parse(s string) (VND, error) {
	text := vntext.Fold(s)
	refuse := func(msg fault.Msg) (VND, error) {
		return 0, fault.New(fault.Invalid, msg, "text", fault.Clip(vntext.NFC(strings.TrimSpace(s))))
	}
	rest, negative := text, false
	for _, minus := range []string{"-", "−", "–"} {
		if after, ok := strings.CutPrefix(text, minus); ok {
			rest, negative = strings.TrimPrefix(after, " "), true
			break
		}
	}
	rest, named := cutUnit(rest)
	var total uint64
	ceiling := uint64(0) // the scale before; 0 at the start
	for rest != "" {
		p, after, msg := readPart(rest)
		if msg != nil {
			return refuse(*msg)
		}
		amount, msg := p.amount()
		if msg != nil {
			return refuse(*msg)
		}
		if p.scale == 1 && after != "" && (after[0] < '0' || after[0] > '9') {
			return refuse(msgForm)
		}
		several := ceiling > 0 || after != ""
		bareTail := ceiling > 0 && p.scale == 1 && !named
		rising := ceiling > 0 && (p.scale >= ceiling || amount >= ceiling)
		if several && p.fraction != "" || p.scale == 1 && after != "" || bareTail || rising {
			return refuse(msgOrder)
		}
		var carry uint64
		if total, carry = bits.Add64(total, amount, 0); carry != 0 {
			return refuse(msgOverflow)
		}
		ceiling, rest = p.scale, after
	}
	if ceiling == 0 {
		return refuse(msgForm)
	}
	v, err := signed(total, negative)
	if err != nil {
		return refuse(msgOverflow)
	}
	return v, nil
}

// cutUnit takes the name of the currency off the end.
func cutUnit(text string) (rest string, named bool) {
	for _, unit := range []string{"dong", "vnd", "₫", "d"} {
		if before, ok := strings.CutSuffix(text, unit); ok {
			return strings.TrimSuffix(before, " "), true
		}
	}
	return text, false
}

// part is one number with its scale: "3,5 tỷ" is 3, "5" and 1e9.
type part struct {
	whole    uint64
	fraction string // decimals as written
	scale    uint64
}

// readPart reads the first number and its scale from folded text and gives what
// follows. The message is nil when it could.
func readPart(text string) (p part, after string, msg *fault.Msg) {
	end := 0
	for end < len(text) && strings.IndexByte("0123456789.,", text[end]) >= 0 {
		end++
	}
	if end == 0 {
		return p, "", &msgForm
	}
	if p, msg = readNumber(text[:end]); msg != nil {
		return p, "", msg
	}
	after = strings.TrimPrefix(text[end:], " ")
	p.scale = 1
	for _, s := range []struct {
		word string
		size uint64
	}{
		{"nghin ty", 1e12},
		{"ngan ty", 1e12},
		{"nghin ti", 1e12},
		{"ngan ti", 1e12},
		{"ty", 1e9},
		{"ti", 1e9},
		{"trieu", 1e6},
		{"nghin", 1e3},
		{"ngan", 1e3},
	} {
		if rest, ok := strings.CutPrefix(after, s.word); ok && !startsWithLetter(rest) {
			p.scale = s.size
			return p, strings.TrimPrefix(rest, " "), nil
		}
	}
	return p, after, nil
}

func startsWithLetter(s string) bool {
	return s != "" && s[0] >= 'a' && s[0] <= 'z'
}

// readNumber reads digits with dots between groups of three and decimals after
// a comma.
func readNumber(text string) (part, *fault.Msg) {
	var p part
	whole, fraction, comma := strings.Cut(text, ",")
	if comma && (fraction == "" || whole == "" || strings.ContainsAny(fraction, ".,")) {
		return p, &msgCommas
	}
	groups := strings.Split(whole, ".")
	for i, g := range groups {
		if g == "" || i > 0 && len(g) != 3 || len(groups) > 1 && i == 0 && len(g) > 3 {
			return p, &msgDots
		}
	}
	joined := strings.Join(groups, "")
	if len(joined) > 1 && joined[0] == '0' {
		return p, &msgForm
	}
	for i := range len(joined) {
		high, low := bits.Mul64(p.whole, 10)
		sum, carry := bits.Add64(low, uint64(joined[i]-'0'), 0)
		if high != 0 || carry != 0 {
			return p, &msgOverflow
		}
		p.whole = sum
	}
	p.fraction = fraction
	return p, nil
}

// amount is the part in đồng.
func (p part) amount() (uint64, *fault.Msg) {
	if p.scale == 1 && len(p.fraction) == 3 {
		return 0, &msgCommas // 1,000 may be a thousand written the English way
	}
	high, total := bits.Mul64(p.whole, p.scale)
	if high != 0 {
		return 0, &msgOverflow
	}
	step := p.scale
	for i := range len(p.fraction) {
		digit := uint64(p.fraction[i] - '0')
		if step == 1 {
			if digit != 0 {
				return 0, &msgFraction
			}
			continue
		}
		step /= 10
		var carry uint64
		if total, carry = bits.Add64(total, digit*step, 0); carry != 0 {
			return 0, &msgOverflow
		}
	}
	return total, nil
}
