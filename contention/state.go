package contention

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Status is how an attempt stands.
type Status uint8

// The statuses.
const (
	Idle        Status = iota // no attempt has started
	Active                    // running; may be killed
	InCommit                  // past EnterCommit: may no longer be killed, will end soon by itself
	Irrevocable               // cannot abort at all
	Committed                 // has committed
	Aborted                   // was killed or has aborted
)

// String is the status's name.
func (s Status) String() string {
	return [...]string{"idle", "active", "committing", "irrevocable", "committed", "aborted"}[s]
}

const statusBits = 3

// Word is a status together with the number of the attempt that it belongs to.
type Word uint64

// Status is the word's status.
func (w Word) Status() Status { return Status(w & (1<<statusBits - 1)) }

// Epoch is the number of the attempt, counted over the descriptor's life.
func (w Word) Epoch() uint64 { return uint64(w >> statusBits) }

// With is the same attempt with another status.
func (w Word) With(s Status) Word { return w&^(1<<statusBits-1) | Word(s) }

// Live says whether the attempt still runs.
func (w Word) Live() bool {
	s := w.Status()
	return s == Active || s == InCommit || s == Irrevocable
}

// FreeFunc says whether the lock behind a conflict's object is free; algorithms with locks give one to Bind.
type FreeFunc func(p *machine.Proc, object unsafe.Pointer) bool

// Bits of State.trouble: why Begin and Committed must take their slow path.
const (
	troubleBegin     = 1 << iota // the manager wants every begin
	troubleCommitted             // the manager wants every commit
	troubleKillable              // the status word must be published
	troubleObserved              // somebody watches
	troubleMet                   // this transaction has met a conflict or aborted
)

// State is what contention managers know about one transaction descriptor; transactional memories embed it.
// The zero State is ready for Bind. The first cache line is the owner's alone, the others are read by enemies.
type State struct {
	// The owner's line.
	trouble   uint32
	attempt   int32 // attempts of this transaction so far, the running one included
	aborts    int32 // consecutive aborts of this transaction
	opens     uint32
	writes    uint32
	thread    int32
	wantOpen  bool
	split     bool
	escalated bool // comprehensive: has the way
	inside    bool // comprehensive: has passed, or closed, a closed neck
	m         Manager
	gate      *atomic.Uint32 // not zero: every begin must ask the manager
	free      FreeFunc
	obs       Observer
	proc      *machine.Proc

	cold cold

	_ [64]byte
	// Read by others.
	word     atomic.Uint64         // Word
	prio     atomic.Int64          // effective priority: 0 none, larger is more important
	user     atomic.Int64          // the program's wish
	karma    atomic.Int64          // karma, eruption, polka: objects opened, kept across aborts
	stamp    atomic.Int64          // timestamp, greedy, ...: smaller is older; 0 is none
	waiting  atomic.Bool           // waits for an enemy right now
	defunct  atomic.Int32          // timestamp: suspicion against this attempt
	finished atomic.Uint64         // transactions that have ended for good
	killer   atomic.Pointer[State] // who has killed the attempt
	claim    atomic.Pointer[byte]  // what this attempt has killed somebody for, and has not got yet
	_        [64]byte
}

// cold is the owner's rarely used part.
type cold struct {
	open        atomic.Uint32 // the gate of managers that have none: always 0
	c           Conflict      // the conflict being decided: kept here so that nothing is allocated
	began       int64         // time of the attempt's begin, if it was taken
	lost        int64         // ns of this transaction's attempts that were rolled back, as far as they were timed
	donated     int64         // eruption: karma already given away
	object      unsafe.Pointer
	enemy       *State // the last enemy, and its attempt
	enemyWord   Word
	winner      *State // stealonabort: who won, and how many transactions it had ended then
	winnerEnded uint64
	ext         any // whatever else the manager remembers about the descriptor
}

// Bind ties a descriptor to its manager. thread is the owner's number (small, unique among live descriptors of the
// system). killable says that the algorithm polls Killed and calls EnterCommit; free and obs may be nil.
func (s *State) Bind(m Manager, thread int, killable bool, free FreeFunc, obs Observer) {
	t := m.Traits()
	s.m, s.thread, s.free, s.obs = m, int32(thread), free, obs
	s.trouble = 0
	s.wantOpen = t.WantsOpen
	s.cold = cold{}
	s.gate = &s.cold.open
	if g, ok := m.(interface{ gate() *atomic.Uint32 }); ok {
		s.gate = g.gate()
	}
	if t.WantsBegin {
		s.trouble |= troubleBegin
	}
	if t.WantsCommitted {
		s.trouble |= troubleCommitted
	}
	if killable {
		s.trouble |= troubleKillable
	}
	if obs != nil {
		s.trouble |= troubleObserved
	}
}

// Manager is the manager that the descriptor is bound to.
func (s *State) Manager() Manager { return s.m }

// Thread is the owner's number.
func (s *State) Thread() int { return int(s.thread) }

// Attempt is the number of the running attempt of this transaction: 1 for the first.
func (s *State) Attempt() int { return int(s.attempt) }

// Aborts is the number of times that this transaction has aborted in a row.
func (s *State) Aborts() int { return int(s.aborts) }

// Lost is the time in ns that this transaction's aborted attempts took. First attempts are not timed, so
// that transactions without conflicts read no clock.
func (s *State) Lost() int64 { return s.cold.lost }

// Priority is the transaction's effective priority; algorithms with visible marks prefer the larger one. It may be
// read by any thread.
func (s *State) Priority() int64 { return s.prio.Load() }

// SetUserPriority sets the program's wish; it lasts until it is set again. What the transaction has earned above it
// counts again from its next attempt.
func (s *State) SetUserPriority(n int64) {
	s.user.Store(n)
	s.prio.Store(n)
}

// UserPriority is what SetUserPriority has set.
func (s *State) UserPriority() int64 { return s.user.Load() }

// Word is the status word: an algorithm reads it from the owner of a lock and then checks that the lock is still
// the owner's, so that the word is of the attempt that holds the lock.
func (s *State) Word() Word { return Word(s.word.Load()) }

// KilledBy is the thread that killed the last attempt, -1 if nobody did.
func (s *State) KilledBy() int {
	if k := s.killer.Load(); k != nil {
		return k.Thread()
	}
	return -1
}

// Waiting says whether the transaction waits for an enemy right now.
func (s *State) Waiting() bool { return s.waiting.Load() }

// Begin starts an attempt. It may wait.
func (s *State) Begin(p *machine.Proc) {
	s.attempt++
	if s.trouble|s.gate.Load() != 0 {
		s.begin(p)
	}
}

func (s *State) begin(p *machine.Proc) {
	var asked int64
	observed := s.trouble&troubleObserved != 0
	if observed {
		asked = p.Now()
	}
	s.proc = p
	s.opens, s.writes = 0, 0
	if s.trouble&(troubleBegin|troubleMet)|s.gate.Load() != 0 {
		s.m.Begin(p, s)
	}
	if s.trouble&troubleMet != 0 {
		s.cold.began = p.Now()
	}
	if s.trouble&troubleKillable != 0 {
		w := Word((s.Word().Epoch() + 1) << statusBits).With(Active)
		p.Write(unsafe.Pointer(&s.word))
		s.killer.Store(nil)
		s.word.Store(uint64(w))
	}
	if observed {
		now := p.Now()
		s.cold.began = now
		s.obs.Event(p, Event{Kind: EventBegin, Me: s, At: now, Ns: now - asked, Epoch: s.Word().Epoch()})
	}
}

// Open tells the manager of an attempt's first access to an object. key identifies the object in all threads (an
// orec's index, a variable's number) and must not depend on addresses, or simulated runs would differ. It costs one
// test when the manager does not care.
func (s *State) Open(key uint64, write bool) {
	if s.wantOpen {
		s.open(key, write)
	}
}

func (s *State) open(key uint64, write bool) {
	s.opens++
	if write {
		s.writes++
	}
	s.m.Open(s, key, write)
}

// Killed says whether somebody has killed the running attempt. Without kills it is one load of the own cache.
func (s *State) Killed() bool { return s.Word().Status() == Aborted }

// EnterCommit moves a killable attempt past the point where it can be killed; false means that it was killed.
func (s *State) EnterCommit(p *machine.Proc) bool { return s.advance(p, InCommit) }

// BecomeIrrevocable makes an attempt unkillable for the rest of its life; false means that it was killed before.
func (s *State) BecomeIrrevocable(p *machine.Proc) bool {
	return s.Word().Status() == Irrevocable || s.advance(p, Irrevocable)
}

func (s *State) advance(p *machine.Proc, to Status) bool {
	if s.trouble&troubleKillable == 0 {
		s.word.Store(uint64(s.Word().With(to)))
		return true
	}
	w := s.Word()
	if w.Status() == Irrevocable {
		return true
	}
	if w.Status() != Active {
		return false
	}
	s.disclaim(p)
	p.RMW(unsafe.Pointer(&s.word))
	return s.word.CompareAndSwap(uint64(w), uint64(w.With(to)))
}

// Kill kills the attempt that word belongs to; false means that it had ended or cannot be killed any more. Policies
// do not call it: they answer AbortOther. by must not be nil: the victim waits until it knows who it was.
func (s *State) Kill(p *machine.Proc, word Word, by *State) bool {
	if word.Status() != Active {
		return false
	}
	p.RMW(unsafe.Pointer(&s.word))
	if !s.word.CompareAndSwap(uint64(word), uint64(word.With(Aborted))) {
		return false
	}
	s.killer.Store(by)
	return true
}

// Committed ends a transaction for good.
func (s *State) Committed(p *machine.Proc) {
	s.attempt = 0
	if s.trouble != 0 {
		s.end(p, Committed, EventCommit)
	}
}

// Abandoned ends a transaction that will not be tried again (an exception, a cancelled context): tokens are given
// back as after a commit, and nothing is recorded as one.
func (s *State) Abandoned(p *machine.Proc) {
	s.attempt = 0
	if s.trouble != 0 {
		s.end(p, Aborted, EventAbort)
	}
}

func (s *State) end(p *machine.Proc, as Status, ev EventKind) {
	s.finish(p, as)
	if s.trouble&troubleObserved != 0 {
		now := p.Now()
		s.obs.Event(p, Event{Kind: ev, Me: s, At: now, Ns: now - s.cold.began, Epoch: s.Word().Epoch()})
	}
	if s.trouble&(troubleCommitted|troubleMet) != 0 {
		s.m.Committed(p, s)
	}
	s.aborts = 0
	s.trouble &^= troubleMet
	s.cold.lost, s.cold.donated, s.cold.began = 0, 0, 0
	s.cold.enemy, s.cold.object, s.cold.c = nil, nil, Conflict{}
}

// finish publishes that the attempt has ended.
func (s *State) finish(p *machine.Proc, as Status) {
	if s.trouble&troubleKillable != 0 {
		s.disclaim(p)
		p.Write(unsafe.Pointer(&s.word))
		s.word.Store(uint64(s.Word().With(as)))
	}
}

// Aborted records an abort and lets the manager back off. It is called after the rollback, with no locks held.
// enemy is nil if it is unknown (then the enemy of the attempt's last Conflict, if any, is taken).
func (s *State) Aborted(p *machine.Proc, enemy *State) {
	if s.trouble&troubleKillable != 0 {
		if s.Killed() {
			s.makeWay(p)
		}
		s.finish(p, Aborted)
	}
	s.aborts++
	s.trouble |= troubleMet
	if enemy == nil {
		enemy = s.cold.enemy
	}
	now := p.Now()
	var spent int64
	if s.cold.began != 0 {
		spent = now - s.cold.began
		s.cold.lost += spent
		s.cold.began = 0
	}
	if s.obs != nil {
		s.obs.Event(p, Event{Kind: EventAbort, Me: s, Enemy: enemy, At: now, Ns: spent, Epoch: s.Word().Epoch()})
	}
	s.m.Aborted(p, s, enemy)
	if s.obs != nil {
		end := p.Now()
		s.obs.Event(p, Event{Kind: EventBackoff, Me: s, Enemy: enemy, At: end, Ns: end - now})
	}
	s.cold.enemy, s.cold.object = nil, nil
	s.cold.c.Tries = 0
}

// Retrying tells the manager that the transaction rolls back and goes to sleep until something that it has read
// changes. It is no abort: Begin follows after the wake-up.
func (s *State) Retrying(p *machine.Proc) {
	if s.trouble != 0 {
		s.finish(p, Aborted)
		s.m.Retrying(p, s)
	}
	s.aborts = 0
	s.attempt = 0
}

// WantSplit is for managers: it asks the interpreter to end the transaction's slice earlier next time.
func (s *State) WantSplit() { s.split = true }

// TakeSplit says whether a shorter slice was asked for since the last call.
func (s *State) TakeSplit() bool {
	v := s.split
	s.split = false
	return v
}

// Escalated says that the running attempt has been given the way: nobody else begins until the transaction ends, but
// those that starve as well, and its priority is above theirs.
func (s *State) Escalated() bool { return s.escalated }

// Ext is what the manager remembers about the descriptor beside the fields that all share.
func (s *State) Ext() any { return s.cold.ext }

// SetExt is for managers.
func (s *State) SetExt(v any) { s.cold.ext = v }
