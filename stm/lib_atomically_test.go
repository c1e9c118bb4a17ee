package stm

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/stm/internal/goroutine"
)

// panics is what f panics with, nil if it does not.
func panics(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return nil
}

// wantPanic checks that f panics with a message that contains want.
func wantPanic(t *testing.T, what, want string, f func()) {
	t.Helper()
	r := panics(f)
	if r == nil || !strings.Contains(fmt.Sprint(r), want) {
		t.Errorf("%s: panic %v, want one with %q", what, r, want)
	}
}

// opaque calls f for every algorithm that the library may be used with.
func opaque(t *testing.T, f func(t *testing.T, s *System)) {
	for _, i := range Algorithms() {
		t.Run(i.Name, func(t *testing.T) { f(t, newTestSystem(t, Options{Algorithm: i.Name})) })
	}
}

// usable checks that nothing is left locked, marked or doomed: transactions on x work in this goroutine and in another.
func usable(t *testing.T, s *System, x *Var[int]) {
	t.Helper()
	work := func() {
		before := AtomicGetIn(s, x)
		AtomicModifyIn(s, x, func(n int) int { return n + 1 })
		if got := AtomicallyIn(s, func(tx *Tx) int { return x.Get(tx) }); got != before+1 {
			t.Errorf("the Var has %d after %d was incremented", got, before)
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("the system is stuck")
	}
	work()
}

func TestLibraryMisuse(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x := NewVar(0)
		var kept *Tx
		AtomicallyIn(s, VoidOperation(func(tx *Tx) { kept = tx; x.Get(tx) }))
		wantPanic(t, "Get, kept", "Get outside a transaction", func() { x.Get(kept) })
		wantPanic(t, "Set, kept", "Set outside a transaction", func() { x.Set(kept, 1) })
		wantPanic(t, "Retry, kept", "Retry outside a transaction", func() { kept.Retry() })
		wantPanic(t, "Assert, kept", "outside a transaction", func() { kept.Assert(false) })
		wantPanic(t, "Peek, kept", "outside a transaction", func() { x.Peek(kept) })
		wantPanic(t, "OnCommit, kept", "outside a transaction", func() { kept.OnCommit(func() {}) })
		wantPanic(t, "Get, nil Tx", "nil Tx", func() { x.Get(nil) })
		wantPanic(t, "Set, nil Tx", "nil Tx", func() { x.Set(nil, 1) })
		m := NewMap[int, int]()
		wantPanic(t, "Map.Get, kept", "Map.Get outside a transaction", func() { m.Get(kept, 1) })
		var none *Var[int]
		wantPanic(t, "nil Var", "nil Var", func() {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) { none.Set(tx, 1) }))
		})
		wantPanic(t, "nil Var, Get", "nil Var", func() {
			AtomicallyIn(s, func(tx *Tx) int { return none.Get(tx) })
		})
		usable(t, s, x)

		nested := []func(){
			func() { AtomicallyIn(s, func(tx *Tx) int { return x.Get(tx) }) },
			func() { AtomicSetIn(s, x, 100) },
			func() { WouldBlockIn(s, func(tx *Tx) int { return x.Get(tx) }) },
			func() { AtomicallyIrrevocableIn(s, func(tx *Tx) int { return x.Get(tx) }) },
			func() { ViewIn(s, func(tx *Tx) int { return x.Get(tx) }) },
		}
		for i, f := range nested {
			before := AtomicGetIn(s, x)
			wantPanic(t, fmt.Sprintf("nested %d", i), "a transaction inside a transaction", func() {
				AtomicallyIn(s, VoidOperation(func(tx *Tx) {
					x.Set(tx, -1)
					f()
				}))
			})
			if got := AtomicGetIn(s, x); got != before {
				t.Errorf("nested %d: the outer transaction has set %d", i, got)
			}
		}
		usable(t, s, x)

		wantPanic(t, "Retry without reads", "read nothing", func() {
			AtomicallyIn(s, func(tx *Tx) struct{} { return tx.Retry() })
		})
		wantPanic(t, "empty Select", "read nothing", func() { AtomicallyIn(s, Select[int]()) })
		wantPanic(t, "Retry, irrevocable", "irrevocable", func() {
			AtomicallyIrrevocableIn(s, func(tx *Tx) struct{} { x.Get(tx); return tx.Retry() })
		})
		onAbort := func(f func()) {
			first := true
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				if x.Get(tx); first {
					first = false
					tx.OnAbort(f)
					tx.unwind()
				}
			}))
		}
		wantPanic(t, "nested, in an abort hook", "a transaction inside a transaction", func() {
			onAbort(func() { AtomicSetIn(s, x, 100) })
		})
		usable(t, s, x)
		own := s.NewTx(s.goPool().machine.Adopt("own"))
		wantPanic(t, "nested, on its own descriptor", "Begin inside a transaction", func() {
			AtomicallyOn(own, VoidOperation(func(tx *Tx) {
				x.Set(tx, -1)
				AtomicallyOn(own, func(tx *Tx) int { return x.Get(tx) })
			}))
		})
		usable(t, s, x)
		own.Close()
		wantPanic(t, "closed descriptor", "used after Close", func() { AtomicallyOn(own, func(tx *Tx) int { return x.Get(tx) }) })
		wantPanic(t, "Set in View", "read-only", func() {
			ViewIn(s, VoidOperation(func(tx *Tx) { x.Set(tx, 1) }))
		})
		usable(t, s, x)
	})
}

// TestManyMarked: nested calls are found however many goroutines are in transactions, and others are not taken for them.
func TestManyMarked(t *testing.T) {
	s := newTestSystem(t, Options{})
	x := NewVar(0)
	const n = 3000 // more than there are slots
	var in, out sync.WaitGroup
	in.Add(n)
	out.Add(n)
	hold := make(chan struct{})
	for range n {
		go func() {
			defer out.Done()
			first := true
			r := panics(func() {
				AtomicallyIn(s, VoidOperation(func(tx *Tx) {
					if first {
						first = false
						in.Done()
						<-hold
					}
					AtomicSetIn(s, x, 1)
				}))
			})
			if r == nil || !strings.Contains(fmt.Sprint(r), "inside a transaction") {
				t.Errorf("nested call: %v", r)
			}
			AtomicModifyIn(s, x, func(n int) int { return n + 1 })
		}()
	}
	in.Wait()
	close(hold)
	out.Wait()
	if got := AtomicGetIn(s, x); got != n {
		t.Errorf("%d of %d increments", got, n)
	}
	k := s.pool.Load()
	for i := range k.marks {
		if m := &k.marks[i]; m.g.Load() != 0 || len(m.list) != 0 || m.more.Load() != 0 {
			t.Fatalf("slot %d is still marked", i)
		}
	}
}

// TestPanicInOperation: the program's panic comes through, with its value, and nothing of the transaction stays.
func TestPanicInOperation(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x, y := NewVar(1), NewVar(1)
		boom := errors.New("boom")
		hooks := ""
		r := panics(func() {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				x.Set(tx, 2)
				y.Set(tx, y.Get(tx)+1)
				tx.OnCommit(func() { hooks += "commit " })
				tx.OnAbort(func() { hooks += "abort " })
				panic(boom)
			}))
		})
		if r != any(boom) || hooks != "abort " {
			t.Errorf("panic %v, hooks %q", r, hooks)
		}
		if a, b := AtomicGetIn(s, x), AtomicGetIn(s, y); a != 1 || b != 1 {
			t.Errorf("after the panic: %d %d", a, b)
		}
		usable(t, s, x)

		// A nil panic value and runtime.Goexit are ends, too.
		elsewhere(func() {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				x.Set(tx, -5)
				runtime.Goexit()
			}))
		})
		// A deferred call of the operation may panic while a Retry unwinds it.
		r = panics(func() {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) {
				defer func() { panic(boom) }()
				x.Get(tx)
				tx.Retry()
			}))
		})
		if r != any(boom) {
			t.Errorf("panic in a deferred call: %v", r)
		}
		// What an irrevocable transaction has written stays.
		r = panics(func() {
			AtomicallyIrrevocableIn(s, VoidOperation(func(tx *Tx) {
				y.Set(tx, 77)
				panic(boom)
			}))
		})
		if got := AtomicGetIn(s, y); r != any(boom) || got != 77 {
			t.Errorf("irrevocable: panic %v, value %d", r, got)
		}
		usable(t, s, x)
	})
}

// TestSwallowedUnwinding: an operation that recovers everything cannot make a doomed attempt commit.
func TestSwallowedUnwinding(t *testing.T) {
	s := newTestSystem(t, Options{})
	x, y := NewVar(1), NewVar(1)
	runs := 0
	got := AtomicallyIn(s, func(tx *Tx) (n int) {
		defer func() { _ = recover() }()
		runs++
		n = x.Get(tx)
		if runs == 1 {
			elsewhere(func() { AtomicSetIn(s, x, 2); AtomicSetIn(s, y, 2) })
		}
		return 10*n + y.Get(tx)
	})
	if got != 22 || runs != 2 {
		t.Errorf("%d after %d runs", got, runs)
	}
	// A swallowed Retry is a Retry.
	runs = 0
	AtomicallyIn(s, VoidOperation(func(tx *Tx) {
		defer func() { _ = recover() }()
		if runs++; runs == 1 {
			go AtomicSetIn(s, x, 3)
		}
		tx.Assert(x.Get(tx) == 3)
	}))
	if AtomicGetIn(s, x) != 3 {
		t.Error("Retry was lost")
	}
}

func TestContexts(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x := NewVar(0)
		why := errors.New("why")
		cancelled, cancel := context.WithCancelCause(context.Background())
		cancel(why)
		ran := false
		if _, err := AtomicallyContextIn(cancelled, s, func(tx *Tx) int { ran = true; return 1 }); err != why || ran {
			t.Errorf("cancelled before: %v, ran %v", err, ran)
		}
		ctx, cancel := context.WithCancelCause(context.Background())
		aborts := 0
		blocked := make(chan struct{}, 1)
		go func() {
			<-blocked
			cancel(why)
		}()
		n, err := AtomicallyContextIn(ctx, s, func(tx *Tx) int {
			tx.OnAbort(func() { aborts++ })
			v := x.Get(tx)
			x.Set(tx, 5)
			select {
			case blocked <- struct{}{}:
			default:
			}
			tx.Assert(v > 0)
			return 7
		})
		if n != 0 || err != why || aborts == 0 || AtomicGetIn(s, x) != 0 {
			t.Errorf("cancelled while blocked: %d, %v, %d aborts, Var %d", n, err, aborts, AtomicGetIn(s, x))
		}
		usable(t, s, x)
		// Not cancelled: the result, and wake-ups as ever.
		ctx, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		AtomicSetIn(s, x, 0)
		go AtomicSetIn(s, x, 3)
		n, err = AtomicallyContextIn(ctx, s, func(tx *Tx) int {
			tx.Assert(x.Get(tx) == 3)
			return 9
		})
		if n != 9 || err != nil {
			t.Errorf("not cancelled: %d, %v", n, err)
		}
		if b := s.Blocked(); len(b) != 0 {
			t.Errorf("still asleep: %v", b)
		}
	})
}

func TestHooks(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x := NewVar(1)
		log := ""
		runs := 0
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			runs++
			run := runs
			tx.OnCommit(func() {
				log += fmt.Sprint("commit", run, " ")
				AtomicModifyIn(s, x, func(n int) int { return n + 1 }) // outside the transaction
			})
			tx.OnCommit(func() { log += "second " })
			tx.OnAbort(func() { log += fmt.Sprint("abort", run, " ") })
			n := x.Get(tx)
			if run == 1 && s.info.Name != "tml" && s.info.Name != "eager" {
				elsewhere(func() { AtomicSetIn(s, x, 5) })
			}
			x.Set(tx, n+1)
		}))
		want := "commit1 second "
		if runs == 2 {
			want = "abort1 commit2 second "
		}
		if log != want {
			t.Errorf("hooks: %q after %d runs", log, runs)
		}
		wantPanic(t, "hook", "in a hook", func() {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) { tx.OnCommit(func() { panic("in a hook") }) }))
		})
		usable(t, s, x)
	})
}

// TestIrrevocably: the operation runs once more at most until it is irrevocable, and never after.
func TestIrrevocably(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x := NewVar(0)
		const n, rounds = 4, 50
		var wg sync.WaitGroup
		effects := 0 // guarded by irrevocability
		for range n {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range rounds {
					op := func(tx *Tx) struct{} {
						v := x.Get(tx)
						tx.Irrevocably()
						effects++
						x.Set(tx, v+1)
						return struct{}{}
					}
					if i%2 == 0 {
						AtomicallyIn(s, op)
					} else {
						AtomicallyIrrevocableIn(s, op)
					}
				}
			}()
		}
		wg.Wait()
		if got := AtomicGetIn(s, x); got != n*rounds || effects != n*rounds {
			t.Errorf("%d, %d effects, want %d", got, effects, n*rounds)
		}
	})
}

// TestView: read-only transactions see one state, log nothing, and get through.
func TestView(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		const n = 64
		vars := make([]Var[int], n)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				AtomicallyIn(s, VoidOperation(func(tx *Tx) {
					a, b := &vars[i%n], &vars[(i*7+1)%n]
					a.Set(tx, a.Get(tx)+1)
					b.Set(tx, b.Get(tx)-1)
				}))
			}
		}()
		for range 300 {
			if sum := ViewIn(s, func(tx *Tx) int {
				sum := 0
				for i := range vars {
					sum += vars[i].Get(tx)
				}
				if (tx.mode == modeOther) == (tx.lib.reader != nil) && tx.lib.reader != nil && tx.alg == algorithm(tx.lib.reader) && tx.ReadSet() != 0 {
					t.Error("a read-only transaction logs its reads")
				}
				return sum
			}); sum != 0 {
				t.Fatalf("sum %d: not one state", sum)
			}
		}
		close(stop)
		wg.Wait()
		// Retry works in it.
		x := &vars[0]
		AtomicSetIn(s, x, 0)
		go AtomicSetIn(s, x, 1)
		ViewIn(s, VoidOperation(func(tx *Tx) { tx.Assert(x.Get(tx) == 1) }))
		usable(t, s, x)
	})
}

// TestBlocked: a dump says who sleeps for what.
func TestBlocked(t *testing.T) {
	s := newTestSystem(t, Options{})
	tea, cup := NewVar(0).Named("tea"), NewBuiltinEqVar(false).Named("cup")
	done := make(chan struct{})
	go func() {
		defer close(done)
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			tx.Assert(tea.Get(tx) > 0 && cup.Get(tx))
		}))
	}()
	AtomicSetIn(s, tea, 1)
	var b []Blocked
	for begin := time.Now(); len(b) == 0 || len(b[0].Vars) != 2; time.Sleep(100 * time.Microsecond) {
		if b = s.Blocked(); time.Since(begin) > time.Minute {
			t.Fatalf("nobody is blocked on both: %v", b)
		}
	}
	var dump strings.Builder
	if err := s.DumpBlocked(&dump); err != nil {
		t.Fatal(err)
	}
	if d := dump.String(); !strings.Contains(d, "on cup, tea (2 reads)") || !strings.Contains(d, "TestBlocked") {
		t.Errorf("dump: %q", d)
	}
	if tea.Name() != "tea" || NewVar(1).Name() != "" {
		t.Error("names")
	}
	AtomicSetIn(s, cup, true)
	<-done
	if len(s.Blocked()) != 0 {
		t.Error("still blocked")
	}
}

// TestDeadlockNamesVars: when every thread of a machine sleeps for ever, its report says for which Vars.
func TestDeadlockNamesVars(t *testing.T) {
	m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: 1})
	s := newTestSystem(t, Options{Machine: m})
	fork, spoon := NewVar(false).Named("fork"), NewVar(false).Named("spoon")
	err := m.Run(func(p *machine.Proc) {
		for name, needs := range map[string][]*Var[bool]{"eater": {spoon, fork}, "cook": {spoon}} {
			m.Go(name, func(p *machine.Proc) {
				tx := s.NewTx(p)
				defer tx.Close()
				AtomicallyOn(tx, VoidOperation(func(tx *Tx) {
					there := true
					for _, v := range needs {
						there = v.Get(tx) && there
					}
					tx.Assert(there)
				}))
			})
		}
	})
	var d *machine.Deadlock
	if !errors.As(err, &d) {
		t.Fatalf("Run: %v", err)
	}
	got := map[string]machine.Wait{}
	for _, th := range d.Threads {
		got[th.Name] = th.Wait
	}
	for name, where := range map[string]string{"eater": "spoon, fork", "cook": "spoon"} {
		if w := got[name]; w.What != "retry" || w.Where != where {
			t.Errorf("%s waits for %+v, want a retry of %s", name, w, where)
		}
	}
}

// TestLibraryStats: what goroutines have done is in the sum, without their having been told to say so.
func TestLibraryStats(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		x := NewVar(0)
		for range 5 {
			AtomicallyIn(s, VoidOperation(func(tx *Tx) { x.Set(tx, x.Get(tx)+1) }))
		}
		AtomicallyIn(s, x.Get)
		tries := 0
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			if x.Set(tx, 7); tries < 2 {
				tries++
				tx.unwind()
			}
		}))
		if st := s.Stats(); st.Commits != 7 || st.ReadOnly != 1 || st.TotalAborts() != 2 || st.Attempts() != 9 {
			t.Errorf("%d commits, %d of them read-only, %d aborts, %d attempts; want 7, 1, 2, 9", st.Commits, st.ReadOnly, st.TotalAborts(), st.Attempts())
		}
		AtomicallyIn(s, func(tx *Tx) Stats { return s.Stats() }) // it takes no part in the transaction
		const n, rounds = 8, 100
		var wg sync.WaitGroup
		before := s.Stats().Commits
		for range n {
			wg.Add(2)
			go func() {
				defer wg.Done()
				for range rounds {
					AtomicModifyIn(s, x, func(n int) int { return n + 1 })
				}
			}()
			go func() {
				defer wg.Done()
				s.Stats()
			}()
		}
		wg.Wait()
		// Goroutines that meet in a slot, each other or who looks into it, use descriptors that may lag.
		if got := s.Stats().Commits - before; got > n*rounds || got < n*(rounds-cachedLag) {
			t.Errorf("%d commits of %d", got, n*rounds)
		}
	})
}

// A goroutine that runs many transactions gets a descriptor of its own, however many others were there before it, and keeps it while
// others come and go.
func TestDescriptorsFollowUse(t *testing.T) {
	if goroutine.ID() == 0 {
		t.Skip("goroutines have no identity here")
	}
	s := ownSystem()
	x := NewVar(0)
	run := func(n int) (kept bool) {
		for range n {
			kept = AtomicallyIn(s, func(tx *Tx) bool { x.Set(tx, x.Get(tx)+1); return tx.lib.kept })
		}
		return kept
	}
	other := func(n int) {
		var wg sync.WaitGroup
		wg.Go(func() { run(n) })
		wg.Wait()
	}
	for range 4 * keptInSlots {
		other(1)
	}
	const long = 64 * takeOverUses
	begin, kept := make(chan int), make(chan bool)
	go func() {
		for n := range begin {
			kept <- run(n)
		}
	}()
	begin <- long
	if !<-kept {
		t.Errorf("no descriptor of its own after %d transactions", long)
	}
	for i := range 4 * keptInSlots {
		other(2 * takeOverUses)
		begin <- 10
		if !<-kept {
			t.Fatalf("lost its descriptor after %d others", i+1)
		}
	}
	close(begin)
	if got, want := AtomicallyIn(s, x.Get), 4*keptInSlots*(1+10+2*takeOverUses)+long; got != want {
		t.Errorf("%d transactions, want %d", got, want)
	}
}
