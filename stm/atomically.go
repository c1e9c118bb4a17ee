package stm

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Transactions as functions: what Go programs use on top of the descriptors of tx.go.
//
// A transaction is an [Operation], called once per attempt. Whatever dooms an attempt in the middle of the operation
// (a read that finds its snapshot overtaken, Retry) unwinds it by a panic with a private value, which one deferred
// call per attempt catches; an attempt that fails at its commit needs no panic. The operation's own panics, and
// runtime.Goexit, are never caught: the attempt is rolled back on their way.
//
// Invariants: a descriptor that is in the pool is idle and holds nothing; whatever way an operation ends, its descriptor
// goes back, its goroutine's mark is cleared, and only then hooks run.

// Operation is a transaction as a function. It may be called several times, so it should do nothing that cannot be
// repeated, apart from setting Vars and what it leaves to [Tx.OnCommit].
type Operation[R any] func(*Tx) R

// VoidOperation makes an Operation of a function without a result.
func VoidOperation(f func(*Tx)) Operation[struct{}] {
	return func(tx *Tx) struct{} {
		f(tx)
		return struct{}{}
	}
}

// signal is why the library itself unwinds an operation.
type signal uint8

const (
	signalNone  signal = iota
	signalAbort        // the attempt is doomed
	signalRetry        // the operation waits for a change
)

// unwinding is the panic's value. Its text is seen only by operations that recover what is not theirs.
type unwinding struct{}

func (*unwinding) Error() string { return "stm: the attempt is being given up; do not recover this" }

var unwind = &unwinding{}

// session is what the library keeps in a descriptor.
type session struct {
	signal   signal
	returned bool // the operation has returned
	glances  bool // in a read-only transaction that reads by ownership records
	began    bool // such a transaction has read something
	pooled   bool // belongs to the system's pool, is not a caller's own
	kept     bool // belongs to its slot
	overflow bool // the goroutine is marked in the slot's list
	woke     bool // a commit has woken somebody since the last sleep
	admitted bool // woken by the antechamber, which wants to know when the attempt has ended
	waits    uint8
	vain     bool          // the transaction has slept before
	stage    atomic.Uint32 // where the transaction is in the antechamber
	slot     *mark         // where the goroutine is marked; nil if goroutines have no identity
	commits  []func()
	aborts   []func()
	names    []string // named Vars that were read
	reader   *reader  // read-only transactions' algorithm
	record   sleepRecord
	woken    []*Tx // sleepers that the commit has disarmed, to be unparked at the end of the call
}

// check panics when tx is not in a transaction.
func (tx *Tx) check(what string) {
	switch {
	case tx == nil:
		panic("stm: " + what + " with a nil Tx: outside a transaction")
	case !tx.Active():
		panic("stm: " + what + " outside a transaction (the Tx was kept after its end?)")
	}
}

// unwind leaves the operation of a doomed attempt.
func (tx *Tx) unwind() {
	if tx.lib.signal == signalNone {
		tx.lib.signal = signalAbort
	}
	panic(unwind)
}

// giveUp ends a transaction that its operation has left. An irrevocable one cannot be taken back: what it has written stays.
func (tx *Tx) giveUp() {
	aborts := tx.lib.aborts
	tx.endView()
	if tx.mode == modeIrrevocable {
		tx.Commit()
		aborts = nil
	} else if tx.mode != modeIdle {
		tx.Abandon()
	}
	tx.lib.aborts, tx.lib.commits = nil, nil
	tx.endCall()
	for _, f := range aborts {
		f()
	}
}

// endCall gives back what belongs to the call and not to the attempt.
func (tx *Tx) endCall() {
	tx.lib.signal = signalNone
	tx.lib.vain = false
	if len(tx.lib.woken) != 0 {
		tx.rouse()
	}
	if tx.lib.admitted {
		tx.s.pool.Load().ante.left(tx)
	}
	if tx.lib.pooled {
		tx.s.leave(tx)
	}
}

// attempt calls the operation once; false means that it was unwound by the library, or wants to be.
func attempt[R any](tx *Tx, op Operation[R], out *R) bool {
	lib := &tx.lib
	lib.returned = false
	defer func() { // not a function of its own: recover, which looks who has called it, takes longer there
		switch {
		case lib.returned:
		case lib.signal == signalNone:
			tx.giveUp() // the operation's own panic, or Goexit, goes on after this
		default:
			if r := recover(); r != any(unwind) {
				tx.giveUp()
				if r != nil {
					panic(r) // a panic of the operation's own deferred calls
				}
			}
		}
	}()
	r := op(tx)
	lib.returned = true
	*out = r
	return lib.signal == signalNone
}

// Atomically runs op as a transaction of the [DefaultSystem] system and returns its result. It blocks while op calls
// [Tx.Retry]. It panics when called from within an operation: transactions nest by calling operations directly, or by
// [Nest] and [Select].
func Atomically[R any](op Operation[R]) R { return AtomicallyIn(nil, op) }

// AtomicallyIn is Atomically for the system s; nil is the default one.
func AtomicallyIn[R any](s *System, op Operation[R]) (result R) {
	if s == nil {
		s = DefaultSystem()
	}
	tx := s.enter()
	for {
		tx.Begin()
		if attempt(tx, op, &result) && tx.conclude() {
			break
		}
		tx.anew(context.Background(), codeOf(op))
	}
	tx.finished()
	return result
}

// AtomicallyOn is Atomically on a descriptor of the caller's own ([System.NewTx]): for threads of a machine that the
// program has made itself.
func AtomicallyOn[R any](tx *Tx, op Operation[R]) (result R) {
	for {
		tx.Begin()
		if attempt(tx, op, &result) && tx.conclude() {
			break
		}
		tx.anew(context.Background(), codeOf(op))
	}
	tx.finished()
	return result
}

// AtomicallyContext is Atomically until ctx is done: then it returns [context.Cause] of ctx, and op has had no effect. The
// context is looked at before each attempt and while the transaction sleeps, not while op runs.
func AtomicallyContext[R any](ctx context.Context, op Operation[R]) (R, error) {
	return AtomicallyContextIn(ctx, DefaultSystem(), op)
}

// AtomicallyContextIn is AtomicallyContext for the system s.
func AtomicallyContextIn[R any](ctx context.Context, s *System, op Operation[R]) (result R, err error) {
	if err := context.Cause(ctx); err != nil {
		return result, err
	}
	tx := s.enter()
	for {
		tx.Begin()
		if attempt(tx, op, &result) && tx.conclude() {
			break
		}
		if err := tx.anew(ctx, codeOf(op)); err != nil {
			tx.cancelled()
			var zero R
			return zero, err
		}
	}
	tx.finished()
	return result, nil
}

// AtomicallyIrrevocable runs op as an irrevocable transaction of the default system: it is called once, cannot abort,
// and may therefore have effects outside. One such transaction runs at a time; Retry in it panics. If op panics, what it
// has written so far is committed, since it cannot be taken back.
func AtomicallyIrrevocable[R any](op Operation[R]) R {
	return AtomicallyIrrevocableIn(DefaultSystem(), op)
}

// AtomicallyIrrevocableIn is AtomicallyIrrevocable for the system s.
func AtomicallyIrrevocableIn[R any](s *System, op Operation[R]) (result R) {
	tx := s.enter()
	tx.BeginIrrevocable()
	if attempt(tx, op, &result) && tx.conclude() {
		tx.finished()
		return result
	}
	panic("stm: an irrevocable transaction has failed")
}

// Irrevocably makes the running transaction irrevocable: when it returns, the transaction cannot abort any more, and the
// operation may do what cannot be taken back. When another transaction is irrevocable, or what was read has changed,
// the attempt is given up and the operation starts again.
func (tx *Tx) Irrevocably() {
	tx.check("Irrevocably")
	if !tx.BecomeIrrevocable() {
		tx.unwind()
	}
}

// conclude commits the attempt whose operation has returned. A transaction that has only read validates what it has
// read: so its values were current when it ended, not only consistent with each other.
func (tx *Tx) conclude() bool {
	if tx.mode == modeLazy {
		if len(tx.writes) == 0 && !tx.current() {
			return false
		}
	} else if len(tx.writes) == 0 && tx.Active() && !tx.Validate() {
		return false
	}
	return tx.Commit()
}

// current is Validate under lazy, quick when nothing has changed.
func (tx *Tx) current() bool {
	reads := tx.reads
	for i := range reads {
		if reads[i].o.w.Load() != reads[i].v {
			return tx.Validate()
		}
	}
	return true
}

// finished does what follows a commit: the descriptor goes back, then the hooks run.
func (tx *Tx) finished() {
	lib := &tx.lib
	if lib.kept && lib.commits == nil && lib.aborts == nil && len(lib.names)+len(lib.woken) == 0 && !lib.admitted {
		lib.signal, lib.vain = signalNone, false
		publish(&lib.slot.g, 0)
		return
	}
	tx.finishedWith()
}

// finishedWith is finished when there is something to do.
func (tx *Tx) finishedWith() {
	lib := &tx.lib
	if lib.commits == nil && lib.aborts == nil && len(lib.names) == 0 {
		tx.endCall()
		return
	}
	commits := lib.commits
	lib.commits, lib.aborts, lib.names = nil, nil, lib.names[:0]
	tx.endCall()
	for _, f := range commits {
		f()
	}
}

// cancelled ends the call after its attempt was rolled back.
func (tx *Tx) cancelled() {
	tx.cm.Abandoned(tx.p)
	tx.finished()
}

// anew rolls a failed attempt back, sleeps if the operation wants that, and returns when the next attempt may begin, or
// the context's error.
func (tx *Tx) anew(ctx context.Context, code uintptr) error {
	lib := &tx.lib
	if lib.admitted && lib.signal == signalRetry {
		tx.s.pool.Load().ante.left(tx)
	}
	retry := lib.signal == signalRetry && tx.mode != modeDoomed
	lib.signal = signalNone
	if retry {
		if !tx.depends() {
			tx.Abandon()
			tx.forget()
			tx.endCall()
			panic("stm: Retry in a transaction that has read nothing: it would sleep for ever")
		}
		tx.Abort(RetryWait)
	}
	if tx.Active() {
		if tx.mode != modeDoomed {
			tx.Abort(Explicit)
		}
		tx.Rollback()
	}
	lib.commits = nil
	if lib.aborts != nil {
		tx.runAborts()
	}
	var err error
	if ctx.Done() != nil {
		err = context.Cause(ctx)
	}
	if retry && err == nil {
		err = tx.sleep(ctx, code)
	}
	lib.names = lib.names[:0]
	return err
}

// runAborts runs the abort hooks between two attempts.
func (tx *Tx) runAborts() {
	aborts, done := tx.lib.aborts, false
	tx.lib.aborts = nil
	defer func() {
		if !done {
			tx.endCall() // a hook has panicked
		}
	}()
	for _, f := range aborts {
		f()
	}
	done = true
}

// forget drops the hooks of an attempt.
func (tx *Tx) forget() {
	tx.lib.commits, tx.lib.aborts, tx.lib.names = nil, nil, tx.lib.names[:0]
}

// depends says whether the attempt has read something that can change.
func (tx *Tx) depends() bool {
	return tx.ReadSet() != 0 || tx.alg.unlisted() && tx.touched
}

const (
	waitSpins  = 8  // rounds that a transaction looks for a change before it sleeps: a microsecond or two
	missLimit  = 8  // waits in a row, of all goroutines, that ended in sleep, after which they look only once in
	probeEvery = 16 // so many waits
)

// sleep returns when something that the last attempt has read has changed, or with the context's error. A transaction
// that has slept before, and for nothing, lets others run first: the changes that they make cost it one attempt then, not
// one each.
//
// The way down from here is kept short: it should fit on the stack that a goroutine begins with.
func (tx *Tx) sleep(ctx context.Context, code uintptr) (err error) {
	lib := &tx.lib
	if !tx.glimpse() {
		if lib.pooled {
			if lib.waits%probeEvery == 0 {
				tx.FlushStats() // who sleeps much should not be missing in the system's sum
			}
			lib.record.sleeps(tx, code)
			publish32(&lib.stage, stageDozing) // before the descriptor is armed
		}
		w := machine.Wait{What: "retry", Owner: -1}
		if !lib.pooled {
			w.Where = strings.Join(lib.names, ", ") // reports of deadlocks know the threads of a machine only
		}
		if ctx.Done() != nil {
			err = tx.await(ctx, w)
		} else {
			for !tx.WaitChange(w, 0) {
				continue // an Interrupt that was meant for an earlier transaction of the descriptor
			}
		}
		if lib.pooled {
			tx.awoken()
			lib.record.wakes()
		}
	}
	if lib.vain && lib.pooled {
		tx.p.Yield()
	}
	lib.vain = true
	tx.foresee()
	return err
}

// foresee begins the snapshot of the next attempt where it will be needed first: at the change that has ended the sleep, which
// would be newer than the snapshot and make the attempt extend it. Between attempts nothing has been read that this could
// invalidate.
func (tx *Tx) foresee() {
	if tx.s.clk != clockStriped {
		return
	}
	for i := range tx.reads {
		if e := &tx.reads[i]; tx.look(e.o) != e.v {
			if v := tx.look(e.o); v&lockBit == 0 && tx.sawNewer(v) {
				tx.seen[stripeOf(v)] = seqOf(v)
			}
			return
		}
	}
}

// glimpse looks for a change for a moment, bounded, if the transaction's waits are short: to be woken costs a few
// microseconds when the other goroutine runs on another processor. Not so when the transaction before has just woken
// somebody: that one is the next to run on this processor, as soon as this goroutine sleeps.
func (tx *Tx) glimpse() bool {
	lib, k := &tx.lib, tx.s.goPool()
	lib.waits++
	woke := lib.woke
	lib.woke = false
	if woke || tx.s.spinYield == 1 || tx.p.Simulated() {
		return false
	}
	misses := k.misses.Load()
	if misses >= missLimit && lib.waits%probeEvery != 0 {
		return false
	}
	for i := range waitSpins {
		if tx.alg.changed(tx) {
			if misses != 0 {
				k.misses.Store(0)
			}
			return true
		}
		tx.p.Spin(min(i, 5))
	}
	if misses < missLimit {
		k.misses.Add(1)
	}
	return false
}

// await is WaitChange until there is a change, or the context is done.
func (tx *Tx) await(ctx context.Context, w machine.Wait) error {
	stop := context.AfterFunc(ctx, func() { tx.Interrupt(nil) })
	defer stop()
	for !tx.WaitChange(w, 0) {
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	return nil
}

// codeOf is where an operation's code begins: its name in dumps.
func codeOf[R any](op Operation[R]) uintptr { return **(**uintptr)(unsafe.Pointer(&op)) }

// String identifies the descriptor.
func (tx *Tx) String() string { return fmt.Sprintf("%[1]T %[1]p", tx) }
