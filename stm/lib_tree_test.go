package stm

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gilt/contention"
	"gilt/internal/machine"
)

// checkTree looks at the whole tree, which nobody is changing: bounds, links, separators, how full it is.
func checkTree[V any](m *OrderedMap[int, V]) error {
	type span struct {
		n     *orderedNode[int]
		least bool
		low   int
	}
	top := (*orderedNode[int])(m.root.P)
	if !top.least {
		return fmt.Errorf("the root has a lower bound")
	}
	level := []span{{top, true, 0}}
	for l := top.level; l >= 0; l-- {
		var below []span
		for i, s := range level {
			n := s.n
			if n.level != l || n.cell.B != 0 || n.least != s.least || !n.least && n.low != s.low {
				return fmt.Errorf("level %d, node %d: %+v where %+v is expected", l, i, n, s)
			}
			check := func(keys []int, next *orderedNode[int], high int) error {
				if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
					return fmt.Errorf("level %d, node %d: keys %v", l, i, keys)
				}
				if len(keys) > 0 && (!n.least && keys[0] < n.low || next != nil && keys[len(keys)-1] >= high) {
					return fmt.Errorf("level %d, node %d: keys %v outside %d..%d", l, i, keys, n.low, high)
				}
				if i+1 < len(level) && (next != level[i+1].n || high != level[i+1].low) || i+1 == len(level) && next != nil {
					return fmt.Errorf("level %d, node %d: wrong neighbour", l, i)
				}
				return nil
			}
			var err error
			if l == 0 {
				p := (*orderedPage[int, V])(n.cell.P)
				err = check(p.keys[:p.n], p.next, p.high)
			} else {
				p := (*orderedInner[int])(n.cell.P)
				if p.n == 0 || l == top.level && p.n == 1 {
					return fmt.Errorf("level %d, node %d: %d subtrees", l, i, p.n)
				}
				err = check(p.keys[1:p.n], p.next, p.high)
				for j := range p.n {
					below = append(below, span{p.xs[j], n.least && j == 0, p.keys[j]})
				}
			}
			if err != nil {
				return err
			}
		}
		level = below
	}
	return nil
}

// leaves counts the leaves.
func leaves[V any](m *OrderedMap[int, V]) int {
	n := (*orderedNode[int])(m.root.P)
	for n.level > 0 {
		n = (*orderedInner[int])(n.cell.P).xs[0]
	}
	count := 0
	for ; n != nil; n = (*orderedPage[int, V])(n.cell.P).next {
		count++
	}
	return count
}

// TestTreeShape: whatever is inserted and deleted, in whatever order, the tree keeps its invariants and gives back what is not
// needed.
func TestTreeShape(t *testing.T) {
	s := newTestSystem(t, Options{})
	r := rand.New(rand.NewPCG(1, 2))
	const n = 5000
	up := make([]int, n)
	for i := range up {
		up[i] = i
	}
	down, mixed := slices.Clone(up), slices.Clone(up)
	slices.Reverse(down)
	r.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	orders := map[string][]int{"up": up, "down": down, "mixed": mixed}
	for name, in := range orders {
		for last, out := range orders {
			m := NewOrderedMap[int, int]()
			change := func(f func(tx *Tx)) {
				AtomicallyIn(s, VoidOperation(f))
				if err := checkTree(m); err != nil {
					t.Fatalf("%s, %s: %v", name, last, err)
				}
			}
			for part := range slices.Chunk(in, 97) {
				change(func(tx *Tx) {
					for _, k := range part {
						if !m.Set(tx, k, -k) || m.Set(tx, k, k) {
							t.Fatalf("%s: Set(%d)", name, k)
						}
					}
				})
			}
			if got := slices.Collect(keysOf(m, s)); !slices.Equal(got, up) {
				t.Fatalf("%s: %d keys, want %d", name, len(got), n)
			}
			for part := range slices.Chunk(out, 97) {
				change(func(tx *Tx) {
					for _, k := range part {
						if v, ok := m.Get(tx, k); !ok || v != k || !m.Delete(tx, k) || m.Delete(tx, k) {
							t.Fatalf("%s, %s: %d is %d %v", name, last, k, v, ok)
						}
					}
				})
			}
			if l := leaves(m); l > 3 {
				t.Errorf("%s, %s: %d leaves left of an empty map", name, last, l)
			}
		}
	}
	// A queue: what is taken at one end while it grows at the other leaves nothing behind.
	m := NewOrderedMap[int, int]()
	for k := range 20000 {
		AtomicallyIn(s, VoidOperation(func(tx *Tx) {
			m.Set(tx, k, k)
			if k >= 100 {
				if first, _, ok := m.Min(tx); !ok || first != k-100 || !m.Delete(tx, first) {
					t.Fatalf("first of %d is %d %v", k, first, ok)
				}
			}
		}))
	}
	if err := checkTree(m); err != nil {
		t.Error(err)
	}
	if l := leaves(m); l > 12 {
		t.Errorf("%d leaves for 100 keys", l)
	}
	AtomicallyIn(s, VoidOperation(m.Clear))
	if err := checkTree(m); err != nil || leaves(m) != 1 {
		t.Errorf("cleared: %v, %d leaves", err, leaves(m))
	}
}

func keysOf(m *OrderedMap[int, int], s *System) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for _, k := range ViewIn(s, func(tx *Tx) (out []int) {
			for k := range m.All(tx) {
				out = append(out, k)
			}
			return out
		}) {
			if !yield(k) {
				return
			}
		}
	}
}

// TestTablesMoveSeeded: under the seeded scheduler, threads insert and delete runs of keys, so that the tree's pages split and merge
// and the hash table grows all the time, while others read one key or all of them. Both must always hold the same.
func TestTablesMoveSeeded(t *testing.T) {
	const keys, run, threads, rounds = 120, 20, 3, 6
	for _, i := range Algorithms() {
		if !i.Opaque {
			continue
		}
		t.Run(i.Name, func(t *testing.T) {
			for seed := range uint64(seeds(t, 12)) {
				policy := []machine.Policy{machine.VirtualTime, machine.Random, machine.Sticky, machine.PCT}[seed%4]
				m := machine.NewSim(machine.SimConfig{Cores: threads, Seed: seed, Policy: policy, MaxSteps: 8_000_000})
				s := newTestSystem(t, Options{Algorithm: i.Name, Machine: m})
				h, o := newMapBits[int, int](0), NewOrderedMap[int, int]()
				err := m.Run(func(p *machine.Proc) {
					for range threads {
						m.Go("worker", func(p *machine.Proc) {
							tx := s.NewTx(p)
							defer tx.Close()
							for range rounds {
								first, v, what := int(p.Randn(keys-run)), int(p.Randn(1000)), p.Randn(8)
								if err := AtomicallyOn(tx, func(tx *Tx) error {
									switch what {
									case 0, 1, 2:
										for k := first; k < first+run; k++ {
											if a, b := h.Set(tx, k, v), o.Set(tx, k, v); a != b {
												return fmt.Errorf("key %d new: %v %v", k, a, b)
											}
										}
									case 3, 4, 5:
										for k := first; k < first+run; k++ {
											if a, b := h.Delete(tx, k), o.Delete(tx, k); a != b {
												return fmt.Errorf("key %d there: %v %v", k, a, b)
											}
										}
									case 6:
										if v == 0 {
											h.Clear(tx)
											o.Clear(tx)
										}
										a, b := maps.Collect(h.All(tx)), maps.Collect(o.All(tx))
										if !maps.Equal(a, b) || h.Len(tx) != len(b) {
											return fmt.Errorf("%v, %v", a, b)
										}
									}
									a, ok1 := h.Get(tx, first)
									b, ok2 := o.Get(tx, first)
									if a != b || ok1 != ok2 {
										return fmt.Errorf("key %d: %d %v, %d %v", first, a, ok1, b, ok2)
									}
									return nil
								}); err != nil {
									t.Errorf("seed %d: %v", seed, err)
								}
							}
						})
					}
				})
				if u := (&setup{alg: i.Name, manager: contention.Default, policy: policy}); err != nil && u.friendlyFire(err) {
					continue
				}
				if err == nil && i.Name != "anacrolix" { // who keeps values elsewhere has none in the cells
					err = checkTree(o)
				}
				if err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		})
	}
}

// TestTablesMoveNative is the same on real cores, where read-only transactions read without calls and without a log.
func TestTablesMoveNative(t *testing.T) {
	const keys, run = 400, 40
	rounds := 1500
	if testing.Short() || raceEnabled {
		rounds = 250
	}
	s := newTestSystem(t, Options{})
	h, o := newMapBits[int, int](0), NewOrderedMap[int, int]()
	AtomicallyIn(s, VoidOperation(func(tx *Tx) {
		for k := range 8 {
			h.Set(tx, keys+k, k)
			o.Set(tx, keys+k, k)
		}
	}))
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := randFor(g)
			for i := range rounds {
				first, v := r.IntN(keys-run), r.IntN(1000)
				if g < 2 {
					AtomicallyIn(s, VoidOperation(func(tx *Tx) {
						for k := first; k < first+run; k++ {
							if i%2 == g {
								h.Set(tx, k, v)
								o.Set(tx, k, v)
							} else {
								h.Delete(tx, k)
								o.Delete(tx, k)
							}
						}
					}))
					continue
				}
				type seen struct {
					a, b     int
					ok1, ok2 bool
				}
				if x := ViewIn(s, func(tx *Tx) (x seen) {
					x.a, x.ok1 = h.Get(tx, first)
					x.b, x.ok2 = o.Get(tx, first)
					return x
				}); x.a != x.b || x.ok1 != x.ok2 {
					t.Errorf("key %d: %+v", first, x)
				}
				// A key that is always there, whatever moves around it, is always found.
				if v, ok := h.AtomicGet(keys + i%8); !ok || v != i%8 || h.AtomicContains(keys+8) {
					t.Errorf("key %d is %d %v", keys+i%8, v, ok)
				}
				if i%16 != 0 {
					continue
				}
				if err := ViewIn(s, func(tx *Tx) error {
					a, b := maps.Collect(h.All(tx)), maps.Collect(o.All(tx))
					if !maps.Equal(a, b) || h.Len(tx) != len(a) || o.Len(tx) != len(a) {
						return fmt.Errorf("%d and %d keys", len(a), len(b))
					}
					last, _, ok := o.Max(tx)
					if below, _, ok2 := o.Below(tx, keys+8); ok != ok2 || below != last || ok != (len(a) > 0) {
						return fmt.Errorf("last key %d %v, %d %v", last, ok, below, ok2)
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	if err := checkTree(o); err != nil {
		t.Error(err)
	}
}
