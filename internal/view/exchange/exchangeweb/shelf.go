package exchangeweb

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
)

// What is kept of the files people chose: the bytes that were looked through
// are the ones that are recorded.
const (
	keptFor     = 30 * time.Minute
	keptBytes   = 64 << 20 // of everybody
	keptEach    = 4        // files of one person
	keptMinutes = "30"
)

var msgExpired = fault.Msg{Key: "exchange.expired", Text: "máy chủ không còn giữ tệp này: tệp chỉ được giữ {minutes} phút sau khi chọn, và mất khi máy chủ khởi động lại; hãy mở trang Bảng tính và chọn lại tệp"}

// kept is a file that a person chose.
type kept struct {
	name    string
	data    []byte
	sum     string
	period  day.Period
	reason  string
	foreign bool   // a matrix of another layout
	mapping string // id of the mapping that reads it, "" = none yet
	until   time.Time
	owner   string
}

// shelf keeps files in memory for a while; the oldest go first when it is full.
type shelf struct {
	mu    sync.Mutex
	files []*kept // the oldest first
	bytes int
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// put keeps a file, in the place of the same file chosen before.
func (s *shelf) put(k *kept, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k.until = now.Add(keptFor)
	s.drop(func(x *kept) bool { return now.After(x.until) || x.owner == k.owner && x.sum == k.sum })
	s.files = append(s.files, k)
	s.bytes += len(k.data)
	mine := 0
	for i := len(s.files) - 1; i >= 0; i-- {
		if s.files[i].owner == k.owner {
			if mine++; mine > keptEach {
				s.cut(i)
			}
		}
	}
	for s.bytes > keptBytes && len(s.files) > 1 {
		s.cut(0)
	}
}

func (s *shelf) cut(i int) {
	s.bytes -= len(s.files[i].data)
	s.files = slices.Delete(s.files, i, i+1)
}

func (s *shelf) drop(gone func(*kept) bool) {
	for i := len(s.files) - 1; i >= 0; i-- {
		if gone(s.files[i]) {
			s.cut(i)
		}
	}
}

// get finds a person's own file; a copy, which may be changed and put again.
func (s *shelf) get(owner, sum string, now time.Time) (*kept, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(func(x *kept) bool { return now.After(x.until) })
	for _, x := range s.files {
		if x.owner == owner && x.sum == sum {
			out := *x
			return &out, nil
		}
	}
	return nil, fault.New(fault.NotFound, msgExpired, "minutes", keptMinutes)
}
