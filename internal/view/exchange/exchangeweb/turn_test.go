package exchangeweb

import (
	"context"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// Few files are read at once; who waits too long is told to come again.
func TestFewFilesAreReadAtOnce(t *testing.T) {
	h := New(Options{})
	var last func()
	for range atOnce {
		done, err := h.turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		last = done
	}
	tired, leave := context.WithCancel(t.Context())
	leave()
	if _, err := h.turn(tired); !fault.Is(err, fault.Unavailable) {
		t.Errorf("one more file: %v", err)
	}
	last()
	if _, err := h.turn(t.Context()); err != nil {
		t.Errorf("after one was read: %v", err)
	}
}
