package db_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

// factTable is as narrow as the findings of the product.
var factTable = &db.Table{
	Name:    "fact",
	Columns: []string{"place", "period", "indicator", "value", "verdict", "provenance"},
	Key:     []string{"place", "period", "indicator", "entry"},
}

const createFact = `CREATE TABLE fact (
	place INTEGER NOT NULL, period INTEGER NOT NULL, indicator INTEGER NOT NULL,
	value BIGINT, verdict SMALLINT NOT NULL, provenance SMALLINT NOT NULL, entry BIGINT NOT NULL,
	PRIMARY KEY (place, period, indicator, entry))`

// benchEngines runs body on both engines with the table fact in place.
func benchEngines(b *testing.B, body func(b *testing.B, d *db.DB, path string)) {
	b.Run("sqlite", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "bench.sqlite")
		d := dbtest.Open(b, db.Options{Path: path})
		makeFacts(b, d, createFact+" WITHOUT ROWID")
		body(b, d, path)
	})
	b.Run("postgres", func(b *testing.B) {
		d := dbtest.Open(b, db.Options{URL: dbtest.NewPostgres(b)})
		makeFacts(b, d, createFact)
		body(b, d, "")
	})
}

func makeFacts(t testing.TB, d *db.DB, create string) {
	err := d.Write(context.Background(), cmd("test.schema"), func(tx *db.Tx) error {
		_, err := tx.Exec(create)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkWrite64 is one durable finding per command, from 64 writers.
func BenchmarkWrite64(b *testing.B) {
	benchEngines(b, func(b *testing.B, d *db.DB, _ string) {
		const writers = 64
		var next atomic.Int64
		took := make([][]time.Duration, writers)
		var wg sync.WaitGroup
		b.ResetTimer()
		for w := range writers {
			wg.Go(func() {
				for {
					n := next.Add(1)
					if n > int64(b.N) {
						return
					}
					start := time.Now()
					err := d.Write(context.Background(), cmd("fact.add"), func(tx *db.Tx) error {
						return tx.Insert(factTable, n%10600, 202400, n, n*37, 1, 2)
					})
					if err != nil {
						b.Error(err)
						return
					}
					took[w] = append(took[w], time.Since(start))
				}
			})
		}
		wg.Wait()
		b.StopTimer()
		all := slices.Sorted(slices.Values(slices.Concat(took...)))
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	})
}

// BenchmarkBulk loads 379 places × 132 indicators × 20 periods in one command.
func BenchmarkBulk(b *testing.B) {
	const rows = 379 * 132 * 20
	benchEngines(b, func(b *testing.B, d *db.DB, path string) {
		for range b.N {
			err := d.Write(context.Background(), cmd("fact.load"), func(tx *db.Tx) error {
				n, err := tx.InsertSorted(factTable, facts)
				if err == nil && n != rows {
					err = fmt.Errorf("wrote %d rows", n)
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		if path == "" {
			return
		}
		b.StopTimer()
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			var pages, size int64
			if err := tx.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
				return err
			}
			if err := tx.QueryRow("PRAGMA page_size").Scan(&size); err != nil {
				return err
			}
			b.ReportMetric(float64(pages*size)/float64(rows)/float64(b.N), "bytes/row")
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		if at, err := os.Stat(path + "-wal"); err == nil {
			b.ReportMetric(float64(at.Size())/1e6, "wal-MB")
		}
	})
}

// facts yields the rows of BenchmarkBulk in key order.
func facts(yield func([]any) bool) {
	row := make([]any, 6)
	seed := uint32(1)
	for place := range 379 {
		for period := range 20 {
			for indicator := range 132 {
				seed = seed*1664525 + 1013904223
				row[0], row[1], row[2] = 10000+place, 202400+period, indicator
				row[3], row[4], row[5] = int64(seed%1000000), int64(seed%4), int64(seed%3)
				if !yield(row) {
					return
				}
			}
		}
	}
}

// BenchmarkRead reads one fact by its key, each in a snapshot of its own.
func BenchmarkRead(b *testing.B) {
	benchEngines(b, func(b *testing.B, d *db.DB, _ string) {
		err := d.Write(context.Background(), cmd("fact.load"), func(tx *db.Tx) error {
			_, err := tx.InsertSorted(factTable, facts)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ResetTimer()
		for n := range b.N {
			err := d.Read(context.Background(), func(tx *db.Tx) error {
				var value int64
				return tx.QueryRow(`
					SELECT value
					FROM fact
					WHERE place = $1 AND period = $2 AND indicator = $3
					ORDER BY entry DESC
					LIMIT 1`, 10000+n%379, 202400+n%20, n%132).Scan(&value)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
	})
}
