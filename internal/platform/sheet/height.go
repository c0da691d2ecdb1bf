package sheet

import "strings"

// Sizes of the two faces, and what a row needs for each line of text. Programs
// do not fit a row to wrapped text that they did not lay out themselves, so
// rows get their heights here.
const (
	plainSize = 11.0
	titleSize = 14.0

	rowPad      = 3.0   // points above and below the text together
	linePerSize = 1.28  // height of a line for each point of the face
	tallestRow  = 409.0 // the most the format allows, points
	cellPad     = 0.8   // of a column's width, what the text cannot use
)

// height is what a value needs in a column, in points; 0 for what fits anyway.
func (v Value) height(width float64) float64 {
	if v.text == "" || v.kind != Text {
		return 0
	}
	size, wider := plainSize, 1.0
	switch v.look {
	case lookTitle:
		size, wider = titleSize, 1.08
	case lookHead, lookBold, lookBanner:
		wider = 1.08
	}
	lines := linesIn(v.text, (width-cellPad)*plainSize/(size*wider))
	return min(float64(lines)*size*linePerSize+rowPad, tallestRow)
}

// linesIn counts the lines that a text takes when it is wrapped between words
// in a column; width is in digits of the face.
func linesIn(text string, width float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0.0
		for word := range strings.SplitSeq(paragraph, " ") {
			w := textWidth(word)
			if used > 0 && used+textWidth(" ")+w > width {
				lines++
				used = 0
			}
			if used > 0 {
				used += textWidth(" ")
			}
			for used += w; used > width && width > 1; used -= width { // a word longer than the column is broken
				lines++
			}
		}
	}
	return lines
}

// textWidth is the width of a text in digits of a proportional serif face.
func textWidth(text string) float64 {
	width := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune(" .,;:'|!()[]ijlít/-ìĩịỉrfI", r):
			width += 0.64
		case strings.ContainsRune("mwMW%", r):
			width += 1.6
		case r >= 'A' && r <= 'Z', strings.ContainsRune("ĐƯƠÂÊÔĂÁÀẠẢÃẤẦẬẨẪẮẰẶẲẴÉÈẸẺẼẾỀỆỂỄÓÒỌỎÕỐỒỘỔỖỚỜỢỞỠÚÙỤỦŨỨỪỰỬỮ", r):
			width += 1.4
		default:
			width++
		}
	}
	return width
}
