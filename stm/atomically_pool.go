package stm

import (
	"slices"
	"sync"
	"sync/atomic"

	"gilt/internal/machine"
	"gilt/stm/internal/goroutine"
)

// Descriptors for goroutines that come and go, and the marks that find nested calls.
//
// A goroutine in a transaction is marked in a table of padded slots by its identity, with one compare-and-swap that
// nobody else's line sees; goroutines that meet in a slot share a list under a lock.
//
// Some slots keep a descriptor each: whoever has marked the slot has it without further ado, and a goroutine that runs
// transaction after transaction has always the same, with warm caches. The first to be used are given one; afterwards a
// slot that is used again and again takes over the descriptor of one that is not (a hand goes round them, as in the clock
// algorithm of page replacement), so goroutines that live long are well off whatever ran before. For the others, each processor
// keeps a few idle descriptors that only a goroutine pinned to it touches, so taking and giving back needs no atomic
// operation (sync.Pool does the same for garbage; descriptors are no garbage: the system knows them, and a pool that forgot
// some would make it grow). What does not fit is in a list under a lock. A system keeps as many descriptors as were in use
// at once, and keptInSlots more at most.
//
// This file is for goroutines of Go programs on real cores only, so its locks are the language's: a goroutine that has no
// descriptor yet has no machine.Proc to wait with. Threads of a machine bring their own descriptors (AtomicallyOn).

const (
	perProcessor = 8
	cachedLag    = 16 // commits that an idle descriptor in a processor's cache may not have told of
	markBits     = 10
	keptInSlots  = 24 // few enough that all have their own stripe of the clock
	takeOverUses = 64 // calls in a slot without a descriptor after which it looks for one
	takeOverLook = 4  // so many of the slots that have one are looked at then
)

type pool struct {
	machine *machine.Machine
	cores   []cache
	mu      sync.Mutex
	idle    []*Tx
	ante    antechamber
	misses  atomic.Int32 // see sleep
	kept    atomic.Int32 // slots with a descriptor, or more by those who were too late
	hand    atomic.Uint32
	keepers [keptInSlots]atomic.Pointer[mark] // the slots with a descriptor
	marks   [1 << markBits]mark
}

// cache is a processor's idle descriptors.
type cache struct {
	n  int
	tx [perProcessor]*Tx
	_  [128 - 8]byte
}

// mark is a slot of the table of goroutines in transactions.
type mark struct {
	g    atomic.Uint64 // the goroutine, 0 if free
	tx   *Tx           // belongs to g
	more atomic.Int32  // length of list
	uses uint32        // belongs to g: calls without a descriptor, or where a kept one stood when the hand came by
	mu   sync.Mutex
	list []uint64
	_    [8]byte
}

// defaultSystem is what package-level functions use. It is the package's one mutable value.
var defaultSystem atomic.Pointer[System]

// DefaultSystem is the system that the package-level functions use: the default algorithm and manager, made when it is first
// asked for.
func DefaultSystem() *System {
	if s := defaultSystem.Load(); s != nil {
		return s
	}
	return makeDefaultSystem()
}

func makeDefaultSystem() *System {
	s, err := NewSystem(Options{Machine: machine.NewReal(machine.RealConfig{})})
	if err != nil {
		panic(err) // the defaults exist
	}
	defaultSystem.CompareAndSwap(nil, s)
	return defaultSystem.Load()
}

// goPool is the system's pool, made at the first use.
func (s *System) goPool() *pool {
	if k := s.pool.Load(); k != nil {
		return k
	}
	m := machine.NewReal(machine.RealConfig{})
	k := &pool{machine: m, cores: make([]cache, 2*m.Cores())}
	k.ante.places = antePlaces * m.Cores()
	s.pool.CompareAndSwap(nil, k)
	return s.pool.Load()
}

// enter marks the goroutine and takes a descriptor for it.
func (s *System) enter() *Tx {
	if k := s.pool.Load(); k != nil {
		g := uint64(goroutine.ID())
		m := k.markOf(g)
		if g != 0 && m.g.CompareAndSwap(0, g) {
			if tx := m.tx; tx != nil && m.more.Load() == 0 {
				return tx
			}
			return s.enterFirst(k, m, g, true)
		}
		return s.enterFirst(k, m, g, false)
	}
	s.goPool()
	return s.enter()
}

// enterFirst is the rest of enter for slots that are shared, or have no descriptor.
func (s *System) enterFirst(k *pool, m *mark, g uint64, claimed bool) *Tx {
	if g == 0 {
		tx := k.get(s)
		tx.lib.slot = nil
		return tx
	}
	if !claimed || m.more.Load() != 0 {
		if m.collide(g, claimed) {
			tx := k.get(s)
			tx.lib.slot, tx.lib.overflow = m, true
			return tx
		}
	}
	if m.tx != nil {
		return m.tx
	}
	if m.uses++; m.uses%takeOverUses == 0 && k.takeOver(m) {
		return m.tx
	}
	tx := k.get(s)
	tx.lib.slot, tx.lib.overflow = m, false
	if k.kept.Load() < keptInSlots {
		if i := k.kept.Add(1); i <= keptInSlots {
			m.tx = tx
			tx.lib.kept = true
			k.keepers[i-1].Store(m)
		}
	}
	return tx
}

// takeOver gives m, which the caller has marked, the descriptor of a slot that nobody has used since the hand came by last.
func (k *pool) takeOver(m *mark) bool {
	for range takeOverLook {
		place := &k.keepers[k.hand.Add(1)%keptInSlots]
		v := place.Load()
		if v == nil || v == m || v.g.Load() != 0 || !v.g.CompareAndSwap(0, auditor) {
			continue
		}
		tx := v.tx
		if tx == nil || tx.untilFlush != int(v.uses) {
			if tx != nil {
				v.uses = uint32(tx.untilFlush)
			}
			v.g.Store(0)
			continue
		}
		v.tx, v.uses = nil, 0
		m.tx, m.uses = tx, 0
		tx.lib.slot = m
		place.Store(m)
		v.g.Store(0)
		return true
	}
	return false
}

// leave is the end of what enter began.
func (s *System) leave(tx *Tx) {
	k, m := s.pool.Load(), tx.lib.slot
	switch {
	case tx.lib.kept:
		publish(&m.g, 0)
		return
	case m == nil:
	case tx.lib.overflow:
		m.remove(uint64(goroutine.ID()))
	default:
		publish(&m.g, 0)
	}
	k.put(tx)
}

// auditor is who has a slot for a moment to look into its descriptor. It is no goroutine's identity.
const auditor = 1

// flush makes the descriptors that nobody is using tell what they have counted. Who finds a slot taken by it does with a descriptor
// of the pool's.
func (k *pool) flush() {
	for i := range k.marks {
		m := &k.marks[i]
		if m.g.Load() == 0 && m.g.CompareAndSwap(0, auditor) {
			if m.tx != nil {
				m.tx.FlushStats()
			}
			m.g.Store(0)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, tx := range k.idle {
		tx.FlushStats()
	}
}

// take is a descriptor without a mark, for accesses that are no transactions.
func (s *System) take() *Tx { return s.goPool().get(s) }

func (k *pool) markOf(g uint64) *mark {
	return &k.marks[g>>6*0x9e3779b97f4a7c15>>(64-markBits)]
}

// collide handles a goroutine whose slot is taken (claimed is false), or was taken when others came; true means that it
// is now in the list. It panics when the goroutine is in a transaction already.
func (m *mark) collide(g uint64, claimed bool) bool {
	if !claimed && m.g.Load() == g {
		panic(nestedCall)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.Contains(m.list, g) {
		if claimed {
			m.g.Store(0)
		}
		panic(nestedCall)
	}
	if !claimed {
		m.list = append(m.list, g)
		m.more.Store(int32(len(m.list)))
	}
	return !claimed
}

const nestedCall = "stm: a transaction inside a transaction: call the operation directly, or use Nest or Select"

func (m *mark) remove(g uint64) {
	m.mu.Lock()
	i := slices.Index(m.list, g)
	m.list = slices.Delete(m.list, i, i+1)
	m.more.Store(int32(len(m.list)))
	m.mu.Unlock()
}

// get takes an idle descriptor, or makes one.
func (k *pool) get(s *System) *Tx {
	if !raceEnabled {
		if i := goroutine.Pin(); i < len(k.cores) {
			if c := &k.cores[i]; c.n > 0 {
				c.n--
				tx := c.tx[c.n]
				goroutine.Unpin()
				return tx
			}
		}
		goroutine.Unpin()
	}
	k.mu.Lock()
	if n := len(k.idle); n > 0 {
		tx := k.idle[n-1]
		k.idle = k.idle[:n-1]
		k.mu.Unlock()
		return tx
	}
	k.mu.Unlock()
	tx := s.NewTx(k.machine.Adopt("goroutine"))
	tx.lib.pooled = true
	return tx
}

// put gives an idle descriptor back.
func (k *pool) put(tx *Tx) {
	if tx.untilFlush <= flushEvery-cachedLag {
		tx.FlushStats()
	}
	if !raceEnabled {
		if i := goroutine.Pin(); i < len(k.cores) {
			if c := &k.cores[i]; c.n < perProcessor {
				c.tx[c.n] = tx
				c.n++
				goroutine.Unpin()
				return
			}
		}
		goroutine.Unpin()
	}
	k.mu.Lock()
	k.idle = append(k.idle, tx)
	k.mu.Unlock()
}
