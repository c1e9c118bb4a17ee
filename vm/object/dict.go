package object

import (
	"math/bits"
	"slices"
	"unsafe"
)

// This file has the private representation of dicts: an insertion-ordered hash table after CPython's compact dict
// (Hettinger, 2012), with 32 bytes an entry.
//
// Invariants. entries has the items in insertion order; a deleted one has an Unset key, and the last one is none of
// them. index maps hash positions to
// entries (0 empty, 1 deleted, k+2 entry k); up to tinyDict entries there is none, and lookups scan. spent counts the
// insertions since the index was made, and what it was made with: at least as many positions are not empty, and there are always empty
// ones, so every probe ends. (The number of entries would not do: deletions at the end cut them off, and leave deleted positions.) Hashes are kept
// only when there are keys other than ints and strings (mode dictMixed): those two give theirs at once. Nothing is
// ever compacted in place while somebody may iterate without the size changing, except by an insertion that finds the
// array full, as in CPython.
//
// Undo: a small dict is saved as a whole, once per slice; a large one logs the entries that change. When the array must
// grow, the old arrays go to the log as they are.

// dictEntry is one item.
type dictEntry struct{ key, val Value }

// dictMode says what the keys of a dict are.
type dictMode uint8

const (
	dictEmpty dictMode = iota // no keys yet
	dictInts                  // ints, bools and big ints not among them
	dictStrs                  // strings of class str
	dictMixed
)

const tinyDict = 8

// Dict is a dict.
type Dict struct {
	Mut
	entries []dictEntry
	index   []int32
	hashes  []int64
	used    int
	spent   int32
	mode    dictMode
	shared  *sharedDict
}

// NewDict makes an empty dict.
func (t *Thread) NewDict() *Dict { return &Dict{Mut: t.NewMut(KindDict, t.Interp.Types.Dict)} }

// Value is the dict as a Python object.
func (d *Dict) Value() Value { return valueOf(d) }

// AsDict is the dict that v is, or that v's class inherits from.
func AsDict(v Value) (*Dict, bool) {
	if v.Kind() != KindDict {
		if v = Native(v); v.Kind() != KindDict {
			return nil, false
		}
	}
	return (*Dict)(v.Ref), true
}

func (d *Dict) private() bool { return d.Meta&FlagShared == 0 }
func (d *Dict) fresh(t *Thread) bool {
	return d.Meta == uint64(KindDict)|t.Epoch || t.Epoch == 0 && d.renew()
}

// hashInt is Python's hash of an int that fits in 64 bits: the number modulo 2**61-1, with the number's sign, -1 being -2.
func hashInt(n int64) int64 {
	const p = 1<<61 - 1
	if uint64(n)+p < 2*p { // |n| < p, but for the odd end
		if n == -1 {
			return -2
		}
		return n
	}
	h := int64(0)
	if n < 0 {
		h = -int64((-uint64(n)) % p)
	} else {
		h = int64(uint64(n) % p)
	}
	if h == -1 {
		return -2
	}
	return h
}

// hashKey is the hash of a key.
func hashKey(t *Thread, key Value) (int64, error) {
	if key.Ref == nil {
		return hashInt(int64(key.Bits)), nil
	}
	if key.Kind() == KindStr {
		return int64((*Str)(key.Ref).Hash()), nil
	}
	return Hash(t, key)
}

// probe walks a table of size mask+1 in CPython's order.
type probe struct{ i, perturb, mask uint64 }

func startProbe(h int64, size int) probe {
	mask := uint64(size - 1)
	return probe{uint64(h) & mask, uint64(h), mask}
}

func (p *probe) next() {
	p.perturb >>= 5
	p.i = (p.i*5 + p.perturb + 1) & p.mask
}

// findInt is the entry of an int key in a dict of mode dictInts; -1 if there is none.
func (d *Dict) findInt(n uint64) int {
	if d.index == nil {
		for k := range d.entries {
			if e := &d.entries[k]; e.key.Bits == n && e.key.Ref == nil {
				return k
			}
		}
		return -1
	}
	p := startProbe(hashInt(int64(n)), len(d.index))
	for {
		ix := d.index[p.i]
		if ix >= 2 {
			if e := &d.entries[ix-2]; e.key.Bits == n {
				return int(ix) - 2
			}
		} else if ix == 0 {
			return -1
		}
		p.next()
	}
}

// findStr is the entry of a string key in a dict of mode dictStrs.
func (d *Dict) findStr(s *Str) int {
	if d.index == nil {
		for k := range d.entries {
			if (*Str)(d.entries[k].key.Ref) == s {
				return k
			}
		}
		h := s.Hash()
		for k := range d.entries {
			if e := &d.entries[k]; !e.key.IsUnset() {
				if x := (*Str)(e.key.Ref); x.Hash() == h && x.S == s.S {
					return k
				}
			}
		}
		return -1
	}
	h := s.Hash()
	p := startProbe(int64(h), len(d.index))
	for {
		ix := d.index[p.i]
		if ix >= 2 {
			x := (*Str)(d.entries[ix-2].key.Ref)
			if x == s || x.Hash() == h && x.S == s.S {
				return int(ix) - 2
			}
		} else if ix == 0 {
			return -1
		}
		p.next()
	}
}

// hashAt is the hash of the key of entry k.
func (d *Dict) hashAt(k int) int64 {
	if d.mode == dictMixed {
		return d.hashes[k]
	}
	key := d.entries[k].key
	if key.Ref == nil {
		return hashInt(int64(key.Bits))
	}
	return int64((*Str)(key.Ref).Hash())
}

// plainKey says whether comparing the key with another of its like needs no Python code and no allocation.
func plainKey(v Value) bool { return v.Ref == nil || v.Kind() == KindStr }

// find is the entry of any key in a private dict: -1 if there is none. Comparing may run Python code that changes the dict:
// then the search starts again; again = true says that the dict has become shared.
func (d *Dict) find(t *Thread, key Value, h int64) (k int, again bool, err error) {
	switch d.mode {
	case dictEmpty:
		return -1, false, nil
	case dictInts:
		if key.Ref == nil {
			return d.findInt(key.Bits), false, nil
		}
	case dictStrs:
		if key.Kind() == KindStr {
			return d.findStr((*Str)(key.Ref)), false, nil
		}
	}
restart:
	if d.index == nil {
		for k := range d.entries {
			if d.entries[k].key.IsUnset() || d.hashAt(k) != h {
				continue
			}
			eq, changed, err := d.matches(t, k, key)
			if err != nil {
				return -1, false, err
			}
			if changed {
				if !d.private() {
					return -1, true, nil
				}
				goto restart
			}
			if eq {
				return k, false, nil
			}
		}
		return -1, false, nil
	}
	last := -1 // compared; a walk can come to a position twice, and keys of one hash lie in the order of their insertion
	p := startProbe(h, len(d.index))
	for {
		ix := d.index[p.i]
		if ix >= 2 {
			if k := int(ix) - 2; k > last && d.hashAt(k) == h {
				last = k
				eq, changed, err := d.matches(t, k, key)
				if err != nil {
					return -1, false, err
				}
				if changed {
					if !d.private() {
						return -1, true, nil
					}
					goto restart
				}
				if eq {
					return k, false, nil
				}
			}
		} else if ix == 0 {
			return -1, false, nil
		}
		p.next()
	}
}

// matches compares the key of entry k with key; changed says that the dict is not what it was.
func (d *Dict) matches(t *Thread, k int, key Value) (eq, changed bool, err error) {
	mine := d.entries[k].key
	if mine == key {
		return true, false, nil
	}
	if plainKey(mine) && plainKey(key) {
		eq, err = sameOrEqual(t, mine, key)
		return eq, false, err
	}
	array, n := &d.entries[0], len(d.entries)
	eq, err = sameOrEqual(t, mine, key)
	if err != nil {
		return false, false, err
	}
	if !d.private() || k >= len(d.entries) || &d.entries[0] != array || len(d.entries) < n || d.entries[k].key != mine {
		return false, true, nil
	}
	return eq, false, nil
}

// findSlot is the position in the index that refers to entry k.
func (d *Dict) findSlot(k int) int {
	p := startProbe(d.hashAt(k), len(d.index))
	for d.index[p.i] != int32(k)+2 {
		p.next()
	}
	return int(p.i)
}

// freeSlot is the first position of the index that can take an entry with the hash: behind all others of that hash, so that searches
// compare keys in the order of their insertion. (Among ints or strings nobody can tell.)
func (d *Dict) freeSlot(h int64) int {
	p := startProbe(h, len(d.index))
	if d.mode != dictMixed {
		for d.index[p.i] >= 2 {
			p.next()
		}
		return int(p.i)
	}
	for free := -1; ; p.next() {
		switch ix := d.index[p.i]; {
		case ix >= 2:
			if d.hashes[ix-2] == h {
				free = -1
			}
		case free < 0:
			free = int(p.i)
			fallthrough
		default:
			if ix == 0 {
				return free
			}
		}
	}
}

// limit is how many entries fit before the table must be rebuilt.
func (d *Dict) limit() int {
	if d.index == nil {
		return tinyDict
	}
	return len(d.index) * 2 / 3
}

// admit makes the mode cover a key.
func (d *Dict) admit(key Value) {
	want := dictMixed
	if key.Ref == nil {
		want = dictInts
	} else if key.Kind() == KindStr {
		want = dictStrs
	}
	if d.mode == want || d.mode == dictMixed {
		return
	}
	if d.mode == dictEmpty && want != dictMixed {
		d.mode = want
		return
	}
	hashes := make([]int64, len(d.entries), max(cap(d.entries), 4))
	for k := range d.entries {
		if !d.entries[k].key.IsUnset() {
			hashes[k] = d.hashAt(k)
		}
	}
	d.hashes, d.mode = hashes, dictMixed
}

// insert adds a key that is not there.
func (d *Dict) insert(t *Thread, key Value, h int64, v Value) error {
	if !d.fresh(t) && d.wholly(t) {
		d.saveAll(t)
	}
	if max(len(d.entries), int(d.spent)) >= d.limit() {
		if err := t.Room(2 * d.used * int(unsafe.Sizeof(dictEntry{}))); err != nil {
			return err
		}
		d.rebuild(t)
	}
	d.admit(key)
	k := len(d.entries)
	if k == 0 && d.entries == nil {
		d.entries = make([]dictEntry, 0, 4)
	}
	d.entries = append(d.entries, dictEntry{key, v})
	if d.mode == dictMixed {
		d.hashes = append(d.hashes, h)
	}
	slot := -1
	if d.index != nil {
		slot = d.freeSlot(h)
	}
	if !d.fresh(t) {
		t.Undo.saveDictInsert(d, slot)
	}
	if slot >= 0 {
		d.index[slot] = int32(k) + 2
		d.spent++
	}
	d.used++
	return nil
}

// rebuild makes room: new arrays without the deleted entries, three times as large as what is in use.
func (d *Dict) rebuild(t *Thread) {
	if !d.fresh(t) {
		t.Undo.saveDictArrays(d)
		d.Meta = uint64(KindDict) | t.Epoch
	}
	d.resize(d.used + 1)
}

// resize makes new arrays for at least n entries.
func (d *Dict) resize(n int) {
	size := 0
	if n > tinyDict || d.used == tinyDict {
		size = max(1<<bits.Len(uint(max(3*d.used, 3*n/2)-1)), 16)
	}
	limit := tinyDict
	if size != 0 {
		limit = size * 2 / 3
	}
	room := max(n, min(limit, n+n/4+4))
	entries := make([]dictEntry, 0, room)
	var hashes []int64
	if d.mode == dictMixed {
		hashes = make([]int64, 0, room)
	}
	for k := range d.entries {
		if !d.entries[k].key.IsUnset() {
			entries = append(entries, d.entries[k])
			if hashes != nil {
				hashes = append(hashes, d.hashes[k])
			}
		}
	}
	d.entries, d.hashes, d.index, d.spent = entries, hashes, nil, 0
	if size != 0 {
		d.reindex(size)
	}
}

// reindex builds the index.
func (d *Dict) reindex(size int) {
	d.index, d.spent = make([]int32, size), int32(d.used)
	for k := range d.entries {
		if !d.entries[k].key.IsUnset() {
			d.index[d.freeSlot(d.hashAt(k))] = int32(k) + 2
		}
	}
}

// Reserve makes room for n more entries in a private dict.
func (d *Dict) Reserve(t *Thread, n int) {
	if d.private() && n > tinyDict && d.used+n > d.limit() {
		d.saveAll(t)
		d.resize(d.used + n)
	}
}

// replace changes the value of entry k.
func (d *Dict) replace(t *Thread, k int, v Value) {
	if !d.fresh(t) {
		if d.wholly(t) {
			d.saveAll(t)
		} else {
			t.Undo.saveDictValue(d, k)
		}
	}
	d.entries[k].val = v
}

// remove deletes entry k and returns what it was.
func (d *Dict) remove(t *Thread, k int) dictEntry {
	if !d.fresh(t) && d.wholly(t) {
		d.saveAll(t)
	}
	slot := -1
	if d.index != nil {
		slot = d.findSlot(k)
	}
	if !d.fresh(t) {
		t.Undo.saveDictDelete(d, k, slot)
	}
	if slot >= 0 {
		d.index[slot] = 1
	}
	e := d.entries[k]
	d.entries[k] = dictEntry{Unset, Unset}
	d.used--
	if k == len(d.entries)-1 {
		d.trim(k)
	}
	return e
}

// trim cuts off the deleted entries from k on.
func (d *Dict) trim(k int) {
	for k > 0 && d.entries[k-1].key.IsUnset() {
		k--
	}
	d.entries = d.entries[:k]
	if d.mode == dictMixed {
		d.hashes = d.hashes[:k]
	}
}

// small says whether the dict is saved by copying its items. What counts is the size of the index, which does not change
// as long as single entries are logged: their positions in it must still be right when they are undone.
func (d *Dict) small() bool { return len(d.index) <= 2*smallContainer }

// wholly says whether the dict is better saved as a whole.
func (d *Dict) wholly(t *Thread) bool {
	return d.small() || t.Undo.wholly(unsafe.Pointer(d), len(d.index))
}

// saveAll makes a private dict's whole state restorable.
func (d *Dict) saveAll(t *Thread) {
	if d.fresh(t) {
		return
	}
	if d.small() && (len(d.index) == 0 || int(d.spent) == d.used) {
		t.Undo.saveDictItems(d) // the index is built anew, and comes out as it is: no slot of it was deleted
	} else {
		t.Undo.saveDictArrays(d)
		d.entries, d.index, d.hashes = slices.Clone(d.entries), slices.Clone(d.index), slices.Clone(d.hashes)
	}
	d.Meta = uint64(KindDict) | t.Epoch
}

// next is the first item of a private dict at or after *pos, which moves behind it.
func (d *Dict) next(pos *int) *dictEntry {
	for *pos < len(d.entries) {
		e := &d.entries[*pos]
		*pos++
		if !e.key.IsUnset() {
			return e
		}
	}
	return nil
}

// Next is the item of a private dict at or after position *pos, which moves behind it; ok is false at the end. It allocates
// nothing; whoever iterates compares Used with what it was, as the language wants.
func (d *Dict) Next(pos *int) (key, val Value, ok bool) {
	if e := d.next(pos); e != nil {
		return e.key, e.val, true
	}
	return Unset, Unset, false
}

// Used is the number of items of a private dict.
func (d *Dict) Used() int { return d.used }
