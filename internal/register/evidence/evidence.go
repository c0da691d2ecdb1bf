package evidence

import (
	"time"

	"giuchuan/internal/kernel/fault"
)

// Subject is what a file stands behind: the cell of a finding, where Place,
// Period and Measure are set, or anything that Kind and Ref name.
type Subject struct {
	Kind    string // word of the owner: "finding", or another table's word
	Ref     string // the owner's id; "" for a finding
	Place   int32  // place.Key of the commune; 0 = of no commune
	Period  int32  // code of the period; 0 = of none
	Measure int32  // key of the quantity; 0 = of none
}

// Finding is the kind of a finding's cell.
const Finding = "finding"

// Cell is the subject of a finding.
func Cell(placeKey, period, measure int32) Subject {
	return Subject{Kind: Finding, Place: placeKey, Period: period, Measure: measure}
}

// IsCell tells whether the subject is a finding.
func (s Subject) IsCell() bool { return s.Kind == Finding }

// Item is a file that stands behind a subject.
type Item struct {
	ID      string
	Subject Subject
	Serves  string // required kind of evidence it stands for, as the set writes it; "" = none
	Caption string
	Name    string // as it may be shown and downloaded
	Media   Media
	SHA256  string // of the file as it was sent
	Size    int64  // bytes
	View    Copy   // of a picture, for everybody who may see the subject
	Thumb   Copy
	Width   int // of a picture, pixels
	Height  int
	Entry   int64     // position in the journal
	By      string    // id of who sent it, from the journal
	At      time.Time // when, from the journal
	Removed string    // why it no longer counts, "" while it does
}

// Copy is a smaller form of a picture.
type Copy struct {
	SHA256 string // "" = there is none
	Size   int64  // bytes
}

// stored is how much room a file and its copies take, bytes.
func (i *Item) stored() int64 { return i.Size + i.View.Size + i.Thumb.Size }

var (
	msgSubject  = fault.Msg{Key: "evidence.subject", Text: "không rõ minh chứng này của chỉ tiêu nào; hãy mở lại trang rồi gửi lại"}
	msgNoFiles  = fault.Msg{Key: "evidence.no_files", Text: "chỉ tiêu {code} không nhận tệp; hãy ghi số, ký hiệu, ngày và cơ quan ban hành văn bản vào ô ghi chú"}
	msgServes   = fault.Msg{Key: "evidence.serves", Text: "loại minh chứng “{serves}” không có trong yêu cầu của chỉ tiêu này; hãy chọn lại"}
	msgCaption  = fault.Msg{Key: "evidence.caption", Text: "chú thích dài quá {limit} ký tự"}
	msgReason   = fault.Msg{Key: "evidence.reason", Text: "hãy ghi lý do gỡ, đến {limit} ký tự"}
	msgGone     = fault.Msg{Key: "evidence.gone", Text: "không có minh chứng này, hoặc đã được gỡ"}
	msgCommune  = fault.Msg{Key: "evidence.commune_quota", Text: "minh chứng của xã trong kỳ này đã gần đủ {limit}; hãy gỡ bớt tệp không cần hoặc gửi ảnh nhỏ hơn"}
	msgProvince = fault.Msg{Key: "evidence.province_quota", Text: "kho minh chứng của tỉnh đã đầy ({limit}); hãy báo quản trị tỉnh tăng dung lượng"}
)

// Bounds of what people write, in characters.
const (
	maxCaption = 300
	maxReason  = 500
)
