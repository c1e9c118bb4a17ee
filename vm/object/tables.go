package object

import "unsafe"

// This file tells the storage of shared containers apart: tables and nodes are heap objects that cells refer to, so they have
// headers, and the walk that publishes values must know what is in them.

// tableSort is in bits 16-19 of Meta of a KindTable.
type tableSort uint64

const (
	tableList  tableSort = iota // listStore
	tableDict                   // dictStore
	tableNode                   // dictNode
	tableSnap                   // dictSnap
	tableSet                    // setStore
	tableElem                   // setNode
	tableDeque                  // dequeDir
)

const (
	tableShift = 16
	// tableSlotwise: each place of a list has a record of its own.
	tableSlotwise = 1 << 20
)

// tableMeta is the header word of a table. Directories and snapshots refer only to what was published through cells, so
// they count as published from the start.
func tableMeta(s tableSort) uint64 {
	m := uint64(KindTable) | uint64(s)<<tableShift
	switch s {
	case tableList, tableDict, tableSnap:
		m |= FlagShared
	}
	return m
}

func (h *Header) tableSort() tableSort { return tableSort(h.Meta >> tableShift & 15) }

// publishTable queues what a table that was made in this slice refers to.
func (p *publisher) publishTable(v Value) {
	h := v.Header()
	h.Meta |= FlagShared
	switch h.tableSort() {
	case tableNode:
		n := (*dictNode)(v.Ref)
		p.Add(n.key)
		p.Add(n.val)
	case tableSet:
		p.AddAll((*setStore)(v.Ref).slots)
	case tableElem:
		p.Add((*setNode)(v.Ref).key)
	case tableDeque:
		for _, b := range (*dequeDir)(v.Ref).blocks {
			p.AddAll(b.items[:])
		}
	}
}

// publishContainer publishes a container; false if the object is none.
func publishContainer(p *publisher, v Value) bool {
	h := v.Header()
	g := p.t.Interp.Granularity
	switch Kind(h.Meta) {
	case KindList:
		l := (*List)(v.Ref)
		p.AddAll(l.Items)
		l.share(g)
	case KindDict:
		d := (*Dict)(v.Ref)
		for k := range d.entries {
			if e := &d.entries[k]; !e.key.IsUnset() {
				p.Add(e.key)
				p.Add(e.val)
			}
		}
		d.share(g)
		if h.Type != nil && h.Type.Ops.Publish != nil {
			h.Type.Ops.Publish(p.t, v, p.Add) // what a builtin subclass adds
		}
	case KindSet:
		s := (*Set)(v.Ref)
		p.addTable(s.table)
		s.share(p.t)
	case KindDeque:
		d := (*Deque)(v.Ref)
		for i := range d.n {
			p.Add(d.ring[d.index(i)])
		}
		d.share(g)
	case KindFrozenSet:
		s := (*Set)(v.Ref)
		if h.Meta&walked != 0 || s.leaves() {
			return true
		}
		p.markWalked(h)
		p.addTable(s.table)
		return true
	case KindTuple:
		x := (*Tuple)(v.Ref)
		if h.Meta&walked != 0 || leaves(x.Items) {
			return true
		}
		p.markWalked(h)
		p.AddAll(x.Items)
		return true
	case KindSlice:
		s := (*Slice)(v.Ref)
		p.AddAll([]Value{s.Start, s.Stop, s.Step})
		return true
	case KindRange:
		return true
	case KindDictView:
		p.Add((*DictView)(v.Ref).src)
		return true
	case KindIterator:
		it := (*Iterator)(v.Ref)
		p.AddAll([]Value{it.Src, it.Pos, it.Aux})
	case KindNamespace:
		ns := (*Namespace)(v.Ref)
		ns.publish(p)
	case KindTable:
		p.publishTable(v)
		return true
	default:
		return false
	}
	p.mark(h)
	return true
}

// markWalked notes that all that an immutable container refers to is published.
func (p *publisher) markWalked(h *Header) {
	h.Meta |= walked
	p.t.notePublished(h)
}

// walked is the epoch that says so.
const walked = 1 << epochShift

// ptrOf is the object that begins with h.
func ptrOf(h *Header) unsafe.Pointer { return unsafe.Pointer(h) }

func (p *publisher) addTable(table []setEntry) {
	for i := range table {
		if table[i].tag != 0 {
			p.Add(table[i].key)
		}
	}
}

// leaf says whether nothing can be reached from a value.
func leaf(v Value) bool {
	switch v.Kind() {
	case KindInt, KindUnset, KindNone, KindBool, KindFloat, KindNotImplemented, KindEllipsis, KindBigInt, KindComplex, KindStr,
		KindBytes, KindCode, KindRange:
		return true
	}
	return false
}

// leaves says whether nothing mutable can be reached from a tuple. Such tuples (the constants of code, which threads share without
// any publishing, are among them) are never marked, so that they are never written.
func leaves(items []Value) bool {
	for _, v := range items {
		if !leaf(v) && !(v.Kind() == KindTuple && leaves((*Tuple)(v.Ref).Items)) {
			return false
		}
	}
	return true
}

func (s *Set) leaves() bool {
	for i := range s.table {
		if e := &s.table[i]; e.tag != 0 && !leaf(e.key) && !(e.key.Kind() == KindTuple && leaves((*Tuple)(e.key.Ref).Items)) {
			return false
		}
	}
	return true
}

// dropPrivate forgets the private representation of a published container.
func dropPrivate(h *Header) {
	switch Kind(h.Meta) {
	case KindList:
		(*List)(ptrOf(h)).Items = nil
	case KindDict:
		d := (*Dict)(ptrOf(h))
		d.entries, d.index, d.hashes, d.used, d.mode = nil, nil, nil, 0, dictEmpty
	case KindSet:
		(*Set)(ptrOf(h)).table = nil
	case KindDeque:
		(*Deque)(ptrOf(h)).dropPrivate()
	}
}

// dropShared forgets the shared representation of a container whose publication is taken back.
func dropShared(h *Header) {
	switch Kind(h.Meta) {
	case KindList:
		(*List)(ptrOf(h)).shared = nil
	case KindDict:
		(*Dict)(ptrOf(h)).shared = nil
	case KindSet:
		(*Set)(ptrOf(h)).shared = nil
	case KindDeque:
		(*Deque)(ptrOf(h)).shared = nil
	}
}
