package stm

import "context"

// Waiting for a change, alternatives, closed nesting.

// Retry gives the attempt up and runs the operation again when something that it has read has changed; until then the
// goroutine sleeps. Inside Select, the next alternative is tried first. It does not return: its result is there so that
// it can stand in a return statement.
func (tx *Tx) Retry() struct{} {
	tx.check("Retry")
	if tx.Irrevocable() {
		panic("stm: Retry in an irrevocable transaction")
	}
	if tx.lib.signal == signalNone {
		tx.lib.signal = signalRetry
	}
	panic(unwind)
}

// Assert is Retry unless p holds.
func (tx *Tx) Assert(p bool) {
	if !p {
		tx.Retry()
	}
}

// place is a point of an attempt that it can be taken back to: what it has set, and its hooks.
type place struct {
	sp              Savepoint
	commits, aborts int
}

func (tx *Tx) mark() place {
	return place{tx.Savepoint(), len(tx.lib.commits), len(tx.lib.aborts)}
}

// backTo takes back what was set since p, and forgets the commit hooks. Abort hooks since then run now: what they
// undo has just been given up.
func (tx *Tx) backTo(p place) {
	tx.RollbackTo(p.sp)
	clear(tx.lib.commits[p.commits:])
	tx.lib.commits = tx.lib.commits[:p.commits]
	undo := append([]func(){}, tx.lib.aborts[p.aborts:]...)
	tx.lib.aborts = tx.lib.aborts[:p.aborts]
	for _, f := range undo {
		f()
	}
}

// try runs an operation inside the running transaction. blocked says that it has called Retry; then what it has set is
// taken back. What it has read stays read: a sleeping transaction wakes when any of it changes.
func try[R any](tx *Tx, op Operation[R]) (result R, blocked bool) {
	p := tx.mark()
	returned := false
	defer func() {
		if returned || tx.lib.signal != signalRetry {
			return // also for panics of the operation's own, and when the attempt is doomed
		}
		if r := recover(); r != any(unwind) {
			panic(r)
		}
		tx.lib.signal = signalNone
		tx.backTo(p)
		blocked = true
	}()
	result = op(tx)
	returned = tx.lib.signal != signalRetry // an operation may have recovered from its own Retry
	if !returned {
		panic(unwind)
	}
	return result, false
}

// Select makes an operation of alternatives: it runs the first; if that calls Retry, what it has set is taken back and
// the next one runs, and so on. If all of them call Retry, so does the operation: it runs again when anything that
// any of them has read has changed.
func Select[R any](fns ...Operation[R]) Operation[R] {
	return func(tx *Tx) R {
		for i, f := range fns {
			if i == len(fns)-1 {
				return f(tx)
			}
			if r, blocked := try(tx, f); !blocked {
				return r
			}
		}
		tx.Retry()
		panic("unreachable")
	}
}

// Nest runs an operation inside the running transaction (closed nesting). If op returns an error, what op has set is
// taken back, and the outer operation goes on with the error; a panic takes everything back as usual. What op has
// read, the transaction has read in either case.
func Nest[R any](tx *Tx, op func(*Tx) (R, error)) (R, error) {
	tx.check("Nest")
	p := tx.mark()
	r, err := op(tx)
	if err != nil {
		tx.backTo(p)
	}
	return r, err
}

// Compose makes one operation of several, which run one after the other.
func Compose[R any](fns ...Operation[R]) Operation[struct{}] {
	return VoidOperation(func(tx *Tx) {
		for _, f := range fns {
			f(tx)
		}
	})
}

// WouldBlock says whether fn would block now, that is, call Retry. fn has no effect.
func WouldBlock[R any](fn Operation[R]) bool { return WouldBlockIn(DefaultSystem(), fn) }

// WouldBlockIn is WouldBlock for the system s.
func WouldBlockIn[R any](s *System, fn Operation[R]) (block bool) {
	tx := s.enter()
	for {
		var r R
		tx.Begin()
		if attempt(tx, fn, &r) {
			if tx.Validate() {
				break
			}
		} else if tx.lib.signal == signalRetry && tx.mode != modeDoomed && tx.Validate() {
			block = true
			break
		}
		tx.lib.signal = signalAbort // whatever fn wanted, it has seen the past
		tx.anew(context.Background(), 0)
	}
	if tx.Irrevocable() {
		tx.Commit() // fn cannot be taken back: it has made itself irrevocable
	} else {
		tx.Abandon()
	}
	aborts := tx.lib.aborts
	tx.forget()
	tx.endCall()
	for _, f := range aborts {
		f()
	}
	return block
}

// OnCommit has f called after the transaction has committed, once, in the order of the calls, by the goroutine that ran
// it and outside the transaction: f may have effects, and run transactions. Attempts that fail forget it.
func (tx *Tx) OnCommit(f func()) {
	tx.check("OnCommit")
	tx.lib.commits = append(tx.lib.commits, f)
}

// OnAbort has f called when this attempt has been rolled back, whatever the reason (a conflict, Retry, a panic, the
// context), before the next one: for what the operation has done outside Vars and can undo. f must not run
// transactions.
func (tx *Tx) OnAbort(f func()) {
	tx.check("OnAbort")
	tx.lib.aborts = append(tx.lib.aborts, f)
}
