package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"

	"giuchuan/internal/kernel/fault"

	"golang.org/x/image/webp"
)

// The copies of a picture: their longer edge in pixels, and how they are packed.
const (
	viewEdge    = 1600
	thumbEdge   = 320
	viewQuality = 80
	maxEdge     = 1 << 16
)

var (
	msgPixels = fault.Msg{Key: "evidence.pixels", Text: "ảnh {width} × {height} điểm quá lớn để xử lý; hãy chụp hoặc lưu lại ở cỡ nhỏ hơn, dưới 12 triệu điểm ảnh"}
	errShape  = errors.New("the picture is not made as its kind is")
)

// frame is what the head of a picture promises.
type frame struct {
	width, height int
	cost          int64 // bytes that decoding needs
	capture       Capture
	turn          int // orientation of EXIF: 1 upright … 8
}

func (in *input) picture(media Media) (*Inspected, error) {
	var f frame
	var err error
	switch media {
	case JPEG:
		f, err = in.jpegFrame()
	case PNG:
		f, err = in.pngFrame()
	default:
		f, err = in.webpFrame()
	}
	if err != nil {
		return nil, err
	}
	if f.width <= 0 || f.height <= 0 {
		return nil, errShape
	}
	pixels := int64(f.width) * int64(f.height)
	if f.width > maxEdge || f.height > maxEdge || pixels > in.lim.Pixels || f.cost > in.lim.Inflated {
		return nil, refuse(fault.TooLarge, msgPixels, "width", strconv.Itoa(f.width), "height", strconv.Itoa(f.height))
	}
	decoded, err := in.decode(media)
	if err != nil {
		return nil, err
	}
	if decoded.Bounds().Dx() != f.width || decoded.Bounds().Dy() != f.height {
		return nil, errShape
	}
	view := turned(shrunk(decoded, viewEdge), f.turn)
	found := &Inspected{Media: media, Width: f.width, Height: f.height, Capture: f.capture}
	if f.turn >= 5 {
		found.Width, found.Height = f.height, f.width
	}
	if found.View, err = packed(view); err == nil {
		found.Thumb, err = packed(shrunk(view, thumbEdge))
	}
	return found, err
}

func (in *input) decode(media Media) (image.Image, error) {
	switch media {
	case JPEG:
		return jpeg.Decode(in.all())
	case PNG:
		return png.Decode(in.all())
	}
	return webp.Decode(in.all())
}

func packed(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: viewQuality})
	return b.Bytes(), err
}

// shrunk is a picture on white, each pixel the mean of those it stands for,
// with no edge longer than edge. Only a few rows are held beside the result.
func shrunk(src image.Image, edge int) *image.RGBA {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	dw, dh := w, h
	if longer := max(w, h); longer > edge {
		dw, dh = max(1, w*edge/longer), max(1, h*edge/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, dw, dh))
	band := image.NewRGBA(image.Rect(0, 0, w, (h+dh-1)/dh+1))
	for y := range dh {
		y0, y1 := y*h/dh, (y+1)*h/dh
		part := image.Rect(0, 0, w, y1-y0)
		draw.Draw(band, part, image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(band, part, src, image.Pt(b.Min.X, b.Min.Y+y0), draw.Over)
		mean(out.Pix[y*out.Stride:], band, y1-y0, dw)
	}
	return out
}

// mean fills a row of dw pixels from rows of a band.
func mean(row []byte, band *image.RGBA, rows, dw int) {
	w := band.Rect.Dx()
	for x := range dw {
		x0, x1 := x*w/dw, (x+1)*w/dw
		var r, g, b uint32
		for y := range rows {
			for _, p := range chunks(band.Pix[y*band.Stride+4*x0 : y*band.Stride+4*x1]) {
				r, g, b = r+uint32(p[0]), g+uint32(p[1]), b+uint32(p[2])
			}
		}
		n := uint32(rows * (x1 - x0))
		row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = byte((r+n/2)/n), byte((g+n/2)/n), byte((b+n/2)/n), 255
	}
}

// chunks walks over pixels of four bytes.
func chunks(pix []byte) func(func(int, []byte) bool) {
	return func(yield func(int, []byte) bool) {
		for i := 0; i+4 <= len(pix); i += 4 {
			if !yield(i/4, pix[i:i+4:i+4]) {
				return
			}
		}
	}
}

// turned stands a picture upright, as the orientation of EXIF says.
func turned(m *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			var tx, ty int
			switch turn {
			case 2:
				tx, ty = w-1-x, y
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				tx, ty = x, h-1-y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			default:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[ty*out.Stride+4*tx:], m.Pix[y*m.Stride+4*x:y*m.Stride+4*x+4])
		}
	}
	return out
}

// pngFrame reads the first chunk and sees that nothing follows the last.
func (in *input) pngFrame() (frame, error) {
	head := make([]byte, 33)
	if _, err := in.ReadAt(head, 0); err != nil {
		return frame{}, err
	}
	if string(head[12:16]) != "IHDR" {
		return frame{}, errShape
	}
	f := frame{width: edgeOf(head[16:]), height: edgeOf(head[20:])}
	each := int64(4)
	if head[24] == 16 {
		each = 8
	}
	if head[28] == 1 { // interlaced: the passes are kept beside the picture
		each *= 2
	}
	f.cost = each * int64(f.width) * int64(f.height)
	chunk := make([]byte, 8)
	for at := int64(8); ; {
		if _, err := in.ReadAt(chunk, at); err != nil {
			return f, err
		}
		at += 12 + int64(binary.BigEndian.Uint32(chunk))
		if string(chunk[4:]) == "IEND" {
			if at != in.size {
				return f, refuse(fault.Unsupported, msgTwoFaced, "kind", "ảnh", "found", "dữ liệu sau ảnh")
			}
			return f, nil
		}
		if at >= in.size {
			return f, io.ErrUnexpectedEOF
		}
		if err := in.ctx.Err(); err != nil {
			return f, err
		}
	}
}

func edgeOf(b []byte) int { return int(min(binary.BigEndian.Uint32(b), 1<<24)) }

// webpFrame reads the size and sees that the file is as long as it says.
func (in *input) webpFrame() (frame, error) {
	head := make([]byte, 8)
	if _, err := in.ReadAt(head, 0); err != nil {
		return frame{}, err
	}
	if said := int64(binary.LittleEndian.Uint32(head[4:])) + 8; said != in.size && said+1 != in.size {
		return frame{}, errShape
	}
	c, err := webp.DecodeConfig(in.all())
	if err != nil {
		return frame{}, err
	}
	return frame{width: c.Width, height: c.Height, cost: 8 * int64(c.Width) * int64(c.Height)}, nil
}
