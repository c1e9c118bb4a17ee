// Cache lines of a simulated machine: who has which, and what an access costs.
//
// The protocol is the usual one: a line is owned by one core that may write it, or shared by any number that may read
// it. An access that the core's present copy does not allow transfers the line, and transfers of one line follow one
// another at least LineOccupancy apart.
//
// A simulation must be the same in every process, byte for byte, but addresses are not: the allocator places objects
// differently each time, and the collector's moments decide which addresses are used again. Three rules make
// addresses harmless:
//
//  1. A line is known by a number given at its first touch, in the order of the simulation. Nothing else of an address
//     is used but whether it equals another one. (The hash table's layout does depend on addresses, but not its answers.)
//  2. The unit is by default one 8-byte word: the address that the hook was given. Whether two different words are on one
//     64-byte line is the allocator's whim unless they are in one object that is laid out in lines of its own. A larger
//     Granularity shows false sharing at the price of reproducibility between processes. Code that touches several
//     words of one small object (header, version, value) should pass the address of its first one for all of them.
//  3. The table keeps a pointer, not a number: what it knows about cannot be collected, so its address cannot come back
//     as another object's. That would keep everything alive for ever, so lines decay: the table has two generations, and when the
//     young one has seen LineCapacity different lines, the old one is forgotten. That moment depends on the
//     accesses alone, never on the collector. A forgotten line that is touched again is a new one, no matter whether
//     it is the same object or another one at its address. It is also what a cache of finite size does.

package machine

import (
	"math/bits"
	"unsafe"
)

// accessKind is what a hook stands before.
type accessKind uint8

const (
	accessRead accessKind = iota
	accessWrite
	accessRMW
)

// noOwner is the owner of a line that is shared, or new.
const noOwner = -1

// line is one line's state; its sharers are in the generation's bit sets.
type line struct {
	keep   unsafe.Pointer // rule 3
	busy   int64          // ticks until which a transfer occupies it
	owner  int32          // the core that may write it
	serial uint32         // rule 1
}

// lineGeneration maps addresses to lines. Open addressing, linear probing, at most half full.
type lineGeneration struct {
	keys    []uintptr // 0 = free
	index   []uint32
	shift   uint
	lines   []line
	sharers []uint64 // words per line
}

// lineTable is the two generations.
type lineTable struct {
	young, old lineGeneration
	words      int
	mask       uintptr // the address bits that count
	capacity   int
	serial     uint32
}

func (t *lineTable) init(cores, granularity, capacity int) {
	t.words = (cores + 63) / 64
	t.mask = ^uintptr(granularity - 1)
	t.capacity = capacity
	t.young.reset(1024)
}

func (g *lineGeneration) reset(size int) {
	if len(g.keys) == size {
		clear(g.keys)
	} else {
		g.keys, g.index = make([]uintptr, size), make([]uint32, size)
	}
	g.shift = uint(64 - bits.TrailingZeros(uint(size)))
	clear(g.lines) // lets go of the objects
	g.lines, g.sharers = g.lines[:0], g.sharers[:0]
}

// slot is the place of the key, or the free one where it belongs.
func (g *lineGeneration) slot(key uintptr) uint64 {
	i := uint64(key) * 0x9e3779b97f4a7c15 >> g.shift
	for g.keys[i] != key && g.keys[i] != 0 {
		i++
		if i == uint64(len(g.keys)) {
			i = 0
		}
	}
	return i
}

// get finds or makes the line of addr, and its place in young.
func (t *lineTable) get(addr unsafe.Pointer) (*line, int) {
	key := uintptr(addr) & t.mask
	g := &t.young
	i := uint64(key) * 0x9e3779b97f4a7c15 >> g.shift
	if g.keys[i] == key {
		n := int(g.index[i])
		return &g.lines[n], n
	}
	return t.find(addr, key)
}

func (t *lineTable) find(addr unsafe.Pointer, key uintptr) (*line, int) {
	g := &t.young
	i := g.slot(key)
	if g.keys[i] == key {
		n := int(g.index[i])
		return &g.lines[n], n
	}
	if len(g.lines) >= t.capacity {
		t.young, t.old = t.old, t.young
		g.reset(max(1024, len(t.old.keys)))
		i = g.slot(key)
	} else if 2*len(g.lines) >= len(g.keys) {
		g.grow()
		i = g.slot(key)
	}
	n := len(g.lines)
	g.keys[i], g.index[i] = key, uint32(n)
	if o := &t.old; len(o.keys) > 0 {
		if j := o.slot(key); o.keys[j] == key {
			m := int(o.index[j])
			g.lines = append(g.lines, o.lines[m])
			g.sharers = append(g.sharers, o.sharers[m*t.words:(m+1)*t.words]...)
			return &g.lines[n], n
		}
	}
	t.serial++
	g.lines = append(g.lines, line{keep: addr, owner: noOwner, serial: t.serial})
	for range t.words {
		g.sharers = append(g.sharers, 0)
	}
	return &g.lines[n], n
}

func (g *lineGeneration) grow() {
	keys, index := g.keys, g.index
	g.keys, g.index = make([]uintptr, 2*len(keys)), make([]uint32, 2*len(keys))
	g.shift--
	for i, k := range keys {
		if k != 0 {
			j := g.slot(k)
			g.keys[j], g.index[j] = k, index[i]
		}
	}
}

// linePrices are the prices of accesses in ticks.
type linePrices struct {
	hit                                [3]int64 // by accessKind
	transfer, upgrade, occupancy, cold int64
}

// access is core's access at time now: the line's number, how long it takes, and whether the line was transferred.
func (t *lineTable) access(pr *linePrices, addr unsafe.Pointer, kind accessKind, core, now int64) (serial uint32, took int64, moved bool) {
	l, n := t.get(addr)
	took = pr.hit[kind]
	if int64(l.owner) == core {
		return l.serial, took, false
	}
	word := n
	if t.words > 1 {
		word = n*t.words + int(core>>6)
	}
	mine := uint64(1) << uint(core&63)
	transfer := pr.transfer
	set := t.young.sharers[word : word+1 : word+1]
	if kind == accessRead {
		if set[0]&mine != 0 {
			return l.serial, took, false
		}
		if l.owner == noOwner && !t.shared(n) {
			l.owner = int32(core) // new: exclusive
			return l.serial, took + pr.cold, false
		}
		if l.owner != noOwner {
			t.share(n, int64(l.owner))
			l.owner = noOwner
		}
		set[0] |= mine
	} else {
		isNew := l.owner == noOwner && !t.shared(n)
		l.owner = int32(core)
		if isNew {
			return l.serial, took + pr.cold, false
		}
		if set[0]&mine != 0 {
			transfer = pr.upgrade
		}
		clear(t.young.sharers[n*t.words : (n+1)*t.words])
	}
	start := max(now, l.busy)
	l.busy = start + pr.occupancy
	return l.serial, start - now + transfer + took, true
}

// shared says whether any core shares line n.
func (t *lineTable) shared(n int) bool {
	for _, w := range t.young.sharers[n*t.words : (n+1)*t.words] {
		if w != 0 {
			return true
		}
	}
	return false
}

// share makes core a sharer of line n.
func (t *lineTable) share(n int, core int64) {
	t.young.sharers[n*t.words+int(core>>6)] |= 1 << uint(core&63)
}
