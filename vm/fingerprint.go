package vm

import (
	"encoding/binary"
	"sort"

	"github.com/cespare/xxhash/v2"

	"gilt/vm/object"
)

// The fingerprint of a program's final state: a canonical walk of what its main module reaches, hashed with xxhash. It skips
// whatever the language does not show (versions, capacities, caches) and what depends on addresses; objects are
// numbered in the order in which the walk meets them, so sharing and cycles count.

// walker hashes values.
type walker struct {
	t    *Thread
	h    *xxhash.Digest
	seen map[uint64]uint64
	left int
}

// maxWalk bounds the objects that are walked.
const maxWalk = 1 << 21

// fingerprint hashes the namespace of the main module.
func (t *Thread) fingerprint(ns *object.Namespace) uint64 {
	w := &walker{t: t, h: xxhash.New(), seen: map[uint64]uint64{}, left: maxWalk}
	items, err := ns.Items(&t.Thread)
	if err != nil {
		return 0
	}
	for _, it := range items {
		k, _ := object.AsStr(it.Key)
		if k == nil || len(k.S) > 1 && k.S[:2] == "__" {
			continue
		}
		w.text(k.S)
		w.value(it.Val)
	}
	return w.h.Sum64()
}

func (w *walker) number(n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	_, _ = w.h.Write(b[:])
}

func (w *walker) text(s string) {
	w.number(uint64(len(s)))
	_, _ = w.h.WriteString(s)
}

// once says whether the object is met for the first time, and hashes its number if not.
func (w *walker) once(id uint64) bool {
	if n, ok := w.seen[id]; ok {
		w.number(n)
		return false
	}
	w.seen[id] = uint64(len(w.seen)) + 1
	return true
}

func (w *walker) value(v object.Value) {
	if w.left--; w.left < 0 {
		return
	}
	th := &w.t.Thread
	w.number(uint64(v.Kind()))
	switch v.Kind() {
	case object.KindInt, object.KindFloat, object.KindBool:
		w.number(v.Bits)
	case object.KindStr:
		w.text((*object.Str)(v.Ref).S)
	case object.KindBigInt, object.KindBytes, object.KindRange, object.KindComplex:
		if s, err := object.Repr(th, v); err == nil {
			w.text(s)
		}
	case object.KindTuple:
		w.all((*object.Tuple)(v.Ref).Items)
	case object.KindList:
		l := (*object.List)(v.Ref)
		if !w.once(l.ID) {
			return
		}
		if items, err := l.Copy(th); err == nil {
			w.all(items)
		}
	case object.KindDict:
		d := (*object.Dict)(v.Ref)
		if !w.once(d.ID) {
			return
		}
		if items, err := d.Items(th); err == nil {
			w.number(uint64(len(items)))
			for _, it := range items {
				w.value(it.Key)
				w.value(it.Val)
			}
		}
	case object.KindSet, object.KindFrozenSet:
		w.set((*object.Set)(v.Ref))
	case object.KindCell:
		c := (*object.Cell)(v.Ref)
		if w.once(c.ID) {
			if x, err := w.t.Load(&c.Mut, &c.V); err == nil {
				w.value(x)
			}
		}
	case object.KindInstance:
		w.instance((*object.Instance)(v.Ref))
	case object.KindFunction:
		w.text(text((*Function)(v.Ref).Qualname))
	case object.KindType:
		w.text((*object.Type)(v.Ref).FullName())
	case object.KindModule:
		w.text((*object.Module)(v.Ref).Name)
	default:
		w.text(object.TypeName(th, v))
	}
}

func (w *walker) all(vs []object.Value) {
	w.number(uint64(len(vs)))
	for _, v := range vs {
		w.value(v)
	}
}

// set hashes elements in an order of their own: that of a set's iteration depends on its history.
func (w *walker) set(s *object.Set) {
	items, err := s.Items(&w.t.Thread)
	if err != nil {
		return
	}
	reprs := make([]string, 0, len(items))
	for _, x := range items {
		r := object.TypeName(&w.t.Thread, x)
		switch x.Kind() {
		case object.KindInstance, object.KindFunction, object.KindType:
		default:
			if text, err := object.Repr(&w.t.Thread, x); err == nil {
				r = text
			}
		}
		reprs = append(reprs, r)
	}
	sort.Strings(reprs)
	for _, r := range reprs {
		w.text(r)
	}
}

func (w *walker) instance(o *object.Instance) {
	w.text(o.Type.FullName())
	if !w.once(o.ID) {
		return
	}
	names := o.ShapeOf().Names()
	sort.Slice(names, func(i, j int) bool { return names[i].S < names[j].S })
	for _, n := range names {
		if n.S[:min(len(n.S), 1)] == "\x00" {
			continue // not the program's: it says since when somebody has listed the attributes
		}
		v, err := o.Get(&w.t.Thread, n)
		if err != nil || v.IsUnset() {
			continue
		}
		w.text(n.S)
		w.value(v)
	}
	if o.Type.Native != object.KindUnset && o.Cap > 0 {
		if v, err := w.t.Load(&o.Mut, o.Slot(0)); err == nil && v.Ref != nil && v.Kind() != object.KindBox {
			w.value(v)
		}
	}
}
