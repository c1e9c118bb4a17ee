package stm

import (
	"fmt"
	"sync"
	"testing"

	anacrolix "github.com/anacrolix/stm"
)

// BenchmarkHandOff is one round trip between two goroutines: each waits for the other's change.
func BenchmarkHandOff(b *testing.B) {
	b.Run("impl=gilt", func(b *testing.B) {
		b.ReportAllocs()
		turn := NewVar(0)
		done := make(chan struct{})
		play := func(me, other int) {
			for range b.N {
				Atomically(VoidOperation(func(tx *Tx) {
					tx.Assert(turn.Get(tx) == me)
					turn.Set(tx, other)
				}))
			}
		}
		go func() {
			defer close(done)
			play(1, 0)
		}()
		play(0, 1)
		<-done
	})
	b.Run("impl=anacrolix", func(b *testing.B) {
		b.ReportAllocs()
		turn := anacrolix.NewVar(0)
		done := make(chan struct{})
		play := func(me, other int) {
			for range b.N {
				anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) {
					tx.Assert(turn.Get(tx) == me)
					turn.Set(tx, other)
				}))
			}
		}
		go func() {
			defer close(done)
			play(1, 0)
		}()
		play(0, 1)
		<-done
	})
	b.Run("impl=channel", func(b *testing.B) {
		ping, pong := make(chan int), make(chan int)
		go func() {
			for v := range ping {
				pong <- v
			}
		}()
		for range b.N {
			ping <- 1
			<-pong
		}
		close(ping)
	})
	b.Run("impl=cond", func(b *testing.B) {
		var mu sync.Mutex
		c, turn := sync.NewCond(&mu), 0
		done := make(chan struct{})
		play := func(me, other int) {
			for range b.N {
				mu.Lock()
				for turn != me {
					c.Wait()
				}
				turn = other
				c.Signal()
				mu.Unlock()
			}
		}
		go func() {
			defer close(done)
			play(1, 0)
		}()
		play(0, 1)
		<-done
	})
}

// BenchmarkProducerConsumer sends values through a buffer of 64, one transaction for each end of each value
// (of one, with anacrolix: it has no queue).
func BenchmarkProducerConsumer(b *testing.B) {
	const room = 64
	run := func(b *testing.B, put func(i int), take func() int) {
		b.ReportAllocs()
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := range b.N {
				put(i)
			}
		}()
		for i := range b.N {
			if v := take(); v != i {
				panic(fmt.Sprintf("value %d is %d", i, v))
			}
		}
		<-done
	}
	b.Run("impl=gilt-chan", func(b *testing.B) {
		c := NewChan[int](room)
		run(b, func(i int) { Atomically(VoidOperation(func(tx *Tx) { c.Send(tx, i) })) },
			func() int { return Atomically(func(tx *Tx) int { v, _ := c.Recv(tx); return v }) })
	})
	b.Run("impl=gilt-queue", func(b *testing.B) {
		q := NewQueue[int]()
		run(b, func(i int) { Atomically(VoidOperation(func(tx *Tx) { q.Put(tx, i) })) },
			func() int { return Atomically(q.Take) })
	})
	b.Run("impl=anacrolix", func(b *testing.B) {
		n, slot := anacrolix.NewVar(0), anacrolix.NewVar(0)
		run(b, func(i int) {
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
		})
	})
	b.Run("impl=channel", func(b *testing.B) {
		c := make(chan int, room)
		run(b, func(i int) { c <- i }, func() int { return <-c })
	})
}
