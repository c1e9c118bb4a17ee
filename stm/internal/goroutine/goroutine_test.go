package goroutine

import (
	"runtime"
	"sync"
	"testing"
)

// TestID: one identity per living goroutine, the same before and after it was suspended and its stack was moved.
func TestID(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("no identities here")
	}
	const n = 100
	ids := make([]uintptr, n)
	var all, done sync.WaitGroup
	all.Add(n)
	done.Add(n)
	for i := range n {
		go func() {
			defer done.Done()
			ids[i] = ID()
			all.Done()
			all.Wait() // all live at once
			if deep(2000) != 2000 || ID() != ids[i] {
				t.Error("the identity has changed")
			}
		}()
	}
	done.Wait()
	seen := map[uintptr]bool{}
	for _, id := range ids {
		if id == 0 || seen[id] {
			t.Fatalf("identity %#x is zero or not unique", id)
		}
		seen[id] = true
	}
}

func deep(n int) int {
	var frame [64]byte
	if n == 0 {
		return int(frame[0])
	}
	runtime.Gosched()
	return deep(n-1) + 1
}

// TestPin: a pinned goroutine has its processor's number.
func TestPin(t *testing.T) {
	n := Pin()
	Unpin()
	if n < 0 || n >= runtime.GOMAXPROCS(0) {
		t.Fatalf("processor %d of %d", n, runtime.GOMAXPROCS(0))
	}
}
