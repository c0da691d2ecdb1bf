package backup_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"giuchuan/internal/platform/backup"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

const millionRows = 1_000_000

// fillFacts writes a million rows in commands of a hundred thousand.
func fillFacts(b *testing.B, d *db.DB) {
	b.Helper()
	for from := 0; from < millionRows; from += 100_000 {
		cmd := db.Command{Actor: "u1", Name: "fact.import"}
		err := d.Write(context.Background(), cmd, func(tx *db.Tx) error {
			row := make([]any, 2)
			_, err := tx.InsertSorted(factTable, func(yield func([]any) bool) {
				for i := from; i < from+100_000; i++ {
					row[0], row[1] = int64(i), int64(i)*7919%100_003
					if !yield(row) {
						return
					}
				}
			})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// peak runs work and reports rows a second and the most memory the heap took
// beyond what it held before.
func peak(b *testing.B, work func() error) {
	b.Helper()
	heap := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before, most := heap(), uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
				most = max(most, heap())
			}
		}
	}()
	start := time.Now()
	err := work()
	took := time.Since(start)
	close(stop)
	<-done
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(millionRows/took.Seconds(), "rows/s")
	b.ReportMetric(float64(most-min(before, most))/(1<<20), "peakMB")
}

// BenchmarkMillionRows backs a million rows up and restores them.
func BenchmarkMillionRows(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		place := func(b *testing.B) *db.DB {
			if engine == db.Postgres {
				return dbtest.Open(b, db.Options{URL: dbtest.NewPostgres(b), Migrations: schema(b)})
			}
			return lite(b)
		}
		b.Run(string(engine), func(b *testing.B) {
			d := place(b)
			fillFacts(b, d)
			path := filepath.Join(b.TempDir(), "million.tar.gz")
			b.Run("write", func(b *testing.B) {
				for b.Loop() {
					peak(b, func() error {
						_, err := backup.WriteFile(context.Background(), backup.Source{DB: d, Product: "bench"}, path, io.Discard)
						return err
					})
				}
			})
			b.Run("restore", func(b *testing.B) {
				for b.Loop() {
					to := place(b)
					peak(b, func() error {
						archive, err := os.Open(path)
						if err != nil {
							return err
						}
						defer archive.Close()
						_, err = backup.Restore(context.Background(), backup.Target{DB: to, Tables: tables, Actor: "bench"}, bufio.NewReader(archive))
						return err
					})
				}
			})
		})
	}
}
