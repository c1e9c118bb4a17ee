package stm

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Var is a variable that transactions share. The API is that of github.com/anacrolix/stm v0.5.0, with more beside it.
//
// The zero Var holds the zero value and is ready for use, so Vars can be fields of structs; a Var must not be copied
// after its first use, and belongs to the one [System] that first uses it (to [DefaultSystem] unless the program says
// otherwise). Two Vars share nothing: transactions that touch different ones never conflict.
//
// What a Var holds should be immutable, or made of Vars: changing what a pointer in a Var points to is a side effect
// that no transaction sees.
type Var[T any] struct {
	orec Orec
	cell Word
	meta atomic.Pointer[varMeta] // nil in a zero Var that was never used
}

// varMeta is what a Var needs to know about its type and its ways. Those without special ways share one per
// representation.
type varMeta struct {
	rep  rep
	ways ways
}

// ways says how a Var differs from a plain one.
type ways uint8

const (
	waysEqualWords ways = 1 << iota // setting the same word again is no write
	waysEqual                       // setting an equal value again is no write: varExtra.changed says what is equal
	waysCustom                      // a value that has not "changed" is written without being a change for readers
	waysNamed                       // reads are noted for dumps
)

// plainMetas are shared by all Vars without special ways, equalMetas by NewBuiltinEqVar's whose words say everything.
var (
	plainMetas = [...]varMeta{{rep: repBox}, {rep: repBits}, {rep: repPtr}, {rep: repPair}}
	equalMetas = [...]varMeta{repBits: {repBits, waysEqualWords}, repPtr: {repPtr, waysEqualWords}}
)

// varExtra is the meta of a Var with ways that need data of its own.
type varExtra[T any] struct {
	varMeta
	changed func(a, b T) bool
	name    string
	// Readers of a custom Var depend on this record instead of the value's.
	change     Orec
	changeCell Word
}

// NewVar makes a Var.
func NewVar[T any](val T) *Var[T] {
	v := &Var[T]{}
	m := &plainMetas[repOf(reflect.TypeFor[T]())]
	v.meta.Store(m)
	v.cell = pack(m.rep, &val)
	return v
}

// NewBuiltinEqVar makes a Var for which setting a value equal to the present one is no change: it disturbs
// nobody who has read the Var, and wakes nobody.
func NewBuiltinEqVar[T comparable](val T) *Var[T] {
	v := NewVar(val)
	m := v.meta.Load()
	if m.rep == repBits || m.rep == repPtr {
		v.meta.Store(&equalMetas[m.rep])
		return v
	}
	x := &varExtra[T]{varMeta: varMeta{m.rep, waysEqual}, changed: func(a, b T) bool { return a != b }}
	v.meta.Store(&x.varMeta)
	return v
}

// NewCustomVar makes a Var for which changed says whether going from the one value to the other is a change.
// Setting a value that is none stores it, but neither disturbs transactions that have read the Var nor wakes anybody:
// readers take either value for the other. changed must be the negation of an equivalence, and is called in transactions.
func NewCustomVar[T any](val T, changed func(T, T) bool) *Var[T] {
	v := NewVar(val)
	x := &varExtra[T]{varMeta: varMeta{v.meta.Load().rep, waysCustom}, changed: changed}
	v.meta.Store(&x.varMeta)
	return v
}

// Named gives the Var a name, which [System.Blocked] shows when a transaction waits for it, and returns the Var.
// It must be called before the Var is shared.
func (v *Var[T]) Named(name string) *Var[T] {
	m := v.ways()
	x := &varExtra[T]{varMeta: *m, name: name}
	if m.ways&(waysEqual|waysCustom|waysNamed) != 0 {
		x.changed = v.extra(m).changed
	}
	x.ways |= waysNamed
	v.meta.Store(&x.varMeta)
	return v
}

// Name is the name that Named has given.
func (v *Var[T]) Name() string {
	if m := v.ways(); m.ways&waysNamed != 0 {
		return v.extra(m).name
	}
	return ""
}

// ways is the Var's meta; a zero Var gets it now.
func (v *Var[T]) ways() *varMeta {
	if v == nil {
		panic("stm: nil Var")
	}
	m := v.meta.Load()
	if m == nil {
		m = &plainMetas[repOf(reflect.TypeFor[T]())]
		v.meta.CompareAndSwap(nil, m)
		m = v.meta.Load()
	}
	return m
}

// extra is the varExtra that m is the beginning of.
func (v *Var[T]) extra(m *varMeta) *varExtra[T] { return (*varExtra[T])(unsafe.Pointer(m)) }

// Get is the Var's value in the transaction tx: what the transaction has set, otherwise the value in the transaction's
// snapshot. It panics outside the transaction.
//
// The fast path is Load's (lazy.go), written out because the compiler inlines no function of that size: one call per
// read instead of two.
func (v *Var[T]) Get(tx *Tx) T {
	if v == nil || tx == nil {
		return v.get(tx)
	}
	if tx.mode == modeLazy {
		if f := tx.filter; f == 0 || f&bloomBit(&v.cell) == 0 {
			m, o, n := v.meta.Load(), v.orec.w.Load(), len(tx.reads)
			if o&lockBit == 0 && seqOf(o) <= tx.seen[stripeOf(o)] && m != nil && n < cap(tx.reads) {
				if m == &plainMetas[repBits] {
					b := atomic.LoadUint64(&v.cell.B)
					if v.orec.w.Load() == o {
						tx.reads = tx.reads[:n+1]
						e := &tx.reads[n]
						e.o, e.v = &v.orec, o
						return *(*T)(unsafe.Pointer(&b))
					}
				} else if m.ways <= waysEqual {
					w := Word{atomic.LoadPointer(&v.cell.P), atomic.LoadUint64(&v.cell.B)}
					if v.orec.w.Load() == o {
						tx.reads = tx.reads[:n+1]
						e := &tx.reads[n]
						e.o, e.v = &v.orec, o
						return unpack[T](m.rep, w)
					}
				}
			}
		}
	} else if tx.mode == modeOther && tx.lib.glances { // in a View: see reader.glance
		m, o := v.meta.Load(), v.orec.w.Load()
		if o&lockBit == 0 && seqOf(o) <= tx.seen[stripeOf(o)] && m != nil && m.ways <= waysEqual {
			w := Word{atomic.LoadPointer(&v.cell.P), atomic.LoadUint64(&v.cell.B)}
			if v.orec.w.Load() == o {
				tx.lib.began = true
				if m == &plainMetas[repBits] {
					return *(*T)(unsafe.Pointer(&w.B))
				}
				return unpack[T](m.rep, w)
			}
		}
	}
	return v.get(tx)
}

// get is Get for all other cases.
func (v *Var[T]) get(tx *Tx) T {
	m := v.ways()
	tx.check("Get")
	if m.ways > waysEqual {
		return v.getExtra(tx, m)
	}
	w, ok := tx.Load(&v.orec, &v.cell)
	if !ok {
		tx.unwind()
	}
	return unpack[T](m.rep, w)
}

func (v *Var[T]) getExtra(tx *Tx, m *varMeta) T {
	x := v.extra(m)
	if m.ways&waysNamed != 0 {
		tx.lib.noteName(x.name)
	}
	if m.ways&waysCustom == 0 {
		w, ok := tx.Load(&v.orec, &v.cell)
		if !ok {
			tx.unwind()
		}
		return unpack[T](m.rep, w)
	}
	// The read depends on the record of changes; the value comes from the snapshot, and may be replaced by an equal one.
	_, ok := tx.Load(&x.change, &x.changeCell)
	var w Word
	if ok {
		w, ok = tx.LoadUnlogged(&v.orec, &v.cell)
	}
	if !ok {
		tx.unwind()
	}
	return unpack[T](m.rep, w)
}

// Set sets the Var in the transaction tx: others see it when the transaction has committed.
//
// As in Get, what Store would do is written out for plain Vars of scalars that the transaction has not written yet.
func (v *Var[T]) Set(tx *Tx, val T) {
	if v != nil && tx != nil && tx.mode == modeLazy && v.meta.Load() == &plainMetas[repBits] {
		bit, n := bloomBit(&v.cell), len(tx.writes)
		if tx.filter&bit == 0 && n < scanLimit && n < cap(tx.writes) && tx.repeats == nil {
			tx.filter |= bit
			tx.writes = tx.writes[:n+1]
			e := &tx.writes[n]
			e.o, e.c = &v.orec, &v.cell
			e.w.P, e.w.B = nil, 0
			*(*T)(unsafe.Pointer(&e.w.B)) = val
			e.stamped = false
			return
		}
	}
	v.set(tx, val)
}

// set is Set for all other cases.
func (v *Var[T]) set(tx *Tx, val T) {
	m := v.ways()
	if tx == nil || tx.mode != modeLazy {
		tx.check("Set")
	}
	if m.ways != 0 {
		v.setExtra(tx, m, &val)
		return
	}
	if !tx.Store(&v.orec, &v.cell, pack(m.rep, &val)) {
		tx.unwind()
	}
}

func (v *Var[T]) setExtra(tx *Tx, m *varMeta, val *T) {
	if m.ways&(waysEqualWords|waysEqual) != 0 {
		old, ok := tx.Load(&v.orec, &v.cell)
		if !ok {
			tx.unwind()
		}
		if m.ways&waysEqualWords != 0 {
			if pack(m.rep, val) == old {
				return
			}
		} else if !v.extra(m).changed(unpack[T](m.rep, old), *val) {
			return
		}
	}
	if m.ways&waysCustom != 0 && v.extra(m).changed(v.getExtra(tx, m), *val) {
		x := v.extra(m)
		n, ok := tx.Load(&x.change, &x.changeCell)
		if !ok || !tx.Store(&x.change, &x.changeCell, Word{B: n.B + 1}) {
			tx.unwind()
		}
	}
	if !tx.Store(&v.orec, &v.cell, pack(m.rep, val)) {
		tx.unwind()
	}
}

// Peek is Get without a record of the read: the value belongs to the transaction's snapshot, but that it changes later
// does not make the transaction fail, nor wake it. For long traversals that read again, with Get, what they depend on.
func (v *Var[T]) Peek(tx *Tx) T {
	m := v.ways()
	tx.check("Peek")
	w, ok := tx.LoadUnlogged(&v.orec, &v.cell)
	if !ok {
		tx.unwind()
	}
	return unpack[T](m.rep, w)
}

// Release makes the transaction forget that it has read the Var (early release): it may change now without making the
// transaction fail.
func (v *Var[T]) Release(tx *Tx) {
	m := v.ways()
	tx.check("Release")
	if m.ways&waysCustom != 0 {
		x := v.extra(m)
		tx.Release(&x.change, &x.changeCell)
	}
	tx.Release(&v.orec, &v.cell)
}

// AtomicGet is the Var's value outside any transaction: the latest that was committed. Under algorithms without ownership
// records, it is [AtomicGetIn] that must be used.
func AtomicGet[T any](v *Var[T]) T {
	if v != nil && v.meta.Load() == &plainMetas[repBits] { // as below, for what needs no unpacking
		o := v.orec.w.Load()
		b := atomic.LoadUint64(&v.cell.B)
		if o&lockBit == 0 && v.orec.w.Load() == o {
			return *(*T)(unsafe.Pointer(&b))
		}
	}
	return v.atomicGet()
}

func (v *Var[T]) atomicGet() T {
	m := v.ways()
	o := v.orec.w.Load()
	w := Word{P: atomic.LoadPointer(&v.cell.P)}
	w.B = atomic.LoadUint64(&v.cell.B)
	if o&lockBit == 0 && v.orec.w.Load() == o {
		return unpack[T](m.rep, w)
	}
	return AtomicGetIn(DefaultSystem(), v)
}

// AtomicGetIn is AtomicGet for a Var that belongs to the system s.
func AtomicGetIn[T any](s *System, v *Var[T]) T {
	m := v.ways()
	tx := s.take()
	w, _ := tx.LoadFresh(&v.orec, &v.cell)
	s.pool.Load().put(tx)
	return unpack[T](m.rep, w)
}

// AtomicSet sets the Var in a transaction of its own.
func AtomicSet[T any](v *Var[T], val T) { AtomicSetIn(DefaultSystem(), v, val) }

// AtomicSetIn is AtomicSet for a Var that belongs to the system s.
func AtomicSetIn[T any](s *System, v *Var[T], val T) {
	m := v.ways()
	if m.ways != 0 {
		AtomicallyIn(s, func(tx *Tx) struct{} {
			v.Set(tx, val)
			return struct{}{}
		})
		return
	}
	w := pack(m.rep, &val)
	tx := s.enter()
	for {
		tx.Begin()
		if tx.Store(&v.orec, &v.cell, w) && tx.Commit() {
			break
		}
		tx.Rollback()
	}
	if len(tx.lib.woken) != 0 {
		tx.rouse()
	}
	s.leave(tx)
}

// AtomicModify applies f to the Var in a transaction of its own. f may be called several times.
func AtomicModify[T any](v *Var[T], f func(T) T) { AtomicModifyIn(DefaultSystem(), v, f) }

// AtomicModifyIn is AtomicModify for a Var that belongs to the system s.
func AtomicModifyIn[T any](s *System, v *Var[T], f func(T) T) {
	AtomicallyIn(s, func(tx *Tx) struct{} {
		v.Set(tx, f(v.Get(tx)))
		return struct{}{}
	})
}
