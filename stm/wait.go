package stm

import (
	"math/bits"
	"slices"
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/internal/machine"
)

// Sleeping until something that was read changes (retry), without polling and without lost wake-ups.
//
// A sleeper enters itself into the buckets of the records that it has read, and then looks once more whether
// something has changed; a committer releases its records, and then looks whether anybody sleeps. These are the two
// halves of a Dekker pair, and Go's atomics are sequentially consistent: one of the two sees the other. As long as
// nobody sleeps, a commit pays one load of a word that nobody writes.
//
// A bucket holds, per sleeper, a small Bloom filter of the records in question. A wake-up for another record with the
// same bits is noticed by the sleeper, which goes on sleeping.

const numBuckets = 64

type sleepers struct {
	count   atomic.Int64
	_       [120]byte
	buckets [numBuckets]bucket
}

type bucket struct {
	n    atomic.Uint64 // beds whose sleepers nobody has woken from there; a sleeper's arming comes between a change and its look
	mu   mutex
	list []bed
	_    [80]byte
}

// bed is one sleeper in one bucket.
type bed struct {
	tx     *Tx
	filter uint64
	only   bool // the sleeper has no other: whoever wakes it takes the bed away
	awake  bool // was woken from this bed: wakers need not look at it again
}

// sleeper is a descriptor's side of it.
type sleeper struct {
	armed       atomic.Uint32 // who takes it from sleeperArmed to another state wakes
	interrupted atomic.Uint32
	used        uint64 // buckets
	filters     [numBuckets]uint64
}

// States of a sleeper.
const (
	sleeperUp    uint32 = iota // awake, or to be woken
	sleeperArmed               // asleep or about to be
	sleeperFreed               // to be woken, and its only bed is taken away before the bucket's lock is free again
)

func (z *sleeper) arm() { z.armed.Store(sleeperArmed) }

// disarm makes the sleeper one that is to be woken; false means that it is not asleep, or somebody else wakes it.
func (z *sleeper) disarm(from *machine.Proc, to uint32) bool {
	from.RMW(unsafe.Pointer(&z.armed))
	return z.armed.CompareAndSwap(sleeperArmed, to)
}

// wake wakes the sleeper, if it is armed and waits for something else than a change.
func (z *sleeper) wake(from *machine.Proc, tx *Tx) {
	if z.disarm(from, sleeperUp) {
		tx.p.Unpark(from)
	}
}

// await sleeps until it is woken.
func (z *sleeper) await(tx *Tx, w machine.Wait) {
	for {
		tx.p.Read(unsafe.Pointer(&z.armed))
		if z.armed.Load() != sleeperArmed {
			return
		}
		tx.p.Park(w)
	}
}

// awaitUntil is await with a limit; false means that the time is over.
func (z *sleeper) awaitUntil(tx *Tx, w machine.Wait, end int64) bool {
	for {
		tx.p.Read(unsafe.Pointer(&z.armed))
		if z.armed.Load() != sleeperArmed {
			return true
		}
		left := end - tx.p.Now()
		if left <= 0 {
			return false
		}
		tx.p.ParkTimeout(w, time.Duration(left))
	}
}

// sleepHash spreads a record (or cell) over buckets and filter bits.
func (tx *Tx) sleepHash(key unsafe.Pointer) (b int, bit uint64) {
	h := tx.placeOf(key) * 0x9e3779b97f4a7c15
	return int(h >> 58), 1 << (h >> 52 & 63)
}

// WaitChange sleeps until something that the last attempt has read changes. It is called after Rollback (of an
// attempt that was given up with Abort(RetryWait)) and before the next Begin. w is shown to people. d limits the
// sleep when it is positive. The result is true when something has changed, false after the time limit or an
// Interrupt. Attempts that have read nothing sleep until then.
func (tx *Tx) WaitChange(w machine.Wait, d time.Duration) bool {
	if tx.mode != modeIdle {
		panic("stm: WaitChange inside a transaction")
	}
	tx.stats.Sleeps++
	z, p := &tx.sleeper, tx.p
	var end int64
	if d > 0 {
		end = p.Now() + int64(d)
	}
	late := tx.s.is(mutLostWakeup)
	changed := late && tx.alg.changed(tx)
	tx.layDown()
	for again := false; !changed; again = true {
		if again {
			if tx.alg.changed(tx) {
				changed = true
				break
			}
			tx.getUp() // woken for another record: lie down again, since wakers pass by who was woken
			tx.layDown()
			tx.dozeOn()
		}
		z.arm()
		if !late && tx.alg.changed(tx) {
			changed = true
			break
		}
		p.Read(unsafe.Pointer(&z.interrupted))
		if z.interrupted.Load() != 0 {
			p.Write(unsafe.Pointer(&z.interrupted))
			z.interrupted.Store(0)
			break
		}
		if end == 0 {
			z.await(tx, w)
			changed = late
		} else if !z.awaitUntil(tx, w, end) {
			changed = tx.alg.changed(tx)
			break
		}
	}
	tx.getUp()
	return changed
}

// Interrupt makes a running WaitChange return, or the next one if none is running. Any thread may call it, from is
// the caller's handle, nil if it has none.
func (tx *Tx) Interrupt(from *machine.Proc) {
	tx.sleeper.interrupted.Store(1)
	if tx.sleeper.armed.CompareAndSwap(sleeperArmed, sleeperUp) {
		tx.p.Unpark(from)
	}
}

// layDown enters the descriptor into the buckets of what it has read.
func (tx *Tx) layDown() {
	z, s, p := &tx.sleeper, &tx.s.sleep, tx.p
	z.used = 0
	enter := func(key unsafe.Pointer) {
		b, bit := tx.sleepHash(key)
		if z.used&(1<<b) == 0 {
			z.used |= 1 << b
			z.filters[b] = 0
		}
		z.filters[b] |= bit
	}
	for i := range tx.reads {
		enter(unsafe.Pointer(tx.reads[i].o))
	}
	for i := range tx.values {
		enter(unsafe.Pointer(tx.values[i].c))
	}
	if tx.alg.unlisted() {
		enter(unsafe.Pointer(tx.s))
	}
	p.RMW(unsafe.Pointer(&s.count))
	s.count.Add(1)
	only := z.used&(z.used-1) == 0
	for u := z.used; u != 0; u &= u - 1 {
		b := bits.TrailingZeros64(u)
		k := &s.buckets[b]
		k.mu.lock(p)
		k.list = append(k.list, bed{tx: tx, filter: z.filters[b], only: only})
		p.Write(unsafe.Pointer(&k.n))
		publish(&k.n, k.n.Load()+1)
		k.mu.unlock(p)
	}
}

// getUp takes the descriptor out of the buckets, and disarms it.
func (tx *Tx) getUp() {
	z, s, p := &tx.sleeper, &tx.s.sleep, tx.p
	u := z.used
	p.RMW(unsafe.Pointer(&z.armed))
	if z.armed.Swap(sleeperUp) == sleeperFreed {
		u = 0
	}
	for ; u != 0; u &= u - 1 {
		b := bits.TrailingZeros64(u)
		k := &s.buckets[b]
		k.mu.lock(p)
		for i := range k.list {
			if k.list[i].tx == tx {
				if !k.list[i].awake {
					p.Write(unsafe.Pointer(&k.n))
					publish(&k.n, k.n.Load()-1)
				}
				k.list = append(k.list[:i], k.list[i+1:]...) // in order: the first to come is the first to be woken
				break
			}
		}
		k.mu.unlock(p)
	}
	p.RMW(unsafe.Pointer(&s.count))
	s.count.Add(-1)
}

// wakeSleepers wakes those who may have read what the attempt has just committed. Its records are released.
func (tx *Tx) wakeSleepers() {
	s := &tx.s.sleep
	tx.p.Read(unsafe.Pointer(&s.count))
	if s.count.Load() == 0 {
		return
	}
	if tx.alg.unlisted() {
		tx.wakeReaders(unsafe.Pointer(tx.s))
		return
	}
	for i := range tx.writes {
		if e := &tx.writes[i]; tx.alg.holds() {
			tx.wakeReaders(unsafe.Pointer(e.o))
		} else {
			tx.wakeReaders(unsafe.Pointer(e.c))
		}
	}
}

func (tx *Tx) wakeReaders(key unsafe.Pointer) {
	b, bit := tx.sleepHash(key)
	k, p := &tx.s.sleep.buckets[b], tx.p
	p.Read(unsafe.Pointer(&k.n))
	n := int(k.n.Load())
	if n == 0 {
		return
	}
	tx.lib.woken = slices.Grow(tx.lib.woken, n) // not under the lock; who comes in between is woken at once
	k.mu.lock(p)
	woken, left := uint64(0), 0
	for i := range k.list {
		e := k.list[i]
		if e.filter&bit != 0 && !e.awake && e.tx != tx {
			to := sleeperUp
			if e.only {
				to = sleeperFreed
			}
			if e.tx.sleeper.disarm(p, to) {
				woken++
				e.awake = true
				if tx.lib.pooled && e.tx.lib.pooled && len(tx.lib.woken) < cap(tx.lib.woken) {
					tx.lib.woken = append(tx.lib.woken, e.tx)
				} else {
					e.tx.p.Unpark(p)
				}
				if e.only {
					continue
				}
			}
		}
		k.list[left] = e
		left++
	}
	if woken != 0 {
		clear(k.list[left:])
		k.list = k.list[:left]
		p.Write(unsafe.Pointer(&k.n))
		publish(&k.n, k.n.Load()-woken)
	}
	k.mu.unlock(p)
}

// mutex is a lock for rare events (descriptors made, threads put to sleep): it spins with the machine's hooks, and
// its holders neither block nor run foreign code. Callers that are no thread of the machine pass a nil Proc.
type mutex struct{ w atomic.Uint32 }

func (m *mutex) lock(p *machine.Proc) {
	for i := 0; ; i++ {
		if p != nil {
			p.RMW(unsafe.Pointer(&m.w))
		}
		if m.w.CompareAndSwap(0, 1) {
			return
		}
		if p != nil {
			p.Spin(i)
		}
	}
}

func (m *mutex) unlock(p *machine.Proc) {
	if p != nil {
		p.Write(unsafe.Pointer(&m.w))
	}
	publish32(&m.w, 0)
}
