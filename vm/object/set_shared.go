package object

import (
	"math/bits"
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// This file has the shared representation of sets.
//
// The table is the private one's, entry for entry (see set.go), so that iteration visits the elements in the same order
// whoever can reach the set. An entry is one cell: an int or a string as it is, since both tell their hash at once; any
// other key behind a node that keeps it; Unset if empty; deletedKey if deleted. The table is cut into regions with a
// record each, which also covers the region's counts.
//
// When a table grows is decided by the number of used and deleted entries in all of it, and must be decided at the same
// insertion as in the private form; yet two threads that insert into different regions should not conflict. So each region
// has a quota, as in escrow methods (O'Neil, TODS 1986): the quotas and the excesses over them together stay below the
// number at which the table grows. An insertion within its region's quota looks at nothing else; one that exceeds
// it reads all counts, and grows the table or takes a part of the slack.

const maxSetRegions = 512

// sharedSet is the root of the shared representation.
type sharedSet struct {
	head    Value // Ref: *setStore. Under the set's record.
	finger  Value // where pop looks next. Under fingerO.
	fingerO stm.Orec
	plain   atomic.Uint64 // changes of membership outside of transactions
}

// setStore is one table.
type setStore struct {
	Header
	slots   []Value
	regions []region // count.Bits: quota<<42 | fill<<21 | used
	shift   uint8
	single  bool
}

// setNode keeps a key that is neither an int nor a string.
type setNode struct {
	Header
	key  Value
	hash int64
}

// deletedTag is what a deleted entry refers to.
var deletedTag = Header{Meta: uint64(KindUnset)}

func deletedKey() Value { return Value{Ref: unsafe.Pointer(&deletedTag)} }

const (
	setCountBits = 21
	setCountMask = 1<<setCountBits - 1
)

// setCounts are the counts of a region.
type setCounts struct{ quota, fill, used int }

func unpackCounts(v Value) setCounts {
	return setCounts{int(v.Bits >> (2 * setCountBits)), int(v.Bits >> setCountBits & setCountMask), int(v.Bits & setCountMask)}
}

func (c setCounts) pack() Value {
	return Value{Bits: uint64(c.quota)<<(2*setCountBits) | uint64(c.fill)<<setCountBits | uint64(c.used)}
}

// capacity is the largest fill that a table may have.
func (st *setStore) capacity() int { return (3*(len(st.slots)-1) - 1) / 5 }

// newSetStore makes a store of a private table.
func newSetStore(t *Thread, s *Set) *setStore {
	table := s.table
	if table == nil {
		table = make([]setEntry, setMinSize)
	}
	per := regionSlots
	if t.Interp.Granularity == GranSlot {
		per = minDictSlots
	}
	n := min(max(len(table)/per, 1), maxSetRegions)
	for len(table)/n > setCountMask/2 {
		n *= 2
	}
	st := &setStore{
		Header:  Header{Meta: tableMeta(tableSet)},
		slots:   make([]Value, len(table)),
		regions: make([]region, n),
		shift:   uint8(bits.TrailingZeros(uint(len(table) / n))),
		single:  n == 1 || t.Interp.Granularity == GranObject,
	}
	counts := make([]setCounts, n)
	fill := 0
	for i := range table {
		c := &counts[i>>st.shift]
		switch e := &table[i]; {
		case e.tag != 0:
			st.slots[i] = setCell(e.key, int64(e.tag-1))
			c.used++
		case e.key.Ref != nil:
			st.slots[i] = deletedKey()
		default:
			st.slots[i] = Unset
			continue
		}
		c.fill++
		fill++
	}
	slack := max(st.capacity()-fill, 0) / n
	for r := range counts {
		counts[r].quota = counts[r].fill + slack
		st.regions[r].count = counts[r].pack()
	}
	return st
}

// setCell is the cell of a key.
func setCell(key Value, h int64) Value {
	if plainKey(key) {
		return key
	}
	return Value{Ref: unsafe.Pointer(&setNode{Header{Meta: tableMeta(tableElem)}, key, h})}
}

// plainHash is the hash of an int or a string.
func plainHash(v Value) int64 {
	if v.Ref == nil {
		return hashInt(int64(v.Bits))
	}
	return int64((*Str)(v.Ref).Hash())
}

// cellKey is the key in a cell in use, and its hash.
func cellKey(c Value) (Value, int64) {
	if plainKey(c) {
		return c, plainHash(c)
	}
	n := (*setNode)(c.Ref)
	return n.key, n.hash
}

func cellUsed(c Value) bool { return !c.IsUnset() && c.Ref != unsafe.Pointer(&deletedTag) }

// share converts a private set.
func (s *Set) share(t *Thread) {
	s.shared = &sharedSet{head: Value{Ref: unsafe.Pointer(newSetStore(t, s))}, finger: Int(int64(s.finger))}
}

func (s *Set) open(t *Thread) (*setStore, error) {
	h, err := t.LoadAt(&s.Orec, &s.shared.head)
	return (*setStore)(h.Ref), err
}

func (s *Set) slotOrec(st *setStore, i int) *stm.Orec {
	if st.single {
		return &s.Orec
	}
	return &st.regions[i>>st.shift].orec
}

func (s *Set) regionOrec(st *setStore, r int) *stm.Orec {
	if st.single {
		return &s.Orec
	}
	return &st.regions[r].orec
}

func (s *Set) counts(t *Thread, st *setStore, r int) (setCounts, error) {
	v, err := t.LoadAt(s.regionOrec(st, r), &st.regions[r].count)
	return unpackCounts(v), err
}

func (s *Set) setCounts(t *Thread, st *setStore, r int, c setCounts) error {
	return t.StoreAt(s.regionOrec(st, r), &st.regions[r].count, c.pack())
}

// locate is find for the shared form; reuse says that the entry where the key would go is a deleted one. While Python code compares keys the set is not locked.
func (s *Set) locate(t *Thread, key Value, h int64) (st *setStore, i int, found, reuse bool, err error) {
restart:
	free := -1
	if st, err = s.open(t); err != nil {
		return nil, -1, false, false, err
	}
	// A table has an empty entry; the bound is for the sake of tables that this slice could not see whole.
	for p, n := startSetProbe(h, len(st.slots)), 0; n < 16*len(st.slots)+256; n++ {
		i = int(p.i)
		c, err := t.LoadAt(s.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return nil, -1, false, false, err
		}
		if c.IsUnset() {
			if free >= 0 {
				return st, free, false, true, nil
			}
			return st, i, false, false, nil
		}
		if cellUsed(c) {
			if mine, hash := cellKey(c); hash == h {
				eq, moved, err := s.matchesCell(t, st, i, c, mine, key)
				if err != nil {
					return nil, -1, false, false, err
				}
				if moved {
					goto restart
				}
				if eq {
					return st, i, true, false, nil
				}
			}
		} else {
			free = i
		}
		p.next()
	}
	return nil, -1, false, false, ErrAbort
}

// matchesCell compares the key in an entry with key; moved says that the entry has changed meanwhile.
func (s *Set) matchesCell(t *Thread, st *setStore, i int, c, mine, key Value) (eq, moved bool, err error) {
	if mine == key {
		return true, false, nil
	}
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
	now, err := s.open(t)
	if err != nil || now != st {
		return false, true, err
	}
	w, err := t.LoadAt(s.slotOrec(st, i), &st.slots[i])
	return eq, w != c, err
}

// sharedHas is Has of a shared set.
func (s *Set) sharedHas(t *Thread, key Value, h int64) (bool, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	_, _, found, _, err := s.locate(t, key, h)
	return found, err
}

// sharedAdd is Add of a shared set.
func (s *Set) sharedAdd(t *Thread, key Value, h int64) (added bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	st, i, found, reuse, err := s.locate(t, key, h)
	if err != nil || found {
		return false, err
	}
	if err := t.aboutToWrite(); err != nil {
		return false, err
	}
	if err := t.StoreAt(s.slotOrec(st, i), &st.slots[i], setCell(key, h)); err != nil {
		return false, err
	}
	r := i >> st.shift
	c, err := s.counts(t, st, r)
	if err != nil {
		return false, err
	}
	c.used++
	if !reuse {
		c.fill++
	}
	t.changed(&s.shared.plain)
	if reuse || c.fill <= c.quota {
		return true, s.setCounts(t, st, r, c)
	}
	return true, s.overQuota(t, st, r, c)
}

// overQuota stores the counts of region r, which has just got one entry more than its quota, after making sure that the
// table need not grow, or growing it.
func (s *Set) overQuota(t *Thread, st *setStore, r int, c setCounts) error {
	if err := s.setCounts(t, st, r, c); err != nil {
		return err
	}
	all := make([]setCounts, len(st.regions))
	fill, taken := 0, 0
	for k := range all {
		var err error
		if all[k], err = s.counts(t, st, k); err != nil {
			return err
		}
		fill += all[k].fill
		taken += max(all[k].fill, all[k].quota)
	}
	limit := st.capacity()
	if fill > limit {
		return s.growShared(t)
	}
	if taken > limit {
		// The slack lies in other regions' quotas: share it out anew.
		slack := (limit - fill) / len(all)
		for k := range all {
			all[k].quota = all[k].fill + slack
			if err := s.setCounts(t, st, k, all[k]); err != nil {
				return err
			}
		}
		return nil
	}
	all[r].quota = all[r].fill + (limit-taken)/2
	return s.setCounts(t, st, r, all[r])
}

// growShared rebuilds the table as the private form does.
func (s *Set) growShared(t *Thread) error {
	c, err := s.copyTable(t)
	if err == nil {
		err = c.roomToAdd(t)
	}
	if err != nil {
		return err
	}
	c.resize(t, setGrowth(c.used))
	return s.replaceTable(t, c)
}

// copyTable is a private set with the same table.
func (s *Set) copyTable(t *Thread) (*Set, error) {
	st, err := s.open(t)
	if err != nil {
		return nil, err
	}
	c := t.scratchSet()
	c.table = make([]setEntry, len(st.slots))
	for i := range st.slots {
		v, err := t.LoadAt(s.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return nil, err
		}
		switch {
		case v.IsUnset():
			continue
		case cellUsed(v):
			k, h := cellKey(v)
			c.table[i] = setEntry{k, uint64(h) + 1}
			c.used++
		default:
			c.table[i] = setEntry{key: Unset}
		}
		c.fill++
	}
	return c, nil
}

// replaceTable makes the table of a private set the shared set's.
func (s *Set) replaceTable(t *Thread, c *Set) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	t.changed(&s.shared.plain)
	st := newSetStore(t, c)
	// New nodes in the table are reached by no cell that the log knows.
	for i := range st.slots {
		if v := st.slots[i]; t.Regime != RegimeSTM {
			Publish(t, v)
		}
	}
	return t.StoreAt(&s.Orec, &s.shared.head, Value{Ref: unsafe.Pointer(st)})
}

// sharedCopy is a private copy of the set, table and all.
func (s *Set) sharedCopy(t *Thread) (*Set, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	return s.copyTable(t)
}

// sharedReset makes the contents those of a private set; where pop looks next stays.
func (s *Set) sharedReset(t *Thread, c *Set) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	return s.replaceTable(t, c)
}

// sharedClear is Clear of a shared set.
func (s *Set) sharedClear(t *Thread) error {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	if err := s.sharedReset(t, t.scratchSet()); err != nil {
		return err
	}
	return t.StoreAt(&s.shared.fingerO, &s.shared.finger, Int(0))
}

// sharedDiscard is Discard of a shared set.
func (s *Set) sharedDiscard(t *Thread, key Value, h int64) (removed bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	st, i, found, _, err := s.locate(t, key, h)
	if err != nil || !found {
		return false, err
	}
	return true, s.clearSlot(t, st, i)
}

func (s *Set) clearSlot(t *Thread, st *setStore, i int) error {
	if err := t.aboutToWrite(); err != nil {
		return err
	}
	if err := t.StoreAt(s.slotOrec(st, i), &st.slots[i], deletedKey()); err != nil {
		return err
	}
	r := i >> st.shift
	c, err := s.counts(t, st, r)
	if err != nil {
		return err
	}
	c.used--
	t.changed(&s.shared.plain)
	return s.setCounts(t, st, r, c)
}

// sharedPop is Pop of a shared set.
func (s *Set) sharedPop(t *Thread) (v Value, ok bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	st, err := s.open(t)
	if err != nil {
		return Unset, false, err
	}
	f, err := t.LoadAt(&s.shared.fingerO, &s.shared.finger)
	if err != nil {
		return Unset, false, err
	}
	mask := len(st.slots) - 1
	i := int(f.Bits) & mask
	for range st.slots {
		c, err := t.LoadAt(s.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return Unset, false, err
		}
		if cellUsed(c) {
			v, _ = cellKey(c)
			if err := s.clearSlot(t, st, i); err != nil {
				return Unset, false, err
			}
			return v, true, t.StoreAt(&s.shared.fingerO, &s.shared.finger, Int(int64(i+1)))
		}
		i = (i + 1) & mask
	}
	return Unset, false, nil
}

// sharedLen is Len of a shared set.
func (s *Set) sharedLen(t *Thread) (int, error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	st, err := s.open(t)
	if err != nil {
		return 0, err
	}
	n := 0
	for r := range st.regions {
		c, err := s.counts(t, st, r)
		if err != nil {
			return 0, err
		}
		n += c.used
	}
	return n, nil
}

// sharedNext is the element at or after position i of the table, and the position behind it.
func (s *Set) sharedNext(t *Thread, i int) (v Value, next int, ok bool, err error) {
	if t.Regime == RegimeLocks {
		t.lockObj(&s.Mut)
		defer t.unlockObj(&s.Mut)
	}
	st, err := s.open(t)
	if err != nil {
		return Unset, 0, false, err
	}
	for ; i < len(st.slots); i++ {
		c, err := t.LoadAt(s.slotOrec(st, i), &st.slots[i])
		if err != nil {
			return Unset, 0, false, err
		}
		if cellUsed(c) {
			v, _ = cellKey(c)
			return v, i + 1, true, nil
		}
	}
	return Unset, i, false, nil
}

// scratchSet makes a set that the program never sees.
func (t *Thread) scratchSet() *Set {
	s := t.NewSet()
	t.hide(&s.Mut)
	return s
}
