package stm

import (
	"context"
	"sync/atomic"
)

// Read-only transactions that log nothing.
//
// A transaction that is known to write nothing needs no read log as long as its snapshot does not move: everything that it
// accepts belongs to the snapshot, and it is serialised there. When it meets a word that is newer it cannot extend,
// for there is nothing to validate; it starts again with a snapshot of now. After a few such restarts it logs its reads as
// any other transaction does, and is then as sure to end as they are.

// viewRestarts is after how many failed attempts a read-only transaction logs its reads.
const viewRestarts = 3

// reader is the algorithm of such a transaction: the system's own without a log.
type reader struct {
	algorithm
	fast  bool   // the algorithm reads by ownership records: the quick way is right
	plain bool   // and nobody wants to hear of the attempt: it begins and ends the quick way too
	moved uint64 // extensions so far
}

// View runs op as a read-only transaction of the default system. Setting a Var in it panics. It logs nothing, so long
// traversals cost neither memory nor validation; and its result is consistent, but may be that of a moment before it
// returns (Atomically validates once more at the end). Retry works.
func View[R any](op Operation[R]) R { return ViewIn(nil, op) }

// ViewIn is View for the system s; nil is the default one.
func ViewIn[R any](s *System, op Operation[R]) (result R) {
	if s == nil {
		s = DefaultSystem()
	}
	tx := s.enter()
	for n := 0; ; n++ {
		var ok, logged bool
		if n == 0 && tx.beginPlainView() {
			if ok = attempt(tx, op, &result); ok && len(tx.writes) == 0 && tx.mode == modeOther {
				tx.finishPlainView()
				return result
			}
		} else {
			tx.Begin()
			logged = n >= viewRestarts || !tx.beginView(n > 0)
			ok = attempt(tx, op, &result)
		}
		if tx.lib.reader != nil && !logged {
			tx.endView()
			if !ok && tx.lib.signal == signalRetry && tx.mode != modeDoomed {
				n = viewRestarts // to sleep it must know what it has read
				tx.lib.signal = signalAbort
			}
		}
		if ok && len(tx.writes) != 0 {
			tx.Abandon()
			tx.forget()
			tx.endCall()
			panic(setInView)
		}
		if ok && tx.Commit() {
			break
		}
		tx.anew(context.Background(), codeOf(op))
	}
	tx.finished()
	return result
}

const setInView = "stm: Set in a read-only transaction (View)"

// beginPlainView is Begin and beginView in one, for descriptors that have been here before; false means that it is not
// as simple as that.
func (tx *Tx) beginPlainView() bool {
	r := tx.lib.reader
	if r == nil || !r.plain || tx.mode != modeIdle {
		return false
	}
	tx.cm.Begin(tx.p)
	if len(tx.reads)|len(tx.values)|len(tx.writes) != 0 {
		tx.resetLogs()
	}
	tx.newer, tx.stamps = false, false
	tx.saved, tx.extensions = 0, 0
	tx.why.Reason = NotAborted
	r.moved = tx.stats.Extensions
	tx.lib.began, tx.lib.glances = false, true
	tx.alg = r
	tx.mode = modeOther
	return true
}

// finishPlainView is the commit and the end of such a transaction, which has logged nothing.
func (tx *Tx) finishPlainView() {
	tx.endView()
	tx.mode = modeIdle
	tx.key = tx.snapKey<<1 | 1
	tx.stats.Commits++
	tx.stats.ReadOnly++
	tx.cm.Committed(tx.p)
	if tx.untilFlush--; tx.untilFlush <= 0 {
		tx.FlushStats()
	}
	if lib := &tx.lib; lib.kept && lib.commits == nil && lib.aborts == nil && len(lib.names)+len(lib.woken) == 0 && !lib.admitted {
		publish(&lib.slot.g, 0)
		return
	}
	tx.finishedWith()
}

// beginView makes the attempt, which has just begun, one that logs nothing.
func (tx *Tx) beginView(now bool) bool {
	if tx.mode != modeLazy && tx.mode != modeOther || tx.s.info.Foreign {
		return false // fault injection counts accesses one by one
	}
	if now && !tx.Extend() {
		return false
	}
	r := tx.lib.reader
	if r == nil {
		r = &reader{algorithm: tx.s.alg, fast: tx.s.alg.holds() && !tx.s.alg.inPlace()}
		r.plain = tx.ordinary == modeLazy && !tx.s.attended && !tx.s.watched && !tx.s.keyed && tx.s.clk == clockStriped
		tx.lib.reader = r
	}
	tx.lib.began, r.moved = false, tx.stats.Extensions
	tx.alg = r
	tx.mode = modeOther
	tx.lib.glances = r.fast && !tx.p.Simulated()
	return true
}

// endView gives the attempt its algorithm back, for commit or rollback.
func (tx *Tx) endView() {
	tx.alg = tx.s.alg
	tx.lib.glances = false
}

// glance is the quick way of load; false means that it does not do.
func (r *reader) glance(tx *Tx, o *Orec, c *Word) (Word, bool) {
	v := o.w.Load()
	w := Word{P: atomic.LoadPointer(&c.P)}
	w.B = atomic.LoadUint64(&c.B)
	ok := v&lockBit == 0 && o.w.Load() == v && seqOf(v) <= tx.seen[stripeOf(v)]
	if ok {
		tx.lib.began = true
	}
	return w, ok
}

func (r *reader) load(tx *Tx, o *Orec, c *Word) (Word, bool) {
	if tx.lib.glances {
		if w, ok := r.glance(tx, o, c); ok {
			return w, true
		}
	}
	w, ok := r.algorithm.unlogged(tx, o, c)
	if !ok {
		return w, false
	}
	if tx.stats.Extensions != r.moved {
		if tx.lib.began {
			return Word{}, tx.doom(Conflict{ReadVersion, o, c, -1, -1})
		}
		r.moved = tx.stats.Extensions
	}
	tx.lib.began = true
	return w, true
}

func (r *reader) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) { return r.load(tx, o, c) }

func (r *reader) store(*Tx, *Orec, *Word, Word, bool) bool { panic(setInView) }

func (r *reader) validate(*Tx) bool { return true }

func (r *reader) extend(tx *Tx) bool {
	return !tx.lib.began || tx.doom(Conflict{ReadVersion, nil, nil, -1, -1})
}

func (r *reader) irrevocable(*Tx) bool { panic("stm: Irrevocably in a read-only transaction (View)") }
