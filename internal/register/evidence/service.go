package evidence

import (
	"context"
	"errors"
	"io"
	"os"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/blob"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
	"giuchuan/internal/register/place"
)

// Options are what the register needs. DB, Blobs, Law and Places are required.
type Options struct {
	DB     *db.DB
	Blobs  blob.Store
	Law    *law.Library
	Places *place.Register
	Limits Limits
	Temp   string // folder for files on their way; "" = the machine's
	Slots  int    // files looked at at once, each within Limits.Inflated; 0 = 2
	// Named tells whether a row of another register names a blob of the same
	// store: the sweep leaves it. nil = no other register keeps files there.
	Named func(tx *db.Tx, sum string) (bool, error)
}

// Service keeps files and tells which stand behind what.
type Service struct {
	o     Options
	slots chan struct{}
}

// New makes the service.
func New(o Options) *Service {
	o.Limits = o.Limits.filled()
	if o.Slots <= 0 {
		o.Slots = 2
	}
	return &Service{o: o, slots: make(chan struct{}, o.Slots)}
}

// Limits are the limits that hold.
func (s *Service) Limits() Limits { return s.o.Limits }

// Spool is a file on its way, on disk. Close it.
type Spool struct {
	file *os.File
	size int64
}

// Size is the size of the file, bytes.
func (p *Spool) Size() int64 { return p.size }

// Close takes the file away.
func (p *Spool) Close() error { return errors.Join(p.file.Close(), os.Remove(p.file.Name())) }

// reader gives the file from its start.
func (p *Spool) reader() io.Reader { return io.NewSectionReader(p.file, 0, p.size) }

// Receive writes a file to disk piece by piece, as it comes in; a file beyond
// the limit is fault.TooLarge.
func (s *Service) Receive(r io.Reader) (*Spool, error) {
	file, err := os.CreateTemp(s.o.Temp, "giuchuan-evidence-*")
	if err != nil {
		return nil, err
	}
	p := &Spool{file: file}
	p.size, err = io.Copy(file, io.LimitReader(r, s.o.Limits.File+1))
	if err == nil && p.size > s.o.Limits.File {
		err = refuse(fault.TooLarge, msgTooLarge, "limit", SizeText(s.o.Limits.File))
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// List gives the files that stand behind a subject, oldest first.
func (s *Service) List(_ context.Context, tx *db.Tx, subject Subject) ([]Item, error) {
	items, err := itemsOf(tx, subject)
	if err != nil {
		return nil, err
	}
	return items, signed(tx, items)
}

// ListMany gives the files of a commune and period by subject, oldest first, in
// two questions whatever their number.
func (s *Service) ListMany(_ context.Context, tx *db.Tx, placeKey, period int32) (map[Subject][]Item, error) {
	items, err := itemsIn(tx, placeKey, period)
	if err == nil {
		err = signed(tx, items)
	}
	out := map[Subject][]Item{}
	for _, i := range items {
		out[i.Subject] = append(out[i.Subject], i)
	}
	return out, err
}

// Get gives one file; one that was taken back is fault.NotFound, as is one that
// never was.
func (s *Service) Get(_ context.Context, tx *db.Tx, id string) (Item, error) {
	items, err := itemByID(tx, id)
	if err == nil && (len(items) == 0 || items[0].Removed != "") {
		err = fault.New(fault.NotFound, msgGone)
	}
	if err != nil {
		return Item{}, err
	}
	return items[0], signed(tx, items[:1])
}

// Capture is when and where a picture was taken; only for those who may open
// the original.
func (s *Service) Capture(_ context.Context, tx *db.Tx, id string) (Capture, error) {
	return captureOf(tx, id)
}

// Open gives the bytes of a file or of a copy. The caller closes.
func (s *Service) Open(ctx context.Context, sum string) (io.ReadCloser, error) {
	return s.o.Blobs.Open(ctx, sum)
}

// signed adds who sent the files and when.
func signed(tx *db.Tx, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	positions := make([]int64, len(items))
	for i := range items {
		positions[i] = items[i].Entry
	}
	authors, err := journal.Authors(tx, positions)
	for i := range items {
		a := authors[items[i].Entry]
		items[i].By, items[i].At = a.Actor, a.At
	}
	return err
}
