package stm

import (
	"hash/maphash"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Containers whose operations are parts of transactions.
//
// A Var that holds a Go map or slice is one unit of conflict, and must be copied for every change. The containers
// here are made of cells, so that operations on different elements do not conflict:
//
//	Map         hash table; operations conflict when their keys share a bucket, or when the table grows
//	Set         the same, keys only
//	OrderedMap  B-link tree; operations conflict when their keys are neighbours: on one page of up to 32
//	Queue       unbounded; putting and taking conflict only when it is empty
//	Chan        bounded buffer that can be closed; sending and receiving conflict only in the same slot
//
// They belong, as Vars do, to the System that first uses them, and must not be copied. Queues and Chans hold their values as Vars
// do (var_rep.go).
// Their methods panic outside transactions, as a Var's do.

// load reads a cell of a container; it does not return when the attempt is doomed. Like Var.Get it has the fast paths of
// Tx.Load and of View written out.
func (tx *Tx) load(o *Orec, c *Word) Word {
	if f := tx.filter; tx.mode == modeLazy && (f == 0 || f&bloomBit(c) == 0) {
		v, n := o.w.Load(), len(tx.reads)
		w := Word{atomic.LoadPointer(&c.P), atomic.LoadUint64(&c.B)}
		if v&lockBit == 0 && o.w.Load() == v && seqOf(v) <= tx.seen[stripeOf(v)] {
			switch {
			case n != 0 && tx.reads[n-1].o == o:
				return w
			case n < cap(tx.reads):
				tx.reads = tx.reads[:n+1]
				e := &tx.reads[n]
				e.o, e.v = o, v
				return w
			}
		}
	} else if tx.mode == modeOther && tx.lib.glances {
		if w, ok := tx.lib.reader.glance(tx, o, c); ok {
			return w
		}
	}
	w, ok := tx.Load(o, c)
	if !ok {
		tx.unwind()
	}
	return w
}

// glance is load without a log entry: see [Tx.LoadUnlogged].
func (tx *Tx) glance(o *Orec, c *Word) Word {
	if f := tx.filter; tx.mode == modeLazy && (f == 0 || f&bloomBit(c) == 0) {
		v := o.w.Load()
		w := Word{P: atomic.LoadPointer(&c.P)}
		w.B = atomic.LoadUint64(&c.B)
		if v&lockBit == 0 && o.w.Load() == v && seqOf(v) <= tx.seen[stripeOf(v)] {
			return w
		}
	} else if tx.mode == modeOther && tx.lib.glances {
		if w, ok := tx.lib.reader.glance(tx, o, c); ok {
			return w
		}
	}
	w, ok := tx.LoadUnlogged(o, c)
	if !ok {
		tx.unwind()
	}
	return w
}

// store writes a cell of a container.
func (tx *Tx) store(o *Orec, c *Word, w Word) {
	if !tx.Store(o, c, w) {
		tx.unwind()
	}
}

// hasher is a hash function for keys of type K, and whether it is mix. Numbers are mixed without a seed, so that programs that
// need the same run twice (on simulated machines) get it; everything else is hashed as Go's maps do.
func hasher[K comparable]() (hash func(K) uint64, mixes bool) {
	switch reflect.TypeFor[K]().Kind() {
	case reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint64, reflect.Uintptr:
		if unsafe.Sizeof(*new(K)) == 8 {
			return func(k K) uint64 { return mix(*(*uint64)(unsafe.Pointer(&k))) }, true
		}
	case reflect.Int32, reflect.Uint32:
		return func(k K) uint64 { return mix(uint64(*(*uint32)(unsafe.Pointer(&k)))) }, false
	}
	seed := maphash.MakeSeed()
	return func(k K) uint64 { return maphash.Comparable(seed, k) }, false
}

// mix is the end of splitmix64.
func mix(z uint64) uint64 {
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}
