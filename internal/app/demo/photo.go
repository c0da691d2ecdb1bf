package demo

import (
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
)

// Photo draws a landscape in place of a photograph, as a JPEG; each seed gives
// other hills. It shows no real place.
func Photo(w io.Writer, seed int) error {
	const width, height = 960, 720
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	paint := func(x, from, to int, c color.RGBA) {
		for y := max(0, from); y < min(height, to); y++ {
			img.SetRGBA(x, y, c)
		}
	}
	shift := float64(seed)
	for x := range width {
		at := float64(x)
		far := 300 + int(70*math.Sin(at/130+shift)+30*math.Sin(at/47+2*shift))
		near := 420 + int(60*math.Sin(at/210+3*shift))
		field := 560 + int(12*math.Sin(at/90+shift))
		paint(x, 0, far, color.RGBA{0xcf, 0xe3, 0xea, 255})
		paint(x, far, near, color.RGBA{0x7f, 0xa8, 0x93, 255})
		paint(x, near, field, color.RGBA{0x3f, 0x7f, 0x5c, 255})
		paint(x, field, height, color.RGBA{0xd9, 0xc4, 0x7a, 255})
		if x > 560 && x < 720 { // a culture house
			roof := 470 - (80-abs(x-640))/2
			paint(x, roof, 470, color.RGBA{0xa3, 0x4b, 0x2d, 255})
			paint(x, 470, 580, color.RGBA{0xf4, 0xef, 0xe2, 255})
		}
	}
	return jpeg.Encode(w, img, &jpeg.Options{Quality: 80})
}

func abs(n int) int { return max(n, -n) }

// Shown is a file behind a finding of the demonstration.
type Shown struct{ Code, Set, Indicator, Serves, Name string }

// Photos lists the files behind findings of the second round.
func Photos() []Shown {
	const ntm, site = "xa-ntm-2021-2025", "ảnh chụp tại chỗ"
	return []Shown{
		{"02392", ntm, "6.1", site, "nha-van-hoa.jpg"},
		{"02392", ntm, "2.1", site, "duong-truc-xa.jpg"},
		{"02404", ntm, "6.1", site, "nha-van-hoa.jpg"},
		{"02419", ntm, "2.1", site, "duong-truc-xa.jpg"},
	}
}
