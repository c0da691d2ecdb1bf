package evidence

import (
	"errors"
	"time"

	"giuchuan/internal/platform/db"
)

var (
	fileTable = db.Table{
		Name: "evidence_file",
		Columns: []string{
			"id", "kind", "ref", "place", "period", "measure", "province", "serves", "caption", "name", "media",
			"sha256", "size", "view_sha256", "view_size", "thumb_sha256", "thumb_size", "width", "height",
		},
		Key: []string{"id"},
	}
	captureTable = db.Table{
		Name:    "evidence_capture",
		Columns: []string{"id", "taken_at", "lat", "lon"},
		Key:     []string{"id"},
	}
	removalTable = db.Table{
		Name:    "evidence_removal",
		Columns: []string{"id", "reason"},
		Key:     []string{"id"},
	}
)

// Tables lists the business tables of the package.
func Tables() []*db.Table {
	return []*db.Table{&fileTable, &captureTable, &removalTable}
}

func insertFile(tx *db.Tx, i *Item, province string) error {
	s := i.Subject
	return tx.Insert(&fileTable, i.ID, s.Kind, s.Ref, s.Place, s.Period, s.Measure, province, i.Serves, i.Caption, i.Name,
		string(i.Media), i.SHA256, i.Size, i.View.SHA256, i.View.Size, i.Thumb.SHA256, i.Thumb.Size, i.Width, i.Height)
}

func insertCapture(tx *db.Tx, id string, c Capture) error {
	var at *time.Time
	var lat, lon *int64
	if !c.At.IsZero() {
		at = &c.At
	}
	if c.Placed {
		lat, lon = &c.Lat, &c.Lon
	}
	return tx.Insert(&captureTable, id, at, lat, lon)
}

func insertRemoval(tx *db.Tx, id, reason string) error {
	return tx.Insert(&removalTable, id, reason)
}

func scanItem(rows *db.Rows) (Item, error) {
	var i Item
	var media string
	var removed *string
	err := rows.Scan(&i.ID, &i.Subject.Kind, &i.Subject.Ref, &i.Subject.Place, &i.Subject.Period, &i.Subject.Measure,
		&i.Serves, &i.Caption, &i.Name, &media, &i.SHA256, &i.Size, &i.View.SHA256, &i.View.Size, &i.Thumb.SHA256, &i.Thumb.Size,
		&i.Width, &i.Height, &i.Entry, &removed)
	i.Media = Media(media)
	if removed != nil {
		i.Removed = *removed
	}
	return i, err
}

// itemByID gives one file, taken back or not.
func itemByID(tx *db.Tx, id string) ([]Item, error) {
	return db.Collect(tx, scanItem, `
		SELECT f.id, f.kind, f.ref, f.place, f.period, f.measure, f.serves, f.caption, f.name, f.media, f.sha256, f.size,
		       f.view_sha256, f.view_size, f.thumb_sha256, f.thumb_size, f.width, f.height, f.entry, r.reason
		FROM evidence_file AS f
		LEFT JOIN evidence_removal AS r ON r.id = f.id
		WHERE f.id = $1
		ORDER BY f.id`, id)
}

// itemsOf gives the files that stand behind a subject, oldest first.
func itemsOf(tx *db.Tx, s Subject) ([]Item, error) {
	return db.Collect(tx, scanItem, `
		SELECT f.id, f.kind, f.ref, f.place, f.period, f.measure, f.serves, f.caption, f.name, f.media, f.sha256, f.size,
		       f.view_sha256, f.view_size, f.thumb_sha256, f.thumb_size, f.width, f.height, f.entry, r.reason
		FROM evidence_file AS f
		LEFT JOIN evidence_removal AS r ON r.id = f.id
		WHERE f.kind = $1 AND f.ref = $2 AND f.place = $3 AND f.period = $4 AND f.measure = $5 AND r.id IS NULL
		ORDER BY f.entry, f.id`, s.Kind, s.Ref, s.Place, s.Period, s.Measure)
}

// itemsIn gives the files of a commune and period, oldest first.
func itemsIn(tx *db.Tx, placeKey, period int32) ([]Item, error) {
	return db.Collect(tx, scanItem, `
		SELECT f.id, f.kind, f.ref, f.place, f.period, f.measure, f.serves, f.caption, f.name, f.media, f.sha256, f.size,
		       f.view_sha256, f.view_size, f.thumb_sha256, f.thumb_size, f.width, f.height, f.entry, r.reason
		FROM evidence_file AS f
		LEFT JOIN evidence_removal AS r ON r.id = f.id
		WHERE f.place = $1 AND f.period = $2 AND r.id IS NULL
		ORDER BY f.entry, f.id`, placeKey, period)
}

// communeBytes is how much room the files of a commune and period take.
func communeBytes(tx *db.Tx, placeKey, period int32) (n int64, err error) {
	err = tx.QueryRow(`
		SELECT CAST(COALESCE(SUM(f.size + f.view_size + f.thumb_size), 0) AS BIGINT)
		FROM evidence_file AS f
		LEFT JOIN evidence_removal AS r ON r.id = f.id
		WHERE f.place = $1 AND f.period = $2 AND r.id IS NULL`, placeKey, period).Scan(&n)
	return n, err
}

// provinceBytes is how much room all files of a province take.
func provinceBytes(tx *db.Tx, province string) (n int64, err error) {
	err = tx.QueryRow(`
		SELECT CAST(COALESCE(SUM(f.size + f.view_size + f.thumb_size), 0) AS BIGINT)
		FROM evidence_file AS f
		WHERE f.province = $1`, province).Scan(&n)
	return n, err
}

// captureOf gives what the camera wrote; the zero value where nothing is known.
func captureOf(tx *db.Tx, id string) (c Capture, err error) {
	var at, lat, lon *int64
	err = tx.QueryRow(`
		SELECT c.taken_at, c.lat, c.lon
		FROM evidence_capture AS c
		WHERE c.id = $1`, id).Scan(&at, &lat, &lon)
	if errors.Is(err, db.ErrNoRows) {
		return c, nil
	}
	if at != nil {
		c.At = time.UnixMicro(*at).UTC()
	}
	if lat != nil && lon != nil {
		c.Placed, c.Lat, c.Lon = true, *lat, *lon
	}
	return c, err
}

// referred tells whether any row names a blob, be its file taken back or not.
func referred(tx *db.Tx, sum string) (yes bool, err error) {
	var one int64
	err = tx.QueryRow(`
		SELECT 1 AS found
		FROM evidence_file AS f
		WHERE f.sha256 = $1 OR f.view_sha256 = $1 OR f.thumb_sha256 = $1
		LIMIT 1`, sum).Scan(&one)
	if errors.Is(err, db.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Blobs lists every blob that a row names, sorted, each once: for the backup.
func Blobs(tx *db.Tx) ([]string, error) {
	return db.Collect(tx, func(rows *db.Rows) (sum string, err error) {
		err = rows.Scan(&sum)
		return sum, err
	}, `
		SELECT f.sha256 AS sum FROM evidence_file AS f
		UNION SELECT f.view_sha256 AS sum FROM evidence_file AS f WHERE f.view_sha256 <> ''
		UNION SELECT f.thumb_sha256 AS sum FROM evidence_file AS f WHERE f.thumb_sha256 <> ''
		ORDER BY sum`)
}
