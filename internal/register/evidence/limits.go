package evidence

import (
	"strconv"
	"time"

	"giuchuan/internal/kernel/fault"
)

// Limits bound what is taken. A zero field takes its value from DefaultLimits.
type Limits struct {
	File     int64         // bytes of one file
	Commune  int64         // bytes of all files of one commune and period, copies counted
	Province int64         // bytes of all files of one province, copies counted, those taken back too
	Inflated int64         // bytes that a file may need in memory or inflate to
	Pixels   int64         // of a picture
	Within   time.Duration // how long looking at a file may take
}

// DefaultLimits hold for a province on one server: 138 communes with two
// periods a year fill half of Province if every one fills its own.
func DefaultLimits() Limits {
	return Limits{
		File: 20 << 20, Commune: 1 << 30, Province: 500 << 30,
		Inflated: 100 << 20, Pixels: 40_000_000, Within: time.Second,
	}
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	fill := func(v *int64, otherwise int64) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	fill(&l.File, d.File)
	fill(&l.Commune, d.Commune)
	fill(&l.Province, d.Province)
	fill(&l.Inflated, d.Inflated)
	fill(&l.Pixels, d.Pixels)
	if l.Within <= 0 {
		l.Within = d.Within
	}
	return l
}

// SizeText is a number of bytes as people read it: "350 kB", "1,4 MB".
func SizeText(n int64) string {
	switch {
	case n >= 10<<20:
		return strconv.FormatInt(n>>20, 10) + " MB"
	case n >= 1<<20:
		tenths := n * 10 >> 20
		return strconv.FormatInt(tenths/10, 10) + "," + strconv.FormatInt(tenths%10, 10) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n, 10) + " byte"
}

// fileField is the form's field that messages about a file stand at.
const fileField = "tep"

func refuse(code fault.Code, msg fault.Msg, args ...string) error {
	return fault.New(code, msg, args...).At(fileField)
}
