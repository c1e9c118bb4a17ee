package object

import "sync/atomic"

// This file has the operations on sets for Go code: they work whoever can reach the set, under every regime.

// setHash caches a frozenset's hash.
type setHash struct{ v atomic.Uint64 } // hash^hashMask, so that 0 is none

// Len is the number of elements.
func (s *Set) Len(t *Thread) (int, error) {
	if s.private() {
		return s.used, nil
	}
	return s.sharedLen(t)
}

// Has says whether key is in the set.
func (s *Set) Has(t *Thread, key Value) (bool, error) {
	h, err := hashKey(t, key)
	if err != nil {
		return false, err
	}
	return s.hasHashed(t, key, h)
}

// QuickHas is Has of a private set for a key that is an int or a str; ok is false where something would have to be compared.
func (s *Set) QuickHas(key Value) (found, ok bool) {
	var h int64
	switch {
	case key.Ref == nil:
		h = hashInt(int64(key.Bits))
	case key.Word() == uint32(KindStr):
		h = int64((*Str)(key.Ref).Hash())
	default:
		return false, false
	}
	if s.table == nil {
		return false, true
	}
	i, _ := probeSet(s.table, key, uint64(h)+1)
	return i >= 0, i != unlikeEntry
}

func (s *Set) hasHashed(t *Thread, key Value, h int64) (bool, error) {
	if s.private() {
		_, found, again, err := s.find(t, key, h)
		if err != nil || !again {
			return found, err
		}
	}
	return s.sharedHas(t, key, h)
}

// Add adds a key; added is false when it was there.
func (s *Set) Add(t *Thread, key Value) (added bool, err error) {
	h, err := hashKey(t, key)
	if err != nil {
		return false, err
	}
	return s.addHashed(t, key, h)
}

func (s *Set) addHashed(t *Thread, key Value, h int64) (added bool, err error) {
	if s.Meta == uint64(KindSet)|t.Epoch && len(s.table) > 0 {
		// Nothing to undo, and mostly nothing to compare and no reason to grow.
		tag := uint64(h) + 1
		i, free := probeSet(s.table, key, tag)
		if i >= 0 {
			return false, nil
		}
		if i == noEntry && (s.fill+1)*5 < (len(s.table)-1)*3 {
			e := &s.table[free]
			if e.key.Ref == nil {
				s.fill++
			}
			*e = setEntry{key, tag}
			s.used++
			return true, nil
		}
	}
	if s.private() {
		i, found, again, err := s.find(t, key, h)
		if err != nil {
			return false, err
		}
		if !again {
			if !found {
				if err := s.roomToAdd(t); err != nil {
					return false, err
				}
				s.addAt(t, i, key, h)
			}
			return !found, nil
		}
	}
	return s.sharedAdd(t, key, h)
}

// Discard removes a key; removed is false when it was not there.
func (s *Set) Discard(t *Thread, key Value) (removed bool, err error) {
	h, err := hashKey(t, key)
	if err != nil {
		return false, err
	}
	return s.discardHashed(t, key, h)
}

func (s *Set) discardHashed(t *Thread, key Value, h int64) (removed bool, err error) {
	if s.private() {
		i, found, again, err := s.find(t, key, h)
		if err != nil {
			return false, err
		}
		if !again {
			if found {
				s.deleteAt(t, i)
			}
			return found, nil
		}
	}
	return s.sharedDiscard(t, key, h)
}

// Pop removes an element, the one that CPython removes; ok is false when there is none.
func (s *Set) Pop(t *Thread) (v Value, ok bool, err error) {
	if !s.private() {
		return s.sharedPop(t)
	}
	if s.used == 0 {
		return Unset, false, nil
	}
	mask := len(s.table) - 1
	i := s.finger & mask
	for s.table[i].tag == 0 {
		i = (i + 1) & mask
	}
	v = s.table[i].key
	s.beforeChange(t)
	if !s.fresh(t) {
		t.Undo.saveSetFinger(s)
	}
	s.deleteAt(t, i)
	s.finger = i + 1
	return v, true, nil
}

// Clear removes everything.
func (s *Set) Clear(t *Thread) error {
	if !s.private() {
		return s.sharedClear(t)
	}
	if !s.fresh(t) {
		t.Undo.saveSetTable(s)
		s.Meta = uint64(KindSet) | t.Epoch
	}
	s.table, s.fill, s.used, s.finger = nil, 0, 0, 0
	return nil
}

// Items are the elements in the order of iteration, in an array of the caller's.
func (s *Set) Items(t *Thread) ([]Value, error) {
	p, err := s.plain(t)
	if err != nil {
		return nil, err
	}
	out := make([]Value, 0, p.used)
	for pos := 0; ; {
		e := p.next(&pos)
		if e == nil {
			return out, nil
		}
		out = append(out, e.key)
	}
}

// plain is the set itself if it is private, else a private copy of its present table.
func (s *Set) plain(t *Thread) (*Set, error) {
	if s.private() {
		return s, nil
	}
	return s.sharedCopy(t)
}

// merge adds the elements of another set.
func (s *Set) merge(t *Thread, from *Set) error {
	if from == s {
		return nil // nothing is compared, shared or not
	}
	p, err := from.plain(t)
	if err != nil {
		return err
	}
	if s.private() {
		return s.mergePrivate(t, p)
	}
	return s.change(t, func(c *Set) error { return c.mergePrivate(t, p) })
}

// change applies an operation on the whole set: on the set itself if it is private, else on a private copy whose table
// then becomes that of the set.
func (s *Set) change(t *Thread, op func(*Set) error) error {
	if s.private() {
		return op(s)
	}
	c, err := s.sharedCopy(t)
	if err != nil {
		return err
	}
	if err := op(c); err != nil {
		return err
	}
	return s.sharedReset(t, c)
}

// Update adds what an iterable gives.
func (s *Set) Update(t *Thread, from Value) error {
	if o, ok := AsSet(from); ok {
		return s.merge(t, o)
	}
	if from.Kind() == KindDict {
		items, err := (*Dict)(from.Ref).hashed(t)
		if err != nil {
			return err
		}
		return s.change(t, func(c *Set) error {
			if (c.fill+len(items))*5 >= (c.size()-1)*3 {
				c.resize(t, (c.used+len(items))*2)
			}
			for _, it := range items {
				if _, err := c.addHashed(t, it.Key, it.hash); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return Iterate(t, from, func(v Value) error {
		_, err := s.Add(t, v)
		return err
	})
}

// like makes an empty set that results of operations on s go into: a set for a set, a frozenset for a frozenset.
func (s *Set) like(t *Thread) *Set {
	if Kind(s.Meta) == KindFrozenSet {
		return t.NewFrozenSet()
	}
	return t.NewSet()
}

// Copy is a new set with the same elements, by way of CPython's set_merge.
func (s *Set) Copy(t *Thread) (*Set, error) {
	c := s.like(t)
	return c, c.merge(t, s)
}
