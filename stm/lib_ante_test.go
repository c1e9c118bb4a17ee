package stm

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

// TestHerd: a thousand goroutines sleep for the same Var, each wake-up serves one; all get through, and the
// antechamber is empty afterwards.
func TestHerd(t *testing.T) {
	s := newTestSystem(t, Options{})
	n := 1000
	if testing.Short() {
		n = 200
	}
	tokens, taken := NewVar(0), NewVar(0)
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				v := tokens.Get(tx)
				tx.Assert(v > 0)
				tokens.Set(tx, v-1)
				taken.Set(tx, taken.Get(tx)+1)
			}))
		}()
	}
	for range n {
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			v := tokens.Get(tx)
			tx.Assert(v < 10)
			tokens.Set(tx, v+1)
		}))
	}
	wg.Wait()
	if got := AtomicGetIn(s, taken); got != n {
		t.Errorf("%d of %d", got, n)
	}
	a := &s.pool.Load().ante
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.out != 0 || a.first != len(a.queue) {
		t.Errorf("antechamber: %d out, %d queued", a.out, len(a.queue)-a.first)
	}
}

// TestAntechamberOvertime: those who were let out and block elsewhere do not keep the others in.
func TestAntechamberOvertime(t *testing.T) {
	s := newTestSystem(t, Options{})
	x, open := NewVar(0), make(chan struct{})
	places := s.goPool().ante.places
	n := 3 * places
	var wg sync.WaitGroup
	arrived := make(chan struct{}, n)
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				tx.Assert(x.Get(tx) == 1)
				arrived <- struct{}{}
				<-open // the operation blocks outside
			}))
		}()
	}
	for len(s.Blocked()) < n {
		time.Sleep(100 * time.Microsecond)
	}
	AtomicSetIn(s, x, 1)
	for range n {
		select {
		case <-arrived:
		case <-time.After(20 * time.Second):
			t.Fatal("stuck in the antechamber")
		}
	}
	close(open)
	wg.Wait()
}

// TestPoolReuses: descriptors are reused, not made for every call.
func TestPoolReuses(t *testing.T) {
	s := newTestSystem(t, Options{})
	x := NewVar(0)
	for range 1000 {
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				AtomicModifyIn(s, x, func(n int) int { return n + 1 })
			}()
		}
		wg.Wait()
	}
	if n := len(s.txs); n > 4+perProcessor*runtime.GOMAXPROCS(0)+keptInSlots {
		t.Errorf("%d descriptors for 4 goroutines", n)
	}
	if AtomicGetIn(s, x) != 4000 {
		t.Error("lost updates")
	}
}
