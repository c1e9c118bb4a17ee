package stm

import (
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// mode says what the entry points of a descriptor do next.
type mode uint8

const (
	modeIdle        mode = iota // between transactions
	modeLazy                    // in an attempt of lazy on real cores: the fast path, called directly
	modeOther                   // in any other attempt: through the interface
	modeForced                  // in an attempt with fault injection, or one that is recorded
	modeIrrevocable             // in an attempt that cannot abort
	modeDoomed                  // the attempt has failed; only Rollback is left
	modeClosed                  // given back
)

// Tx is a transaction descriptor. It belongs to one thread, which uses it for one transaction after the other:
//
//	for {
//		tx.Begin()
//		... tx.Load, tx.Store: when one returns false, unwind
//		if ok && tx.Commit() {
//			break
//		}
//		tx.Rollback() // undoes, releases, backs off
//	}
//
// Only the methods that say so may be called by other threads. Calls in the wrong state panic.
type Tx struct {
	// The owner's hot part.
	mode      mode
	ordinary  mode // mode of an attempt in which nothing special happens
	wrote     bool // tml: the attempt holds the sequence lock
	touched   bool // tml, gencounter: the attempt has read something
	newer     bool // a lock was taken on a record newer than the snapshot
	ownStripe bool
	simulated bool // the thread runs in virtual time
	wantOpen  bool // the contention manager counts accesses
	s         *System
	p         *machine.Proc
	filter    uint64 // Bloom filter of the written cells
	reads     []readEntry
	writes    []writeEntry
	locks     []lockEntry
	lockWord  uint64 // what an orec contains that this descriptor holds
	id        int
	stripe    uint64 // own stripe of the clock
	ownSeq    *stripe
	seq       uint64 // own stripe's number, or the sequence lock's value at the snapshot
	maxOld    uint64 // gv5: highest number among the locked records' old versions

	extensions int
	saved      int // writes before the last savepoint: changes to them are journaled
	snapKey    uint64
	key        uint64
	stamps     bool // something is to be stamped: a key is needed
	untilFlush int
	forced     int // accesses until the next forced abort

	alg       algorithm
	values    []valueEntry // value-based algorithms' read log
	wheld     []int        // swiss: places in the table of write locks
	journal   []journalEntry
	index     writeIndex
	lastFound int // where in the write log a cell was found last
	why       Conflict
	sleeper   sleeper
	marking   contention.Marking
	foreign   any
	scratch   Word
	repeats   *repeats // where in the read log records are; with Options.Repeats
	relooked  uint64   // accesses that found their record there, or their cell written, since the last commit
	lib       session  // the library for Go programs: see atomically.go

	stats   Stats
	flushed Stats

	cm   contention.State
	seen [numStripes]uint64 // the snapshot: what was seen of each stripe of the clock

	_      [128]byte
	active fence // read by others when Options.Fences
	_      [128]byte
}

func (tx *Tx) init() {
	tx.lockWord = uint64(tx.id)<<1 | lockBit
	tx.untilFlush = flushEvery
	tx.forced = tx.s.abortEvery
	tx.simulated = tx.p.Simulated()
	tx.wantOpen = tx.s.manager.Traits().WantsOpen
	tx.ordinary = modeOther
	if _, ok := tx.alg.(lazy); ok && !tx.simulated && !tx.wantOpen {
		tx.ordinary = modeLazy // the path without hooks is for real cores
	}
	tx.reads = make([]readEntry, 0, 64)
	if tx.s.repeats {
		tx.repeats = new(repeats)
	}
	tx.writes = make([]writeEntry, 0, 16)
	tx.locks = make([]lockEntry, 0, 16)
	tx.cm.Bind(tx.s.manager, tx.id, tx.s.killable, freeOrec, tx.s.obs)
}

// freeOrec lets managers wait until the lock that a conflict was about is free.
func freeOrec(p *machine.Proc, object unsafe.Pointer) bool {
	p.Read(object)
	return (*Orec)(object).w.Load()&lockBit == 0
}

// ID is the descriptor's number, 1 or more, unique among the living descriptors of its system.
func (tx *Tx) ID() int { return tx.id }

// System is the system that the descriptor belongs to.
func (tx *Tx) System() *System { return tx.s }

// Proc is the thread that the descriptor belongs to.
func (tx *Tx) Proc() *machine.Proc { return tx.p }

// Contention is what the contention manager knows of this descriptor. Any thread may ask for it.
func (tx *Tx) Contention() *contention.State { return &tx.cm }

// SetPriority sets the program's wish for the descriptor's priority, until it is set again; 0 is none. Under fair,
// writers give way to readers of higher priority.
func (tx *Tx) SetPriority(n int) { tx.cm.SetUserPriority(int64(n)) }

// Active says whether an attempt is running (a doomed one included).
func (tx *Tx) Active() bool { return tx.mode != modeIdle && tx.mode != modeClosed }

// Begin starts an attempt. It may wait, when the contention manager wants that.
func (tx *Tx) Begin() {
	if tx.mode != modeIdle {
		tx.badBegin()
	}
	tx.cm.Begin(tx.p)
	tx.start()
}

func (tx *Tx) badBegin() {
	if tx.mode == modeClosed {
		panic("stm: transaction descriptor used after Close")
	}
	panic("stm: Begin inside a transaction (transactions nest by savepoints)")
}

// start makes an attempt ready, after the manager has let it go.
func (tx *Tx) start() {
	if len(tx.reads)|len(tx.writes)|len(tx.values) != 0 {
		tx.resetLogs()
	}
	tx.newer, tx.stamps = false, false
	tx.saved, tx.extensions, tx.maxOld = 0, 0, 0
	tx.why.Reason = NotAborted
	tx.p.Charge(machine.CostTxBegin, 1)
	if tx.s.attended {
		tx.attendBegin()
	}
	tx.mode = tx.ordinary
	if tx.mode == modeLazy {
		if tx.s.keyed || tx.s.clk != clockStriped {
			tx.sample()
		}
	} else {
		tx.alg.begin(tx)
	}
	if tx.s.watched && tx.mode != modeDoomed {
		tx.mode = modeForced
	}
}

// loadSlow is Load for all but the fast path of lazy.
func (tx *Tx) loadSlow(o *Orec, c *Word) (Word, bool) {
	if tx.mode == modeOther {
		if tx.simulated {
			tx.chargeRead(o, c)
		}
		return tx.alg.load(tx, o, c)
	}
	return tx.loadRare(o, c)
}

func (tx *Tx) loadRare(o *Orec, c *Word) (Word, bool) {
	switch tx.mode {
	case modeIrrevocable:
		if tx.s.recorder != nil {
			return tx.recordedLoad(o, c)
		}
		return tx.irrevocableLoad(o, c), true
	case modeForced:
		if tx.force(o, c) {
			return Word{}, false
		}
		if tx.s.recorder != nil {
			return tx.recordedLoad(o, c)
		}
		w, ok := tx.Load(o, c)
		tx.unforce()
		return w, ok
	case modeDoomed:
		return Word{}, false
	}
	panic("stm: Load outside a transaction")
}

func (tx *Tx) storeSlow(o *Orec, c *Word, w Word, stamped bool) bool {
	switch tx.mode {
	case modeLazy:
		tx.put(o, c, w, stamped)
		return true
	case modeOther:
		if tx.simulated {
			tx.chargeWrite(c)
		}
		return tx.alg.store(tx, o, c, w, stamped)
	case modeIrrevocable:
		if tx.s.recorder != nil {
			return tx.recordedStore(o, c, w, stamped)
		}
		tx.irrevocableStore(o, c, w, stamped)
		return true
	case modeForced:
		if tx.force(o, c) {
			return false
		}
		if tx.s.recorder != nil {
			return tx.recordedStore(o, c, w, stamped)
		}
		ok := tx.storeSlow(o, c, w, stamped)
		tx.unforce()
		return ok
	case modeDoomed:
		return false
	}
	panic("stm: Store outside a transaction")
}

// force counts down to the next forced abort; otherwise it puts the attempt into its ordinary mode for one access.
func (tx *Tx) force(o *Orec, c *Word) bool {
	if tx.forced--; tx.forced <= 0 && tx.s.abortEvery != 0 {
		tx.forced = tx.s.abortEvery
		tx.doom(Conflict{Forced, o, c, -1, -1})
		return true
	}
	tx.mode = tx.ordinary
	return false
}

func (tx *Tx) unforce() {
	if tx.mode == modeLazy || tx.mode == modeOther {
		tx.mode = modeForced
	}
}

// StoreStamp is Store of a pointer together with a stamp: at the commit the cell gets Word{p, k<<StampBits|seq},
// where k is the transaction's place in the order of commits (k = Key()>>1). Stamps are unique, and larger in
// transactions that come later in the order of serialisation; seq, below 1<<StampBits, orders the stamps of one
// transaction. Until then the transaction itself reads PendingStamp in the place of k.
func (tx *Tx) StoreStamp(o *Orec, c *Word, p unsafe.Pointer, seq uint64) bool {
	if seq>>StampBits != 0 {
		panic("stm: StoreStamp with a sequence number of more than StampBits bits")
	}
	tx.stamps = true
	return tx.storeSlow(o, c, Word{p, seq}, true)
}

// LoadUnlogged is Load without an entry in the read log: the value belongs to the snapshot when it is read, but
// that it has changed since then does not make the commit fail. For traversals that check what they end at.
func (tx *Tx) LoadUnlogged(o *Orec, c *Word) (Word, bool) {
	switch tx.mode {
	case modeLazy, modeOther, modeForced:
		return tx.alg.unlogged(tx, o, c)
	case modeIrrevocable:
		return tx.irrevocableLoad(o, c), true
	case modeDoomed:
		return Word{}, false
	}
	panic("stm: LoadUnlogged outside a transaction")
}

// Release takes all reads of o (of c, under the value-based algorithms) out of the read log: early release. What
// was read there may change without making the commit fail.
func (tx *Tx) Release(o *Orec, c *Word) {
	for i := range tx.reads {
		if tx.reads[i].o == o {
			tx.reads[i] = readEntry{&released, 0}
		}
	}
	for i := range tx.values {
		if tx.values[i].c == c {
			tx.values[i] = valueEntry{&releasedWord, Word{}}
		}
	}
}

// released stands in read logs for what was released early; nobody ever writes it.
var (
	released     Orec
	releasedWord Word
)

// Extend moves the snapshot to now, if everything that was read is unchanged: then it says true. Otherwise the
// attempt is doomed.
func (tx *Tx) Extend() bool {
	switch tx.mode {
	case modeLazy, modeOther, modeForced:
		return tx.alg.extend(tx)
	case modeIrrevocable:
		return true
	case modeDoomed:
		return false
	}
	panic("stm: Extend outside a transaction")
}

// Validate says whether everything that was read is unchanged, without moving the snapshot. When it is false the
// attempt is doomed. Interpreters call it when an attempt has run suspiciously long, or fails in a strange way.
func (tx *Tx) Validate() bool {
	switch tx.mode {
	case modeLazy, modeOther, modeForced:
		return tx.alg.validate(tx)
	case modeIrrevocable:
		return true
	case modeDoomed:
		return false
	}
	panic("stm: Validate outside a transaction")
}

// Commit ends the attempt. False means that it failed: Rollback must follow. A transaction that has written nothing
// touches no shared memory here.
func (tx *Tx) Commit() bool {
	switch tx.mode {
	case modeLazy:
		if len(tx.writes) == 0 {
			tx.key = tx.snapKey<<1 | 1
		} else if !tx.lazyCommit() {
			return false
		}
	case modeOther:
		if !tx.alg.commit(tx) {
			return false
		}
	default:
		if !tx.commitSlow() {
			return false
		}
	}
	tx.finish()
	return true
}

func (tx *Tx) commitSlow() bool {
	switch tx.mode {
	case modeIrrevocable:
		tx.irrevocableCommit()
		return true
	case modeForced:
		if tx.force(nil, nil) {
			return false
		}
		return tx.alg.commit(tx)
	case modeDoomed:
		return false
	}
	panic("stm: Commit outside a transaction")
}

// finish does what follows every successful commit.
func (tx *Tx) finish() {
	tx.mode = modeIdle
	if tx.s.attended {
		tx.attendEnd(true)
	}
	st := &tx.stats
	st.Commits++
	r, w := uint64(len(tx.reads)+len(tx.values)), uint64(len(tx.writes))
	if w == 0 {
		st.ReadOnly++
	}
	st.Reads += r
	st.Again += tx.relooked
	tx.relooked = 0
	st.Writes += w
	st.MaxReads = max(st.MaxReads, r)
	st.MaxWrites = max(st.MaxWrites, w)
	tx.cm.Committed(tx.p)
	if tx.untilFlush--; tx.untilFlush <= 0 {
		tx.FlushStats()
	}
}

// doom gives the attempt up; it returns false so that callers can return it. Locks stay until Rollback, except
// where the algorithm has released them.
func (tx *Tx) doom(c Conflict) bool {
	tx.why = c
	tx.mode = modeDoomed
	return false
}

// Abort gives the attempt up at the program's own wish: RetryWait (WaitChange may follow the Rollback), Explicit,
// Fuel, Split or Forced. Rollback must follow.
func (tx *Tx) Abort(r Reason) {
	switch tx.mode {
	case modeLazy, modeOther, modeForced:
		tx.doom(Conflict{r, nil, nil, -1, -1})
	case modeIrrevocable:
		panic("stm: abort of an irrevocable transaction (" + r.String() + ")")
	case modeIdle, modeClosed:
		panic("stm: Abort outside a transaction")
	}
}

// Rollback ends an attempt that has failed: it undoes what the attempt did, releases what it holds, and lets the
// contention manager back off.
func (tx *Tx) Rollback() { tx.end(false) }

// Abandon ends an attempt like Rollback, for a transaction that will not be tried again (an exception, a cancelled
// context). The attempt need not have failed. An irrevocable one cannot be abandoned.
func (tx *Tx) Abandon() {
	if tx.mode != modeDoomed {
		tx.Abort(Explicit)
	}
	tx.end(true)
}

func (tx *Tx) end(abandon bool) {
	if tx.mode != modeDoomed {
		if !tx.Active() {
			panic("stm: Rollback outside a transaction")
		}
		panic("stm: Rollback of an attempt that has not failed (use Abort or Abandon)")
	}
	tx.alg.rollback(tx)
	tx.mode = modeIdle
	if tx.s.attended {
		tx.attendEnd(false)
	}
	tx.p.Charge(machine.CostTxAbort, 1)
	st := &tx.stats
	st.Aborts[tx.why.Reason]++
	st.MaxReads = max(st.MaxReads, uint64(len(tx.reads)+len(tx.values)))
	st.MaxWrites = max(st.MaxWrites, uint64(len(tx.writes)))
	switch {
	case abandon:
		tx.cm.Abandoned(tx.p)
	case tx.why.Reason == RetryWait:
		tx.cm.Retrying(tx.p)
	default:
		tx.cm.Aborted(tx.p, tx.s.stateOf(tx.why.Enemy))
		switch tx.why.Reason {
		case IrrevocableEnemy, IrrevocableTaken:
			tx.s.token.awaitFree(tx)
		case ReadLocked, WriteLocked, CommitLocked:
			tx.p.Spin(tx.cm.Aborts()) // whatever the manager says: the lock's owner may be waiting for this core
		}
	}
}

// Reason is why the last attempt failed.
func (tx *Tx) Reason() Reason { return tx.why.Reason }

// Conflict is what the last attempt failed of.
func (tx *Tx) Conflict() Conflict { return tx.why }

// ReadSet is the number of entries in the read log: also the index that the next logged read gets.
func (tx *Tx) ReadSet() int { return len(tx.reads) + len(tx.values) }

// WriteSet is the number of entries in the write log.
func (tx *Tx) WriteSet() int { return len(tx.writes) }

// EachWrite calls f with every word that the attempt has written, its record, and the value to be committed, which f
// may change through w. It is called before Commit; f may add writes, which are visited too.
func (tx *Tx) EachWrite(f func(o *Orec, c *Word, w *Word)) {
	place := tx.alg.inPlace()
	for i := 0; i < len(tx.writes); i++ {
		e := &tx.writes[i]
		w := tx.alg.pending(tx, i)
		if !place {
			f(e.o, e.c, w)
			continue
		}
		old := *w
		if f(e.o, e.c, w); *w != old {
			e.c.Set(*w)
		}
	}
}

// WriteAt is the i-th entry of the write log: the record, the word, and the value to be committed.
func (tx *Tx) WriteAt(i int) (o *Orec, c *Word, w Word) {
	e := &tx.writes[i]
	return e.o, e.c, *tx.alg.pending(tx, i)
}
