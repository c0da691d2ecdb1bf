package request

import (
	"context"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/place"
)

// Giver makes a task of a draft, in the same transaction, and tells the document
// it stands under.
type Giver interface {
	Give(ctx context.Context, tx *db.Tx, who authz.Subject, r *Request) (document string, err error)
}

// Options are what the service needs.
type Options struct {
	Law      *law.Library
	Places   *place.Register
	Agencies *agency.Register
	Province string // two-digit code
	Giver    Giver
}

// Service keeps the drafts.
type Service struct{ o Options }

// New makes the service.
func New(o Options) *Service { return &Service{o} }

// Object is what permission asks of a draft: where and about which criterion.
func (s *Service) Object(placeID, field string, on day.Day) authz.Object {
	out := authz.Object{Field: field, PlacePath: s.province(on)}
	if u, ok := s.o.Places.Latest(placeID); ok {
		out.PlacePath = nil
		for _, x := range s.o.Places.At(min(max(on, u.Began), u.Ended)).Path(u.ID) {
			out.PlacePath = append(out.PlacePath, x.ID)
		}
		if u.Ended < on {
			out.PlacePath = append(out.PlacePath, s.province(on)...)
		}
	}
	return out
}

func (s *Service) province(on day.Day) []string {
	u, err := s.o.Places.Province(s.o.Province, on)
	if err != nil {
		return nil
	}
	return []string{u.ID}
}

// Directs tells whether a person gives or declines drafts.
func (s *Service) Directs(who authz.Subject, on day.Day) bool {
	return authz.May(who, authz.Direct, authz.Object{PlacePath: s.province(on)})
}

// May tells whether a person may ask for a duty about a place and a criterion.
func (s *Service) May(who authz.Subject, placeID, field string, on day.Day) bool {
	return authz.May(who, authz.RequestTask, s.Object(placeID, field, on))
}

// Ask writes a draft for Văn phòng UBND tỉnh and gives its id.
func (s *Service) Ask(_ context.Context, tx *db.Tx, who authz.Subject, c *Ask) (string, error) {
	today := tx.Today()
	if !s.Known(c.Place, c.Field) {
		return "", fault.New(fault.NotFound, msgObject)
	}
	if !s.May(who, c.Place, c.Field, today) {
		return "", fault.New(fault.Forbidden, msgNotYours)
	}
	words, bad := text(c.Words, "viec", mostWords, msgWords)
	if err := fault.Join(present(bad, s.checkAgency(c.Agency, false, today), checkDue(c.Due, today))...); err != nil {
		return "", err
	}
	r := &Request{
		ID: tx.NewID(), State: Asked, Place: c.Place, Field: c.Field, Page: pageOf(c.Page), Words: words, Agency: c.Agency, Due: c.Due,
		Unit: unitOf(who), By: who.ID, On: today,
	}
	return r.ID, insert(tx, r)
}

// Known tells whether a draft can be about a place and a criterion or indicator;
// both may be empty.
func (s *Service) Known(placeID, field string) bool {
	if placeID != "" {
		if _, ok := s.o.Places.Latest(placeID); !ok {
			return false
		}
	}
	if field == "" {
		return true
	}
	_, ok := s.Subject(field)
	return ok
}

// Give turns a draft into a task of a body.
func (s *Service) Give(ctx context.Context, tx *db.Tx, who authz.Subject, c *Give) (string, error) {
	r, err := s.open(tx, who, c.ID, c.Seen)
	if err != nil {
		return "", err
	}
	words, bad := text(c.Words, "viec", mostWords, msgWords)
	if err := fault.Join(present(bad, s.checkAgency(c.Agency, true, tx.Today()), checkDue(c.Due, tx.Today()))...); err != nil {
		return "", err
	}
	r.State, r.Words, r.Agency, r.Due = Given, words, c.Agency, c.Due
	if r.Document, err = s.o.Giver.Give(ctx, tx, who, r); err != nil {
		return "", err
	}
	return r.Document, insert(tx, r)
}

// Decline says no to a draft, with a reason its author reads.
func (s *Service) Decline(_ context.Context, tx *db.Tx, who authz.Subject, c *Decline) error {
	r, err := s.open(tx, who, c.ID, c.Seen)
	if err != nil {
		return err
	}
	reason, bad := text(c.Reason, "ly-do", mostReason, msgReason)
	if bad != nil {
		return bad
	}
	r.State, r.Reason = Declined, reason
	return insert(tx, r)
}

// open finds a draft that waits, for a person of Văn phòng UBND tỉnh who saw it
// as it is.
func (s *Service) open(tx *db.Tx, who authz.Subject, id string, seen int64) (*Request, error) {
	if !s.Directs(who, tx.Today()) {
		return nil, fault.New(fault.Forbidden, msgOffice)
	}
	list, err := read(tx, id, "")
	if err != nil {
		return nil, err
	}
	if id == "" || len(list) != 1 {
		return nil, fault.New(fault.NotFound, msgNone)
	}
	if r := &list[0]; r.State != Asked || r.Entry != seen {
		return nil, fault.New(fault.Conflict, msgDone, "state", r.State.Vietnamese())
	}
	return &list[0], nil
}

// Waiting lists the drafts that wait for Văn phòng UBND tỉnh, the oldest first.
func (s *Service) Waiting(tx *db.Tx) ([]Request, error) { return read(tx, "", Asked) }

// List gives the drafts a person may look at: all of them for Văn phòng UBND
// tỉnh, else one's own and those of one's unit. The latest come first.
func (s *Service) List(tx *db.Tx, who authz.Subject) ([]Request, error) {
	list, err := read(tx, "", "")
	if err != nil {
		return nil, err
	}
	var out []Request
	for i := len(list) - 1; i >= 0; i-- {
		if s.sees(who, &list[i], tx.Today()) {
			out = append(out, list[i])
		}
	}
	return out, nil
}

// One is a draft a person may look at.
func (s *Service) One(tx *db.Tx, who authz.Subject, id string) (*Request, error) {
	list, err := read(tx, id, "")
	if err != nil {
		return nil, err
	}
	if id == "" || len(list) != 1 || !s.sees(who, &list[0], tx.Today()) {
		return nil, fault.New(fault.NotFound, msgNone)
	}
	return &list[0], nil
}

// sees: who gives drafts, who wrote it, and colleagues who may ask there too.
func (s *Service) sees(who authz.Subject, r *Request, on day.Day) bool {
	if s.Directs(who, on) || (who.ID != "" && r.By == who.ID) {
		return true
	}
	for _, g := range who.Grants {
		if r.Unit != "" && g.Unit == r.Unit && s.May(who, r.Place, r.Field, on) {
			return true
		}
	}
	return false
}

// unitOf is in whose name a person asks.
func unitOf(who authz.Subject) string {
	for _, g := range who.Grants {
		one := authz.Subject{ID: who.ID, Grants: []authz.Grant{g}}
		if authz.Reaches(one, authz.RequestTask) {
			return g.Unit
		}
	}
	return ""
}

func (s *Service) checkAgency(id string, needed bool, on day.Day) *fault.Error {
	if id == "" && !needed {
		return nil
	}
	if _, ok := s.o.Agencies.Agency(id, on); !ok {
		return fault.New(fault.Invalid, msgAgency).At("don-vi")
	}
	return nil
}

func checkDue(due, today day.Day) *fault.Error {
	if due != day.None && due < today {
		return fault.New(fault.Invalid, msgDue, "day", today.Vietnamese()).At("thoi-han")
	}
	return nil
}

func present(all ...*fault.Error) (out []*fault.Error) {
	for _, e := range all {
		if e != nil {
			out = append(out, e)
		}
	}
	return out
}
