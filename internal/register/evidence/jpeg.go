package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strconv"

	"giuchuan/internal/kernel/fault"
)

// maxScans is how many passes over its pixels a JPEG may ask for; cameras and
// programs write up to a dozen.
const maxScans = 50

var msgScans = fault.Msg{Key: "evidence.scans", Text: "ảnh được nén bất thường ({count} lượt); hãy mở ảnh và lưu lại thành JPEG rồi gửi"}

// jpegFrame walks over the segments of a JPEG: its size, how it is coded, how
// often decoding goes over it, and what the camera wrote.
func (in *input) jpegFrame() (frame, error) {
	w := jpegWalk{r: bufio.NewReaderSize(in.all(), 64<<10)}
	if _, err := w.r.Discard(2); err != nil {
		return w.frame, err
	}
	for {
		marker, err := w.marker()
		if err != nil {
			return w.frame, err
		}
		if marker == 0xD9 { // what a phone appends behind the end is never decoded
			break
		}
		if marker == 0x01 || marker >= 0xD0 && marker <= 0xD7 {
			continue
		}
		if err := w.segment(marker); err != nil {
			return w.frame, err
		}
	}
	if w.scans == 0 || w.width == 0 {
		return w.frame, errShape
	}
	return w.frame, nil
}

type jpegWalk struct {
	frame

	r     *bufio.Reader
	scans int
}

// marker goes on to the next marker; inside a scan that is past its bytes.
func (w *jpegWalk) marker() (byte, error) {
	for {
		b, err := w.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != 0xFF {
			if w.scans == 0 {
				return 0, errShape
			}
			continue
		}
		for b == 0xFF {
			if b, err = w.r.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b != 0 {
			return b, nil
		}
	}
}

func (w *jpegWalk) segment(marker byte) error {
	var size [2]byte
	if _, err := io.ReadFull(w.r, size[:]); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return errShape
	}
	switch {
	case marker == 0xDA:
		if w.scans++; w.scans > maxScans {
			return refuse(fault.TooLarge, msgScans, "count", "hơn "+strconv.Itoa(maxScans))
		}
	case marker == 0xE1 && w.capture == (Capture{}) && w.turn == 0:
		data := make([]byte, n)
		if _, err := io.ReadFull(w.r, data); err != nil {
			return err
		}
		if exif, ok := bytes.CutPrefix(data, []byte("Exif\x00\x00")); ok {
			w.capture, w.turn = readExif(exif)
		}
		return nil
	case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
		data := make([]byte, n)
		if _, err := io.ReadFull(w.r, data); err != nil {
			return err
		}
		return w.start(marker, data)
	}
	_, err := w.r.Discard(n)
	return err
}

// start reads the head of the frame: a byte for each sample, and four more
// where coefficients are kept until the last pass.
func (w *jpegWalk) start(marker byte, data []byte) error {
	if len(data) < 6 || w.width != 0 {
		return errShape
	}
	w.height, w.width = int(binary.BigEndian.Uint16(data[1:])), int(binary.BigEndian.Uint16(data[3:]))
	parts := data[6:]
	if len(parts) != 3*int(data[5]) || len(parts) == 0 || len(parts) > 12 {
		return errShape
	}
	var most, sum int64
	for i := 1; i < len(parts); i += 3 {
		each := int64(parts[i]>>4) * int64(parts[i]&15)
		if each == 0 {
			return errShape
		}
		most, sum = max(most, each), sum+each
	}
	samples := int64(w.width+64) * int64(w.height+64) * sum / most
	w.cost = samples
	if marker == 0xC2 {
		w.cost *= 5
	}
	return nil
}
