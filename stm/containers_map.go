package stm

import (
	"iter"
	"math/bits"
	"sync/atomic"
	"unsafe"
)

// Map is a hash table in transactional memory.
//
// A bucket is one cell under its own record: a pointer to its entries, which stand side by side in one array and never change,
// and their number with a few bits of the hash of the first ones (the tags of Swiss tables). A change makes a new array. So
// looking a key up reads the table's record and the bucket's, and touches one line of the cache for the bucket and, unless the
// tags say that the key is absent, one or two for the entries; a change locks one record. There is no shared counter:
// [Map.Len] adds the buckets up. Values are copied with their buckets, so large ones should be pointers.
//
// The table grows by replacing it with an empty larger one that refers to it: a bucket of the old table moves when a
// transaction changes it for the first time (or its neighbour: so that all of them move in the end), and is read where it is
// until then. Growing therefore touches no bucket, and conflicts with every other transaction on the map just once.
//
// Invariants: a bucket of a table with a predecessor holds nothing until it is settled; the buckets that an old one is
// distributed to are settled together; whoever reads an old bucket has logged that the newer ones are not settled.
type Map[K comparable, V any] struct {
	orec  Orec
	table Word // P: *mapTable
	hash  func(K) uint64
	mixes bool // hash is mix: called directly
}

type mapTable struct {
	shift   uint
	buckets []mapBucket
	prev    *mapTable // where buckets are that have not been settled here
}

// mapBucket is a bucket: two to a cache line.
type mapBucket struct {
	orec Orec
	cell Word // P: the first entry; B: see below
	_    [8]byte
}

// mapEntry has the key last: a value of no size would take room there.
type mapEntry[K comparable, V any] struct {
	val V
	key K
}

// A bucket's number: how many entries there are, whether it is settled, and a byte of the hash of each of the first entries.
const (
	mapCount   = 1<<23 - 1
	mapSettled = 1 << 23
	mapTags    = 24 // where they begin
	mapTagged  = 5  // how many
	tagOnes    = 0x0101010101
	tagHighs   = 0x8080808080
)

const (
	mapBits   = 5 // buckets of a new table: 1<<mapBits
	mapLoad   = 4 // keys per bucket that NewMapSize aims at
	mapGrowth = 2 // a table grows by 1<<mapGrowth
	mapFull   = 8 // entries of a bucket at which the table may have to grow
	mapSample = 32
)

// NewMap makes an empty Map.
func NewMap[K comparable, V any]() *Map[K, V] { return NewMapSize[K, V](0) }

// NewMapSize makes an empty Map with room for about n keys.
func NewMapSize[K comparable, V any](n int) *Map[K, V] {
	bits := uint(mapBits)
	for n > mapLoad<<bits {
		bits++
	}
	return newMapBits[K, V](bits)
}

func newMapBits[K comparable, V any](bits uint) *Map[K, V] {
	m := &Map[K, V]{}
	m.hash, m.mixes = hasher[K]()
	m.table.P = unsafe.Pointer(newMapTable(bits, nil))
	return m
}

func newMapTable(bits uint, prev *mapTable) *mapTable {
	return &mapTable{shift: 64 - bits, buckets: make([]mapBucket, 1<<bits), prev: prev}
}

func (t *mapTable) bucket(h uint64) *mapBucket {
	return &t.buckets[h>>(t.shift&63)&uint64(len(t.buckets)-1)]
}

// elsewhere says whether the contents of a bucket that holds w are in the table before.
func (t *mapTable) elsewhere(w Word) bool { return w.B&mapSettled == 0 && t.prev != nil }

func (m *Map[K, V]) hashOf(k K) uint64 {
	if m.mixes {
		return mix(*(*uint64)(unsafe.Pointer(&k)))
	}
	return m.hash(k)
}

func (m *Map[K, V]) current(tx *Tx) *mapTable { return (*mapTable)(tx.load(&m.orec, &m.table).P) }

// entriesOf are the entries of a bucket that holds w.
func entriesOf[K comparable, V any](w Word) []mapEntry[K, V] {
	return unsafe.Slice((*mapEntry[K, V])(w.P), int(w.B&mapCount))
}

// position is the place of k, with hash h, among the entries of a bucket that holds w; -1 if it is absent.
func (m *Map[K, V]) position(w Word, h uint64, k K) int {
	es := entriesOf[K, V](w)
	x := w.B>>mapTags ^ h&0xff*tagOnes
	for z := (x - tagOnes) &^ x & tagHighs; z != 0; z &= z - 1 {
		if i := bits.TrailingZeros64(z) / 8; i < len(es) && es[i].key == k {
			return i
		}
	}
	for i := mapTagged; i < len(es); i++ {
		if es[i].key == k {
			return i
		}
	}
	return -1
}

// find is the entry of k, nil if there is none. It does not change.
func (m *Map[K, V]) find(tx *Tx, k K) *mapEntry[K, V] {
	var h uint64
	if m.mixes { // hashOf, which is not inlined
		h = mix(*(*uint64)(unsafe.Pointer(&k)))
	} else {
		h = m.hash(k)
	}
	if tx.mode == modeOther && tx.lib.glances { // in a View: without calls
		if w, ok := tx.lib.reader.glance(tx, &m.orec, &m.table); ok {
			t := (*mapTable)(w.P)
			b := t.bucket(h)
			if w, ok := tx.lib.reader.glance(tx, &b.orec, &b.cell); ok && !t.elsewhere(w) {
				if i := m.position(w, h, k); i >= 0 {
					return &entriesOf[K, V](w)[i]
				}
				return nil
			}
		}
	}
	for t := m.current(tx); ; t = t.prev {
		b := t.bucket(h)
		w := tx.load(&b.orec, &b.cell)
		if t.elsewhere(w) {
			continue
		}
		if i := m.position(w, h, k); i >= 0 {
			return &entriesOf[K, V](w)[i]
		}
		return nil
	}
}

// Get is the value of k, and whether there is one.
func (m *Map[K, V]) Get(tx *Tx, k K) (v V, ok bool) {
	tx.check("Map.Get")
	if e := m.find(tx, k); e != nil {
		return e.val, true
	}
	return v, false
}

// Contains says whether k has a value.
func (m *Map[K, V]) Contains(tx *Tx, k K) bool {
	tx.check("Map.Contains")
	return m.find(tx, k) != nil
}

// AtomicGet is Get outside any transaction: what a transaction of its own would return. For single look-ups it is the cheaper way.
// Under algorithms without ownership records it must not be used.
func (m *Map[K, V]) AtomicGet(k K) (v V, ok bool) {
	e, sure := m.lookUp(k)
	if !sure {
		e = m.lookUpPatiently(k)
	}
	if e != nil {
		return e.val, true
	}
	return v, false
}

// AtomicContains is Contains outside any transaction; see [Map.AtomicGet].
func (m *Map[K, V]) AtomicContains(k K) bool {
	e, sure := m.lookUp(k)
	if !sure {
		e = m.lookUpPatiently(k)
	}
	return e != nil
}

// lookUpPatiently waits for commits that are under way.
func (m *Map[K, V]) lookUpPatiently(k K) *mapEntry[K, V] {
	s := DefaultSystem()
	tx := s.take() // to wait with
	defer s.pool.Load().put(tx)
	for i := 0; ; i++ {
		if e, sure := m.lookUp(k); sure {
			return e
		}
		tx.p.Spin(i)
	}
}

// lookUp finds the entry of k, nil if there is none, without a transaction; sure is false when somebody is changing what it looks at. All
// that it has read was there at once, when it read the last: the table's record and the bucket's are looked at again after that.
func (m *Map[K, V]) lookUp(k K) (e *mapEntry[K, V], sure bool) {
	h := m.hashOf(k)
	root := m.orec.w.Load()
	t := (*mapTable)(atomic.LoadPointer(&m.table.P))
	if root&lockBit != 0 || m.orec.w.Load() != root {
		return nil, false
	}
	newest := t.bucket(h)
	first := newest.orec.w.Load()
	for b, v := newest, first; ; {
		w := Word{P: atomic.LoadPointer(&b.cell.P)}
		w.B = atomic.LoadUint64(&b.cell.B)
		if v&lockBit != 0 || b.orec.w.Load() != v {
			return nil, false
		}
		if !t.elsewhere(w) {
			if newest.orec.w.Load() != first || m.orec.w.Load() != root {
				return nil, false
			}
			if i := m.position(w, h, k); i >= 0 {
				e = &entriesOf[K, V](w)[i]
			}
			return e, true
		}
		t = t.prev
		b = t.bucket(h)
		v = b.orec.w.Load()
	}
}

// Set sets the value of k; it says whether k is new.
func (m *Map[K, V]) Set(tx *Tx, k K, v V) bool {
	tx.check("Map.Set")
	h := m.hashOf(k)
	t := m.current(tx)
	b, w := m.settled(tx, t, h)
	es := entriesOf[K, V](w)
	if i := m.position(w, h, k); i >= 0 {
		next := make([]mapEntry[K, V], len(es))
		copy(next, es)
		next[i].val = v
		tx.store(&b.orec, &b.cell, Word{unsafe.Pointer(&next[0]), w.B})
		return false
	}
	if t.prev != nil { // settle the neighbour too
		m.settled(tx, t, h+1<<(t.shift+mapGrowth))
	}
	if len(es) >= mapFull && m.crowded(tx, t, h) {
		t = newMapTable(64-t.shift+mapGrowth, t)
		tx.store(&m.orec, &m.table, Word{P: unsafe.Pointer(t)})
		b, w = m.settled(tx, t, h)
		es = entriesOf[K, V](w)
	}
	tx.store(&b.orec, &b.cell, with(es, w.B, h, mapEntry[K, V]{v, k}))
	return true
}

// with is a bucket with one more entry, which has hash h.
func with[K comparable, V any](es []mapEntry[K, V], b, h uint64, e mapEntry[K, V]) Word {
	n := len(es)
	next := make([]mapEntry[K, V], n+1)
	copy(next, es)
	next[n] = e
	if n < mapTagged {
		b |= h & 0xff << (mapTags + 8*n)
	}
	return Word{unsafe.Pointer(&next[0]), b&^mapCount | uint64(n+1)}
}

// Delete removes k; it says whether k was there.
func (m *Map[K, V]) Delete(tx *Tx, k K) bool {
	tx.check("Map.Delete")
	h := m.hashOf(k)
	b, w := m.settled(tx, m.current(tx), h)
	i := m.position(w, h, k)
	if i < 0 {
		return false
	}
	es := entriesOf[K, V](w)
	last := len(es) - 1
	if last == 0 {
		tx.store(&b.orec, &b.cell, Word{B: mapSettled})
		return true
	}
	next := make([]mapEntry[K, V], last)
	copy(next, es)
	tags := w.B &^ mapCount
	if i != last { // the last entry takes the place
		next[i] = es[last]
		if i < mapTagged {
			tags &^= 0xff << (mapTags + 8*i)
			tags |= m.hashOf(es[last].key) & 0xff << (mapTags + 8*i)
		}
	}
	if last < mapTagged {
		tags &^= 0xff << (mapTags + 8*last)
	}
	tx.store(&b.orec, &b.cell, Word{unsafe.Pointer(&next[0]), tags | uint64(last)})
	return true
}

// settled is the bucket of hash h in t, ready for a change, and what it holds.
func (m *Map[K, V]) settled(tx *Tx, t *mapTable, h uint64) (*mapBucket, Word) {
	b := t.bucket(h)
	w := tx.load(&b.orec, &b.cell)
	if t.elsewhere(w) {
		m.settle(tx, t, h)
		w = tx.load(&b.orec, &b.cell)
	}
	return b, w
}

// settle moves the old bucket of hash h into t.
func (m *Map[K, V]) settle(tx *Tx, t *mapTable, h uint64) {
	const parts = 1 << mapGrowth
	old, w := m.settled(tx, t.prev, h)
	var to [parts]Word
	for i := range to {
		to[i].B = mapSettled
	}
	for _, e := range entriesOf[K, V](w) {
		g := m.hashOf(e.key)
		p := &to[g>>(t.shift&63)&(parts-1)]
		*p = with(entriesOf[K, V](*p), p.B, g, e)
	}
	first := h >> (t.shift & 63) &^ (parts - 1)
	for i := range to {
		b := &t.buckets[first&uint64(len(t.buckets)-1)+uint64(i)]
		tx.store(&b.orec, &b.cell, to[i])
	}
	tx.store(&old.orec, &old.cell, Word{B: mapSettled})
}

// crowded says whether the buckets around that of hash h are so full that the table should grow. It only samples, so it depends on
// none of them.
func (m *Map[K, V]) crowded(tx *Tx, t *mapTable, h uint64) bool {
	const enough = mapFull - mapFull/4
	n, sample := uint64(0), min(mapSample, len(t.buckets))
	i := int(h >> (t.shift & 63))
	for j := range sample {
		b := &t.buckets[(i+j)&(len(t.buckets)-1)]
		n += tx.glance(&b.orec, &b.cell).B & mapCount
	}
	return n > enough*uint64(sample)
}

// Len is the number of keys. The transaction depends on the whole map then.
func (m *Map[K, V]) Len(tx *Tx) int {
	tx.check("Map.Len")
	t := m.current(tx)
	n := 0
	for i := range t.buckets {
		n += t.count(tx, i)
	}
	return n
}

// count is the number of entries of bucket i; of those that an old bucket will be distributed to, the first has all.
func (t *mapTable) count(tx *Tx, i int) int {
	b := &t.buckets[i]
	w := tx.load(&b.orec, &b.cell)
	switch {
	case !t.elsewhere(w):
		return int(w.B & mapCount)
	case i&(1<<mapGrowth-1) == 0:
		return t.prev.count(tx, i>>mapGrowth)
	}
	return 0
}

// content is bucket i of t, or the old one that has its entries among others.
func (t *mapTable) content(tx *Tx, i int) (w Word, mixed bool) {
	b := &t.buckets[i]
	if w = tx.load(&b.orec, &b.cell); t.elsewhere(w) {
		w, _ = t.prev.content(tx, i>>mapGrowth)
		return w, true
	}
	return w, false
}

// All iterates over the keys and values, in no particular order. The transaction depends on what it has passed. The
// map may be changed meanwhile: keys that are deleted before they are reached do not appear, new ones may.
func (m *Map[K, V]) All(tx *Tx) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("Map.All")
		t := m.current(tx)
		for i := 0; i < len(t.buckets); i++ {
			w, mixed := t.content(tx, i)
			same := true
			for _, e := range entriesOf[K, V](w) {
				if mixed && int(m.hashOf(e.key)>>(t.shift&63)) != i {
					continue
				}
				if !same {
					now := m.find(tx, e.key)
					if now == nil {
						continue
					}
					e.val = now.val
				}
				if !yield(e.key, e.val) {
					return
				}
				same = same && m.same(tx, t, i, w)
			}
			if now := (*mapTable)(tx.glance(&m.orec, &m.table).P); now != t { // the loop's body has replaced it
				i = (i+1)<<(t.shift-now.shift) - 1
				t = now
			}
		}
	}
}

// same says whether w is still the content of bucket i, or whether the transaction itself has changed it: nobody else can.
func (m *Map[K, V]) same(tx *Tx, t *mapTable, i int, w Word) bool {
	if (*mapTable)(tx.glance(&m.orec, &m.table).P) != t {
		return false
	}
	for ; ; t, i = t.prev, i>>mapGrowth {
		b := &t.buckets[i]
		if now := tx.glance(&b.orec, &b.cell); !t.elsewhere(now) {
			return now == w
		}
	}
}

// Clear removes all keys.
func (m *Map[K, V]) Clear(tx *Tx) {
	tx.check("Map.Clear")
	tx.store(&m.orec, &m.table, Word{P: unsafe.Pointer(newMapTable(64-m.current(tx).shift, nil))})
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

// AtomicContains is Contains outside any transaction; see [Map.AtomicGet].
func (s *Set[K]) AtomicContains(k K) bool { return s.m.AtomicContains(k) }

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
