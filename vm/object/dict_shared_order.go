package object

import (
	"cmp"
	"slices"
	"sync/atomic"
	"unsafe"
)

// Shared dicts in order: the walk over all items, in the order of their insertion, which the table does not have. The nodes are
// collected and sorted by their stamps; the result is kept for as long as the thread can tell that nothing has changed since.

// dictSnap is the nodes of a dict in order, as of a certain number of changes. It is immutable, but for being cut by a
// copy of its header.
type dictSnap struct {
	Header
	nodes   []orderedNode
	changes uint64
	seen    seenAt
}

// seenAt says when something was known to be up to date: nothing can have changed since if the slice is the same and the
// thread has changed nothing itself.
type seenAt struct{ epoch, changes, plain uint64 }

type orderedNode struct {
	node  *dictNode
	hash  int64
	stamp uint64
}

func (n *dictNode) stampNow() uint64 { return atomic.LoadUint64(&n.stamp.Bits) }

func compareNodes(a, b orderedNode) int {
	if c := cmp.Compare(a.stamp, b.stamp); c != 0 {
		return c
	}
	return cmp.Compare(a.node.order(), b.node.order())
}

// nodes collects the nodes in the order of their insertion. The dict is locked, where there are locks.
func (d *Dict) nodes(t *Thread, st *dictStore) (*dictSnap, error) {
	n, changes, err := d.census(t, st)
	if err != nil {
		return nil, err
	}
	out := make([]orderedNode, 0, n)
	sorted := true
	for i := range st.slots {
		v, err := t.LoadAt(d.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return nil, err
		}
		if v.Ref == nil {
			continue
		}
		node := (*dictNode)(v.Ref)
		e := orderedNode{node, int64(v.Bits), node.stampNow()}
		if len(out) > 0 && sorted {
			sorted = compareNodes(out[len(out)-1], e) < 0
		}
		out = append(out, e)
	}
	if !sorted {
		slices.SortFunc(out, compareNodes)
	}
	return &dictSnap{Header: Header{Meta: tableMeta(tableSnap)}, nodes: out, changes: changes, seen: d.seenNow(t)}, nil
}

// changed notes a change of the membership of a shared container.
func (t *Thread) changed(plain *atomic.Uint64) {
	t.containers.changes++
	if t.Regime != RegimeSTM {
		plain.Add(1)
	}
}

// seenNow is the present moment, for dictSnap.seen.
func (d *Dict) seenNow(t *Thread) seenAt {
	s := seenAt{epoch: t.Epoch, changes: t.containers.changes}
	if t.Regime != RegimeSTM {
		s.plain = d.shared.plain.Load()
	}
	return s
}

// upToDate is snap if it still tells the dict's nodes, else a new one; nil stands for none.
func (d *Dict) upToDate(t *Thread, snap *dictSnap) (*dictSnap, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	if snap != nil && snap.seen == d.seenNow(t) && (t.Regime != RegimeSTM || t.Epoch != 0) {
		return snap, nil
	}
	st, err := d.open(t)
	if err != nil {
		return nil, err
	}
	if snap != nil {
		_, changes, err := d.census(t, st)
		if err != nil {
			return nil, err
		}
		if changes == snap.changes {
			c := *snap
			c.seen = d.seenNow(t)
			return &c, nil
		}
	}
	return d.nodes(t, st)
}

// sharedItems are the items in order.
func (d *Dict) sharedItems(t *Thread) ([]Item, error) {
	return inOrder(t, d, func(e *orderedNode, v Value) Item { return Item{e.node.key, v} })
}

// sharedHashed are the items in order, with the keys' hashes.
func (d *Dict) sharedHashed(t *Thread) ([]hashedItem, error) {
	return inOrder(t, d, func(e *orderedNode, v Value) hashedItem { return hashedItem{Item{e.node.key, v}, e.hash} })
}

// inOrder makes something of every item of a shared dict, in order.
func inOrder[T any](t *Thread, d *Dict, of func(e *orderedNode, v Value) T) ([]T, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	st, err := d.open(t)
	if err != nil {
		return nil, err
	}
	snap, err := d.nodes(t, st)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(snap.nodes))
	for i := range snap.nodes {
		e := &snap.nodes[i]
		v, err := t.LoadAt(d.valOrec(st, e.node), &e.node.val)
		if err != nil {
			return nil, err
		}
		out[i] = of(e, v)
	}
	return out, nil
}

// sharedKeys are the keys in order; values are not looked at.
func (d *Dict) sharedKeys(t *Thread) ([]Value, error) {
	snap, err := d.upToDate(t, nil)
	if err != nil {
		return nil, err
	}
	out := make([]Value, len(snap.nodes))
	for i, e := range snap.nodes {
		out[i] = e.node.key
	}
	return out, nil
}

// nodeValue is the present value of a node.
func (d *Dict) nodeValue(t *Thread, n *dictNode) (Value, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	if t.Interp.Granularity == GranObject {
		return t.LoadAt(&d.Orec, &n.val)
	}
	return t.LoadAt(&n.orec, &n.val)
}

// sharedPopItem removes the item inserted last. The order is kept in a snapshot between calls, so that emptying a dict
// item by item does not sort it anew each time.
func (d *Dict) sharedPopItem(t *Thread) (key, v Value, ok bool, err error) {
	if err := t.aboutToWrite(); err != nil {
		return Unset, Unset, false, err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	c, err := t.LoadAt(&d.shared.lastO, &d.shared.last)
	if err != nil {
		return Unset, Unset, false, err
	}
	var snap *dictSnap
	if !c.IsNone() {
		snap = (*dictSnap)(c.Ref)
	}
	if snap, err = d.upToDate(t, snap); err != nil || len(snap.nodes) == 0 {
		return Unset, Unset, false, err
	}
	st, err := d.open(t)
	if err != nil {
		return Unset, Unset, false, err
	}
	last := &snap.nodes[len(snap.nodes)-1]
	node := last.node
	mask := len(st.slots) - 1
	slot := st.start(last.hash)
	for n := 0; n <= mask; n++ {
		w, err := t.LoadAt(d.slotOrec(st, slot), &st.slots[slot])
		if err != nil {
			return Unset, Unset, false, err
		}
		if w.Ref == unsafe.Pointer(node) {
			break
		}
		slot = (slot + 1) & mask
	}
	if v, err = t.LoadAt(d.valOrec(st, node), &node.val); err != nil {
		return Unset, Unset, false, err
	}
	if err = d.unlink(t, st, slot); err != nil {
		return Unset, Unset, false, err
	}
	cut := &dictSnap{Header{Meta: tableMeta(tableSnap)}, snap.nodes[:len(snap.nodes)-1], snap.changes + 1, d.seenNow(t)}
	return node.key, v, true, t.StoreAt(&d.shared.lastO, &d.shared.last, Value{Ref: unsafe.Pointer(cut)})
}
