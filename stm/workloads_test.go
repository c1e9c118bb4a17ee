package stm

import (
	"fmt"
	"unsafe"
)

// The workloads of the harness. Each checks by itself, in doomed attempts too, what it can; most are judged by the
// oracles as well.

func workloads() []*workload {
	return []*workload{rawWork(), bankWork(), skewWork(), swapWork(), listWork(), irrevocableWork(), retryWork(),
		privateWork(), publishWork(), nestWork(), stampWork(), wideWork()}
}

// rawWork: random reads and writes of unique values, with everything that a program can do in between.
func rawWork() *workload {
	return &workload{name: "raw", cells: 5, threads: 3, rounds: 8, oracle: true, run: func(w *worker) {
		for range w.h.rounds {
			w.tx.SetPriority(w.rand(3) - 1 + w.rand(2))
			n := 1 + w.rand(6)
			only := w.rand(4) == 0
			w.atomically(func() result {
				for range n {
					i := w.rand(len(w.h.cells))
					if only || w.rand(2) == 0 {
						if _, ok := w.read(i); !ok {
							return doomed
						}
					} else if !w.write(i, w.unique()) {
						return doomed
					}
				}
				switch w.rand(12) {
				case 0:
					return again
				case 1:
					return giveUp
				case 2:
					if !w.tx.Extend() {
						return doomed
					}
				}
				return done
			})
		}
	}}
}

// bankWork: transfers and full sums.
func bankWork() *workload {
	const balance = 100
	return &workload{name: "bank", cells: 4, threads: 3, rounds: 6, oracle: true,
		initial: func(int) uint64 { return balance },
		run: func(w *worker) {
			n := len(w.h.cells)
			for range w.h.rounds {
				if w.rand(3) == 0 {
					w.atomically(func() result {
						var sum uint64
						for i := range n {
							v, ok := w.read(i)
							if !ok {
								return doomed
							}
							sum += v
						}
						if sum != uint64(n)*balance {
							w.sees("a sum of %d", sum)
						}
						return done
					})
					continue
				}
				from, to := w.rand(n), w.rand(n)
				w.atomically(func() result {
					a, ok := w.read(from)
					if !ok {
						return doomed
					}
					if !w.write(from, a-1) {
						return doomed
					}
					b, ok := w.read(to)
					if !ok {
						return doomed
					}
					if !w.write(to, b+1) {
						return doomed
					}
					return done
				})
			}
		}}
}

// skewWork: each transaction reads all cells and takes one from one of them if enough is left in all together.
func skewWork() *workload {
	return &workload{name: "skew", cells: 2, threads: 2, rounds: 5, oracle: true,
		initial: func(int) uint64 { return 3 },
		run: func(w *worker) {
			for range w.h.rounds {
				w.atomically(func() result {
					x, ok := w.read(0)
					if !ok {
						return doomed
					}
					y, ok := w.read(1)
					if !ok {
						return doomed
					}
					if x+y > 6 {
						w.sees("%d and %d", x, y)
					}
					mine := []uint64{x, y}[w.n]
					if x+y >= 2 && mine >= 1 {
						if !w.write(w.n, mine-1) {
							return doomed
						}
					}
					return done
				})
			}
		},
		verify: func(h *harness) error {
			if s := h.cells[0].Get().B + h.cells[1].Get().B; s < 1 || s > 6 {
				return fmt.Errorf("%d is left", s)
			}
			return nil
		}}
}

// swapWork: values change places; all attempts must see a permutation.
func swapWork() *workload {
	return &workload{name: "swap", cells: 3, threads: 3, rounds: 6, oracle: true, run: func(w *worker) {
		for range w.h.rounds {
			i := w.rand(3)
			j := (i + 1) % 3
			w.atomically(func() result {
				a, ok := w.read(i)
				if !ok {
					return doomed
				}
				b, ok := w.read(j)
				if !ok {
					return doomed
				}
				if a == b {
					w.sees("%d twice", a)
				}
				if !w.write(i, b) || !w.write(j, a) {
					return doomed
				}
				if c, ok := w.read(i); !ok {
					return doomed
				} else if c != b {
					w.h.fail("thread %d does not see its own write", w.n)
				}
				return done
			})
		}
	}}
}

// listWork: a sorted linked list; cell i holds the number of the node after node i, node 0 is the head, and the
// list ends with 0.
func listWork() *workload {
	const nodes = 6
	return &workload{name: "list", cells: nodes, threads: 3, rounds: 6, oracle: true,
		initial: func(i int) uint64 { return uint64([]int{2, 0, 4, 0, 0, 0}[i]) },
		run: func(w *worker) {
			for range w.h.rounds {
				key := uint64(1 + w.rand(nodes-1))
				op := w.rand(3)
				w.atomically(func() result {
					var prev uint64
					next, ok := w.read(0)
					for ok && next != 0 && next < key {
						if next <= prev {
							w.sees("a list that goes from %d to %d", prev, next)
							break
						}
						prev = next
						next, ok = w.read(int(next))
					}
					if !ok {
						return doomed
					}
					switch {
					case op == 0 && next != key:
						if !w.write(int(key), next) || !w.write(int(prev), key) {
							return doomed
						}
					case op == 1 && next == key:
						after, ok := w.read(int(key))
						if !ok || !w.write(int(prev), after) {
							return doomed
						}
					}
					return done
				})
			}
		}}
}

// irrevocableWork: some transactions are irrevocable, from the start or in the middle.
func irrevocableWork() *workload {
	return &workload{name: "irrevocable", cells: 4, threads: 3, rounds: 6, oracle: true, run: func(w *worker) {
		for range w.h.rounds {
			kind := w.rand(4)
			w.irrevocable = kind == 0
			w.atomically(func() result {
				for k := range 4 {
					if k == 2 && kind == 1 && !w.tx.BecomeIrrevocable() {
						return doomed
					}
					i := w.rand(len(w.h.cells))
					if w.rand(2) == 0 {
						if _, ok := w.read(i); !ok {
							return doomed
						}
					} else if !w.write(i, w.unique()) {
						return doomed
					}
				}
				return done
			})
		}
	}}
}

// retryWork: producers and consumers of a buffer of two places, which wait by retry. Cells 0 and 1 are the places (0 is
// empty), 2 and 3 count what was put and taken.
func retryWork() *workload {
	return &workload{name: "retry", cells: 4, threads: 4, rounds: 4, oracle: true,
		initial: func(int) uint64 { return 0 },
		run: func(w *worker) {
			for range w.h.rounds {
				v := w.unique()
				w.atomically(func() result {
					for i := range 2 {
						c, ok := w.read(i)
						if !ok {
							return doomed
						}
						if (c == 0) != (w.n%2 == 0) {
							continue
						}
						n, ok := w.read(2 + w.n%2)
						if !ok {
							return doomed
						}
						if w.n%2 == 1 {
							v = 0
						}
						if !w.write(i, v) || !w.write(2+w.n%2, n+1) {
							return doomed
						}
						return done
					}
					// A write that will be rolled back must not wake its own transaction.
					if w.rand(2) == 0 && !w.write(w.rand(2), 77) {
						return doomed
					}
					return retry
				})
			}
		},
		verify: func(h *harness) error {
			if p, c := h.cells[2].Get().B, h.cells[3].Get().B; p != c || p != uint64(2*h.rounds) {
				return fmt.Errorf("%d put, %d taken", p, c)
			}
			return nil
		}}
}

// privateWork: cell 0 says whether cells 1 and 2, always equal in public, are public. Thread 0 takes them away, changes
// them without transactions, and gives them back.
func privateWork() *workload {
	return &workload{name: "privatize", cells: 3, threads: 3, rounds: 4,
		initial: func(i int) uint64 { return uint64([]int{1, 5, 5}[i]) },
		run: func(w *worker) {
			h := w.h
			setLink := func(v uint64) {
				w.atomically(func() result {
					if !w.write(0, v) {
						return doomed
					}
					return done
				})
			}
			for range h.rounds {
				if w.n == 0 {
					setLink(0)
					w.tx.Quiesce()
					for _, v := range []uint64{w.unique(), w.unique()} {
						for i := 1; i <= 2; i++ {
							w.p.Write(unsafe.Pointer(&h.cells[i]))
							h.cells[i].Set(wordOf(v))
							w.p.Yield()
						}
						for i := 1; i <= 2; i++ {
							w.p.Read(unsafe.Pointer(&h.cells[i]))
							if got := h.cells[i].Get().B; got != v {
								h.fail("private cell %d changes from %d to %d", i, v, got)
							}
						}
					}
					setLink(1)
					continue
				}
				w.atomically(func() result {
					public, ok := w.read(0)
					if !ok {
						return doomed
					}
					if public == 0 {
						return done
					}
					a, ok := w.read(1)
					if !ok {
						return doomed
					}
					b, ok := w.read(2)
					if !ok {
						return doomed
					}
					if a != b {
						w.sees("%d and %d", a, b)
					}
					if v := w.unique(); !w.write(1, v) || !w.write(2, v) {
						return doomed
					}
					return done
				})
			}
		}}
}

// publishWork: cells 2i+1 are filled in without transactions, then made known through cells 2i.
func publishWork() *workload {
	const pairs = 4
	return &workload{name: "publish", cells: 2 * pairs, threads: 3,
		initial: func(i int) uint64 { return 0 },
		rounds:  pairs,
		run: func(w *worker) {
			h := w.h
			for k := range pairs {
				if w.n == 0 {
					w.p.Write(unsafe.Pointer(&h.cells[2*k+1]))
					h.cells[2*k+1].Set(wordOf(99))
					w.atomically(func() result {
						if !w.write(2*k, 1) {
							return doomed
						}
						return done
					})
					continue
				}
				w.atomically(func() result {
					for k := range pairs {
						known, ok := w.read(2 * k)
						if !ok {
							return doomed
						}
						if known == 0 {
							continue
						}
						v, ok := w.read(2*k + 1)
						if !ok {
							return doomed
						}
						if v != 99 {
							w.sees("%d in what was published", v)
						}
					}
					return done
				})
			}
		}}
}

// nestWork: savepoints, rolled back or not, two deep.
func nestWork() *workload {
	return &workload{name: "nest", cells: 12, threads: 2, rounds: 6, oracle: true, run: func(w *worker) {
		step := func() bool {
			i := w.rand(len(w.h.cells))
			if w.rand(3) == 0 {
				_, ok := w.read(i)
				return ok
			}
			return w.write(i, w.unique())
		}
		var block func(depth int) bool
		block = func(depth int) bool {
			sp, mark := w.tx.Savepoint(), w.rec.Mark()
			for range 1 + w.rand(8) {
				if !step() {
					return false
				}
				if depth > 0 && w.rand(4) == 0 && !block(depth-1) {
					return false
				}
			}
			if w.rand(2) == 0 {
				w.tx.RollbackTo(sp)
				w.rec.Undo(mark)
			}
			return step()
		}
		for range w.h.rounds {
			w.irrevocable = w.rand(6) == 0
			w.atomically(func() result {
				if !step() || !block(2) {
					return doomed
				}
				if w.rand(10) == 0 {
					return again
				}
				return done
			})
		}
	}}
}

// stampWork: stamps must be ordered as the keys are.
func stampWork() *workload {
	return &workload{name: "stamp", cells: 3, judged: 1, threads: 3, rounds: 6, oracle: true,
		run: func(w *worker) {
			h := w.h
			for range h.rounds {
				w.irrevocable = w.rand(8) == 0
				w.atomically(func() result {
					if _, ok := w.read(0); !ok {
						return doomed
					}
					if !w.write(0, w.unique()) {
						return doomed
					}
					// cells 1 and 2 hold stamps, and are no business of the oracle
					p := wordOf(uint64(w.n)).P
					if !w.tx.StoreStamp(h.orec(1), &h.cells[1], p, 1) || !w.tx.StoreStamp(h.orec(2), &h.cells[2], p, 2) {
						return doomed
					}
					if v, ok := w.tx.Load(h.orec(1), &h.cells[1]); !ok {
						return doomed
					} else if v.B>>StampBits != PendingStamp {
						h.fail("thread %d reads %#x as its own stamp", w.n, v.B)
					}
					return done
				})
			}
		},
		verify: func(h *harness) error {
			var top uint64
			for _, w := range h.threads {
				for i := range w.rec.Attempts {
					if a := &w.rec.Attempts[i]; a.Committed {
						top = max(top, a.Key)
					}
				}
			}
			for i := 1; i <= 2; i++ {
				if got, want := h.cells[i].Get().B, top>>1<<StampBits|uint64(i); got != want {
					return fmt.Errorf("stamp %d is %#x, the last commit makes it %#x", i, got, want)
				}
			}
			return nil
		}}
}

// wideWork: write sets beyond the linear scan, and long reads.
func wideWork() *workload {
	return &workload{name: "wide", cells: 24, threads: 2, rounds: 3, oracle: true, run: func(w *worker) {
		for range w.h.rounds {
			from, n := w.rand(24), w.rand(20)
			w.atomically(func() result {
				for k := range 24 {
					i := (from + k) % 24
					if k < n {
						if !w.write(i, w.unique()) {
							return doomed
						}
					} else if _, ok := w.read(i); !ok {
						return doomed
					}
					if k%5 == 4 {
						if _, ok := w.read((from + w.rand(k)) % 24); !ok {
							return doomed
						}
					}
				}
				return done
			})
		}
	}}
}
