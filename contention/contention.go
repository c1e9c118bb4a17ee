// Package contention holds contention managers: the policies that decide what happens when two transactions want
// the same thing. One policy per file, each opening with its rule and the paper it follows; [New] makes one by
// name, [List] names them all.
//
// # The machine
//
// Every transaction descriptor embeds a [State]: what others may know about a transaction (is it alive, how much
// has it done, how long has it waited) and what its manager remembers about it. A transactional memory talks to
// its State and never to the [Manager]:
//
//	s.Bind(m, thread, killable, free, obs)  // once, when the descriptor is made
//	for {
//	        s.Begin(p)                      // may wait: serialisers, tokens, queues
//	        ... on a conflict:
//	        switch s.Conflict(p, enemy, word, kind, phase, object) {
//	        case Wait:      look again (the enemy was waited for, or killed: it may still hold its locks for a moment)
//	        case AbortSelf: roll back
//	        case Split:     roll back, and end the slice earlier next time
//	        }
//	        ... on success:  s.EnterCommit(p) // only when killable; false = roll back
//	                         s.Committed(p); break
//	        ... on failure:  roll back, release every lock, then s.Aborted(p, enemy) // backs off here
//	}
//
// When nothing conflicts, Begin and Committed are each one test of a plain word of the own descriptor.
//
// # Killing
//
// To kill is to CAS the enemy's status word from active to aborted. The word carries the number of the attempt
// ([Word]), so that a kill that comes late never hits the enemy's next attempt. A victim polls [State.Killed]
// (in its reads, writes and wait loops), rolls back and releases its locks itself; a killer therefore looks again
// until they are free. A transaction past [State.EnterCommit] and an irrevocable one cannot be killed.
//
// Invariants:
//   - A State is written by its own thread only, except for the status word and the fields that are atomic.
//   - Managers keep their shared state (tokens, queues, counters) in the Manager value: nothing here is global.
//   - A policy never blocks inside Manager.Conflict: it answers Wait, and State.Conflict waits, polling for kills.
package contention

import (
	"unsafe"

	"gilt/internal/machine"
)

// Kind says what clashes with what, from the point of view of the transaction that found the conflict.
type Kind uint8

// The kinds.
const (
	WW Kind = iota // I write what the enemy writes
	WR             // I write what the enemy reads (visible readers only)
	RW             // I read what the enemy writes
)

// String returns WW, WR or RW.
func (k Kind) String() string { return [...]string{"WW", "WR", "RW"}[k] }

// Phase says how far the transaction that found the conflict is.
type Phase uint8

// The phases.
const (
	Executing  Phase = iota // it runs its body
	Committing              // it holds, or collects, its commit locks
)

// String returns executing or committing.
func (p Phase) String() string { return [...]string{"executing", "committing"}[p] }

// Action is what to do about a conflict.
type Action uint8

// The actions. State.Conflict never returns AbortOther: it carries the kill out, and says Wait (look again).
const (
	AbortSelf  Action = iota // roll myself back
	AbortOther               // kill the enemy
	Wait                     // wait, then look again
	Split                    // roll myself back, and end my slice earlier next time at this code site
)

// String is the action's name.
func (a Action) String() string { return [...]string{"abort-self", "abort-other", "wait", "split"}[a] }

// Decision is a manager's answer to a conflict.
type Decision struct {
	Action Action
	// Wait is how long to wait, in ns. The wait ends early when the enemy's attempt ends or when the waiter is
	// killed. Fixed waits of published policies are upper bounds for that reason.
	Wait int64
}

// Conflict is what a manager is told about a clash. It is valid during the call only.
type Conflict struct {
	Me    *State
	Enemy *State // nil when the enemy is unknown or has committed
	Word  Word   // the enemy's status word, read while it was the enemy
	Kind  Kind
	Phase Phase
	// Object identifies what is fought about (an orec, a header). It is never dereferenced.
	Object unsafe.Pointer
	// Tries counts the earlier decisions about this object against this enemy's attempt: 0 at the first.
	Tries int
}

// Manager is a contention manager. Its hooks are called by State only; one Manager serves all the transactions of
// a system, from many threads at once.
type Manager interface {
	// Name is the policy's name, as New takes it.
	Name() string
	// Begin is called before an attempt starts and may wait. Without Traits.WantsBegin it is called only for
	// attempts that follow an abort.
	Begin(p *machine.Proc, s *State)
	// Open is called at an attempt's first access to an object; only with Traits.WantsOpen.
	Open(s *State, key uint64, write bool)
	// Conflict decides about a clash with a live, known enemy, or with an unknown one (Enemy is nil).
	Conflict(p *machine.Proc, c *Conflict) Decision
	// Aborted is called after the rollback, with no locks held: policies back off here. enemy is nil if unknown.
	Aborted(p *machine.Proc, s *State, enemy *State)
	// Committed is called when a transaction has ended for good (also by an exception). Without
	// Traits.WantsCommitted it is called only when the transaction met a conflict or aborted before.
	Committed(p *machine.Proc, s *State)
	// Retrying is called before a transaction goes to sleep in retry: tokens must be given back.
	Retrying(p *machine.Proc, s *State)
	// Traits says what the policy needs and does.
	Traits() Traits
}

// Traits says what a policy needs from an algorithm and what it does; see Matters.
type Traits struct {
	KnownEnemy     bool // its conflict rule compares both sides, or kills: it needs a live, known enemy
	VisibleReaders bool // part of its rule is about readers, which somebody must be able to see
	WantsBegin     bool // call Begin before every attempt, not only after aborts
	WantsOpen      bool // call Open at the first access to each object
	WantsCommitted bool // call Committed after every transaction, not only after troubled ones
	Serialises     bool // may wait in Begin
	BacksOff       bool // does something about aborts whose enemy is unknown (waits in Aborted)
	Prioritises    bool // raises State.Priority, which an algorithm with visible marks honours
	Splits         bool // may answer Split
	Deadline       bool // waits at restart for the contended lock or enemy: needs to know one of them
}

// Info describes a policy for lists.
type Info struct {
	Name       string
	Summary    string // one line
	Paper      string
	Parameters []Parameter
	Traits     Traits
}

// Parameter is a number that a policy's rule contains.
type Parameter struct {
	Name  string
	Value float64 // the default
	Doc   string
}

// Observer watches contention: kills, waits, begins and ends. It is called on the acting thread, so it must
// synchronise by itself; a nil Observer costs nothing.
type Observer interface {
	Event(p *machine.Proc, e Event)
}

// EventKind says what an Event is.
type EventKind uint8

// The kinds of events.
const (
	EventBegin   EventKind = iota // an attempt starts; Ns is the time spent waiting to begin
	EventCommit                   // a transaction has committed
	EventAbort                    // an attempt has been rolled back; Ns is the time spent in it, if known
	EventKill                     // Me has killed Enemy
	EventWait                     // Me has waited Ns for Enemy; Outcome is Enemy's status afterwards
	EventBackoff                  // Me has waited Ns after an abort
)

// Event is one thing that happened between transactions.
type Event struct {
	Kind      EventKind
	Me, Enemy *State // Enemy may be nil
	At        int64  // machine time, ns
	Ns        int64
	// EnemyEpoch is the number of the enemy's attempt that was waited for or killed (Word.Epoch). Numbers grow only
	// under algorithms whose transactions can be killed.
	EnemyEpoch uint64
	Epoch      uint64 // the same of Me's attempt
}
