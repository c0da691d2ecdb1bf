package sheet

import "strings"

// A spreadsheet program that opens a .csv file takes a field that begins with
// one of these for a formula, whoever wrote it.
const risky = "=+-@\t\r"

// neutral makes a text harmless in a .csv file: one apostrophe goes before a
// text that a program could take for a formula. A text that already begins with
// apostrophes before such a character gets one more, so [plain] always finds
// the original. In an .xlsx file nothing is added: a text cell is a text cell.
func neutral(text string) string {
	if startsRisky(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// plain undoes neutral.
func plain(text string) string {
	if strings.HasPrefix(text, "'") && startsRisky(strings.TrimLeft(text, "'")) {
		return text[1:]
	}
	return text
}

func startsRisky(text string) bool {
	return text != "" && strings.IndexByte(risky, text[0]) >= 0
}
