package stm

import (
	"cmp"
	"iter"
	"math/bits"
	"reflect"
	"unsafe"
)

// OrderedMap is a map sorted by its keys: a skip list (Pugh, "Skip lists: a probabilistic alternative to balanced
// trees", CACM 1990) whose nodes have a record each.
//
// A search goes through the list without logging its reads, and then reads again, logged, only what its result depends on:
// that the node before the key is still in the list, and what follows it. That is enough, whatever the search has passed on
// its way: the list is sorted, so a node in the list with a smaller key, whose successor has a larger one, proves that the key is
// absent. A node that has been removed says so in its lowest link, under its own record, so whoever was about to change it
// fails. Operations on different places of the map therefore do not conflict, however long the searches are.
//
// Invariants: the list of each level is a part of the list below; a node's links are valid as long as its lowest one
// is not marked; a removed node's links stay as they were, so that searches that stand on it find on.
type OrderedMap[K, V any] struct {
	compare func(a, b K) int
	rep     rep
	head    orderedNode[K, V]
}

type orderedNode[K, V any] struct {
	orec  Orec
	next  Word // lowest level: P is the next node, B is 1 when this node has been removed
	val   Word
	key   K
	tower []Word // levels 1 and up
}

const orderedLevels = 14 // for 4^14 keys

// NewOrderedMap makes an empty OrderedMap in the natural order of its keys.
func NewOrderedMap[K cmp.Ordered, V any]() *OrderedMap[K, V] {
	return NewOrderedMapFunc[K, V](cmp.Compare[K])
}

// NewOrderedMapFunc makes an empty OrderedMap in the order of compare, which is negative, zero or positive as a comes
// before, with or after b.
func NewOrderedMapFunc[K, V any](compare func(a, b K) int) *OrderedMap[K, V] {
	m := &OrderedMap[K, V]{compare: compare, rep: repOf(reflect.TypeFor[V]())}
	m.head.tower = make([]Word, orderedLevels-1)
	return m
}

func (n *orderedNode[K, V]) link(level int) *Word {
	if level == 0 {
		return &n.next
	}
	return &n.tower[level-1]
}

func (n *orderedNode[K, V]) height() int { return len(n.tower) + 1 }

// path is where a search went down: at each level the last node before the key.
type path[K, V any] [orderedLevels]*orderedNode[K, V]

// search finds the last node before k on each level from down on, without logging, and returns the lowest.
func (m *OrderedMap[K, V]) search(tx *Tx, k K, p *path[K, V]) *orderedNode[K, V] {
	n := &m.head
	for level := orderedLevels - 1; level >= 0; level-- {
		for {
			next := (*orderedNode[K, V])(tx.glance(&n.orec, n.link(level)).P)
			if next == nil || m.compare(next.key, k) >= 0 {
				break
			}
			n = next
		}
		if p != nil {
			p[level] = n
		}
	}
	return n
}

// before is the last node before k, which is in the list, and the node that follows it; both are logged.
func (m *OrderedMap[K, V]) before(tx *Tx, k K, p *path[K, V]) (pred, succ *orderedNode[K, V]) {
	for {
		pred = m.search(tx, k, p)
		for {
			w := tx.load(&pred.orec, &pred.next)
			if w.B != 0 {
				break // removed since we passed it: search again
			}
			succ = (*orderedNode[K, V])(w.P)
			if succ == nil || m.compare(succ.key, k) >= 0 {
				if p != nil {
					p[0] = pred
				}
				return pred, succ
			}
			pred = succ // somebody has inserted here since
		}
	}
}

// is says whether n has the key k.
func (m *OrderedMap[K, V]) is(n *orderedNode[K, V], k K) bool {
	return n != nil && m.compare(n.key, k) == 0
}

// Get is the value of k, and whether there is one.
func (m *OrderedMap[K, V]) Get(tx *Tx, k K) (v V, ok bool) {
	tx.check("OrderedMap.Get")
	// Looking the key's node up directly is cheaper when it is there: then nothing depends on the node before.
	pred := m.search(tx, k, nil)
	if n := (*orderedNode[K, V])(tx.glance(&pred.orec, &pred.next).P); m.is(n, k) && tx.load(&n.orec, &n.next).B == 0 {
		return unpack[V](m.rep, tx.load(&n.orec, &n.val)), true
	}
	_, n := m.before(tx, k, nil)
	if !m.is(n, k) {
		return v, false
	}
	return unpack[V](m.rep, tx.load(&n.orec, &n.val)), true
}

// Contains says whether k has a value.
func (m *OrderedMap[K, V]) Contains(tx *Tx, k K) bool {
	_, ok := m.Get(tx, k)
	return ok
}

// Set sets the value of k; it says whether k is new.
func (m *OrderedMap[K, V]) Set(tx *Tx, k K, v V) bool {
	tx.check("OrderedMap.Set")
	var p path[K, V]
	pred, succ := m.before(tx, k, &p)
	if m.is(succ, k) {
		tx.load(&succ.orec, &succ.next) // it must not be removed before we commit
		tx.store(&succ.orec, &succ.val, pack(m.rep, &v))
		return false
	}
	h := 1 + bits.TrailingZeros64(tx.p.Rand()|1<<(2*orderedLevels-2))/2
	n := &orderedNode[K, V]{key: k, val: pack(m.rep, &v), tower: make([]Word, h-1)}
	n.next.P = unsafe.Pointer(succ)
	for level := 1; level < h; level++ {
		n.tower[level-1].P = unsafe.Pointer(m.predecessor(tx, k, &p, level))
	}
	tx.store(&pred.orec, &pred.next, Word{P: unsafe.Pointer(n)})
	for level := 1; level < h; level++ {
		tx.store(&p[level].orec, p[level].link(level), Word{P: unsafe.Pointer(n)})
	}
	return true
}

// predecessor makes p[level] the last node before k on that level, in the list and logged, and returns the node that
// follows it there.
func (m *OrderedMap[K, V]) predecessor(tx *Tx, k K, p *path[K, V], level int) *orderedNode[K, V] {
	n := p[level]
	for {
		if tx.load(&n.orec, &n.next).B != 0 {
			var q path[K, V] // removed since we passed it; p's lower levels are right already and must stay
			m.search(tx, k, &q)
			n = q[level]
			continue
		}
		next := (*orderedNode[K, V])(tx.load(&n.orec, n.link(level)).P)
		if next == nil || m.compare(next.key, k) >= 0 {
			p[level] = n
			return next
		}
		n = next
	}
}

// Delete removes k; it says whether k was there.
func (m *OrderedMap[K, V]) Delete(tx *Tx, k K) bool {
	tx.check("OrderedMap.Delete")
	var p path[K, V]
	pred, n := m.before(tx, k, &p)
	if !m.is(n, k) {
		return false
	}
	w := tx.load(&n.orec, &n.next)
	for level := n.height() - 1; level > 0; level-- {
		if m.predecessor(tx, k, &p, level) == n {
			tx.store(&p[level].orec, p[level].link(level), tx.load(&n.orec, n.link(level)))
		}
	}
	tx.store(&pred.orec, &pred.next, Word{P: w.P})
	tx.store(&n.orec, &n.next, Word{w.P, 1})
	return true
}

// Len counts the keys. The transaction depends on the whole map then.
func (m *OrderedMap[K, V]) Len(tx *Tx) int {
	tx.check("OrderedMap.Len")
	count := 0
	for n := m.after(tx, &m.head); n != nil; n = m.after(tx, n) {
		count++
	}
	return count
}

func (m *OrderedMap[K, V]) after(tx *Tx, n *orderedNode[K, V]) *orderedNode[K, V] {
	return (*orderedNode[K, V])(tx.load(&n.orec, &n.next).P)
}

// Min is the first key and its value, if there is one.
func (m *OrderedMap[K, V]) Min(tx *Tx) (k K, v V, ok bool) {
	tx.check("OrderedMap.Min")
	return m.entry(tx, m.after(tx, &m.head))
}

// Max is the last key and its value, if there is one.
func (m *OrderedMap[K, V]) Max(tx *Tx) (k K, v V, ok bool) {
	tx.check("OrderedMap.Max")
	for {
		n := &m.head
		for level := orderedLevels - 1; level >= 0; level-- {
			for next := n; next != nil; next = (*orderedNode[K, V])(tx.glance(&n.orec, n.link(level)).P) {
				n = next
			}
		}
		w := tx.load(&n.orec, &n.next)
		for w.B == 0 && w.P != nil { // somebody has appended since
			n = (*orderedNode[K, V])(w.P)
			w = tx.load(&n.orec, &n.next)
		}
		if w.B == 0 {
			if n == &m.head {
				return k, v, false
			}
			return m.entry(tx, n)
		}
	}
}

// Ceiling is the first key not before k, and its value.
func (m *OrderedMap[K, V]) Ceiling(tx *Tx, k K) (key K, v V, ok bool) {
	tx.check("OrderedMap.Ceiling")
	_, n := m.before(tx, k, nil)
	return m.entry(tx, n)
}

// Below is the last key before k, and its value.
func (m *OrderedMap[K, V]) Below(tx *Tx, k K) (key K, v V, ok bool) {
	tx.check("OrderedMap.Below")
	n, _ := m.before(tx, k, nil)
	if n == &m.head {
		return key, v, false
	}
	return m.entry(tx, n)
}

func (m *OrderedMap[K, V]) entry(tx *Tx, n *orderedNode[K, V]) (k K, v V, ok bool) {
	if n == nil {
		return k, v, false
	}
	return n.key, unpack[V](m.rep, tx.load(&n.orec, &n.val)), true
}

// All iterates over the keys and values in order. The transaction depends on what it has passed. The map may be changed
// meanwhile: what lies ahead appears as it is when it is reached.
func (m *OrderedMap[K, V]) All(tx *Tx) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("OrderedMap.All")
		m.walk(tx, m.after(tx, &m.head), nil, yield)
	}
}

// Range iterates over the keys from lo to below hi, and their values, in order; see [OrderedMap.All].
func (m *OrderedMap[K, V]) Range(tx *Tx, lo, hi K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("OrderedMap.Range")
		_, n := m.before(tx, lo, nil)
		m.walk(tx, n, &hi, yield)
	}
}

func (m *OrderedMap[K, V]) walk(tx *Tx, n *orderedNode[K, V], hi *K, yield func(K, V) bool) {
	for n != nil && (hi == nil || m.compare(n.key, *hi) < 0) {
		if !yield(n.key, unpack[V](m.rep, tx.load(&n.orec, &n.val))) {
			return
		}
		w := tx.load(&n.orec, &n.next)
		if w.B != 0 { // removed by the loop's body
			_, n = m.before(tx, n.key, nil)
			continue
		}
		n = (*orderedNode[K, V])(w.P)
	}
}

// Clear removes all keys, one by one: whoever stands on one of them must fail.
func (m *OrderedMap[K, V]) Clear(tx *Tx) {
	tx.check("OrderedMap.Clear")
	for n := m.after(tx, &m.head); n != nil; {
		w := tx.load(&n.orec, &n.next)
		tx.store(&n.orec, &n.next, Word{w.P, 1})
		n = (*orderedNode[K, V])(w.P)
	}
	for level := range orderedLevels {
		if l := m.head.link(level); tx.load(&m.head.orec, l).P != nil {
			tx.store(&m.head.orec, l, Word{})
		}
	}
}
