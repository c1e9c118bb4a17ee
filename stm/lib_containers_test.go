package stm

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"gilt/internal/machine"
)

// table is what Map and OrderedMap have in common.
type table interface {
	Get(tx *Tx, k int) (string, bool)
	Set(tx *Tx, k int, v string) bool
	Delete(tx *Tx, k int) bool
	Contains(tx *Tx, k int) bool
	Len(tx *Tx) int
	Clear(tx *Tx)
}

func entries(tx *Tx, m table) map[int]string {
	if o, ok := m.(*OrderedMap[int, string]); ok {
		return maps.Collect(o.All(tx))
	}
	return maps.Collect(m.(*Map[int, string]).All(tx))
}

// TestTablesAreMaps compares both maps with Go's, in transactions of several operations, some of which are taken back.
func TestTablesAreMaps(t *testing.T) {
	s := newTestSystem(t, Options{})
	for name, make := range map[string]func() table{
		"Map":        func() table { return NewMap[int, string]() },
		"small Map":  func() table { return newMapBits[int, string](0) },
		"OrderedMap": func() table { return NewOrderedMap[int, string]() },
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				m, model := make(), map[int]string{}
				keys := rapid.IntRange(0, rapid.SampledFrom([]int{5, 40, 2000}).Draw(t, "keys"))
				for range rapid.IntRange(1, 12).Draw(t, "transactions") {
					next := maps.Clone(model)
					keep := rapid.Bool().Draw(t, "keep")
					AtomicallyIn(s, VoidOperation(func(tx *Tx) {
						_, _ = Nest(tx, func(tx *Tx) (int, error) {
							for range rapid.IntRange(1, 60).Draw(t, "operations") {
								k := keys.Draw(t, "k")
								_, had := next[k]
								switch rapid.IntRange(0, 9).Draw(t, "what") {
								case 0, 1, 2, 3, 4:
									v := rapid.StringN(0, 4, -1).Draw(t, "v")
									if m.Set(tx, k, v) == had {
										t.Fatalf("Set(%d) says new: %v", k, had)
									}
									next[k] = v
								case 5, 6:
									if m.Delete(tx, k) != had {
										t.Fatalf("Delete(%d) says there: %v", k, !had)
									}
									delete(next, k)
								case 7:
									if v, ok := m.Get(tx, k); ok != had || v != next[k] || m.Contains(tx, k) != had {
										t.Fatalf("Get(%d): %q %v, want %q %v", k, v, ok, next[k], had)
									}
								case 8:
									if n := m.Len(tx); n != len(next) {
										t.Fatalf("Len %d, want %d", n, len(next))
									}
								case 9:
									if rapid.IntRange(0, 9).Draw(t, "clear") == 0 {
										m.Clear(tx)
										clear(next)
									}
								}
							}
							if got := entries(tx, m); !maps.Equal(got, next) {
								t.Fatalf("inside: %v, want %v", got, next)
							}
							if keep {
								return 0, nil
							}
							return 0, fmt.Errorf("taken back")
						})
					}))
					if keep {
						model = next
					}
					if got := ViewIn(s, func(tx *Tx) map[int]string { return entries(tx, m) }); !maps.Equal(got, model) {
						t.Fatalf("after: %v, want %v", got, model)
					}
				}
			})
		})
	}
}

// TestOrder: everything of OrderedMap that has to do with order.
func TestOrder(t *testing.T) {
	s := newTestSystem(t, Options{})
	rapid.Check(t, func(t *rapid.T) {
		m := NewOrderedMapFunc[int, int](func(a, b int) int { return cmp.Compare(b, a) }) // descending
		in := rapid.SliceOfNDistinct(rapid.IntRange(0, 100), 0, 60, rapid.ID[int]).Draw(t, "keys")
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			for _, k := range in {
				m.Set(tx, k, -k)
			}
		}))
		want := slices.Sorted(slices.Values(in))
		slices.Reverse(want)
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			var got []int
			for k, v := range m.All(tx) {
				if v != -k {
					t.Fatalf("value of %d is %d", k, v)
				}
				got = append(got, k)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("order %v, want %v", got, want)
			}
			min, _, ok := m.Min(tx)
			max, _, ok2 := m.Max(tx)
			if ok != (len(want) > 0) || ok2 != ok || ok && (min != want[0] || max != want[len(want)-1]) {
				t.Fatalf("Min %d %v, Max %d %v of %v", min, ok, max, ok2, want)
			}
			lo, hi := rapid.IntRange(-5, 105).Draw(t, "lo"), rapid.IntRange(-5, 105).Draw(t, "hi")
			got = nil
			for k := range m.Range(tx, lo, hi) {
				got = append(got, k)
			}
			var part []int
			ceil, below := -1, -1
			for _, k := range want {
				if k <= lo && k > hi {
					part = append(part, k)
				}
				if k <= lo && ceil < 0 {
					ceil = k
				}
				if k > lo {
					below = k
				}
			}
			if !slices.Equal(got, part) {
				t.Fatalf("Range(%d, %d) is %v, want %v", lo, hi, got, part)
			}
			if k, _, ok := m.Ceiling(tx, lo); ok != (ceil >= 0) || ok && k != ceil {
				t.Fatalf("Ceiling(%d) is %d %v, want %d", lo, k, ok, ceil)
			}
			if k, _, ok := m.Below(tx, lo); ok != (below >= 0) || ok && k != below {
				t.Fatalf("Below(%d) is %d %v, want %d", lo, k, ok, below)
			}
			// Deleting what the loop stands on.
			for k := range m.All(tx) {
				m.Delete(tx, k)
			}
			if n := m.Len(tx); n != 0 {
				t.Fatalf("%d left", n)
			}
		}))
	})
}

// TestContainersSeeded: threads change both maps, a set and a queue under the seeded scheduler, in transactions that
// keep them equal to each other; readers must never see them differ. For all algorithms.
func TestContainersSeeded(t *testing.T) {
	const keys, threads, rounds = 6, 3, 8
	for _, i := range Algorithms() {
		if !i.Opaque {
			continue // zombies may go round in circles for ever
		}
		t.Run(i.Name, func(t *testing.T) {
			for seed := range uint64(seeds(t, 80)) {
				policy := []machine.Policy{machine.VirtualTime, machine.Random, machine.Sticky, machine.PCT}[seed%4]
				m := machine.NewSim(machine.SimConfig{Cores: threads, Seed: seed, Policy: policy, MaxSteps: 4_000_000})
				s := newTestSystem(t, Options{Algorithm: i.Name, Machine: m})
				h, o, set := NewMap[int, int](), NewOrderedMap[int, int](), NewSet[int]()
				err := m.Run(func(p *machine.Proc) {
					for range threads {
						m.Go("worker", func(p *machine.Proc) {
							tx := s.NewTx(p)
							defer tx.Close()
							for range rounds {
								k, v, what := int(p.Randn(keys)), int(p.Randn(1000)), p.Randn(6)
								if err := AtomicallyOn(tx, func(tx *Tx) error {
									switch what {
									case 0, 1, 2:
										a, b, c := h.Set(tx, k, v), o.Set(tx, k, v), set.Add(tx, k)
										if a != b || b != c {
											return fmt.Errorf("key %d new: %v %v %v", k, a, b, c)
										}
									case 3, 4:
										a, b, c := h.Delete(tx, k), o.Delete(tx, k), set.Delete(tx, k)
										if a != b || b != c {
											return fmt.Errorf("key %d there: %v %v %v", k, a, b, c)
										}
									default:
										a, b := maps.Collect(h.All(tx)), maps.Collect(o.All(tx))
										c := slices.Sorted(set.All(tx))
										if !maps.Equal(a, b) || !slices.Equal(c, slices.Sorted(maps.Keys(a))) {
											return fmt.Errorf("%v, %v, %v", a, b, c)
										}
									}
									a, ok1 := h.Get(tx, k)
									b, ok2 := o.Get(tx, k)
									if a != b || ok1 != ok2 || ok1 != set.Contains(tx, k) {
										return fmt.Errorf("key %d: %d %v, %d %v", k, a, ok1, b, ok2)
									}
									return nil
								}); err != nil {
									t.Errorf("seed %d: %v", seed, err)
								}
							}
						})
					}
				})
				if err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		})
	}
}

// TestDisjointOperationsDoNotConflict: what the containers promise, operation by operation: while a transaction is open
// that has done the one, another goroutine does the other, and the first commits at its first attempt.
func TestDisjointOperationsDoNotConflict(t *testing.T) {
	s := newTestSystem(t, Options{})
	h, o := NewMapSize[int, int](1000), NewOrderedMap[int, int]()
	q, c := NewQueue[int](), NewChan[int](4)
	AtomicallyIn(s, VoidOperation(func(tx *Tx) {
		for k := 99; k >= 0; k-- { // ascending would fill the pages of the tree, so that the next key splits one
			h.Set(tx, 10*k, k)
			o.Set(tx, 10*k, k)
		}
		q.Put(tx, 1)
		q.Put(tx, 2)
		c.Send(tx, 1)
	}))
	for _, x := range []struct {
		name     string
		one, two func(tx *Tx)
	}{
		{"Map: set, set", func(tx *Tx) { h.Set(tx, 10, 1) }, func(tx *Tx) { h.Set(tx, 20, 1) }},
		{"Map: get, set", func(tx *Tx) { h.Get(tx, 10) }, func(tx *Tx) { h.Set(tx, 20, 2) }},
		{"Map: insert, insert", func(tx *Tx) { h.Set(tx, 11, 1) }, func(tx *Tx) { h.Set(tx, 22, 1) }},
		{"Map: insert, delete", func(tx *Tx) { h.Set(tx, 33, 1) }, func(tx *Tx) { h.Delete(tx, 500) }},
		{"OrderedMap: set, set", func(tx *Tx) { o.Set(tx, 10, 1) }, func(tx *Tx) { o.Set(tx, 500, 1) }},
		{"OrderedMap: get beyond, insert", func(tx *Tx) { o.Get(tx, 900) }, func(tx *Tx) { o.Set(tx, 401, 1) }},
		{"OrderedMap: insert, insert", func(tx *Tx) { o.Set(tx, 901, 1) }, func(tx *Tx) { o.Set(tx, 203, 1) }},
		{"OrderedMap: miss, delete", func(tx *Tx) { o.Get(tx, 777) }, func(tx *Tx) { o.Delete(tx, 300) }},
		{"Queue: put, take", func(tx *Tx) { q.Put(tx, 3) }, func(tx *Tx) { q.Take(tx) }},
		{"Chan: send, receive", func(tx *Tx) { c.Send(tx, 3) }, func(tx *Tx) { c.Recv(tx) }},
	} {
		runs := 0
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			x.one(tx)
			if runs++; runs == 1 {
				elsewhere(func() { AtomicallyIn(s, VoidOperation(x.two)) })
			}
		}))
		if runs != 1 {
			t.Errorf("%s: %d attempts", x.name, runs)
		}
	}
}

func TestQueueAndChan(t *testing.T) {
	opaque(t, func(t *testing.T, s *System) {
		q, c := NewQueue[int](), NewChan[int](3)
		const n = 300
		var wg sync.WaitGroup
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := range n {
				AtomicallyIn(s, VoidOperation(func(tx *Tx) { q.Put(tx, i) }))
			}
		}()
		go func() { // from the queue into the channel, in one transaction
			defer wg.Done()
			for range n {
				AtomicallyIn(s, VoidOperation(func(tx *Tx) { c.Send(tx, q.Take(tx)) }))
			}
			AtomicallyIn(s, VoidOperation(c.Close))
		}()
		for i := 0; ; i++ {
			type received struct {
				v  int
				ok bool
			}
			r := AtomicallyIn(s, func(tx *Tx) received { v, ok := c.Recv(tx); return received{v, ok} })
			if !r.ok {
				if i != n {
					t.Errorf("closed after %d of %d", i, n)
				}
				break
			}
			if r.v != i {
				t.Fatalf("value %d is %d", i, r.v)
			}
		}
		wg.Wait()
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			if _, ok := q.Peek(tx); ok || !q.Empty(tx) || q.Len(tx) != 0 || c.Len(tx) != 0 || c.Cap() != 3 {
				t.Error("not empty at the end")
			}
		}))
		wantPanic(t, "send on closed", "closed", func() { AtomicallyIn(s, VoidOperation(func(tx *Tx) { c.Send(tx, 1) })) })
		wantPanic(t, "close of closed", "closed", func() { AtomicallyIn(s, VoidOperation(c.Close)) })
		wantPanic(t, "no room", "room", func() { NewChan[int](0) })
		d := NewChan[int](1)
		if WouldBlockIn(s, VoidOperation(func(tx *Tx) { d.Send(tx, 1) })) || !WouldBlockIn(s, VoidOperation(func(tx *Tx) { d.Send(tx, 1); d.Send(tx, 2) })) ||
			!WouldBlockIn(s, VoidOperation(func(tx *Tx) { d.Recv(tx) })) {
			t.Error("Chan blocks at the wrong time")
		}
	})
}

// TestMapGrows: goroutines fill a map from empty; nothing is lost while it grows under them.
func TestMapGrows(t *testing.T) {
	s := newTestSystem(t, Options{})
	m := NewMap[string, int]()
	const threads = 4
	each := 3000
	if testing.Short() {
		each = 600
	}
	var wg sync.WaitGroup
	for n := range threads {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range each {
				AtomicallyIn(s, VoidOperation(func(tx *Tx) { m.Set(tx, fmt.Sprint(n, "/", i), i) }))
				AtomicallyIn(s, VoidOperation(func(tx *Tx) {
					if v, ok := m.Get(tx, fmt.Sprint(n, "/", i/2)); !ok || v != i/2 {
						t.Errorf("thread %d: key %d has %d %v", n, i/2, v, ok)
					}
				}))
			}
		}()
	}
	wg.Wait()
	if n := AtomicallyIn(s, m.Len); n != threads*each {
		t.Errorf("%d keys, want %d", n, threads*each)
	}
	if b := len((*mapTable)(m.table.P).buckets); b < threads*each/(2*mapFull) {
		t.Errorf("%d buckets for %d keys", b, threads*each)
	}
}
