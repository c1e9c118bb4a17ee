package stm

import (
	"math/rand/v2"
	"sync"

	anacrolix "github.com/anacrolix/stm"
)

// The tables of BenchmarkLibrary: one of 64 K keys, of which about half are there, is looked up, and in so many percent of the
// operations set or removed.

const mapKeys = 1 << 16

// keyTable is one implementation of a table: its three operations, which any goroutine may call.
type keyTable struct {
	look        func(k int) int
	set, remove func(k int)
}

// filled sets every second key.
func (t keyTable) filled() keyTable {
	for k := 0; k < mapKeys; k += 2 {
		t.set(k)
	}
	return t
}

// tableImpl makes a contestant of a table.
func tableImpl(name string, updates int, empty func() keyTable) libImpl {
	return libImpl{name: name, make: func() func(int) func(*rand.Rand) { return tableOps(updates, empty()) }}
}

// tableOps performs the operations.
func tableOps(updates int, empty keyTable) func(int) func(*rand.Rand) {
	t := empty.filled()
	return func(g int) func(*rand.Rand) {
		sink := &sinks[g].v
		return func(r *rand.Rand) {
			k, what := r.IntN(mapKeys), r.IntN(100)
			switch {
			case what >= updates:
				*sink = t.look(k)
			case what%2 == 0:
				t.set(k)
			default:
				t.remove(k)
			}
		}
	}
}

// container is one of the library's that is measured.
type container interface {
	Get(tx *Tx, k int) (int, bool)
	Set(tx *Tx, k, v int) bool
	Delete(tx *Tx, k int) bool
}

// giltTable says which operations only read, as the locked tables do.
func giltTable(m container) keyTable {
	return keyTable{
		look: func(k int) int {
			return View(func(tx *Tx) int { v, _ := m.Get(tx, k); return v })
		},
		set:    func(k int) { Atomically(func(tx *Tx) bool { return m.Set(tx, k, k) }) },
		remove: func(k int) { Atomically(func(tx *Tx) bool { return m.Delete(tx, k) }) },
	}
}

func giltMap() *Map[int, int] { return NewMapSize[int, int](mapKeys / 2) }

// anacrolixTable is a hash table of anacrolix Vars, as one has to write it there: a Var per bucket with a chain of
// immutable nodes.
func anacrolixTable() keyTable {
	type node struct {
		key  int
		next *node
	}
	buckets := make([]*anacrolix.Var[*node], mapKeys/2)
	for i := range buckets {
		buckets[i] = anacrolix.NewVar[*node](nil)
	}
	with := func(k int, f func(tx *anacrolix.Tx, x *anacrolix.Var[*node], head, found *node)) (found *node) {
		return anacrolix.Atomically(func(tx *anacrolix.Tx) *node {
			x := buckets[k/2]
			head := x.Get(tx)
			n := head
			for n != nil && n.key != k {
				n = n.next
			}
			f(tx, x, head, n)
			return n
		})
	}
	return keyTable{
		look: func(k int) int {
			if n := with(k, func(*anacrolix.Tx, *anacrolix.Var[*node], *node, *node) {}); n != nil {
				return n.key
			}
			return 0
		},
		set: func(k int) {
			with(k, func(tx *anacrolix.Tx, x *anacrolix.Var[*node], head, found *node) {
				if found == nil {
					x.Set(tx, &node{k, head})
				}
			})
		},
		remove: func(k int) {
			with(k, func(tx *anacrolix.Tx, x *anacrolix.Var[*node], head, found *node) {
				if found == nil {
					return
				}
				var rest *node
				for n := head; n != nil; n = n.next {
					if n != found {
						rest = &node{n.key, rest}
					}
				}
				x.Set(tx, rest)
			})
		},
	}
}

// lockedMap is a Go map under locks.
func lockedMap(l locks) keyTable {
	m := map[int]int{}
	return keyTable{
		look:   func(k int) int { l.rlock(); v := m[k]; l.runlock(); return v },
		set:    func(k int) { l.lock(); m[k] = k; l.unlock() },
		remove: func(k int) { l.lock(); delete(m, k); l.unlock() },
	}
}

// lockedTree is a sorted tree under locks.
func lockedTree(l locks) keyTable {
	m := newSortedTree()
	return keyTable{
		look:   func(k int) int { l.rlock(); v, _ := m.get(k); l.runlock(); return v },
		set:    func(k int) { l.lock(); m.set(k, k); l.unlock() },
		remove: func(k int) { l.lock(); m.remove(k); l.unlock() },
	}
}

// stripedMap is 64 Go maps, each under a lock of its own.
func stripedMap() keyTable {
	type part struct {
		mu sync.RWMutex
		m  map[int]int
		_  [128]byte
	}
	parts := make([]part, 64)
	for i := range parts {
		parts[i].m = map[int]int{}
	}
	of := func(k int) *part { return &parts[mix(uint64(k))>>58] }
	return keyTable{
		look:   func(k int) int { p := of(k); p.mu.RLock(); v := p.m[k]; p.mu.RUnlock(); return v },
		set:    func(k int) { p := of(k); p.mu.Lock(); p.m[k] = k; p.mu.Unlock() },
		remove: func(k int) { p := of(k); p.mu.Lock(); delete(p.m, k); p.mu.Unlock() },
	}
}

func lockedTables(updates int, under func(locks) keyTable) []libImpl {
	return underLocks(func(l locks) func(int) func(*rand.Rand) { return tableOps(updates, under(l)) })
}

// mapWork is hash tables; gilt is the library's.
func mapWork(name string, updates int, gilt func() keyTable) libWork {
	return libWork{name, append([]libImpl{tableImpl("gilt", updates, gilt), tableImpl("anacrolix", updates, anacrolixTable),
		tableImpl("peritem", updates, stripedMap)}, lockedTables(updates, lockedMap)...)}
}

func hashMapWork(name string, updates int) libWork {
	return mapWork(name, updates, func() keyTable { return giltTable(giltMap()) })
}

// lookUpWork is the hash map with the look-ups outside transactions, as AtomicGet is for Vars: each of them is one operation.
func lookUpWork(name string, updates int) libWork {
	return mapWork(name, updates, func() keyTable {
		m := giltMap()
		t := giltTable(m)
		t.look = func(k int) int { v, _ := m.AtomicGet(k); return v }
		return t
	})
}

func orderedMapWork() libWork {
	const updates = 20
	return libWork{"ordered", append([]libImpl{tableImpl("gilt", updates, func() keyTable { return giltTable(NewOrderedMap[int, int]()) })},
		lockedTables(updates, lockedTree)...)}
}
