package stm

import (
	"fmt"
	"sync"
	"testing"
	"time"

	anacrolix "github.com/anacrolix/stm"
)

// Workloads of two goroutines that wait for each other.

// BenchmarkHandOff is one round trip between two goroutines: each waits for the other's change.
func BenchmarkHandOff(b *testing.B) { benchPairs(b, handOffs()) }

// BenchmarkProducerConsumer sends values through a buffer of 64, one transaction for each end of each value
// (of one, with anacrolix: it has no queue).
func BenchmarkProducerConsumer(b *testing.B) { benchPairs(b, producersConsumers()) }

// benchPairs reports, as BenchmarkLibrary does, the fastest batch too.
func benchPairs(b *testing.B, all []*contestant) {
	const batch = 500
	for _, c := range all {
		b.Run("impl="+c.impl, func(b *testing.B) {
			b.ReportAllocs()
			best := time.Hour
			for n := b.N; n > 0; n -= batch {
				t := time.Now()
				c.run(min(n, batch))
				if n >= batch {
					best = min(best, time.Since(t))
				}
			}
			if b.N >= batch {
				b.ReportMetric(float64(best.Nanoseconds())/batch, "min-ns/op")
			}
		})
	}
}

func pairWorks() [][]*contestant { return [][]*contestant{handOffs(), producersConsumers()} }

// turns makes a contestant of a function that waits until it is me's turn, and then makes it other's.
func turns(impl string, play func(me, other int)) *contestant {
	return &contestant{work: "handoff", impl: impl, goroutines: 2, run: func(n int) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			for range n {
				play(1, 0)
			}
		}()
		for range n {
			play(0, 1)
		}
		<-done
	}}
}

func handOffs() []*contestant {
	turn, other := NewVar(0), anacrolix.NewVar(0)
	var mu sync.Mutex
	cond, now := sync.NewCond(&mu), 0
	ping, pong := make(chan int), make(chan int)
	return []*contestant{
		turns("gilt", func(me, next int) {
			Atomically(VoidOperation(func(tx *Tx) {
				tx.Assert(turn.Get(tx) == me)
				turn.Set(tx, next)
			}))
		}),
		turns("anacrolix", func(me, next int) {
			anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) {
				tx.Assert(other.Get(tx) == me)
				other.Set(tx, next)
			}))
		}),
		turns("mutex", func(me, next int) { // with a condition variable
			mu.Lock()
			for now != me {
				cond.Wait()
			}
			now = next
			cond.Signal()
			mu.Unlock()
		}),
		turns("channel", func(me, _ int) {
			if me == 0 {
				ping <- 1
				<-pong
			} else {
				<-ping
				pong <- 1
			}
		}),
	}
}

// passes makes a contestant of the two ends of a buffer.
func passes(impl string, put func(i int), take func() int) *contestant {
	return &contestant{work: "producer", impl: impl, goroutines: 2, run: func(n int) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := range n {
				put(i)
			}
		}()
		for i := range n {
			if v := take(); v != i {
				panic(fmt.Sprintf("value %d is %d", i, v))
			}
		}
		<-done
	}}
}

func producersConsumers() []*contestant {
	const room = 64
	c, q := NewChan[int](room), NewQueue[int]()
	n, slot := anacrolix.NewVar(0), anacrolix.NewVar(0)
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	var ring [room]int
	put, taken := 0, 0
	ch := make(chan int, room)
	return []*contestant{
		passes("gilt", func(i int) { Atomically(VoidOperation(func(tx *Tx) { c.Send(tx, i) })) },
			func() int { return Atomically(func(tx *Tx) int { v, _ := c.Recv(tx); return v }) }),
		passes("gilt-queue", func(i int) { Atomically(VoidOperation(func(tx *Tx) { q.Put(tx, i) })) },
			func() int { return Atomically(q.Take) }),
		passes("anacrolix", func(i int) {
			anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) {
				tx.Assert(n.Get(tx) < 1)
				n.Set(tx, n.Get(tx)+1)
				slot.Set(tx, i)
			}))
		}, func() int {
			return anacrolix.Atomically(func(tx *anacrolix.Tx) int {
				tx.Assert(n.Get(tx) > 0)
				n.Set(tx, n.Get(tx)-1)
				return slot.Get(tx)
			})
		}),
		passes("mutex", func(i int) { // with a condition variable
			mu.Lock()
			for put-taken == room {
				cond.Wait()
			}
			ring[put%room] = i
			put++
			cond.Signal()
			mu.Unlock()
		}, func() int {
			mu.Lock()
			for put == taken {
				cond.Wait()
			}
			v := ring[taken%room]
			taken++
			cond.Signal()
			mu.Unlock()
			return v
		}),
		passes("channel", func(i int) { ch <- i }, func() int { return <-ch }),
	}
}
