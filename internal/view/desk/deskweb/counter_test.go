package deskweb_test

import (
	"context"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/view/desk"
	"giuchuan/internal/view/viewtest"
)

// The navigation's count costs nothing while nothing changes, and follows the
// board when something does.
func TestCounterFollowsTheBoard(t *testing.T) {
	s := demo(t)
	c := desk.NewCounter(s.desk)
	ask := func(who authz.Subject) *desk.Inbox {
		t.Helper()
		x, err := c.Inbox(context.Background(), desk.Person{Subject: who, Today: s.today})
		viewtest.Must(t, err)
		return x
	}
	before := ask(hamyen)
	if ask(hamyen) != before {
		t.Error("computed again though nothing changed")
	}
	s.sent()
	after := ask(hamyen)
	if after == before || len(after.Tasks) != len(before.Tasks)+1 {
		t.Errorf("%d tasks, then %d", len(before.Tasks), len(after.Tasks))
	}
	fewer := hamyen
	fewer.Grants = nil
	if got := ask(fewer); len(got.Tasks) != 0 {
		t.Errorf("%d tasks without a role", len(got.Tasks))
	}
}
