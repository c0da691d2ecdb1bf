package evidence

import (
	"encoding/binary"
	"math"
	"strings"
	"time"
)

// Capture is when and where a picture was taken, as the camera wrote it. For
// those only who may open the original.
type Capture struct {
	At       time.Time // zero = not said
	Placed   bool
	Lat, Lon int64 // degrees times 10,000,000, north and east positive
}

// degree is how finely degrees are kept.
const degree = 10_000_000

// vietnam is the zone of a camera that does not say its own: UTC+7.
const vietnam = 7 * time.Hour

// tiff is the directory tree of an EXIF block; nothing outside data is read.
type tiff struct {
	data  []byte
	order binary.ByteOrder
	left  int // directory entries that may still be read
}

// The tags that are read.
const (
	tagTurn      = 0x0112
	tagExifDir   = 0x8769
	tagPlaceDir  = 0x8825
	tagTaken     = 0x9003
	tagZone      = 0x9011
	tagLatRef    = 0x0001
	tagLat       = 0x0002
	tagLonRef    = 0x0003
	tagLon       = 0x0004
	typeASCII    = 2
	typeShort    = 3
	typeLong     = 4
	typeRational = 5
)

// readExif reads the time, the place and the orientation of an EXIF block. What
// makes no sense counts as not said.
func readExif(data []byte) (c Capture, turn int) {
	t := &tiff{data: data, left: 512}
	switch {
	case len(data) < 8:
		return c, 0
	case string(data[:4]) == "II*\x00":
		t.order = binary.LittleEndian
	case string(data[:4]) == "MM\x00*":
		t.order = binary.BigEndian
	default:
		return c, 0
	}
	first := t.directory(t.order.Uint32(data[4:]))
	turn = int(t.number(first[tagTurn]))
	details := t.directory(t.number(first[tagExifDir]))
	c.At = taken(t.text(details[tagTaken]), t.text(details[tagZone]))
	where := t.directory(t.number(first[tagPlaceDir]))
	lat, latOK := t.angle(where[tagLat], 90)
	lon, lonOK := t.angle(where[tagLon], 180)
	if latOK && lonOK && (lat != 0 || lon != 0) {
		if strings.HasPrefix(t.text(where[tagLatRef]), "S") {
			lat = -lat
		}
		if strings.HasPrefix(t.text(where[tagLonRef]), "W") {
			lon = -lon
		}
		c.Placed, c.Lat, c.Lon = true, lat, lon
	}
	return c, turn
}

// tagged is one entry of a directory.
type tagged struct {
	kind  uint16
	count uint32
	at    []byte // the four bytes of the value or of its offset
}

func (t *tiff) directory(offset uint32) map[uint16]tagged {
	out := map[uint16]tagged{}
	if offset == 0 || uint64(offset)+2 > uint64(len(t.data)) {
		return out
	}
	rest := t.data[offset:]
	for n := t.order.Uint16(rest); n > 0 && t.left > 0; n-- {
		if rest = rest[min(len(rest), 2):]; len(rest) < 12 {
			return out
		}
		out[t.order.Uint16(rest)] = tagged{t.order.Uint16(rest[2:]), t.order.Uint32(rest[4:]), rest[8:12]}
		rest = rest[10:]
		t.left--
	}
	return out
}

// value gives the bytes of an entry, nil when they lie outside.
func (t *tiff) value(e tagged, each uint32) []byte {
	if e.at == nil || e.count == 0 || e.count > 64 {
		return nil
	}
	n := e.count * each
	if n <= 4 {
		return e.at[:n]
	}
	offset := uint64(t.order.Uint32(e.at))
	if offset+uint64(n) > uint64(len(t.data)) {
		return nil
	}
	return t.data[offset : offset+uint64(n)]
}

func (t *tiff) number(e tagged) uint32 {
	switch {
	case e.kind == typeShort && e.count == 1:
		return uint32(t.order.Uint16(e.at))
	case e.kind == typeLong && e.count == 1:
		return t.order.Uint32(e.at)
	}
	return 0
}

func (t *tiff) text(e tagged) string {
	if e.kind != typeASCII {
		return ""
	}
	text, _, _ := strings.Cut(string(t.value(e, 1)), "\x00")
	return text
}

// angle reads degrees, minutes and seconds.
func (t *tiff) angle(e tagged, most float64) (int64, bool) {
	b := t.value(e, 8)
	if e.kind != typeRational || len(b) != 24 {
		return 0, false
	}
	sum := 0.0
	for i, unit := range []float64{1, 60, 3600} {
		below := t.order.Uint32(b[8*i+4:])
		if below == 0 {
			return 0, false
		}
		sum += float64(t.order.Uint32(b[8*i:])) / float64(below) / unit
	}
	return int64(math.Round(sum * degree)), sum <= most
}

// taken reads "2024:10:01 08:30:00" in its zone, "+07:00".
func taken(text, zone string) time.Time {
	at, err := time.Parse("2006:01:02 15:04:05", text)
	if err != nil || at.Year() < 1990 || at.Year() > 2200 {
		return time.Time{}
	}
	offset := vietnam
	if z, err := time.Parse("-07:00", zone); err == nil {
		_, seconds := z.Zone()
		offset = time.Duration(seconds) * time.Second
	}
	return at.Add(-offset)
}
