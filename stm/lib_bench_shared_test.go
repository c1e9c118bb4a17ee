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
	mapKeys      = 1 << 16
)

// accountWork moves money between two of 1,024 accounts; every tenth operation adds all of them up.
func accountWork() libWork {
	type account struct {
		mu sync.Mutex
		n  int
	}
	locked := func(lock, unlock func()) func(int) func(*rand.Rand) {
		acc := make([]int, bankAccounts)
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				n, i, j := r.IntN(10), r.IntN(bankAccounts), r.IntN(bankAccounts)
				lock()
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
				unlock()
			}
		}
	}
	return libWork{"bank", []libImpl{
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
		{name: "mutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.Mutex
			return locked(mu.Lock, mu.Unlock)
		}},
		{name: "rwmutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.RWMutex
			return locked(mu.Lock, mu.Unlock)
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
	}}
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
	locked := func(rlock, runlock, lock, unlock func()) func(int) func(*rand.Rand) {
		head := &node{key: -1}
		for k := listKeys - 2; k >= 0; k -= 2 {
			head.next = &node{k, head.next}
		}
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				k, what := r.IntN(listKeys), r.IntN(10)
				l, u := rlock, runlock
				if what < 2 {
					l, u = lock, unlock
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
	return libWork{"list", []libImpl{
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
		{name: "mutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.Mutex
			return locked(mu.Lock, mu.Unlock, mu.Lock, mu.Unlock)
		}},
		{name: "rwmutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.RWMutex
			return locked(mu.RLock, mu.RUnlock, mu.Lock, mu.Unlock)
		}},
		{name: "peritem", make: coupledList},
	}}
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

// keyTable is a container that is measured.
type keyTable interface {
	Contains(tx *Tx, k int) bool
	Set(tx *Tx, k, v int) bool
	Delete(tx *Tx, k int) bool
}

// tableWork looks up one of 64 K keys, and inserts or removes it in so many percent of the operations. All say which
// operations only read: View here, RLock there.
func tableWork(name string, updates int, empty func() keyTable, others ...libImpl) libWork {
	return libWork{name, append([]libImpl{{name: "gilt", make: func() func(int) func(*rand.Rand) {
		m := empty()
		for k := 0; k < mapKeys; k += 2 {
			Atomically(func(tx *Tx) bool { return m.Set(tx, k, k) })
		}
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				k, what := r.IntN(mapKeys), r.IntN(100)
				if what >= updates {
					if View(func(tx *Tx) bool { return m.Contains(tx, k) }) {
						*sink++
					}
					return
				}
				Atomically(func(tx *Tx) bool {
					if what%2 == 0 {
						return m.Set(tx, k, k)
					}
					return m.Delete(tx, k)
				})
			}
		}
	}}}, others...)}
}

// lockedMap is a Go map under locks.
func lockedMap(updates int, rlock, runlock, lock, unlock func()) func(int) func(*rand.Rand) {
	m := map[int]int{}
	for k := 0; k < mapKeys; k += 2 {
		m[k] = k
	}
	return func(g int) func(*rand.Rand) {
		sink := &sinks[g].v
		return func(r *rand.Rand) {
			k, what := r.IntN(mapKeys), r.IntN(100)
			switch {
			case what >= updates:
				rlock()
				*sink = m[k]
				runlock()
			case what%2 == 0:
				lock()
				m[k] = k
				unlock()
			default:
				lock()
				delete(m, k)
				unlock()
			}
		}
	}
}

// stripedMap is 64 Go maps, each under a lock of its own.
func stripedMap(updates int) func(int) func(*rand.Rand) {
	type part struct {
		mu sync.RWMutex
		m  map[int]int
		_  [128]byte
	}
	parts := make([]part, 64)
	for i := range parts {
		parts[i].m = map[int]int{}
	}
	for k := 0; k < mapKeys; k += 2 {
		parts[mix(uint64(k))>>58].m[k] = k
	}
	return func(g int) func(*rand.Rand) {
		sink := &sinks[g].v
		return func(r *rand.Rand) {
			k, what := r.IntN(mapKeys), r.IntN(100)
			p := &parts[mix(uint64(k))>>58]
			switch {
			case what >= updates:
				p.mu.RLock()
				*sink = p.m[k]
				p.mu.RUnlock()
			case what%2 == 0:
				p.mu.Lock()
				p.m[k] = k
				p.mu.Unlock()
			default:
				p.mu.Lock()
				delete(p.m, k)
				p.mu.Unlock()
			}
		}
	}
}

func lockedMaps(updates int) []libImpl {
	return []libImpl{
		{name: "mutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.Mutex
			return lockedMap(updates, mu.Lock, mu.Unlock, mu.Lock, mu.Unlock)
		}},
		{name: "rwmutex", make: func() func(int) func(*rand.Rand) {
			var mu sync.RWMutex
			return lockedMap(updates, mu.RLock, mu.RUnlock, mu.Lock, mu.Unlock)
		}},
		{name: "peritem", make: func() func(int) func(*rand.Rand) { return stripedMap(updates) }},
	}
}

// anacrolixBuckets is a hash table of anacrolix Vars, as one has to write it there: a Var per bucket with a chain of
// immutable nodes.
func anacrolixBuckets(updates int) func(int) func(*rand.Rand) {
	type node struct {
		key  int
		next *node
	}
	buckets := make([]*anacrolix.Var[*node], mapKeys/2)
	for i := range buckets {
		buckets[i] = anacrolix.NewVar(&node{key: 2 * i})
	}
	without := func(n *node, k int) *node {
		var out *node
		for ; n != nil; n = n.next {
			if n.key != k {
				out = &node{n.key, out}
			}
		}
		return out
	}
	return func(g int) func(*rand.Rand) {
		sink := &sinks[g].v
		return func(r *rand.Rand) {
			k, what := r.IntN(mapKeys), r.IntN(100)
			x := buckets[k/2]
			*sink = anacrolix.Atomically(func(tx *anacrolix.Tx) int {
				head := x.Get(tx)
				n := head
				for n != nil && n.key != k {
					n = n.next
				}
				switch {
				case what < updates && what%2 == 0 && n == nil:
					x.Set(tx, &node{k, head})
				case what < updates && what%2 == 1 && n != nil:
					x.Set(tx, without(head, k))
				case n != nil:
					return 1
				}
				return 0
			})
		}
	}
}

// lookUpWork is the hash map with the look-ups outside transactions, as AtomicGet is for Vars: each of them is one operation.
func lookUpWork(name string, updates int) libWork {
	w := hashMapWork(name, updates)
	w.impls[0] = libImpl{name: "gilt", make: func() func(int) func(*rand.Rand) {
		m := NewMapSize[int, int](mapKeys / 2)
		for k := 0; k < mapKeys; k += 2 {
			Atomically(func(tx *Tx) bool { return m.Set(tx, k, k) })
		}
		return func(g int) func(*rand.Rand) {
			sink := &sinks[g].v
			return func(r *rand.Rand) {
				k, what := r.IntN(mapKeys), r.IntN(100)
				switch {
				case what >= updates:
					*sink, _ = m.AtomicGet(k)
				case what%2 == 0:
					Atomically(func(tx *Tx) bool { return m.Set(tx, k, k) })
				default:
					Atomically(func(tx *Tx) bool { return m.Delete(tx, k) })
				}
			}
		}
	}}
	return w
}

func hashMapWork(name string, updates int) libWork {
	return tableWork(name, updates, func() keyTable { return NewMapSize[int, int](mapKeys / 2) },
		append([]libImpl{{name: "anacrolix", make: func() func(int) func(*rand.Rand) { return anacrolixBuckets(updates) }}}, lockedMaps(updates)...)...)
}
