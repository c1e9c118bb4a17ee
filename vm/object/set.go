package object

import (
	"slices"
	"unsafe"
)

// This file has the private representation of sets, and frozensets.
//
// The table, its probing and its growth are CPython's (Objects/setobject.c): runs of linear probes, then the perturbed
// recurrence; an insertion reuses the last deleted entry that it has met; growth fourfold, twofold above 50,000. So iteration
// visits a set of ints in the order in which CPython does. The order is a function of the history of the set's
// insertions and deletions alone, and the shared form (set_shared.go) steps through the same states.
//
// Invariants. An entry is empty (all zero), or deleted (tag 0, key Unset), or in use (tag = hash+1, which no hash makes
// 0). fill counts used and deleted entries; a table has at least one empty entry, so every probe ends. Frozensets are
// filled before anybody else can see them and never change afterwards.

type setEntry struct {
	key Value
	tag uint64
}

const (
	setMinSize    = 8
	setLinear     = 9 // further entries looked at before the next jump
	setBigGrowth  = 50000
	setPerturbBit = 5
)

// Set is a set or a frozenset.
type Set struct {
	Mut
	table  []setEntry // nil or a power of two
	fill   int
	used   int
	finger int // where pop looks next
	cached setHash
	shared *sharedSet
}

// NewSet makes an empty set.
func (t *Thread) NewSet() *Set { return &Set{Mut: t.NewMut(KindSet, t.Interp.Types.Set)} }

// NewSetFor makes an empty set to which elements are going to be added at once: its first table comes with it.
func (t *Thread) NewSetFor() *Set {
	s := &struct {
		Set
		small [setMinSize]setEntry
	}{Set: Set{Mut: t.NewMut(KindSet, t.Interp.Types.Set)}}
	s.table = s.small[:]
	return &s.Set
}

// NewFrozenSet makes an empty frozenset, to be filled before it is seen.
func (t *Thread) NewFrozenSet() *Set {
	return &Set{Mut: t.NewMut(KindFrozenSet, t.Interp.Types.FrozenSet)}
}

// Value is the set as a Python object.
func (s *Set) Value() Value { return valueOf(s) }

// AsSet is the set or frozenset that v is, or that v's class inherits from.
func AsSet(v Value) (*Set, bool) {
	if k := v.Kind(); k != KindSet && k != KindFrozenSet {
		v = Native(v)
		if k = v.Kind(); k != KindSet && k != KindFrozenSet {
			return nil, false
		}
	}
	return (*Set)(v.Ref), true
}

// private says whether the set is to be read plainly: frozensets always are.
func (s *Set) private() bool {
	return s.Meta&FlagShared == 0 || Kind(s.Meta) == KindFrozenSet
}

// fresh says whether the set needs no undo entry. A frozenset changes only while it is made.
func (s *Set) fresh(t *Thread) bool {
	return s.Meta == uint64(KindSet)|t.Epoch || Kind(s.Meta) == KindFrozenSet || t.Epoch == 0 && s.renew()
}

// saveAll makes a private set's whole state restorable.
func (s *Set) saveAll(t *Thread) {
	if s.fresh(t) {
		return
	}
	t.Undo.saveSetTable(s)
	s.table = slices.Clone(s.table)
	s.Meta = uint64(KindSet) | t.Epoch
}

// beforeChange saves a small set as a whole, once per slice; large ones log their entries.
func (s *Set) beforeChange(t *Thread) {
	if !s.fresh(t) && t.Undo.wholly(unsafe.Pointer(s), len(s.table)/2) {
		s.saveAll(t)
	}
}

// setProbe walks a set's table in CPython's order.
type setProbe struct {
	i, base, perturb, mask uint64
	left                   int
}

func startSetProbe(h int64, size int) setProbe {
	p := setProbe{base: uint64(h) & uint64(size-1), perturb: uint64(h), mask: uint64(size - 1)}
	p.run()
	return p
}

// run begins a run of linear probes at base.
func (p *setProbe) run() {
	p.i, p.left = p.base, 0
	if p.base+setLinear <= p.mask {
		p.left = setLinear
	}
}

func (p *setProbe) next() {
	if p.left > 0 {
		p.left--
		p.i++
		return
	}
	p.perturb >>= setPerturbBit
	p.base = (p.base*5 + 1 + p.perturb) & p.mask
	p.run()
}

// probeSet walks the table as setProbe does, and calls nothing, so that the walk stays in the processor's registers: this is where sets
// spend their time. It gives the entry of the key (free does not matter then), or i = noEntry and the empty or deleted entry where the
// key would go, or i = unlikeEntry if an entry has the key's hash but is another object.
func probeSet(table []setEntry, key Value, tag uint64) (i, free int) {
	free = noEntry
	mask, perturb := uint64(len(table)-1), tag-1
	first := unsafe.Pointer(unsafe.SliceData(table))
	for base := perturb & mask; ; base = (base*5 + 1 + perturb) & mask {
		end := base
		if base+setLinear <= mask {
			end += setLinear
		}
		for k := base; k <= end; k++ { // end is at most mask
			e := (*setEntry)(unsafe.Add(first, k*uint64(unsafe.Sizeof(setEntry{}))))
			if e.tag == tag {
				if e.key == key {
					return int(k), free
				}
				return unlikeEntry, free
			}
			if e.tag == 0 {
				if e.key.Ref == nil {
					if free < 0 {
						free = int(k)
					}
					return noEntry, free
				}
				free = int(k)
			}
		}
		perturb >>= setPerturbBit
	}
}

const (
	noEntry     = -1
	unlikeEntry = -2
)

// find looks for key: its entry (found), or the empty or deleted entry where it would go. again says that the set has become shared
// while Python code compared.
func (s *Set) find(t *Thread, key Value, h int64) (i int, found, again bool, err error) {
	if s.table == nil {
		return noEntry, false, false, nil
	}
	i, free := probeSet(s.table, key, uint64(h)+1)
	switch i {
	case noEntry:
		return free, false, false, nil
	case unlikeEntry:
		return s.findEqual(t, key, h)
	}
	return i, true, false, nil
}

// findEqual is find by the keys' own idea of equality.
func (s *Set) findEqual(t *Thread, key Value, h int64) (i int, found, again bool, err error) {
	tag := uint64(h) + 1
restart:
	free := noEntry
	for p := startSetProbe(h, len(s.table)); ; p.next() {
		e := &s.table[p.i]
		if e.tag == tag {
			if e.key == key {
				return int(p.i), true, false, nil
			}
			mine, table := e.key, &s.table[0]
			eq, err := sameOrEqual(t, mine, key)
			if err != nil {
				return noEntry, false, false, err
			}
			if !plainKey(mine) || !plainKey(key) {
				if !s.private() {
					return noEntry, false, true, nil
				}
				if s.table == nil {
					return noEntry, false, false, nil
				}
				if &s.table[0] != table || s.table[p.i].key != mine {
					goto restart
				}
			}
			if eq {
				return int(p.i), true, false, nil
			}
		} else if e.tag == 0 {
			if e.key.Ref == nil {
				if free < 0 {
					free = int(p.i)
				}
				return free, false, false, nil
			}
			free = int(p.i)
		}
	}
}

// insertClean puts an entry into a table that has no equal one and no deleted ones.
func insertClean(table []setEntry, e setEntry) {
	if x := &table[(e.tag-1)&uint64(len(table)-1)]; x.tag == 0 && x.key.Ref == nil {
		*x = e
		return
	}
	for p := startSetProbe(int64(e.tag-1), len(table)); ; p.next() {
		if x := &table[p.i]; x.tag == 0 && x.key.Ref == nil {
			*x = e
			return
		}
	}
}

// roomToAdd asks for the memory of the larger table that one more key may need.
func (s *Set) roomToAdd(t *Thread) error {
	if (s.fill+1)*5 < (len(s.table)-1)*3 {
		return nil
	}
	return t.Room(setSize(setGrowth(s.used)) * int(unsafe.Sizeof(setEntry{})))
}

// addAt puts a new key into the entry that find gave.
func (s *Set) addAt(t *Thread, i int, key Value, h int64) {
	s.beforeChange(t)
	if s.table == nil {
		s.table = make([]setEntry, setMinSize)
		i = int(startSetProbe(h, setMinSize).i)
	}
	if !s.fresh(t) {
		t.Undo.saveSetEntry(s, i)
	}
	deleted := s.table[i].key.Ref != nil
	s.table[i] = setEntry{key, uint64(h) + 1}
	s.used++
	if deleted {
		return
	}
	s.fill++
	if s.fill*5 >= (len(s.table)-1)*3 {
		s.resize(t, setGrowth(s.used))
	}
}

// setGrowth is the number of entries for which a full table makes room.
func setGrowth(used int) int {
	if used > setBigGrowth {
		return used * 2
	}
	return used * 4
}

// setSize is the size of the table for more than n entries.
func setSize(n int) int {
	size := setMinSize
	for size <= n {
		size <<= 1
	}
	return size
}

// resize rebuilds the table for n entries, without the deleted ones.
func (s *Set) resize(t *Thread, n int) {
	size := setSize(n)
	if size == setMinSize && len(s.table) <= setMinSize && s.fill == s.used {
		return
	}
	if !s.fresh(t) {
		t.Undo.saveSetTable(s)
		s.Meta = uint64(KindSet) | t.Epoch
	}
	table := make([]setEntry, size)
	for i := range s.table {
		if e := &s.table[i]; e.tag != 0 {
			insertClean(table, *e)
		}
	}
	s.table, s.fill = table, s.used
}

// deleteAt deletes entry i.
func (s *Set) deleteAt(t *Thread, i int) {
	s.beforeChange(t)
	if !s.fresh(t) {
		t.Undo.saveSetEntry(s, i)
	}
	s.table[i] = setEntry{key: Unset}
	s.used--
}

// size is the size of the table as CPython has it: an empty set has a small one.
func (s *Set) size() int { return max(len(s.table), setMinSize) }

// next is the first element of a private set at or after position *pos, which moves behind it.
func (s *Set) next(pos *int) *setEntry {
	for *pos < len(s.table) {
		e := &s.table[*pos]
		*pos++
		if e.tag != 0 {
			return e
		}
	}
	return nil
}

// mergePrivate is CPython's set_merge for two private sets.
func (s *Set) mergePrivate(t *Thread, from *Set) error {
	if from == s || from.used == 0 {
		return nil
	}
	if (s.fill+from.used)*5 >= (s.size()-1)*3 {
		if err := t.Room(setSize(2*(s.used+from.used)) * int(unsafe.Sizeof(setEntry{}))); err != nil {
			return err
		}
		s.resize(t, (s.used+from.used)*2)
	}
	if s.fill == 0 {
		s.saveAll(t)
		if s.size() == len(from.table) && from.fill == from.used {
			s.table = slices.Clone(from.table)
		} else {
			if s.table == nil {
				s.table = make([]setEntry, setMinSize)
			}
			for i := range from.table {
				if from.table[i].tag != 0 {
					insertClean(s.table, from.table[i])
				}
			}
		}
		s.fill, s.used = from.used, from.used
		return nil
	}
	for pos := 0; ; {
		e := from.next(&pos)
		if e == nil {
			return nil
		}
		if _, err := s.addHashed(t, e.key, int64(e.tag-1)); err != nil {
			return err
		}
		if !from.private() {
			return s.addAll(t, from)
		}
	}
}

// addAll goes on when Python code has published the source of a merge: adding once more what is there changes nothing.
func (s *Set) addAll(t *Thread, from *Set) error {
	items, err := from.Items(t)
	if err != nil {
		return err
	}
	for _, v := range items {
		if _, err := s.Add(t, v); err != nil {
			return err
		}
	}
	return nil
}

// resetPrivate makes the contents those of another set that nobody else has: CPython's set_swap_bodies.
func (s *Set) resetPrivate(t *Thread, from *Set) {
	if !s.fresh(t) {
		t.Undo.saveSetTable(s)
		s.Meta = uint64(KindSet) | t.Epoch
	}
	s.table, s.fill, s.used = from.table, from.fill, from.used
}
