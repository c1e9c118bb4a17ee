package object

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// This file has the shared representation of dicts.
//
// A shared dict has a store: an open-addressed table (linear probing over a multiplicative hash) of references to nodes.
// A node has the key, the value and the insertion stamp, and never moves; growing the table moves references only.
// The table is cut into regions with a record each. Looking a key up reads the records of the regions that its probes
// touch (nearly always one) and the record of the value; inserting and deleting write the region's; replacing a value
// writes the record of that value alone. So threads that work on different keys conflict only where keys share a
// region of which one is inserted or deleted. What depends on all keys (len, iteration, popitem, equality) reads the
// count cells of all regions, and so conflicts with insertions and deletions, but not with replaced values.
//
// Insertion order. Each node carries a stamp, the commit key of the transaction that inserted it (stm: StoreStamp), and
// that thread's running number, which orders the insertions of one commit. A node of the running slice carries the
// largest stamp: it comes last, in program order. Nodes from the time before the dict was published have stamp 0 and
// the number of their private entry; insertions outside of transactions take the last commit key and a counter of
// the dict. A stamp is written once, by the commit that makes the node reachable, so it is read without a log entry.
//
// Order of comparisons. Which keys of the same hash a search compares, and in which order, shows where classes have an __eq__ of their
// own. It is the order of their insertion, in this representation as in the private one, whatever the tables are like: an
// insertion takes a deleted slot only if it lies behind all keys of that hash, and a growing table keeps runs together.
//
// Each region's count cell also counts its insertions and deletions: the sum over the regions tells an iterator whether
// anything has changed since it looked.
//
// With granularity object everything is under the dict's record. A small dict has one region, and that is under the
// dict's record too.

const (
	regionSlots    = 16   // slots of a region in a small table
	maxDictRegions = 2048 // in a large table there are so many, and they are larger
	minDictSlots   = 8
)

// sharedDict is the root of the shared representation.
type sharedDict struct {
	head  Value // Ref: *dictStore. Under the dict's record.
	last  Value // Ref: *dictSnap that popitem uses, or None. Under lastO.
	lastO stm.Orec
	plain atomic.Uint64 // changes of membership outside of transactions
}

// dictStore is one table.
type dictStore struct {
	Header
	slots   []Value // Ref: *dictNode, Bits: hash; Ref nil: Bits 0 empty, 1 deleted
	regions []region
	shift   uint8 // slot to region
	hash    uint8 // hash to slot
	single  bool  // slots and counts are under the dict's record
	coarse  bool  // values too
	rent    rent
}

// region is a part of a table. count.Bits is changes<<32 | number of keys.
type region struct {
	orec  stm.Orec
	count Value
}

// dictNode is one item, in one cache line. The hash is in the slot.
type dictNode struct {
	meta  uint64 // as in a Header, without the type; from bit orderShift on the running number
	key   Value
	val   Value // under orec
	orec  stm.Orec
	stamp Value // Bits: see above
}

// orderShift leaves 40 bits for the running number.
const orderShift = 24

func nodeMeta(order uint64) uint64 { return tableMeta(tableNode) | order<<orderShift }

// order is the running number of the insertion.
func (n *dictNode) order() uint64 { return n.meta >> orderShift }

const (
	slotDeleted = 1
	// stampPending is the stamp of nodes that are not yet committed.
	stampPending = stm.PendingStamp << stm.StampBits
)

// newDictStore makes an empty table.
func newDictStore(g Granularity, slots int) *dictStore {
	per := regionSlots
	if g == GranSlot {
		per = minDictSlots
	}
	n := min(max(slots/per, 1), maxDictRegions)
	st := &dictStore{
		Header:  Header{Meta: tableMeta(tableDict)},
		slots:   make([]Value, slots),
		regions: make([]region, n),
		shift:   uint8(bits.TrailingZeros(uint(slots / n))),
		hash:    uint8(64 - bits.TrailingZeros(uint(slots))),
		single:  n == 1 || g == GranObject,
		coarse:  g == GranObject,
	}
	return st
}

// dictSlots is how many slots a table for n keys gets.
func dictSlots(n int) int { return max(minDictSlots, 1<<bits.Len(uint(n+n/2))) }

// start is where the search for a hash begins.
func (st *dictStore) start(h int64) int {
	return int(uint64(h) * 0x9e3779b97f4a7c15 >> st.hash)
}

// probeLimit is how far an insertion may go from its start before the table must grow: longer runs are rare until the
// table is about half full.
func (st *dictStore) probeLimit() int {
	n := len(st.slots)
	return min(n-n/4, 8+5*bits.Len(uint(n)))
}

func (d *Dict) slotOrec(st *dictStore, i int) *stm.Orec {
	if st.single {
		return &d.Orec
	}
	return &st.regions[i>>st.shift].orec
}

func (d *Dict) regionOrec(st *dictStore, r int) *stm.Orec {
	if st.single {
		return &d.Orec
	}
	return &st.regions[r].orec
}

func (d *Dict) valOrec(st *dictStore, n *dictNode) *stm.Orec {
	if st.coarse {
		return &d.Orec
	}
	return &n.orec
}

// share converts a private dict.
func (d *Dict) share(g Granularity) {
	st := newDictStore(g, dictSlots(d.used))
	nodes := make([]dictNode, d.used)
	j := 0
	for k := range d.entries {
		e := &d.entries[k]
		if e.key.IsUnset() {
			continue
		}
		n := &nodes[j]
		j++
		*n = dictNode{meta: nodeMeta(uint64(k)) | FlagShared, key: e.key, val: e.val}
		st.put(n, d.hashAt(k))
	}
	d.shared = &sharedDict{head: Value{Ref: unsafe.Pointer(st)}, last: None}
}

// put enters a node into a table that nobody else can see.
func (st *dictStore) put(n *dictNode, h int64) {
	mask := len(st.slots) - 1
	i := st.start(h)
	for st.slots[i].Ref != nil {
		i = (i + 1) & mask
	}
	st.slots[i] = Value{unsafe.Pointer(n), uint64(h)}
	st.regions[i>>st.shift].count.Bits++
}

// open reads the head.
func (d *Dict) open(t *Thread) (*dictStore, error) {
	h, err := t.LoadAt(&d.Orec, &d.shared.head)
	return (*dictStore)(h.Ref), err
}

// place is the result of a search: the node and its slot, or where a new node would go.
type place struct {
	st   *dictStore
	slot int
	node *dictNode // nil: not there
	far  bool      // the table is too full for an insertion
}

// locate searches for a key. While Python code compares keys the dict is not locked; if it changes there, the search
// starts again.
func (d *Dict) locate(t *Thread, key Value, h int64) (place, error) {
	if t.Regime == RegimeSTM {
		if p, ok := d.quickLocate(t, key, h); ok {
			return p, nil
		}
	}
restart:
	st, err := d.open(t)
	if err != nil {
		return place{}, err
	}
	mask, free := len(st.slots)-1, -1
	i := st.start(h)
	for n := 0; n <= mask; n++ {
		v, err := t.LoadAt(d.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return place{}, err
		}
		if v.Ref == nil {
			if v.Bits == 0 {
				if free < 0 {
					free = i
				}
				return place{st, free, nil, n >= st.probeLimit()}, nil
			}
			if free < 0 {
				free = i
			}
		} else if v.Bits == uint64(h) {
			node := (*dictNode)(v.Ref)
			if node.key == key {
				return place{st, i, node, false}, nil
			}
			eq, moved, err := d.matchesNode(t, st, i, v, key)
			if err != nil {
				return place{}, err
			}
			if moved {
				goto restart
			}
			if eq {
				return place{st, i, node, false}, nil
			}
			free = -1 // a new key comes behind the older ones of its hash
		}
		i = (i + 1) & mask
	}
	return place{st, free, nil, true}, nil
}

// matchesNode compares the key in a slot with another object of the same hash; moved says that the table has changed meanwhile.
func (d *Dict) matchesNode(t *Thread, st *dictStore, i int, v, key Value) (eq, moved bool, err error) {
	mine := (*dictNode)(v.Ref).key
	if plainKey(mine) && plainKey(key) {
		eq, err = sameOrEqual(t, mine, key)
		return eq, false, err
	}
	if t.Regime == RegimeLocks {
		held := t.releaseLatches()
		eq, err = sameOrEqual(t, mine, key)
		t.retakeLatches(held)
	} else {
		eq, err = sameOrEqual(t, mine, key)
	}
	if err != nil {
		return false, false, err
	}
	now, err := d.open(t)
	if err != nil {
		return false, false, err
	}
	if now != st {
		return false, true, nil
	}
	w, err := t.LoadAt(d.slotOrec(st, i), &st.slots[i])
	return eq, w != v, err
}

// sharedGet looks a key up.
func (d *Dict) sharedGet(t *Thread, key Value, h int64) (v Value, found bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	p, err := d.locate(t, key, h)
	if err != nil || p.node == nil {
		return Unset, false, err
	}
	v, err = t.LoadAt(d.valOrec(p.st, p.node), &p.node.val)
	return v, err == nil, err
}

// putMode says what sharedPut does with a key that is there.
type putMode uint8

const (
	putAlways putMode = iota
	putIfAbsent
)

// sharedPut stores a value. old is the value that was there, if the mode wants it.
func (d *Dict) sharedPut(t *Thread, key Value, h int64, v Value, mode putMode) (old Value, found bool, err error) {
	if err := t.aboutToWrite(); err != nil {
		return Unset, false, err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	p, err := d.locate(t, key, h)
	if err != nil {
		return Unset, false, err
	}
	if p.node != nil {
		o := d.valOrec(p.st, p.node)
		if mode == putIfAbsent {
			old, err = t.LoadAt(o, &p.node.val)
			return old, true, err
		}
		return Unset, true, t.StoreAt(o, &p.node.val, v)
	}
	if p.far {
		if p, err = d.grow(t, p.st, h); err != nil {
			return Unset, false, err
		}
	}
	node := &dictNode{key: key, val: v}
	order, err := t.stamp(d.slotOrec(p.st, p.slot), &node.stamp, &d.shared.plain)
	if err != nil {
		return Unset, false, err
	}
	node.meta = nodeMeta(order)
	if err := t.StoreAt(d.slotOrec(p.st, p.slot), &p.st.slots[p.slot], Value{unsafe.Pointer(node), uint64(h)}); err != nil {
		return Unset, false, err
	}
	return Unset, false, d.counted(t, p.st, p.slot, +1)
}

// stamp gives a new node its place in the order of insertions: the stamp, and the running number that it returns.
func (t *Thread) stamp(o *stm.Orec, stamp *Value, plain *atomic.Uint64) (order uint64, err error) {
	t.containers.order++
	if t.Regime == RegimeSTM {
		stamp.Bits = stampPending
		if !t.Tx.StoreStamp(o, (*stm.Word)(unsafe.Pointer(stamp)), nil, 0) {
			return 0, ErrAbort
		}
		return t.containers.order, nil
	}
	stamp.Bits = 1
	if t.Interp.Stm != nil {
		stamp.Bits = t.Interp.Stm.LastKey()<<stm.StampBits | 1
	}
	return plain.Add(1), nil
}

// counted notes an insertion into or a deletion from the region of a slot.
func (d *Dict) counted(t *Thread, st *dictStore, slot, by int) error {
	r := slot >> st.shift
	o := d.regionOrec(st, r)
	c, err := t.LoadAt(o, &st.regions[r].count)
	if err != nil {
		return err
	}
	t.changed(&d.shared.plain)
	return t.StoreAt(o, &st.regions[r].count, Value{Bits: c.Bits + 1<<32 + uint64(int64(by))})
}

// census sums the regions' counts: keys, and changes so far.
func (d *Dict) census(t *Thread, st *dictStore) (n int, changes uint64, err error) {
	for r := range st.regions {
		var c Value
		if o := d.regionOrec(st, r); t.Interp.Is(MutCensusUnread) {
			c, err = t.LoadUnlogged(o, &st.regions[r].count)
		} else {
			c, err = t.LoadAt(o, &st.regions[r].count)
		}
		if err != nil {
			return 0, 0, err
		}
		n += int(uint32(c.Bits))
		changes += c.Bits >> 32
	}
	return n, changes, nil
}

// grow makes a larger table of the same nodes and finds the place for a new hash in it.
func (d *Dict) grow(t *Thread, st *dictStore, h int64) (place, error) {
	n, changes, err := d.census(t, st)
	if err != nil {
		return place{}, err
	}
	slots := dictSlots(2 * n)
	if n > 1<<16 {
		slots = dictSlots(n + n/2)
	}
	if slots <= len(st.slots) && n > len(st.slots)/3 {
		slots = 2 * len(st.slots)
	}
	if err := t.Room(slots * valueSize); err != nil {
		return place{}, err
	}
	fresh := newDictStore(t.Interp.Granularity, max(slots, 2*minDictSlots))
	first, err := d.runStart(t, st)
	if err != nil {
		return place{}, err
	}
	if first < 0 {
		snap, err := d.nodes(t, st)
		if err != nil {
			return place{}, err
		}
		for _, e := range snap.nodes {
			fresh.put(e.node, e.hash)
		}
	} else {
		for n := range st.slots {
			i := (first + n) & (len(st.slots) - 1)
			v, err := t.LoadAt(d.slotOrec(st, i), &st.slots[i])
			if err != nil {
				return place{}, err
			}
			if v.Ref != nil {
				fresh.put((*dictNode)(v.Ref), int64(v.Bits))
			}
		}
	}
	fresh.regions[0].count.Bits += changes << 32
	if err := d.setHead(t, fresh); err != nil {
		return place{}, err
	}
	i := fresh.start(h)
	for fresh.slots[i].Ref != nil {
		i = (i + 1) & (len(fresh.slots) - 1)
	}
	return place{st: fresh, slot: i}, nil
}

// runStart is a slot with which a run of probes begins, or none (-1) if no slot is empty: who goes round the table from there
// meets keys of one hash in the order in which searches compare them.
func (d *Dict) runStart(t *Thread, st *dictStore) (int, error) {
	for i := range st.slots {
		v, err := t.LoadAt(d.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return -1, err
		}
		if v == (Value{}) {
			return i, nil
		}
	}
	return -1, nil
}

// sharedDel deletes a key.
func (d *Dict) sharedDel(t *Thread, key Value, h int64) (v Value, found bool, err error) {
	if err := t.aboutToWrite(); err != nil {
		return Unset, false, err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	p, err := d.locate(t, key, h)
	if err != nil || p.node == nil {
		return Unset, false, err
	}
	v, err = t.LoadAt(d.valOrec(p.st, p.node), &p.node.val)
	if err != nil {
		return Unset, false, err
	}
	return v, true, d.unlink(t, p.st, p.slot)
}

// unlink empties a slot. Where the run of its region ends with it, no mark needs to stay.
func (d *Dict) unlink(t *Thread, st *dictStore, slot int) error {
	mark := Value{Bits: slotDeleted}
	next := (slot + 1) & (len(st.slots) - 1)
	if next>>st.shift == slot>>st.shift {
		v, err := t.LoadAt(d.slotOrec(st, next), &st.slots[next])
		if err != nil {
			return err
		}
		if v == (Value{}) {
			mark = Value{}
		}
	}
	if err := t.StoreAt(d.slotOrec(st, slot), &st.slots[slot], mark); err != nil {
		return err
	}
	return d.counted(t, st, slot, -1)
}

// sharedLen is Len of a shared dict.
func (d *Dict) sharedLen(t *Thread) (int, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	st, err := d.open(t)
	if err != nil {
		return 0, err
	}
	n, _, err := d.census(t, st)
	return n, err
}

// sharedClear removes everything.
func (d *Dict) sharedClear(t *Thread) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&d.Mut)
		defer t.unlockObj(&d.Mut)
	}
	st, err := d.open(t)
	if err != nil {
		return err
	}
	n, changes, err := d.census(t, st)
	if err != nil || n == 0 {
		return err
	}
	fresh := newDictStore(t.Interp.Granularity, minDictSlots)
	fresh.regions[0].count.Bits = (changes + 1) << 32
	t.changed(&d.shared.plain)
	return d.setHead(t, fresh)
}

// setHead makes st the dict's table.
func (d *Dict) setHead(t *Thread, st *dictStore) error {
	t.containers.head = locatedHead{}
	return t.StoreAt(&d.Orec, &d.shared.head, Value{Ref: unsafe.Pointer(st)})
}
