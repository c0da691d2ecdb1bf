package app_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/view/viewtest"
)

// late is a form that is handed over only after something else happened; the
// server asks for it once it knows who sends it.
type late struct {
	io.Reader
	before func()
}

// Read lets the other thing happen first.
func (l *late) Read(b []byte) (int, error) {
	l.before()
	return l.Reader.Read(b)
}

// meanwhile sends a form as a role; between the moment the person is known and
// the moment the form is read something else happens.
func (s *site) meanwhile(t *testing.T, as authz.Role, r request, happens func()) int {
	t.Helper()
	q, err := http.NewRequest(r.method, s.base+r.path, &late{strings.NewReader(r.body), sync.OnceFunc(happens)})
	viewtest.Must(t, err)
	q.Header.Set("Content-Type", r.kind)
	q.Header.Set("Cookie", "giuchuan="+s.cookie[as])
	q.Header.Set("Expect", "100-continue")
	c := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: 1 << 40}, CheckRedirect: s.client.CheckRedirect}
	defer c.CloseIdleConnections()
	res, err := c.Do(q)
	viewtest.Must(t, err)
	viewtest.Must(t, res.Body.Close())
	return res.StatusCode
}

// What a person may do is asked again when it is recorded: an agency whose
// criterion is given to another while its request is under way records nothing.
func TestADutyThatEndsWhileARequestIsUnderWay(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site) {
		verify := post("/bo-tieu-chi/"+ntmSet+"/15/doi-chieu", "ma", "15.1", "muc", "*")
		undo := post("/bo-tieu-chi/"+ntmSet+"/15/bo-doi-chieu", "ma", "15.1", "muc", "*")
		if got := s.meanwhile(t, authz.InCharge, verify, func() {}); got != http.StatusSeeOther {
			t.Fatalf("the agency in charge: %d", got)
		}
		before, _ := s.record(t)
		got := s.meanwhile(t, authz.InCharge, undo, func() {
			one := s.do(t, authz.Coordination, ask("/phan-cong/"+ntmSet+"/15"))
			id := regexp.MustCompile(`name="ma-phan-cong" value="([0-9a-v]+)"`).FindStringSubmatch(one.body)
			if id == nil {
				t.Error("the duty cannot be ended")
				return
			}
			ended := s.do(t, authz.Coordination, post("/phan-cong/ket-thuc", "ma-phan-cong", id[1], "ngay-cuoi", "30/09/2024", "ly-do", "13/QĐ-UBND"))
			if ended.status != http.StatusSeeOther {
				t.Errorf("ending the duty: %d", ended.status)
			}
		})
		if after, _ := s.record(t); got != http.StatusForbidden || after != before+1 {
			t.Errorf("answered %d, %d entries", got, after-before)
		}
	})
}
