package accountweb

import (
	"fmt"
	"strings"

	"giuchuan/internal/register/account"
)

// drawing of an enrolment: its QR code as one SVG path.
type qrCode struct {
	account.Enrolment
	Required bool   // a role of the person asks for it
	Box      string // viewBox, with the quiet border of four modules
	Path     string
}

func drawn(e account.Enrolment) qrCode {
	var b strings.Builder
	for y, row := range e.Matrix {
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x > start {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", start+4, y+4, x-start, x-start)
			}
		}
	}
	n := len(e.Matrix) + 8
	return qrCode{Enrolment: e, Box: fmt.Sprintf("0 0 %d %d", n, n), Path: b.String()}
}
