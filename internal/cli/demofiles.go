package cli

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"giuchuan/internal/app/demo"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
	"giuchuan/internal/register/evidence"
	"giuchuan/internal/register/place"
)

// photos puts drawn pictures behind some findings of the second round.
func (d *demonstration) photos(ctx context.Context) error {
	files, err := d.app.Evidence(ctx)
	if err != nil {
		return err
	}
	for n, shown := range demo.Photos() {
		subject, serves, err := d.subject(ctx, shown)
		if err != nil {
			return err
		}
		var picture bytes.Buffer
		if err := demo.Photo(&picture, n); err != nil {
			return err
		}
		spool, err := files.Receive(&picture)
		if err != nil {
			return err
		}
		_, err = files.Attach(ctx, evidence.Attach{
			Actor: "demo-nhap", Subject: subject, Serves: serves, Name: shown.Name, Caption: "ảnh minh họa, do máy vẽ",
			Allow: func(*db.Tx) error { return nil },
		}, spool)
		if err = errors.Join(err, spool.Close()); err != nil {
			return err
		}
	}
	return nil
}

// subject finds the cell a picture stands behind, and the kind of evidence it
// stands for where the indicator asks for it.
func (d *demonstration) subject(ctx context.Context, shown demo.Shown) (s evidence.Subject, serves string, err error) {
	unit, err := d.app.Places.Resolve(shown.Code, "08", demo.Nine.Last(), place.Commune)
	if err != nil {
		return s, "", err
	}
	set, err := d.app.Law.Set(shown.Set)
	if err != nil {
		return s, "", err
	}
	slot, ok := set.Slot(shown.Indicator)
	if ok && slices.Contains(set.At(slot).Evidence, shown.Serves) {
		serves = shown.Serves
	}
	err = d.app.DB.Read(ctx, func(tx *db.Tx) error {
		keys, err := criteria.Keys(ctx, tx, d.app.Law)
		if err == nil {
			s = evidence.Cell(unit.Key, demo.Nine.Code(), keys.Slots(set)[slot])
		}
		return err
	})
	return s, serves, err
}
