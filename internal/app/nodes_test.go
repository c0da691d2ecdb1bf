package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/app"
	"giuchuan/internal/feature/review"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
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

// node is one server with a database handle and a board of its own, which
// follows the journal as a running server does.
type node struct {
	app    *app.App
	server *app.Server
	rounds *round.Service
}

// newNode is another server on the data of a site; look is how often it looks at
// the journal by itself, 0 = as usual.
func (s *site) newNode(t *testing.T, look time.Duration) *node {
	t.Helper()
	ctx := context.Background()
	a, err := app.Open(ctx, s.config)
	viewtest.Must(t, err)
	t.Cleanup(func() { viewtest.Must(t, a.Close()) })
	server, err := a.NewServer(ctx, app.ServerConfig{Province: viewtest.Province, Listen: s.host, Demo: true, Log: io.Discard, FollowFor: look})
	viewtest.Must(t, err)
	return &node{a, server, a.Rounds(viewtest.Province)}
}

// follow lets a node follow by itself until the test ends.
func (n *node) follow(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		n.server.Follow(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-done
	})
}

// position is the last entry of the journal.
func (n *node) position(t *testing.T) (at int64) {
	t.Helper()
	viewtest.Must(t, n.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		at = tx.Position()
		return nil
	}))
	return at
}

// reach waits until a node has taken in an entry by itself.
func (n *node) reach(t *testing.T, position int64) {
	t.Helper()
	for limit := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		at, _ := n.server.Board().Position()
		if at >= position {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("after 10 s a node stands at %d, the journal at %d", at, position)
		}
	}
}

// shown is everything the board of a node holds: the standing with every verdict
// and value, and every sheet of every round with where each quantity stands.
func (n *node) shown(t *testing.T, on day.Day) string {
	t.Helper()
	b := n.server.Board()
	s, err := b.Standing(context.Background(), on)
	viewtest.Must(t, err)
	var out bytes.Buffer
	for _, a := range s.Sets {
		viewtest.Must(t, a.Report(nil).WriteJSON(&out))
	}
	for _, r := range b.Rounds() {
		fmt.Fprintln(&out, r.ID, r.Period, r.Name, r.Closed, r.Opened, r.SendBy, r.VerifyBy, r.ConfirmBy, r.Entry)
		for _, s := range b.Sheets(r.ID) {
			printRows(&out, s.Place, s.Sets, s.Rows)
		}
	}
	return out.String()
}

// recomputed is the same from SQL alone.
func (n *node) recomputed(t *testing.T, on day.Day) string {
	t.Helper()
	var out bytes.Buffer
	ctx := context.Background()
	viewtest.Must(t, n.app.DB.Read(ctx, func(tx *db.Tx) error {
		all, err := n.app.Review.Standing(ctx, tx, review.Ask{On: on, Known: tx.Position(), Province: viewtest.Province})
		if err != nil {
			return err
		}
		for _, a := range all {
			if err := a.Report(nil).WriteJSON(&out); err != nil {
				return err
			}
		}
		rounds, err := n.rounds.Rounds(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range rounds {
			fmt.Fprintln(&out, r.ID, r.Period, r.Name, r.Closed, r.Opened, r.SendBy, r.VerifyBy, r.ConfirmBy, r.Entry)
			sheets, err := n.rounds.Sheets(ctx, tx, &r)
			if err != nil {
				return err
			}
			for i := range sheets {
				rows, err := n.rounds.Rows(ctx, tx, &sheets[i])
				if err != nil {
					return err
				}
				printRows(&out, sheets[i].Place, sheets[i].Sets, rows)
			}
		}
		return nil
	}))
	return out.String()
}

func printRows(out io.Writer, place int32, sets []string, rows map[int32]round.Row) {
	fmt.Fprintln(out, place, sets)
	for _, k := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(out, "  %d %+v\n", k, rows[k])
	}
}

// eachPair runs a body on two nodes over one database of each engine: two
// servers on PostgreSQL; on SQLite two programs on one file, as when somebody
// works at the command line beside the server.
func eachPair(t *testing.T, body func(t *testing.T, s *site, nodes []*node)) {
	t.Helper()
	eachSite(t, func(t *testing.T, s *site) {
		first := &node{s.app, s.server, s.app.Rounds(viewtest.Province)}
		body(t, s, []*node{first, s.newNode(t, 0)})
	})
}

// agree wants every node to get by itself to the journal's end, and then to show
// what is computed from SQL.
func agree(t *testing.T, nodes []*node, on day.Day) {
	t.Helper()
	at := nodes[0].position(t)
	want := nodes[at%2].recomputed(t, on)
	for i, n := range nodes {
		n.reach(t, at)
		if got := n.shown(t, on); got != want {
			t.Fatalf("at entry %d node %d differs from the record: %s", at, i+1, parting(got, want))
		}
	}
}

// TestTwoNodesAgreeWithTheRecord lets several people edit at random through the
// services of two nodes at the same time. Again and again they stop, and each
// node must then show, of every verdict, round and sheet, what is computed from
// SQL; in the end also what a server shows that has only just read everything,
// and both the same on every page.
func TestTwoNodesAgreeWithTheRecord(t *testing.T) {
	edits, compare := 3_000, 6
	if os.Getenv("GIUCHUAN_SOAK") != "" {
		edits, compare = 100_000, 100
	}
	eachPair(t, func(t *testing.T, s *site, nodes []*node) {
		from := draw(t, nodes[0])
		var people []*editor
		for i := range 4 {
			people = append(people, &editor{node: nodes[i%2], drawn: from, rng: rand.New(rand.NewPCG(uint64(i), 3)), done: map[string]int{}})
		}
		for _, n := range nodes {
			n.follow(t)
			n.reach(t, n.position(t))
		}
		for round := range compare {
			if round == compare/2 {
				people[1].end(from.open[1]) // what follows in it is correction
			}
			run(t, people, edits/compare)
			agree(t, nodes, []day.Day{viewtest.Today(), day.Of(2025, time.February, 1)}[round%2])
		}
		for i := range 3 * len(kinds()) { // and edit by edit: what one leaves out the next would make good
			e, k := people[i%4], kinds()[i/3]
			for want := e.accepted + 1; e.accepted < want && e.failed == nil; {
				k.try(e)
			}
			viewtest.Must(t, e.failed)
			agree(t, nodes, viewtest.Today())
		}
		done := tally(people)
		t.Logf("%d edits: %v", edits, done)
		for _, name := range everyEdit() {
			if done[name] == 0 {
				t.Errorf("no %s was accepted", name)
			}
		}
		third := s.newNode(t, 0)
		viewtest.Must(t, third.server.CatchUp(context.Background()))
		if got, want := third.shown(t, viewtest.Today()), nodes[1].shown(t, viewtest.Today()); got != want {
			t.Errorf("a node that followed differs from one that has only just read: %s", parting(want, got))
		}
		cookie := s.cookie[authz.ProvinceLeader]
		one := pagesOf(t, nodes[0].server, s.host, cookie)
		for i, n := range []*node{nodes[1], third} {
			for path, page := range pagesOf(t, n.server, s.host, cookie) {
				if page != one[path] {
					t.Errorf("node %d differs from the first at %s: %s", i+2, path, parting(one[path], page))
				}
			}
		}
	})
}

// everyEdit names the commands that editors try.
func everyEdit() []string {
	return []string{
		"review.save", "review.import", "review.carry", "review.send", "review.verify", "review.confirm", "review.return",
		"review.ask", "review.answer", "review.spotcheck", "recognition.import", "recognition.end", "criteria.decide",
		"round.deadlines", "round.close",
	}
}

// tally adds up what several editors did.
func tally(all []*editor) map[string]int {
	done := map[string]int{}
	for _, e := range all {
		for name, n := range e.done {
			done[name] += n
		}
	}
	return done
}

// run makes all editors edit at the same time, until so many edits were accepted.
func run(t *testing.T, all []*editor, edits int) {
	t.Helper()
	var wait sync.WaitGroup
	for _, e := range all {
		wait.Go(func() {
			for want := e.accepted + edits/len(all); e.accepted < want && e.failed == nil; {
				e.step()
			}
		})
	}
	wait.Wait()
	for _, e := range all {
		viewtest.Must(t, e.failed)
	}
}

// TestNodesHearOfEachOther is two servers over one PostgreSQL that never look at
// the journal by themselves: what is entered at one the other shows nevertheless.
func TestNodesHearOfEachOther(t *testing.T) {
	s := newSite(t, dbtest.NewPostgres(t))
	other := s.newNode(t, time.Hour)
	other.follow(t)
	first := &node{s.app, s.server, s.app.Rounds(viewtest.Province)}
	other.reach(t, first.position(t))
	var slowest time.Duration
	for i := range 20 {
		at := s.world.Findings(t, "sua.csv", fmt.Appendf(nil, "commune,set,indicator,period,value\n02407,xa-ntm-2021-2025,10,2024-H1,%d\n", 50+i))
		began := time.Now()
		other.reach(t, at)
		slowest = max(slowest, time.Since(began))
	}
	t.Logf("the slowest of 20 changes was shown by the other node after %s", slowest)
}
