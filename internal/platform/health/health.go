// Package health looks whether a database is fit for use: its schema against
// the one this program makes, and what the engine says of itself. It changes
// nothing.
package health

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/journal"
)

var (
	msgBehind  = fault.Msg{Key: "health.behind", Text: "cấu trúc kho dữ liệu chưa đúng bản này: bảng {table}"}
	msgAhead   = fault.Msg{Key: "health.ahead", Text: "kho dữ liệu có bảng {table} mà bản này không biết; có thể do bản mới hơn tạo"}
	msgBroken  = fault.Msg{Key: "health.broken", Text: "tệp dữ liệu hỏng: {detail}"}
	msgDangle  = fault.Msg{Key: "health.dangle", Text: "bảng {table} có dòng trỏ tới dòng không còn"}
	msgOld     = fault.Msg{Key: "health.old", Text: "PostgreSQL {version} cũ quá; cần bản 15 trở lên"}
	msgSetting = fault.Msg{Key: "health.setting", Text: "PostgreSQL đặt {setting} = {value}: mất điện có thể mất hoặc hỏng dữ liệu"}
)

// Schema compares the tables of d with those this program would make, on
// whichever engine d runs. The error is fault.Conflict when they are behind
// (or differ), fault.Unsupported when d has a table this program lacks.
func Schema(ctx context.Context, d *db.DB) error {
	want, err := freshSchema(ctx)
	if err != nil {
		return err
	}
	got, err := schemaOf(ctx, d)
	if err != nil {
		return err
	}
	for _, t := range want {
		i := slices.IndexFunc(got, func(o db.SchemaTable) bool { return o.Name == t.Name })
		if i < 0 || !reflect.DeepEqual(got[i], t) {
			return fault.New(fault.Conflict, msgBehind, "table", t.Name)
		}
	}
	for _, t := range got {
		if !slices.ContainsFunc(want, func(o db.SchemaTable) bool { return o.Name == t.Name }) {
			return fault.New(fault.Unsupported, msgAhead, "table", fault.Clip(t.Name))
		}
	}
	return nil
}

// freshSchema is the schema of a new database of this program.
func freshSchema(ctx context.Context) ([]db.SchemaTable, error) {
	folder, err := os.MkdirTemp("", "giuchuan-schema-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system cleans up after us otherwise
	fresh, err := db.Open(ctx, db.Options{Path: filepath.Join(folder, "fresh.db"), Ledger: journal.New()})
	if err != nil {
		return nil, err
	}
	if err := fresh.Migrate(ctx); err != nil {
		return nil, errors.Join(err, fresh.Close())
	}
	tables, err := schemaOf(ctx, fresh)
	return tables, errors.Join(err, fresh.Close())
}

func schemaOf(ctx context.Context, d *db.DB) (tables []db.SchemaTable, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		tables, err = tx.Schema()
		return err
	})
	return tables, err
}

// Engine lets SQLite check its whole file, or asks PostgreSQL for its version
// and for settings that cost durability. The text names the engine and its
// version.
func Engine(ctx context.Context, d *db.DB) (text string, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		if tx.Engine() == db.Postgres {
			text, err = postgres(tx)
		} else {
			text, err = sqlite(tx)
		}
		return err
	})
	return text, err
}

func sqlite(tx *db.Tx) (string, error) {
	var version, detail string
	if err := tx.QueryRow("SELECT sqlite_version()").Scan(&version); err != nil {
		return "", err
	}
	if err := tx.QueryRow("SELECT integrity_check FROM pragma_integrity_check LIMIT 1").Scan(&detail); err != nil {
		return "", err
	}
	if detail != "ok" {
		return "", fault.New(fault.Corrupt, msgBroken, "detail", detail)
	}
	err := tx.QueryRow(`SELECT "table" FROM pragma_foreign_key_check LIMIT 1`).Scan(&detail)
	if err == nil {
		return "", fault.New(fault.Corrupt, msgDangle, "table", detail)
	}
	if !errors.Is(err, db.ErrNoRows) {
		return "", err
	}
	return "SQLite " + version, nil
}

func postgres(tx *db.Tx) (string, error) {
	var number, version, fsync, pages string
	err := tx.QueryRow(`
		SELECT current_setting('server_version_num'), current_setting('server_version'),
		       current_setting('fsync'), current_setting('full_page_writes')`).Scan(&number, &version, &fsync, &pages)
	if err != nil {
		return "", err
	}
	if n, err := strconv.Atoi(number); err != nil || n < 150000 {
		return "", fault.New(fault.Unsupported, msgOld, "version", version).Wrap(err)
	}
	for _, s := range [][2]string{{"fsync", fsync}, {"full_page_writes", pages}} {
		if s[1] != "on" {
			return "", fault.New(fault.Conflict, msgSetting, "setting", s[0], "value", s[1])
		}
	}
	return "PostgreSQL " + version, nil
}
