package app_test

import (
	"context"
	"strings"
	"testing"

	"giuchuan/internal/feature/recognition"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/viewtest"
)

// A dossier keeps what it read while nothing changes; what changed is on the
// very next page: a correction, a title, and neither on the page as known before.
func TestADossierShowsWhatChanged(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		page := func(path string, want, not string) {
			t.Helper()
			got := s.do(t, authz.Coordination, ask(path))
			if !strings.Contains(got.body, want) || not != "" && strings.Contains(got.body, not) {
				t.Errorf("%s: %d, want %q and not %q", path, got.status, want, not)
			}
		}
		for range 2 {
			page("/xa/02389", "Chưa có số liệu nào được sửa", "71,23")
			page("/xa/02407", "Chưa có số liệu nào được sửa", "71,23")
		}
		s.world.Clock.Set(2024, 10, 2, 9)
		s.enter(t, authz.Coordination) // the session of yesterday has ended
		s.world.Findings(t, "sua.csv", []byte("commune,set,indicator,period,value\n02389,xa-ntm-2021-2025,17.10,2024-H1,71.23\n"))
		viewtest.Must(t, s.server.CatchUp(ctx))
		for range 2 {
			page("/xa/02389", "71,23", "Chưa có số liệu nào được sửa")
			page("/xa/02407", "Chưa có số liệu nào được sửa", "71,23")
			page("/xa/02389?biet-den=2024-09-30", "Chưa có số liệu nào được sửa", "71,23")
		}
		var all []recognition.Title
		viewtest.Must(t, s.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
			all, err = s.app.Recognition.List(ctx, tx, tx.Position())
			return err
		}))
		for _, title := range all {
			if title.Place == "02389.1" {
				title.ID, title.Number, title.Level = "", "4711/QĐ-UBND", "ntm-nang-cao"
				title.DecidedOn, title.From = day.Of(2024, 9, 20), day.Of(2024, 9, 20)
				cmd := recognition.Import{File: "them.csv", Titles: []recognition.Title{title}}
				s.world.Write(t, cmd.Command, func(ctx context.Context, tx *db.Tx) error {
					_, err := s.app.Recognition.Import(ctx, tx, cmd)
					return err
				})
				break
			}
		}
		viewtest.Must(t, s.server.CatchUp(ctx))
		for range 2 {
			page("/xa/02389", "4711/QĐ-UBND", "")
			page("/xa/02389?biet-den=2024-09-30", "Xã Minh Dân", "4711/QĐ-UBND")
		}
	})
}
