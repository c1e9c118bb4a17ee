package stm

import (
	"cmp"
	"iter"
	"unsafe"
)

// OrderedMap is a map sorted by its keys: a B-link tree (Lehman and Yao, "Efficient locking for concurrent operations on
// B-trees", TODS 1981) in transactional memory.
//
// A node is one cell under its own record, which points to a page that never changes: up to 32 keys side by side, with their
// values or subtrees, the next node of the same level and the key from which on that one is responsible. A change makes a new
// page. An operation goes down from the root without logging its reads and logs only the leaf that it ends at. That is
// enough, whatever it has passed on its way: the lower bound of a node never changes, so if the key is below the leaf's upper
// bound, which is on its page, it is in this leaf or nowhere; if it is not, because the node was split in the meantime, the
// next node has it; and a node that was merged into the one before says that it is dead, and the search begins again.
// Operations whose keys are further apart than a page therefore do not conflict, unless both split or merge under one parent.
//
// Invariants: a node is responsible for the keys from its lower bound on to below the lower bound of the next node of its
// level; the separators of an inner page are the lower bounds of its subtrees; every living node but the root is in exactly
// one inner page; the leftmost node of a level is never merged into another.
//
// Pages are copied for each change, so large values should be pointers.
type OrderedMap[K, V any] struct {
	compare func(a, b K) int
	lower   func(keys []K, k K) int // how many of the sorted keys are below k
	upper   func(keys []K, k K) int // how many are not above k
	orec    Orec
	root    Word // P: *orderedNode[K]
}

// orderedNode is a node of the tree. All but the cell is fixed when it is made.
type orderedNode[K any] struct {
	orec  Orec
	cell  Word // P: its page; B: 1 when it is dead
	level int  // 0 is a leaf
	least bool // the leftmost of its level: has no lower bound
	low   K    // the lower bound
}

// orderedPage is what a node holds: values in a leaf, nodes above. The first separator of an inner page means nothing.
type orderedPage[K, X any] struct {
	n    int
	next *orderedNode[K]
	high K // the lower bound of next
	keys [orderedCap]K
	xs   [orderedCap]X
}

type (
	orderedInner[K any] = orderedPage[K, *orderedNode[K]]
	// orderedPath is where a search went down: a node for each level above the leaves.
	orderedPath[K any] [orderedLevels]*orderedNode[K]
)

const (
	orderedCap    = 32
	orderedMin    = orderedCap / 4     // with fewer entries a page is merged with a neighbour,
	orderedMerge  = orderedCap * 3 / 4 // if both together have no more than this
	orderedLevels = 24
)

// NewOrderedMap makes an empty OrderedMap in the natural order of its keys.
func NewOrderedMap[K cmp.Ordered, V any]() *OrderedMap[K, V] {
	m := NewOrderedMapFunc[K, V](cmp.Compare[K])
	m.lower = func(keys []K, k K) int { // comparisons without calls, and mostly without branches
		base, n := 0, len(keys)
		for n > 1 {
			half := n >> 1
			if cmp.Less(keys[base+half-1], k) {
				base += half
			}
			n -= half
		}
		if n == 1 && cmp.Less(keys[base], k) {
			base++
		}
		return base
	}
	m.upper = func(keys []K, k K) int {
		base, n := 0, len(keys)
		for n > 1 {
			half := n >> 1
			if !cmp.Less(k, keys[base+half-1]) {
				base += half
			}
			n -= half
		}
		if n == 1 && !cmp.Less(k, keys[base]) {
			base++
		}
		return base
	}
	return m
}

// NewOrderedMapFunc makes an empty OrderedMap in the order of compare, which is negative, zero or positive as a comes
// before, with or after b.
func NewOrderedMapFunc[K, V any](compare func(a, b K) int) *OrderedMap[K, V] {
	count := func(keys []K, k K, limit int) int {
		lo, hi := 0, len(keys)
		for lo < hi {
			mid := int(uint(lo+hi) >> 1)
			if compare(keys[mid], k) < limit {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		return lo
	}
	m := &OrderedMap[K, V]{
		compare: compare,
		lower:   func(keys []K, k K) int { return count(keys, k, 0) },
		upper:   func(keys []K, k K) int { return count(keys, k, 1) },
	}
	m.root.P = unsafe.Pointer(m.emptyTree())
	return m
}

func (m *OrderedMap[K, V]) emptyTree() *orderedNode[K] {
	return newOrderedNode(0, nil, &orderedPage[K, V]{})
}

// newOrderedNode makes a node that others will see only by a commit. Without a lower bound it is the leftmost.
func newOrderedNode[K, X any](level int, low *K, p *orderedPage[K, X]) *orderedNode[K] {
	n := &orderedNode[K]{level: level, least: low == nil}
	if low != nil {
		n.low = *low
	}
	n.cell.P = unsafe.Pointer(p)
	return n
}

// insert makes a page with one more entry, at i. The page is not full.
func (p *orderedPage[K, X]) insert(i int, k K, x X) *orderedPage[K, X] {
	q := &orderedPage[K, X]{n: p.n + 1, next: p.next, high: p.high}
	copy(q.keys[:i], p.keys[:])
	copy(q.xs[:i], p.xs[:])
	q.keys[i], q.xs[i] = k, x
	copy(q.keys[i+1:q.n], p.keys[i:])
	copy(q.xs[i+1:q.n], p.xs[i:])
	return q
}

// remove makes a page without the entry at i.
func (p *orderedPage[K, X]) remove(i int) *orderedPage[K, X] {
	q := &orderedPage[K, X]{n: p.n - 1, next: p.next, high: p.high}
	copy(q.keys[:i], p.keys[:])
	copy(q.xs[:i], p.xs[:])
	copy(q.keys[i:q.n], p.keys[i+1:])
	copy(q.xs[i:q.n], p.xs[i+1:])
	return q
}

// merge makes a page of p and the one that follows it.
func (p *orderedPage[K, X]) merge(r *orderedPage[K, X]) *orderedPage[K, X] {
	q := &orderedPage[K, X]{n: p.n + r.n, next: r.next, high: r.high}
	copy(q.keys[:p.n], p.keys[:])
	copy(q.xs[:p.n], p.xs[:])
	copy(q.keys[p.n:q.n], r.keys[:])
	copy(q.xs[p.n:q.n], r.xs[:])
	return q
}

// Searches for the place of k, or for that of the keys right before k.
const (
	searchAt     = 0
	searchBefore = -1
)

// covers says whether k, or what is right before it, is below the node's upper bound.
func (p *orderedPage[K, X]) covers(compare func(a, b K) int, k K, search int) bool {
	return p.next == nil || compare(p.high, k) > search
}

// down goes from n, nil for the root, down to the given level: the node that is responsible for k when it is not dead and k is below its
// upper bound. Nothing is logged.
func (m *OrderedMap[K, V]) down(tx *Tx, n *orderedNode[K], level int, k K, search int, path *orderedPath[K]) *orderedNode[K] {
	if n == nil {
		n = (*orderedNode[K])(tx.glance(&m.orec, &m.root).P)
	}
	for n.level > level {
		var w Word
		ok := false
		if tx.mode == modeOther && tx.lib.glances { // in a View: without a call
			w, ok = tx.lib.reader.glance(tx, &n.orec, &n.cell)
		}
		if !ok {
			w = tx.glance(&n.orec, &n.cell)
		}
		if w.B != 0 {
			n = (*orderedNode[K])(tx.glance(&m.orec, &m.root).P)
			continue
		}
		p := (*orderedInner[K])(w.P)
		var i int
		if search == searchAt {
			i = m.upper(p.keys[1:p.n], k)
		} else {
			i = m.lower(p.keys[1:p.n], k)
		}
		if i == p.n-1 && !p.covers(m.compare, k, search) {
			n = p.next
			continue
		}
		if path != nil {
			path[n.level] = n
		}
		n = p.xs[i]
	}
	return n
}

// leaf is the leaf that is responsible for k, its page, and how many of its keys are below k. It is logged.
func (m *OrderedMap[K, V]) leaf(tx *Tx, k K, search int, path *orderedPath[K]) (*orderedNode[K], *orderedPage[K, V], int) {
	n := m.down(tx, nil, 0, k, search, path)
	for {
		w := tx.load(&n.orec, &n.cell)
		p := (*orderedPage[K, V])(w.P)
		if w.B != 0 {
			n = m.down(tx, nil, 0, k, search, path)
			continue
		}
		if i := m.lower(p.keys[:p.n], k); i < p.n || p.covers(m.compare, k, search) {
			return n, p, i
		}
		n = p.next
	}
}

// inner is the node of a level above the leaves that is responsible for k, and its page; they are logged. The path says where to
// begin. It is nil when the tree is lower than that.
func (m *OrderedMap[K, V]) inner(tx *Tx, level int, k K, path *orderedPath[K]) (*orderedNode[K], *orderedInner[K]) {
	n := path[level]
	for {
		if n == nil {
			if n = m.top(tx); n.level < level {
				return nil, nil
			}
			n = m.down(tx, n, level, k, searchAt, nil)
		}
		w := tx.load(&n.orec, &n.cell)
		p := (*orderedInner[K])(w.P)
		switch {
		case w.B != 0:
			n = nil
		case !p.covers(m.compare, k, searchAt):
			n = p.next
		default:
			return n, p
		}
	}
}

// top is the root, logged.
func (m *OrderedMap[K, V]) top(tx *Tx) *orderedNode[K] {
	return (*orderedNode[K])(tx.load(&m.orec, &m.root).P)
}

// put gives a node a new page.
func (n *orderedNode[K]) put(tx *Tx, page unsafe.Pointer) { tx.store(&n.orec, &n.cell, Word{P: page}) }

// kill takes a node out of use: whoever stands on it begins again.
func (n *orderedNode[K]) kill(tx *Tx) {
	tx.store(&n.orec, &n.cell, Word{tx.load(&n.orec, &n.cell).P, 1})
}

// has says whether the key at i of a leaf's page is k.
func (m *OrderedMap[K, V]) has(p *orderedPage[K, V], i int, k K) bool {
	return i < p.n && m.compare(p.keys[i], k) == 0
}

// Get is the value of k, and whether there is one.
func (m *OrderedMap[K, V]) Get(tx *Tx, k K) (v V, ok bool) {
	tx.check("OrderedMap.Get")
	if _, p, i := m.leaf(tx, k, searchAt, nil); m.has(p, i, k) {
		return p.xs[i], true
	}
	return v, false
}

// Contains says whether k has a value.
func (m *OrderedMap[K, V]) Contains(tx *Tx, k K) bool {
	tx.check("OrderedMap.Contains")
	_, p, i := m.leaf(tx, k, searchAt, nil)
	return m.has(p, i, k)
}

// Set sets the value of k; it says whether k is new.
func (m *OrderedMap[K, V]) Set(tx *Tx, k K, v V) bool {
	tx.check("OrderedMap.Set")
	var path orderedPath[K]
	n, p, i := m.leaf(tx, k, searchAt, &path)
	if m.has(p, i, k) {
		q := new(orderedPage[K, V])
		*q = *p
		q.xs[i] = v
		n.put(tx, unsafe.Pointer(q))
		return false
	}
	if p.n < orderedCap {
		n.put(tx, unsafe.Pointer(p.insert(i, k, v)))
		return true
	}
	if r := split(tx, n, p, i, k, v); r != nil {
		m.adopt(tx, r, &path)
	}
	return true
}

// split inserts an entry at i into the full page p of n, whose second half goes to a new node to its right: that is what it returns.
// A page that is filled in ascending order stays full.
func split[K, X any](tx *Tx, n *orderedNode[K], p *orderedPage[K, X], i int, k K, x X) *orderedNode[K] {
	at := orderedCap / 2
	if i == orderedCap && p.next == nil {
		at = orderedCap
	}
	l, r := &orderedPage[K, X]{n: at}, &orderedPage[K, X]{n: orderedCap - at, next: p.next, high: p.high}
	copy(l.keys[:at], p.keys[:])
	copy(l.xs[:at], p.xs[:])
	copy(r.keys[:], p.keys[at:])
	copy(r.xs[:], p.xs[at:])
	if i < at {
		l = l.insert(i, k, x)
	} else {
		r = r.insert(i-at, k, x)
	}
	right := newOrderedNode(n.level, &r.keys[0], r)
	l.next, l.high = right, right.low
	n.put(tx, unsafe.Pointer(l))
	return right
}

// adopt enters a new node, the right half of a split one, into the page above, which may split in its turn.
func (m *OrderedMap[K, V]) adopt(tx *Tx, r *orderedNode[K], path *orderedPath[K]) {
	for {
		n, p := m.inner(tx, r.level+1, r.low, path)
		if n == nil { // the root was split
			old := m.top(tx)
			q := &orderedInner[K]{n: 2}
			q.xs[0], q.xs[1], q.keys[1] = old, r, r.low
			tx.store(&m.orec, &m.root, Word{P: unsafe.Pointer(newOrderedNode[K](r.level+1, nil, q))})
			return
		}
		i := 1 + m.upper(p.keys[1:p.n], r.low)
		if p.n < orderedCap {
			n.put(tx, unsafe.Pointer(p.insert(i, r.low, r)))
			return
		}
		r = split(tx, n, p, i, r.low, r)
	}
}

// Delete removes k; it says whether k was there.
func (m *OrderedMap[K, V]) Delete(tx *Tx, k K) bool {
	tx.check("OrderedMap.Delete")
	var path orderedPath[K]
	n, p, i := m.leaf(tx, k, searchAt, &path)
	if !m.has(p, i, k) {
		return false
	}
	p = p.remove(i)
	n.put(tx, unsafe.Pointer(p))
	if p.n < orderedMin {
		shrink(m, tx, n, p, k, &path)
	}
	return true
}

// shrink merges the node n, whose page p has become short and which is responsible for k, with a neighbour under the same
// parent, if there is room.
func shrink[K, V, X any](m *OrderedMap[K, V], tx *Tx, n *orderedNode[K], p *orderedPage[K, X], k K, path *orderedPath[K]) {
	parent, above := m.inner(tx, n.level+1, k, path)
	if parent == nil || above.n == 1 {
		return
	}
	i := m.upper(above.keys[1:above.n], k)
	page := func(i int) *orderedPage[K, X] {
		n := above.xs[i]
		return (*orderedPage[K, X])(tx.load(&n.orec, &n.cell).P)
	}
	fit := func(q *orderedPage[K, X]) bool { return p.n+q.n <= orderedMerge || p.n == 0 }
	var q *orderedPage[K, X]
	if i+1 < above.n {
		if r := page(i + 1); fit(r) {
			q = p.merge(r)
			i++
		}
	}
	if q == nil && i > 0 {
		if l := page(i - 1); fit(l) {
			q = l.merge(p)
		}
	}
	if q == nil {
		return
	}
	l, r := above.xs[i-1], above.xs[i]
	l.put(tx, unsafe.Pointer(q))
	r.kill(tx)
	above = above.remove(i)
	parent.put(tx, unsafe.Pointer(above))
	switch {
	case above.n == 1 && m.top(tx) == parent:
		parent.kill(tx)
		tx.store(&m.orec, &m.root, Word{P: unsafe.Pointer(above.xs[0])})
	case above.n < orderedMin:
		shrink(m, tx, parent, above, k, path)
	}
}

// Len counts the keys. The transaction depends on the whole map then.
func (m *OrderedMap[K, V]) Len(tx *Tx) int {
	tx.check("OrderedMap.Len")
	count := 0
	for _, p := m.leftmost(tx); p != nil; _, p = m.after(tx, p) {
		count += p.n
	}
	return count
}

// leftmost is the first leaf.
func (m *OrderedMap[K, V]) leftmost(tx *Tx) (*orderedNode[K], *orderedPage[K, V]) {
	for {
		n := (*orderedNode[K])(tx.glance(&m.orec, &m.root).P)
		for n.level > 0 {
			n = (*orderedInner[K])(tx.glance(&n.orec, &n.cell).P).xs[0]
		}
		if w := tx.load(&n.orec, &n.cell); w.B == 0 {
			return n, (*orderedPage[K, V])(w.P)
		}
	}
}

// after is the leaf that follows the one with the page p, which is logged; nil if there is none.
func (m *OrderedMap[K, V]) after(tx *Tx, p *orderedPage[K, V]) (*orderedNode[K], *orderedPage[K, V]) {
	n := p.next
	if n == nil {
		return nil, nil
	}
	if w := tx.load(&n.orec, &n.cell); w.B == 0 {
		return n, (*orderedPage[K, V])(w.P)
	}
	n, p, _ = m.leaf(tx, p.high, searchAt, nil)
	return n, p
}

// from is the first entry from position i of p on.
func (m *OrderedMap[K, V]) from(tx *Tx, p *orderedPage[K, V], i int) (k K, v V, ok bool) {
	for ; p != nil; i = 0 {
		if i < p.n {
			return p.keys[i], p.xs[i], true
		}
		_, p = m.after(tx, p)
	}
	return k, v, false
}

// Min is the first key and its value, if there is one.
func (m *OrderedMap[K, V]) Min(tx *Tx) (k K, v V, ok bool) {
	tx.check("OrderedMap.Min")
	_, p := m.leftmost(tx)
	return m.from(tx, p, 0)
}

// Max is the last key and its value, if there is one.
func (m *OrderedMap[K, V]) Max(tx *Tx) (k K, v V, ok bool) {
	tx.check("OrderedMap.Max")
	n := (*orderedNode[K])(tx.glance(&m.orec, &m.root).P)
	for n.level > 0 {
		w := tx.glance(&n.orec, &n.cell)
		p := (*orderedInner[K])(w.P)
		switch {
		case w.B != 0:
			n = (*orderedNode[K])(tx.glance(&m.orec, &m.root).P)
		case p.next != nil:
			n = p.next
		default:
			n = p.xs[p.n-1]
		}
	}
	for {
		w := tx.load(&n.orec, &n.cell)
		p := (*orderedPage[K, V])(w.P)
		switch {
		case w.B != 0: // merged into the one before
			n, _, _ = m.leaf(tx, n.low, searchAt, nil)
		case p.next != nil:
			n = p.next
		case p.n > 0:
			return p.keys[p.n-1], p.xs[p.n-1], true
		case n.least:
			return k, v, false
		default:
			return m.Below(tx, n.low)
		}
	}
}

// Ceiling is the first key not before k, and its value.
func (m *OrderedMap[K, V]) Ceiling(tx *Tx, k K) (key K, v V, ok bool) {
	tx.check("OrderedMap.Ceiling")
	_, p, i := m.leaf(tx, k, searchAt, nil)
	return m.from(tx, p, i)
}

// Below is the last key before k, and its value.
func (m *OrderedMap[K, V]) Below(tx *Tx, k K) (key K, v V, ok bool) {
	tx.check("OrderedMap.Below")
	for {
		n, p, i := m.leaf(tx, k, searchBefore, nil)
		if i > 0 {
			return p.keys[i-1], p.xs[i-1], true
		}
		if n.least {
			return key, v, false
		}
		k = n.low
	}
}

// All iterates over the keys and values in order. The transaction depends on what it has passed. The map may be changed
// meanwhile: what lies ahead appears as it is when it is reached.
func (m *OrderedMap[K, V]) All(tx *Tx) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("OrderedMap.All")
		n, p := m.leftmost(tx)
		m.walk(tx, n, p, 0, nil, yield)
	}
}

// Range iterates over the keys from lo to below hi, and their values, in order; see [OrderedMap.All].
func (m *OrderedMap[K, V]) Range(tx *Tx, lo, hi K) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		tx.check("OrderedMap.Range")
		n, p, i := m.leaf(tx, lo, searchAt, nil)
		m.walk(tx, n, p, i, &hi, yield)
	}
}

func (m *OrderedMap[K, V]) walk(tx *Tx, n *orderedNode[K], p *orderedPage[K, V], i int, hi *K, yield func(K, V) bool) {
	for p != nil {
		for i < p.n {
			k := p.keys[i]
			if hi != nil && m.compare(k, *hi) >= 0 || !yield(k, p.xs[i]) {
				return
			}
			i++
			if w := tx.glance(&n.orec, &n.cell); w.P != unsafe.Pointer(p) || w.B != 0 { // the loop's body has changed it
				if n, p, i = m.leaf(tx, k, searchAt, nil); m.has(p, i, k) {
					i++
				}
			}
		}
		if hi != nil && p.next != nil && m.compare(p.high, *hi) >= 0 {
			return
		}
		n, p = m.after(tx, p)
		i = 0
	}
}

// Clear removes all keys. Whoever stands on a leaf must fail.
func (m *OrderedMap[K, V]) Clear(tx *Tx) {
	tx.check("OrderedMap.Clear")
	n, p := m.leftmost(tx)
	for n != nil {
		after, q := m.after(tx, p)
		n.kill(tx)
		n, p = after, q
	}
	tx.store(&m.orec, &m.root, Word{P: unsafe.Pointer(m.emptyTree())})
}
