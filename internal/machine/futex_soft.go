package machine

// Futexes without the kernel: a queue under a mutex, with the same contract. It stands in where the kernel has none that Go can
// reach, and where the threads that wait are better off as goroutines: Go's scheduler learns at once that such a thread waits,
// and gives its processor to another, which in a system call it does when it finds out, up to 20 ms later.

import (
	"sync"
	"sync/atomic"
	"time"
)

// softQueue is the queue of a Futex's waiters, the longest wait first.
type softQueue struct {
	mu      sync.Mutex
	waiters []chan struct{}
}

func (q *softQueue) wait(word *atomic.Uint32, val uint32, ns int64) futexResult {
	q.mu.Lock()
	if word.Load() != val {
		q.mu.Unlock()
		return futexChanged
	}
	c := make(chan struct{}, 1)
	q.waiters = append(q.waiters, c)
	q.mu.Unlock()
	if ns < 0 {
		<-c
		return futexWoken
	}
	t := time.NewTimer(time.Duration(ns))
	defer t.Stop()
	select {
	case <-c:
		return futexWoken
	case <-t.C:
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, w := range q.waiters {
		if w == c {
			q.waiters = append(q.waiters[:i], q.waiters[i+1:]...)
			return futexTimeout
		}
	}
	return futexWoken // a waker has taken us off the queue
}

func (q *softQueue) wake(_ *atomic.Uint32, n int) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n = min(n, len(q.waiters))
	for _, c := range q.waiters[:n] {
		c <- struct{}{}
	}
	q.waiters = append(q.waiters[:0], q.waiters[n:]...)
	return n
}
