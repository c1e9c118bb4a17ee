package stm

import (
	"iter"
	"reflect"
	"unsafe"
)

// Map is a hash table in transactional memory.
//
// A bucket is a chain of nodes; one record covers the bucket's whole chain, the values included, so an operation
// reads one record for the table and one for the bucket, and a change locks one. There is no shared counter: the length of
// a chain stands in its bucket, and [Map.Len] adds them up. The table grows by the transaction whose key makes a chain
// long while the chains around it are long too; that one transaction depends on the whole map.
type Map[K comparable, V any] struct {
	orec  Orec
	table Word // P: *mapTable[K, V]
	hash  func(K) uint64
	rep   rep
}

type mapTable[K comparable, V any] struct {
	shift   uint
	buckets []mapBucket
}

// mapBucket is a chain: B is its length.
type mapBucket struct {
	orec Orec
	head Word
}

// mapNode is an entry. Its link's pointer is the next node; values that are numbers stand in the link's other half, so that
// such an entry takes few bytes and a lookup touches one cell of it. Other values have a cell of their own, in a wideNode.
type mapNode[K comparable, V any] struct {
	link Word
	key  K
}

type wideNode[K comparable, V any] struct {
	mapNode[K, V]
	val Word
}

// newNode makes a node that others will see only by a commit.
func (m *Map[K, V]) newNode(next unsafe.Pointer, k K, val Word) *mapNode[K, V] {
	if m.rep == repBits {
		return &mapNode[K, V]{Word{next, val.B}, k}
	}
	n := &wideNode[K, V]{mapNode[K, V]{Word{P: next}, k}, val}
	return &n.mapNode
}

// val is the cell of the value of a node whose values are no numbers.
func (m *Map[K, V]) val(n *mapNode[K, V]) *Word { return &(*wideNode[K, V])(unsafe.Pointer(n)).val }

// value is the value of n.
func (m *Map[K, V]) value(tx *Tx, b *mapBucket, n *mapNode[K, V]) V {
	if m.rep == repBits {
		return unpack[V](repBits, Word{B: tx.load(&b.orec, &n.link).B})
	}
	return unpack[V](m.rep, tx.load(&b.orec, m.val(n)))
}

const (
	mapBits   = 6 // buckets of a new table: 1<<mapBits
	mapGrowth = 2 // a table grows by 1<<mapGrowth
	mapChain  = 4 // the length of a chain at which the table may have to grow
	mapSample = 16
)

// NewMap makes an empty Map.
func NewMap[K comparable, V any]() *Map[K, V] { return NewMapSize[K, V](0) }

// NewMapSize makes an empty Map with room for about n keys.
func NewMapSize[K comparable, V any](n int) *Map[K, V] {
	bits := uint(mapBits)
	for n > 1<<bits {
		bits++
	}
	m := &Map[K, V]{hash: hasher[K](), rep: repOf(reflect.TypeFor[V]())}
	m.table.P = unsafe.Pointer(newMapTable[K, V](bits))
	return m
}

func newMapTable[K comparable, V any](bits uint) *mapTable[K, V] {
	return &mapTable[K, V]{shift: 64 - bits, buckets: make([]mapBucket, 1<<bits)}
}

// bucket is the bucket of a key with hash h.
func (m *Map[K, V]) bucket(tx *Tx, h uint64) (*mapTable[K, V], *mapBucket) {
	t := (*mapTable[K, V])(tx.load(&m.orec, &m.table).P)
	return t, &t.buckets[h>>t.shift]
}

// find is the node of k in b, nil if there is none, and the cell that points to it (or ends the chain).
func (m *Map[K, V]) find(tx *Tx, b *mapBucket, k K) (n *mapNode[K, V], link *Word) {
	link = &b.head
	for {
		n = (*mapNode[K, V])(tx.load(&b.orec, link).P)
		if n == nil || n.key == k {
			return n, link
		}
		link = &n.link
	}
}

// Get is the value of k, and whether there is one.
func (m *Map[K, V]) Get(tx *Tx, k K) (v V, ok bool) {
	tx.check("Map.Get")
	_, b := m.bucket(tx, m.hash(k))
	n, _ := m.find(tx, b, k)
	if n == nil {
		return v, false
	}
	return m.value(tx, b, n), true
}

// Contains says whether k has a value.
func (m *Map[K, V]) Contains(tx *Tx, k K) bool {
	tx.check("Map.Contains")
	_, b := m.bucket(tx, m.hash(k))
	n, _ := m.find(tx, b, k)
	return n != nil
}

// Set sets the value of k; it says whether k is new.
func (m *Map[K, V]) Set(tx *Tx, k K, v V) bool {
	tx.check("Map.Set")
	h := m.hash(k)
	t, b := m.bucket(tx, h)
	n, _ := m.find(tx, b, k)
	if n != nil {
		w := pack(m.rep, &v)
		if m.rep == repBits {
			tx.store(&b.orec, &n.link, Word{tx.load(&b.orec, &n.link).P, w.B})
		} else {
			tx.store(&b.orec, m.val(n), w)
		}
		return false
	}
	head := tx.load(&b.orec, &b.head)
	if head.B >= mapChain && m.crowded(tx, t, b) {
		t = m.grow(tx, t)
		b = &t.buckets[h>>t.shift]
		head = tx.load(&b.orec, &b.head)
	}
	n = m.newNode(head.P, k, pack(m.rep, &v))
	tx.store(&b.orec, &b.head, Word{unsafe.Pointer(n), head.B + 1})
	return true
}

// Delete removes k; it says whether k was there.
func (m *Map[K, V]) Delete(tx *Tx, k K) bool {
	tx.check("Map.Delete")
	_, b := m.bucket(tx, m.hash(k))
	n, link := m.find(tx, b, k)
	if n == nil {
		return false
	}
	next := tx.load(&b.orec, &n.link).P
	head := tx.load(&b.orec, &b.head)
	if link == &b.head {
		tx.store(&b.orec, &b.head, Word{next, head.B - 1})
		return true
	}
	tx.store(&b.orec, link, Word{next, tx.load(&b.orec, link).B})
	tx.store(&b.orec, &b.head, Word{head.P, head.B - 1})
	return true
}

// crowded says whether the buckets around b hold more than two keys each: with fewer, a larger table would cost more misses of
// the cache than shorter chains save. It only samples, so it depends on none of them.
func (m *Map[K, V]) crowded(tx *Tx, t *mapTable[K, V], b *mapBucket) bool {
	i := int(uintptr(unsafe.Pointer(b))-uintptr(unsafe.Pointer(&t.buckets[0]))) / int(unsafe.Sizeof(*b))
	n := uint64(0)
	for j := range mapSample {
		c := &t.buckets[(i+j)&(len(t.buckets)-1)]
		n += tx.glance(&c.orec, &c.head).B
	}
	return n > 2*mapSample
}

// grow moves everything into a larger table.
func (m *Map[K, V]) grow(tx *Tx, old *mapTable[K, V]) *mapTable[K, V] {
	t := newMapTable[K, V](64 - old.shift + mapGrowth)
	for i := range old.buckets {
		b := &old.buckets[i]
		head := tx.load(&b.orec, &b.head)
		for n := (*mapNode[K, V])(head.P); n != nil; n = (*mapNode[K, V])(tx.load(&b.orec, &n.link).P) {
			to := &t.buckets[m.hash(n.key)>>t.shift] // nobody else sees it yet
			val := tx.load(&b.orec, &n.link)
			if m.rep != repBits {
				val = tx.load(&b.orec, m.val(n))
			}
			c := m.newNode(to.head.P, n.key, val)
			to.head = Word{unsafe.Pointer(c), to.head.B + 1}
		}
		// Whoever is still using the old bucket must fail, although he may know only the bucket.
		tx.store(&b.orec, &b.head, Word{})
	}
	tx.store(&m.orec, &m.table, Word{P: unsafe.Pointer(t)})
	return t
}

// Len is the number of keys. The transaction depends on the whole map then.
func (m *Map[K, V]) Len(tx *Tx) int {
	tx.check("Map.Len")
	t := (*mapTable[K, V])(tx.load(&m.orec, &m.table).P)
	n := uint64(0)
	for i := range t.buckets {
		b := &t.buckets[i]
		n += tx.load(&b.orec, &b.head).B
	}
	return int(n)
}

// All iterates over the keys and values, in no particular order. The transaction depends on what it has passed. The
// map may be changed meanwhile: keys that are deleted before they are reached do not appear, new ones may.
func (m *Map[K, V]) All(tx *Tx) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("Map.All")
		t := (*mapTable[K, V])(tx.load(&m.orec, &m.table).P)
		for i := range t.buckets {
			b := &t.buckets[i]
			n := (*mapNode[K, V])(tx.load(&b.orec, &b.head).P)
			for n != nil {
				next := (*mapNode[K, V])(tx.load(&b.orec, &n.link).P)
				if !yield(n.key, m.value(tx, b, n)) {
					return
				}
				n = next
			}
		}
	}
}

// Clear removes all keys.
func (m *Map[K, V]) Clear(tx *Tx) {
	tx.check("Map.Clear")
	t := (*mapTable[K, V])(tx.load(&m.orec, &m.table).P)
	for i := range t.buckets {
		b := &t.buckets[i]
		if tx.load(&b.orec, &b.head).P != nil {
			tx.store(&b.orec, &b.head, Word{})
		}
	}
}

// Set is a hash table of keys: see [Map].
type Set[K comparable] struct{ m *Map[K, struct{}] }

// NewSet makes an empty Set.
func NewSet[K comparable]() *Set[K] { return &Set[K]{NewMap[K, struct{}]()} }

// Add adds k; it says whether k is new.
func (s *Set[K]) Add(tx *Tx, k K) bool {
	tx.check("Set.Add")
	return !s.m.Contains(tx, k) && s.m.Set(tx, k, struct{}{})
}

// Delete removes k; it says whether k was there.
func (s *Set[K]) Delete(tx *Tx, k K) bool { return s.m.Delete(tx, k) }

// Contains says whether k is in the set.
func (s *Set[K]) Contains(tx *Tx, k K) bool { return s.m.Contains(tx, k) }

// Len is the number of keys; see [Map.Len].
func (s *Set[K]) Len(tx *Tx) int { return s.m.Len(tx) }

// Clear removes all keys.
func (s *Set[K]) Clear(tx *Tx) { s.m.Clear(tx) }

// All iterates over the keys; see [Map.All].
func (s *Set[K]) All(tx *Tx) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range s.m.All(tx) {
			if !yield(k) {
				return
			}
		}
	}
}
