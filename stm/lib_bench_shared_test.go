package stm

import (
	"math/rand/v2"
	"sync"

	anacrolix "github.com/anacrolix/stm"
)

// The shared data structures of BenchmarkLibrary.

const (
	bankAccounts = 1024
	listKeys     = 512 // half of them are in the list
)

// locks are the four calls around critical sections.
type locks struct{ rlock, runlock, lock, unlock func() }

// underLocks are two implementations of one that calls locks: under a Mutex, and under an RWMutex.
func underLocks(locked func(locks) func(int) func(*rand.Rand)) []libImpl {
	return []libImpl{
		{name: "mutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.Mutex
			return locked(locks{mu.Lock, mu.Unlock, mu.Lock, mu.Unlock})
		}},
		{name: "rwmutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.RWMutex
			return locked(locks{mu.RLock, mu.RUnlock, mu.Lock, mu.Unlock})
		}},
	}
}

// accountWork moves money between two of 1,024 accounts; every tenth operation adds all of them up.
func accountWork() libWork {
	type account struct {
		mu sync.Mutex
		n  int
	}
	locked := func(l locks) func(int) func(*rand.Rand) {
		acc := make([]int, bankAccounts)
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				n, i, j := r.IntN(10), r.IntN(bankAccounts), r.IntN(bankAccounts)
				l.lock() // also to add up: an RWMutex whose readers hold it for long is slower here
				if n == 0 {
					sum := 0
					for k := range acc {
						sum += acc[k]
					}
					*sink = sum
				} else {
					acc[i]--
					acc[j]++
				}
				l.unlock()
			}
		}
	}
	return libWork{"bank", append([]libImpl{
		{name: "gilt", make: func() func(int) func(*rand.Rand) {
			acc := make([]Var[int], bankAccounts)
			return func(g int) func(*rand.Rand) {
				sink := &sinks[g].v
				return func(r *rand.Rand) {
					n, i, j := r.IntN(10), r.IntN(bankAccounts), r.IntN(bankAccounts)
					if n == 0 {
						*sink = View(func(tx *Tx) int {
							sum := 0
							for k := range acc {
								sum += acc[k].Get(tx)
							}
							return sum
						})
						return
					}
					Atomically(VoidOperation(func(tx *Tx) {
						acc[i].Set(tx, acc[i].Get(tx)-1)
						acc[j].Set(tx, acc[j].Get(tx)+1)
					}))
				}
			}
		}},
		{name: "anacrolix", make: func() func(int) func(*rand.Rand) {
			acc := make([]*anacrolix.Var[int], bankAccounts)
			for i := range acc {
				acc[i] = anacrolix.NewVar(0)
			}
			return func(g int) func(*rand.Rand) {
				sink := &sinks[g].v
				return func(r *rand.Rand) {
					n, i, j := r.IntN(10), r.IntN(bankAccounts), r.IntN(bankAccounts)
					if n == 0 {
						*sink = anacrolix.Atomically(func(tx *anacrolix.Tx) int {
							sum := 0
							for k := range acc {
								sum += acc[k].Get(tx)
							}
							return sum
						})
						return
					}
					anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) {
						acc[i].Set(tx, acc[i].Get(tx)-1)
						acc[j].Set(tx, acc[j].Get(tx)+1)
					}))
				}
			}
		}},
		{name: "peritem", make: func() func(int) func(*rand.Rand) {
			acc := make([]account, bankAccounts)
			return func(g int) func(*rand.Rand) {
				sink := &sinks[g].v
				return func(r *rand.Rand) {
					n, i, j := r.IntN(10), r.IntN(bankAccounts), r.IntN(bankAccounts)
					if n == 0 {
						sum := 0
						for k := range acc {
							acc[k].mu.Lock()
							sum += acc[k].n
						}
						for k := range acc {
							acc[k].mu.Unlock()
						}
						*sink = sum
						return
					}
					if i == j {
						return
					}
					a, b := &acc[min(i, j)], &acc[max(i, j)]
					a.mu.Lock()
					b.mu.Lock()
					acc[i].n--
					acc[j].n++
					b.mu.Unlock()
					a.mu.Unlock()
				}
			}
		}},
	}, underLocks(locked)...)}
}

// sortedListWork looks keys up in a sorted list, and inserts or removes them in every fifth operation.
func sortedListWork() libWork {
	// sorted is the operation on any list whose links are read and written by get and set.
	type node struct {
		key  int
		next *node
	}
	type giltNode struct {
		key  int
		next Var[*giltNode]
	}
	type anaNode struct {
		key  int
		next *anacrolix.Var[*anaNode]
	}
	locked := func(with locks) func(int) func(*rand.Rand) {
		head := &node{key: -1}
		for k := listKeys - 2; k >= 0; k -= 2 {
			head.next = &node{k, head.next}
		}
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				k, what := r.IntN(listKeys), r.IntN(10)
				l, u := with.rlock, with.runlock
				if what < 2 {
					l, u = with.lock, with.unlock
				}
				l()
				p := head
				for p.next != nil && p.next.key < k {
					p = p.next
				}
				there := p.next != nil && p.next.key == k
				switch {
				case what == 0 && !there:
					p.next = &node{k, p.next}
				case what == 1 && there:
					p.next = p.next.next
				case there:
					*sink++
				}
				u()
			}
		}
	}
	return libWork{"list", append([]libImpl{
		{name: "gilt", make: func() func(int) func(*rand.Rand) {
			head := &giltNode{key: -1}
			for k := listKeys - 2; k >= 0; k -= 2 {
				n := &giltNode{key: k}
				AtomicSet(&n.next, AtomicGet(&head.next))
				AtomicSet(&head.next, n)
			}
			return func(g int) func(*rand.Rand) {
				sink := &sinks[g].v
				return func(r *rand.Rand) {
					k, what := r.IntN(listKeys), r.IntN(10)
					*sink = Atomically(func(tx *Tx) int {
						p, n := head, head.next.Get(tx)
						for n != nil && n.key < k {
							p, n = n, n.next.Get(tx)
						}
						there := n != nil && n.key == k
						switch {
						case what == 0 && !there:
							c := &giltNode{key: k}
							c.next.Set(tx, n)
							p.next.Set(tx, c)
						case what == 1 && there:
							after := n.next.Get(tx)
							p.next.Set(tx, after)
							n.next.Set(tx, after) // whoever stands on it must fail
						case there:
							return 1
						}
						return 0
					})
				}
			}
		}},
		{name: "anacrolix", make: func() func(int) func(*rand.Rand) {
			head := &anaNode{-1, anacrolix.NewVar[*anaNode](nil)}
			for k := listKeys - 2; k >= 0; k -= 2 {
				anacrolix.AtomicSet(head.next, &anaNode{k, anacrolix.NewVar(anacrolix.AtomicGet(head.next))})
			}
			return func(g int) func(*rand.Rand) {
				sink := &sinks[g].v
				return func(r *rand.Rand) {
					k, what := r.IntN(listKeys), r.IntN(10)
					*sink = anacrolix.Atomically(func(tx *anacrolix.Tx) int {
						p, n := head, head.next.Get(tx)
						for n != nil && n.key < k {
							p, n = n, n.next.Get(tx)
						}
						there := n != nil && n.key == k
						switch {
						case what == 0 && !there:
							p.next.Set(tx, &anaNode{k, anacrolix.NewVar(n)})
						case what == 1 && there:
							after := n.next.Get(tx)
							p.next.Set(tx, after)
							n.next.Set(tx, after)
						case there:
							return 1
						}
						return 0
					})
				}
			}
		}},
		{name: "peritem", make: coupledList},
	}, underLocks(locked)...)}
}

// coupledList is the sorted list with a lock per node, taken hand over hand.
func coupledList() func(int) func(*rand.Rand) {
	type node struct {
		mu   sync.Mutex
		key  int
		next *node
	}
	head := &node{key: -1}
	for k := listKeys - 2; k >= 0; k -= 2 {
		head.next = &node{key: k, next: head.next}
	}
	return func(g int) func(*rand.Rand) {
		sink := &sinks[g].v
		return func(r *rand.Rand) {
			k, what := r.IntN(listKeys), r.IntN(10)
			p := head
			p.mu.Lock()
			n := p.next
			for n != nil {
				n.mu.Lock()
				if n.key >= k {
					break
				}
				p.mu.Unlock()
				p, n = n, n.next
			}
			there := n != nil && n.key == k
			switch {
			case what == 0 && !there:
				p.next = &node{key: k, next: n}
			case what == 1 && there:
				p.next = n.next
			case there:
				*sink++
			}
			if n != nil {
				n.mu.Unlock()
			}
			p.mu.Unlock()
		}
	}
}
