package rate

import (
	"context"
	"testing"
	"time"

	"gilt/stm"
)

func TestEvery(t *testing.T) {
	for d, want := range map[time.Duration]Limit{0: Inf, -1: Inf, time.Second: 1, 2 * time.Second: 0.5, time.Millisecond: 1000} {
		if got := Every(d); got != want {
			t.Errorf("Every(%v) is %v, want %v", d, got, want)
		}
	}
}

// TestBurst: as many as the bucket holds, then none until the rate has brought more.
func TestBurst(t *testing.T) {
	l := NewLimiter(Every(time.Hour), 3)
	for i, want := range []bool{true, true, true, false} {
		if got := l.Allow(); got != want {
			t.Errorf("%d: %v", i, got)
		}
	}
	// Part of a transaction that is given up: nothing is taken.
	l = NewLimiter(Every(time.Hour), 1)
	if !stm.WouldBlock(stm.VoidOperation(func(tx *stm.Tx) {
		if !l.AllowStm(tx) {
			t.Error("no token")
		}
		tx.Retry()
	})) || !l.Allow() || l.AllowN(1) {
		t.Error("tokens were taken by a transaction that did not commit, or twice")
	}
	// Time goes by: it is the transaction's now that counts.
	now := l.now()
	take := func(n int, after time.Duration) bool {
		return stm.Atomically(func(tx *stm.Tx) bool { return l.take(tx, n, now+after) })
	}
	if take(1, 59*time.Minute) || !take(1, 61*time.Minute) || take(1, 100*time.Minute) || take(2, 100*time.Hour) || !take(1, 100*time.Hour) {
		t.Error("tokens come at the wrong rate")
	}
	for range 100 {
		if !NewLimiter(Inf, 0).AllowN(1000) {
			t.Error("Inf limits")
		}
	}
}

func TestWait(t *testing.T) {
	ctx := context.Background()
	l := NewLimiter(1000, 1)
	start := time.Now()
	for range 6 {
		if err := l.Wait(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if d := time.Since(start); d < 4*time.Millisecond {
		t.Errorf("5 tokens at 1000 a second after %v", d)
	}
	if err := l.WaitN(ctx, 2); err == nil {
		t.Error("more than the burst")
	}
	slow := NewLimiter(Every(time.Hour), 1)
	slow.Allow()
	soon, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := slow.Wait(soon); err != context.DeadlineExceeded || time.Since(start) > time.Minute {
		t.Errorf("cannot be in time: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	go cancel()
	if err := slow.Wait(gone); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}
