package evidence

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/place"
)

// Attach is the command that puts a file behind a subject.
type Attach struct {
	Actor     string // id of the account
	Subject   Subject
	Serves    string // required kind it stands for, "" = none
	Caption   string
	Name      string // as the sender calls the file
	Confirmed bool   // the sender says that it holds no identity paper
	// Allow refuses inside the transaction whoever may not: the state of a
	// review may have changed since the page was shown. Required.
	Allow func(tx *db.Tx) error
}

// Attach keeps a file and records it. The bytes and the copies of a picture are
// durable before the row; a file that fails leaves no row, and its bytes go with
// the next sweep. The same content behind the same subject again is the file
// that is there already.
func (s *Service) Attach(ctx context.Context, cmd Attach, file *Spool) (Item, error) {
	if err := cmd.check(); err != nil {
		return Item{}, err
	}
	err := s.o.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.admit(ctx, tx, cmd); err != nil {
			return err
		}
		return s.provinceRoom(tx, cmd.Subject, file.size)
	})
	if err != nil {
		return Item{}, err
	}
	found, err := s.inspect(ctx, file, cmd.Name)
	if err == nil {
		err = found.confirmed(cmd.Confirmed)
	}
	if err != nil {
		return Item{}, err
	}
	item := Item{
		Subject: cmd.Subject, Serves: cmd.Serves, Caption: cmd.Caption, Name: CleanName(cmd.Name, found.Media),
		Media: found.Media, Width: found.Width, Height: found.Height,
	}
	if err := s.keep(ctx, &item, found, file); err != nil {
		return Item{}, err
	}
	if item, err = s.record(ctx, cmd, item, found.Capture); err != nil {
		return Item{}, err
	}
	return item, s.settle(ctx, &item, found, file)
}

func (cmd *Attach) check() error {
	s := cmd.Subject
	switch {
	case s.Kind == "" || len(s.Kind) > 40 || len(s.Ref) > 100 || s.IsCell() != (s.Place > 0 && s.Period > 0 && s.Measure > 0 && s.Ref == ""):
		return fault.New(fault.Invalid, msgSubject)
	case utf8.RuneCountInString(cmd.Caption) > maxCaption:
		return fault.New(fault.Invalid, msgCaption, "limit", strconv.Itoa(maxCaption)).At("chu-thich")
	}
	return nil
}

// inspect looks at a file; few are looked at at once, because a picture needs
// memory while it is decoded. The others wait on disk.
func (s *Service) inspect(ctx context.Context, file *Spool, name string) (*Inspected, error) {
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.slots }()
	return Inspect(ctx, file.file, file.size, name, s.o.Limits)
}

// admit refuses what no file can mend: who may not, and quantities that take no
// files or want other kinds.
func (s *Service) admit(ctx context.Context, tx *db.Tx, cmd Attach) error {
	if err := cmd.Allow(tx); err != nil {
		return err
	}
	if !cmd.Subject.IsCell() {
		return nil
	}
	members, err := s.members(ctx, tx, cmd.Subject.Measure)
	if err != nil {
		return err
	}
	if len(members) == 0 {
		return fault.New(fault.Invalid, msgSubject)
	}
	wanted := cmd.Serves == ""
	for _, m := range members {
		ind := m.Set.At(m.Slot)
		if ind.NoFiles {
			return refuse(fault.Unsupported, msgNoFiles, "code", ind.Code)
		}
		wanted = wanted || slices.Contains(ind.Evidence, cmd.Serves)
	}
	if !wanted {
		return fault.New(fault.Invalid, msgServes, "serves", fault.Clip(cmd.Serves)).At("loai")
	}
	return nil
}

func (s *Service) members(ctx context.Context, tx *db.Tx, measure int32) ([]criteria.Member, error) {
	keys, err := criteria.Keys(ctx, tx, s.o.Law)
	if err != nil {
		return nil, err
	}
	return keys.Members(measure), nil
}

// keep puts the file and its copies into the store.
func (s *Service) keep(ctx context.Context, item *Item, found *Inspected, file *Spool) error {
	info, err := s.o.Blobs.Put(ctx, file.reader(), s.o.Limits.File)
	if err != nil {
		return err
	}
	item.SHA256, item.Size = info.SHA256, info.Size
	if item.View, err = s.keepCopy(ctx, found.View); err != nil {
		return err
	}
	item.Thumb, err = s.keepCopy(ctx, found.Thumb)
	return err
}

func (s *Service) keepCopy(ctx context.Context, data []byte) (Copy, error) {
	if len(data) == 0 {
		return Copy{}, nil
	}
	info, err := s.o.Blobs.Put(ctx, bytes.NewReader(data), s.o.Limits.File)
	return Copy{SHA256: info.SHA256, Size: info.Size}, err
}

// record writes the row, unless the same content stands there already.
func (s *Service) record(ctx context.Context, cmd Attach, item Item, capture Capture) (Item, error) {
	scope, body, err := cmd.body(&item)
	if err != nil {
		return item, err
	}
	var out Item
	err = s.o.DB.Write(ctx, db.Command{Actor: cmd.Actor, Name: "evidence.attach", Scope: scope, Body: body}, func(tx *db.Tx) error {
		out = item
		if err := s.admit(ctx, tx, cmd); err != nil {
			return err
		}
		there, err := itemsOf(tx, cmd.Subject)
		if err != nil {
			return err
		}
		for _, old := range there {
			if old.SHA256 == out.SHA256 && old.Serves == out.Serves {
				out = old
				return errThere
			}
		}
		return s.insert(tx, &out, capture)
	})
	if errors.Is(err, errThere) {
		err = nil
	}
	return out, err
}

// errThere ends a command that has nothing to write.
var errThere = errors.New("the file is there already")

func (s *Service) insert(tx *db.Tx, item *Item, capture Capture) error {
	if err := s.communeRoom(tx, item); err != nil {
		return err
	}
	item.ID, item.Entry, item.At = tx.NewID(), tx.Position(), tx.Now()
	if err := insertFile(tx, item, s.province(item.Subject)); err != nil {
		return err
	}
	if capture == (Capture{}) {
		return nil
	}
	return insertCapture(tx, item.ID, capture)
}

// province is the province a subject counts for, "" for one of no place.
func (s *Service) province(of Subject) string {
	id, err := place.IDOf(of.Place)
	if err != nil {
		return ""
	}
	u, _ := s.o.Places.Latest(id)
	return u.Province
}

func (s *Service) communeRoom(tx *db.Tx, item *Item) error {
	if item.Subject.Place == 0 {
		return nil
	}
	used, err := communeBytes(tx, item.Subject.Place, item.Subject.Period)
	if err == nil && used+item.stored() > s.o.Limits.Commune {
		err = refuse(fault.TooLarge, msgCommune, "limit", SizeText(s.o.Limits.Commune))
	}
	return err
}

// provinceRoom is asked before the write, because it adds up every file of the
// province; a few files sent at once may exceed the quota by their size.
func (s *Service) provinceRoom(tx *db.Tx, of Subject, size int64) error {
	used, err := provinceBytes(tx, s.province(of))
	if err == nil && used+size > s.o.Limits.Province {
		err = refuse(fault.TooLarge, msgProvince, "limit", SizeText(s.o.Limits.Province))
	}
	return err
}

// settle sees that the blobs are still there after the row was written: a sweep
// may have taken an old one away between Put and the row, and takes none away
// afterwards. What is gone is put again.
func (s *Service) settle(ctx context.Context, item *Item, found *Inspected, file *Spool) error {
	for _, sum := range []string{item.SHA256, item.View.SHA256, item.Thumb.SHA256} {
		if sum == "" {
			continue
		}
		_, err := s.o.Blobs.Stat(ctx, sum)
		if fault.Is(err, fault.NotFound) {
			again := *item
			err = s.keep(context.WithoutCancel(ctx), &again, found, file)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// body is what the journal keeps of the command: no name, no caption, no place
// of a picture.
func (cmd *Attach) body(item *Item) (scope string, body []byte, err error) {
	body, err = json.Marshal(struct {
		Kind      string `json:"kind"`
		Ref       string `json:"ref,omitempty"`
		Measure   int32  `json:"measure,omitempty"`
		Serves    string `json:"serves,omitempty"`
		Media     Media  `json:"media"`
		SHA256    string `json:"sha256"`
		Size      int64  `json:"size"`
		Confirmed bool   `json:"confirmed,omitempty"`
	}{cmd.Subject.Kind, cmd.Subject.Ref, cmd.Subject.Measure, item.Serves, item.Media, item.SHA256, item.Size, cmd.Confirmed})
	return cmd.Subject.scope(), body, err
}

// scope names the commune and period of a subject for the journal.
func (s Subject) scope() string {
	text := s.Kind
	if id, err := place.IDOf(s.Place); err == nil {
		text += " " + id
	}
	if p, err := day.PeriodOf(s.Period); err == nil {
		text += " " + p.String()
	}
	return text
}

// Remove is the command that takes a file back.
type Remove struct {
	Actor  string
	ID     string
	Reason string
	Allow  func(tx *db.Tx, s Subject) error // refuses whoever may not; required
}

// Remove writes that a file no longer counts. Its bytes and its row stay.
func (s *Service) Remove(ctx context.Context, cmd Remove) error {
	if n := utf8.RuneCountInString(cmd.Reason); n == 0 || n > maxReason {
		return fault.New(fault.Invalid, msgReason, "limit", strconv.Itoa(maxReason)).At("ly-do")
	}
	body, err := json.Marshal(struct {
		ID string `json:"id"`
	}{cmd.ID})
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, db.Command{Actor: cmd.Actor, Name: "evidence.remove", Body: body}, func(tx *db.Tx) error {
		item, err := s.Get(ctx, tx, cmd.ID)
		if err != nil {
			return err
		}
		if err := cmd.Allow(tx, item.Subject); err != nil {
			return err
		}
		return insertRemoval(tx, cmd.ID, cmd.Reason)
	})
}
