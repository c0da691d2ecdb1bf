package sheet

import "github.com/xuri/excelize/v2"

// styleKey is what makes two cells look the same.
type styleKey struct {
	look   look
	format string
}

// fontName is the face that official documents use (Nghị định 30/2020/NĐ-CP,
// Phụ lục I).
const fontName = "Times New Roman"

// Grounds and lines, chosen to stay readable in a black and white print.
const (
	colourLine   = "A6A6A6"
	colourHead   = "DDE7F0"
	colourInput  = "FFF9DB"
	colourBanner = "FDE2E0"
	colourAlarm  = "9C1C12"
)

// style returns excelize's number for the look of a value, made once per book.
func (b *BookWriter) style(v Value) (int, error) {
	key := styleKey{v.look, v.format}
	if key == (styleKey{}) && v.kind != Text {
		return 0, nil
	}
	if id, ok := b.styles[key]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(styleOf(key))
	if err == nil {
		b.styles[key] = id
	}
	return id, err
}

func styleOf(key styleKey) *excelize.Style {
	font := &excelize.Font{Family: fontName, Size: plainSize}
	st := &excelize.Style{
		Font:       font,
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: key.look != lookInput},
	}
	if key.format != "" {
		format := key.format
		st.CustomNumFmt = &format
	}
	if key.format == formatText {
		st.CustomNumFmt, st.NumFmt = nil, 49
	}
	switch key.look {
	case lookCell:
		st.Border = frame()
	case lookBold:
		font.Bold = true
	case lookInput:
		st.Fill, st.Border = ground(colourInput), frame()
	case lookHead:
		font.Bold = true
		st.Fill, st.Border = ground(colourHead), frame()
		st.Alignment.Horizontal = "center"
	case lookTitle:
		font.Bold, font.Size = true, titleSize
	case lookBanner:
		font.Bold, font.Color = true, colourAlarm
		st.Fill = ground(colourBanner)
	}
	return st
}

func ground(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func frame() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: colourLine, Style: 1})
	}
	return out
}
