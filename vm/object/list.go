package object

import (
	"slices"
	"unsafe"
)

// This file has the operations on lists that do not depend on who can reach the list, and the private representation. A
// private list is a Go slice; the shared one is in list_shared.go.
//
// Invariants of the write path. A private list whose epoch is the thread's is written plainly. An older private one
// first gets undo entries: a small list is copied into the log once and then carries the slice's epoch; a large one
// keeps its old epoch, and each change of an element logs that element, so that the cost of a write never depends on
// the length. Structural changes of a large list work on a new backing array and leave the old one to the log.

// smallContainer is the number of elements up to which a private container is saved for undo as a whole.
const smallContainer = 32

// NewList makes a list of items, which belong to the list from now on.
func (t *Thread) NewList(items []Value) Value { return t.MakeList(items).Value() }

// MakeList is NewList for Go code that goes on with the list.
func (t *Thread) MakeList(items []Value) *List {
	return &List{Mut: t.NewMut(KindList, t.Interp.Types.List), Items: items}
}

// AsList is the list that v is, or that v's class inherits from.
func AsList(v Value) (*List, bool) {
	if v.Kind() != KindList {
		if v = Native(v); v.Kind() != KindList {
			return nil, false
		}
	}
	return (*List)(v.Ref), true
}

// private says whether the list is private.
func (l *List) private() bool { return l.Meta&FlagShared == 0 }

// fresh says whether the list is private and needs no undo entry.
func (l *List) fresh(t *Thread) bool {
	return l.Meta == uint64(KindList)|t.Epoch || t.Epoch == 0 && l.renew()
}

// saveAll makes a private list's whole state restorable; afterwards the list is fresh.
func (l *List) saveAll(t *Thread) {
	if l.fresh(t) {
		return
	}
	if len(l.Items) <= smallContainer {
		t.Undo.saveListItems(l)
	} else {
		t.Undo.saveListArray(l)
		l.Items = slices.Clone(l.Items)
	}
	l.Meta = uint64(KindList) | t.Epoch
}

// saveAt makes element i of a private list restorable.
func (l *List) saveAt(t *Thread, i int) {
	if t.Undo.wholly(unsafe.Pointer(l), len(l.Items)) {
		l.saveAll(t)
	} else {
		t.Undo.saveListElem(l, i, l.Items[i])
	}
}

// Len is the number of elements.
func (l *List) Len(t *Thread) (int, error) {
	if l.mine(t) {
		return len(l.Items), nil
	}
	return l.sharedLen(t)
}

// Get is element i; ok is false when there is none. i is not negative.
func (l *List) Get(t *Thread, i int) (v Value, ok bool, err error) {
	if l.mine(t) {
		if i < len(l.Items) {
			return l.Items[i], true, nil
		}
		return Unset, false, nil
	}
	return l.sharedGet(t, i)
}

// GetIndex is element i, counted from the end when negative; out of range it is an IndexError.
func (l *List) GetIndex(t *Thread, i int64) (Value, error) {
	if i < 0 {
		n, err := l.Len(t)
		if err != nil {
			return Unset, err
		}
		if i += int64(n); i < 0 {
			return Unset, IndexErrorf(t, "list index out of range")
		}
	}
	v, ok, err := l.Get(t, int(i))
	if !ok && err == nil {
		err = IndexErrorf(t, "list index out of range")
	}
	return v, err
}

// SetIndex assigns element i, counted from the end when negative; out of range it is an IndexError.
func (l *List) SetIndex(t *Thread, i int64, v Value) error {
	if l.mine(t) {
		if i < 0 {
			i += int64(len(l.Items))
		}
		if uint64(i) >= uint64(len(l.Items)) {
			return IndexErrorf(t, "list assignment index out of range")
		}
		if !l.fresh(t) {
			l.saveAt(t, int(i))
		}
		l.Items[i] = v
		return nil
	}
	ok, err := l.sharedSet(t, i, v)
	if !ok && err == nil {
		err = IndexErrorf(t, "list assignment index out of range")
	}
	return err
}

// Append adds an element at the end.
func (l *List) Append(t *Thread, v Value) error {
	if !l.fresh(t) && !l.mine(t) {
		return l.sharedAppend(t, v)
	}
	if !l.fresh(t) {
		if t.Undo.wholly(unsafe.Pointer(l), len(l.Items)) {
			l.saveAll(t)
		} else {
			t.Undo.saveListAppend(l)
		}
	}
	if err := t.roomFor(l.Items, 1); err != nil {
		return err
	}
	l.Items = append(l.Items, v)
	return nil
}

// Pop removes element i, counted from the end when negative, and returns it.
func (l *List) Pop(t *Thread, i int64) (Value, error) {
	if !l.mine(t) {
		return l.sharedPop(t, i)
	}
	n := len(l.Items)
	if n == 0 {
		return Unset, IndexErrorf(t, "pop from empty list")
	}
	if i < 0 {
		i += int64(n)
	}
	if uint64(i) >= uint64(n) {
		return Unset, IndexErrorf(t, "pop index out of range")
	}
	v := l.Items[i]
	if int(i) != n-1 {
		l.saveAll(t)
		copy(l.Items[i:], l.Items[i+1:])
	} else if !l.fresh(t) {
		if t.Undo.wholly(unsafe.Pointer(l), n) {
			l.saveAll(t)
		} else {
			t.Undo.saveListPop(l, v)
		}
	}
	l.Items[n-1] = Value{}
	l.shrink(n - 1)
	return v, nil
}

// shrink cuts a private list; an array that has become far too large is given back.
func (l *List) shrink(n int) {
	l.Items = l.Items[:n]
	if cap(l.Items) > 64 && n < cap(l.Items)/4 {
		l.Items = append(make([]Value, 0, 2*n), l.Items...)
	}
}

// Insert puts v before element i; i is brought into range.
func (l *List) Insert(t *Thread, i int64, v Value) error {
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	if i < 0 {
		i = max(i+int64(n), 0)
	}
	i = min(i, int64(n))
	if !l.private() {
		return l.sharedSplice(t, int(i), int(i), []Value{v})
	}
	if int(i) == n {
		return l.Append(t, v)
	}
	if err := t.roomFor(l.Items, 1); err != nil {
		return err
	}
	l.saveAll(t)
	l.Items = slices.Insert(l.Items, int(i), v)
	return nil
}

// Splice replaces the elements [lo, hi) by others, which are copied.
func (l *List) Splice(t *Thread, lo, hi int, with []Value) error {
	if !l.mine(t) {
		return l.sharedSplice(t, lo, hi, with)
	}
	n := len(l.Items)
	lo, hi = min(lo, n), min(hi, n)
	if err := t.roomFor(l.Items, len(with)-(hi-lo)); err != nil {
		return err
	}
	if lo == n && !l.fresh(t) && n > smallContainer && len(with) <= smallContainer {
		for _, v := range with {
			t.Undo.saveListAppend(l)
			l.Items = append(l.Items, v)
		}
		return nil
	}
	l.saveAll(t)
	if lo == n {
		l.Items = append(l.Items, with...)
		return nil
	}
	if d := len(with) - (hi - lo); d == 0 {
		copy(l.Items[lo:], with)
		return nil
	} else if d < 0 {
		copy(l.Items[lo:], with)
		copy(l.Items[lo+len(with):], l.Items[hi:])
		clear(l.Items[n+d:])
		l.shrink(n + d)
		return nil
	}
	if len(with) > 0 && len(l.Items) > 0 && &with[0] == &l.Items[0] {
		with = slices.Clone(with)
	}
	l.Items = slices.Replace(l.Items, lo, hi, with...)
	return nil
}

// View is the elements for reading at once: the list's own array when it is private. It is invalid as soon as anything
// else has run, and must not be written.
func (l *List) View(t *Thread) ([]Value, error) {
	if l.mine(t) {
		return l.Items, nil
	}
	return l.sharedItems(t)
}

// Copy is the elements in an array that belongs to the caller.
func (l *List) Copy(t *Thread) ([]Value, error) {
	if l.mine(t) {
		if err := t.Room(len(l.Items) * valueSize); err != nil {
			return nil, err
		}
		return slices.Clone(l.Items), nil
	}
	return l.sharedItems(t)
}

// Assign makes items, which belong to the list from now on, the list's whole contents.
func (l *List) Assign(t *Thread, items []Value) error {
	if !l.mine(t) {
		n, err := l.sharedLen(t)
		if err != nil {
			return err
		}
		return l.sharedSplice(t, 0, n, items)
	}
	if !l.fresh(t) {
		if len(l.Items) <= smallContainer {
			t.Undo.saveListItems(l)
		} else {
			t.Undo.saveListArray(l)
		}
		l.Meta = uint64(KindList) | t.Epoch
	}
	l.Items = items
	return nil
}

// Extend appends what an iterable gives. A list or tuple is appended as it stands, the list itself included.
func (l *List) Extend(t *Thread, iterable Value) error {
	switch iterable.Kind() {
	case KindList:
		items, err := (*List)(iterable.Ref).View(t)
		if err != nil {
			return err
		}
		return l.appendAll(t, items)
	case KindTuple:
		return l.appendAll(t, (*Tuple)(iterable.Ref).Items)
	}
	return Iterate(t, iterable, func(v Value) error { return l.Append(t, v) })
}

func (l *List) appendAll(t *Thread, items []Value) error {
	if len(items) == 0 {
		return nil
	}
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	return l.Splice(t, n, n, items)
}
