package app_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"giuchuan/internal/app"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/dbtest"
	"giuchuan/internal/view/viewtest"
)

// pagesOf reads what a node shows a leader. The node follows the journal first,
// as a running server does by itself.
func pagesOf(t *testing.T, s *app.Server, host, cookie string) map[string]string {
	t.Helper()
	viewtest.Must(t, s.CatchUp(context.Background()))
	out := map[string]string{}
	for _, path := range []string{"/tong-quan", "/ban-do", "/ma-tran?muc=moi-xa", "/ma-tran?tieu-chi=15", "/ma-tran/bang.csv?muc=moi-xa", "/huyen/074", "/xa/02389", "/xa/02407"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = host
		r.Header.Set("Cookie", "giuchuan="+cookie)
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if rec.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, rec.Code)
		}
		out[path] = rec.Body.String()
	}
	return out
}

// TestTwoNodesShowTheSame runs two servers, each with a database handle and a
// board of its own, over one PostgreSQL. Edits go through either, at random;
// after each batch both show the same on every page, and in the end what a
// server shows that has only just read everything.
func TestTwoNodesShowTheSame(t *testing.T) {
	batches, edits := 8, 25
	if os.Getenv("GIUCHUAN_SOAK") != "" {
		batches, edits = 500, 200
	}
	url := dbtest.NewPostgres(t)
	first := newSite(t, url)
	node := func() (*app.App, *app.Server) {
		ctx := context.Background()
		a, err := app.Open(ctx, app.Config{Database: url, Clock: first.world.Clock.Now, Today: viewtest.Today()})
		viewtest.Must(t, err)
		t.Cleanup(func() { viewtest.Must(t, a.Close()) })
		s, err := a.NewServer(ctx, app.ServerConfig{Province: viewtest.Province, Listen: first.host, Demo: true, Log: io.Discard})
		viewtest.Must(t, err)
		return a, s
	}
	b, second := node()
	worlds := []*viewtest.World{first.world, {
		DB: b.DB, Law: b.Law, Places: b.Places, Criteria: b.Criteria, Recognition: b.Recognition, Review: b.Review, Clock: first.world.Clock,
	}}
	cookie := first.cookie[authz.ProvinceLeader]
	rng := rand.New(rand.NewPCG(1, 7))
	communes := []string{"02389", "02392", "02407", "02410", "02419", "02476", "02251", "02254"}
	for batch := range batches {
		for range edits {
			row := fmt.Sprintf("%s,xa-ntm-2021-2025,%s,2024-H1,%d.%d\n", communes[rng.IntN(len(communes))],
				[]string{"2.1", "10", "15.1", "17.6", "3.1"}[rng.IntN(5)], rng.IntN(100), rng.IntN(10))
			worlds[rng.IntN(2)].Findings(t, "sua.csv", []byte("commune,set,indicator,period,value\n"+row))
		}
		one, two := pagesOf(t, first.server, first.host, cookie), pagesOf(t, second, first.host, cookie)
		for path := range one {
			if one[path] != two[path] {
				t.Fatalf("batch %d: the nodes differ at %s: %s", batch, path, parting(one[path], two[path]))
			}
		}
	}
	_, third := node()
	fresh, followed := pagesOf(t, third, first.host, cookie), pagesOf(t, first.server, first.host, cookie)
	for path := range fresh {
		if fresh[path] != followed[path] {
			t.Errorf("a node that followed differs at %s from one that has only just read: %s", path, parting(followed[path], fresh[path]))
		}
	}
}
