package stm_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"gilt/stm"
)

// Two accounts: money is never in both, nor in none, whoever looks when.
func Example() {
	alice, bob := stm.NewVar(100), stm.NewVar(0)
	transfer := func(from, to *stm.Var[int], amount int) {
		stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
			tx.Assert(from.Get(tx) >= amount) // sleeps until there is enough
			from.Set(tx, from.Get(tx)-amount)
			to.Set(tx, to.Get(tx)+amount)
		}))
	}
	var wg sync.WaitGroup
	for range 10 {
		wg.Add(2)
		go func() { defer wg.Done(); transfer(alice, bob, 20) }()
		go func() { defer wg.Done(); transfer(bob, alice, 20) }()
	}
	wg.Wait()
	fmt.Println(stm.AtomicGet(alice), stm.AtomicGet(bob))
	// Output: 100 0
}

// The first alternative that does not have to wait is taken.
func ExampleSelect() {
	coffee, tea := stm.NewVar(0), stm.NewVar(2)
	drink := func(name string, v *stm.Var[int]) stm.Operation[string] {
		return func(tx *stm.Tx) string {
			tx.Assert(v.Get(tx) > 0)
			v.Set(tx, v.Get(tx)-1)
			return name
		}
	}
	fmt.Println(stm.Atomically(stm.Select(drink("coffee", coffee), drink("tea", tea))))
	fmt.Println(stm.AtomicGet(tea))
	// Output:
	// tea
	// 1
}

// An inner operation that fails is taken back; the outer one goes on.
func ExampleNest() {
	x := stm.NewVar(1)
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		_, err := stm.Nest(tx, func(tx *stm.Tx) (int, error) {
			x.Set(tx, 2)
			return 0, errors.New("changed my mind")
		})
		fmt.Println(err, x.Get(tx))
	}))
	// Output: changed my mind 1
}

// A transaction that waits can be cancelled.
func ExampleAtomicallyContext() {
	ready := stm.NewVar(false)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err := stm.AtomicallyContext(ctx, func(tx *stm.Tx) int {
		tx.Assert(ready.Get(tx))
		return 1
	})
	fmt.Println(err)
	// Output: context deadline exceeded
}

// Effects belong into commit hooks: the operation may run several times, they happen once.
func ExampleTx_OnCommit() {
	orders := stm.NewVar(0)
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		n := orders.Get(tx) + 1
		orders.Set(tx, n)
		tx.OnCommit(func() { fmt.Println("order", n, "is on its way") })
	}))
	// Output: order 1 is on its way
}

// Setting an equal value disturbs nobody and wakes nobody: here the reader need not run again.
func ExampleNewBuiltinEqVar() {
	state, runs := stm.NewBuiltinEqVar("idle"), 0
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		runs++
		state.Get(tx)
		done := make(chan bool)
		go func() { stm.AtomicSet(state, "idle"); close(done) }()
		<-done
	}))
	fmt.Println(runs)
	// Output: 1
}

// An irrevocable transaction runs once and may do what cannot be taken back.
func ExampleAtomicallyIrrevocable() {
	log := stm.NewVar(0)
	stm.AtomicallyIrrevocable(stm.VoidOperation(func(tx *stm.Tx) {
		fmt.Println("entry", log.Get(tx))
		log.Set(tx, log.Get(tx)+1)
	}))
	// Output: entry 0
}

// Read-only transactions see one state of everything, however long they are, and keep no log of it.
func ExampleView() {
	var prices [3]stm.Var[int] // zero Vars are ready for use
	for i := range prices {
		stm.AtomicSet(&prices[i], 10*i)
	}
	fmt.Println(stm.View(func(tx *stm.Tx) (sum int) {
		for i := range prices {
			sum += prices[i].Get(tx)
		}
		return sum
	}))
	// Output: 30
}

// Who waits for what.
func ExampleSystem_DumpBlocked() {
	s, err := stm.NewSystem(stm.Options{})
	if err != nil {
		panic(err)
	}
	tickets := stm.NewVar(0).Named("tickets")
	done := make(chan bool)
	go func() {
		stm.AtomicallyIn(s, stm.VoidOperation(func(tx *stm.Tx) { tx.Assert(tickets.Get(tx) > 0) }))
		close(done)
	}()
	for len(s.Blocked()) == 0 {
		time.Sleep(time.Millisecond)
	}
	for _, b := range s.Blocked() {
		fmt.Println(b.Vars)
	}
	stm.AtomicSetIn(s, tickets, 1)
	<-done
	_ = s.DumpBlocked(os.Stdout) // nothing any more
	// Output: [tickets]
}

// Operations on different keys do not conflict, and several containers can change together.
func ExampleMap() {
	stock, orders := stm.NewMap[string, int](), stm.NewQueue[string]()
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) { stock.Set(tx, "nut", 3) }))
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		n, _ := stock.Get(tx, "nut")
		tx.Assert(n > 0)
		stock.Set(tx, "nut", n-1)
		orders.Put(tx, "nut")
	}))
	left := stm.Atomically(func(tx *stm.Tx) int { n, _ := stock.Get(tx, "nut"); return n })
	fmt.Println(left, stm.Atomically(orders.Take))
	// Output: 2 nut
}

// A sorted map, with ranges.
func ExampleOrderedMap() {
	m := stm.NewOrderedMap[int, string]()
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		for i, s := range []string{"zero", "one", "two", "three"} {
			m.Set(tx, i, s)
		}
	}))
	stm.View(stm.VoidOperation(func(tx *stm.Tx) {
		for k, v := range m.Range(tx, 1, 3) {
			fmt.Println(k, v)
		}
	}))
	// Output:
	// 1 one
	// 2 two
}

// Like a Go channel, but sending and receiving are parts of transactions.
func ExampleChan() {
	c := stm.NewChan[int](1)
	go func() {
		for i := range 3 {
			stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) { c.Send(tx, i) }))
		}
		stm.Atomically(stm.VoidOperation(c.Close))
	}()
	for {
		type result struct {
			v  int
			ok bool
		}
		r := stm.Atomically(func(tx *stm.Tx) result { v, ok := c.Recv(tx); return result{v, ok} })
		if !r.ok {
			break
		}
		fmt.Println(r.v)
	}
	// Output:
	// 0
	// 1
	// 2
}

// A long traversal peeks, and then reads again what its result depends on: changes elsewhere do not disturb it.
func ExampleVar_Peek() {
	best := []*stm.Var[int]{stm.NewVar(3), stm.NewVar(9), stm.NewVar(4)}
	fmt.Println(stm.Atomically(func(tx *stm.Tx) int {
		at := 0
		for i, v := range best {
			if v.Peek(tx) > best[at].Peek(tx) {
				at = i
			}
		}
		return best[at].Get(tx) // this one must not have changed when the transaction commits
	}))
	// Output: 9
}

// Which tasks can run is decided where they are taken: a queue under Select needs no goroutine that waits.
func ExampleQueue() {
	urgent, usual := stm.NewQueue[string](), stm.NewQueue[string]()
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		usual.Put(tx, "sweep")
		urgent.Put(tx, "fire")
	}))
	next := stm.Select(urgent.Take, usual.Take)
	fmt.Println(stm.Atomically(next), stm.Atomically(next))
	// Output: fire sweep
}

// An operation that has come to the point of no return becomes irrevocable: it runs on, alone of its kind, and is not called again.
func ExampleTx_Irrevocably() {
	stock := stm.NewVar(1)
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		tx.Assert(stock.Get(tx) > 0) // may still be tried again
		tx.Irrevocably()
		fmt.Println("shipped")
		stock.Set(tx, stock.Get(tx)-1)
	}))
	// Output: shipped
}

// A system of one's own counts for itself.
func ExampleSystem_Stats() {
	s, err := stm.NewSystem(stm.Options{Algorithm: "norec"})
	if err != nil {
		panic(err)
	}
	x := stm.NewVar(0)
	for range 3 {
		stm.AtomicModifyIn(s, x, func(n int) int { return n + 1 })
	}
	stats := s.Stats()
	fmt.Println(stats.Commits, stats.ReadOnly, stats.TotalAborts())
	// Output: 3 0 0
}
