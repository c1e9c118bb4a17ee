package vm

import (
	"sync/atomic"

	"gilt/vm/object"
)

// Slice length adapts to what happens: it shrinks when slices abort and grows when they commit, between bounds (as
// multiplicative decrease and slower increase do in networks; Odaira, Castaños, Tomari, PPoPP 2014 only ever shrink). A fixed length is an
// option of the run. When most of the work is thrown away although slices are short, transactions do not pay: the thread then runs
// some slices one at a time (serial), which costs about what the GIL costs, and tries again later with longer and longer
// pauses between the tries. A contention manager can ask for a shorter slice too (contention.Split): what was rolled back is then
// tried again up to the middle, whatever the length is otherwise.

// adaptation is what a VM knows of how its slices fare.
type adaptation struct {
	fixed       int // slice length if it does not adapt, else 0
	serial      mutex
	_           [128]byte
	irrevocable atomic.Uint64
}

// pace is a thread's own part of it.
type pace struct {
	length   int // instructions that the next slice aims at
	commits  int // since the last abort
	wasted   int // instructions in attempts that were rolled back, lately
	useful   int // instructions committed, lately
	done     int // instructions committed, and in attempts that were rolled back, since the last word on phases
	lost     int
	attempts int    // that were rolled back
	accesses uint64 // of the thread's transactions, at the last balance
	tried    int    // instructions in the last attempt that was rolled back
	wantSolo bool   // try a solo phase before the next slice
	serial   int    // slices still to be run one at a time
	penalty  int    // how many the next time
	inSerial bool
}

const (
	paceWindow   = 64 * startSlice // instructions after which the balance is struck
	firstPenalty = 64
	maxPenalty   = 1 << 14

	patientFails  = 6  // attempts of a slice that fail before it is made shorter
	lastFails     = 40 // attempts that fail before it runs irrevocably
	shortestSlice = 8
)

func (a *adaptation) lengthOf(t *Thread) int {
	if a.fixed > 0 {
		return a.fixed
	}
	if t.vm.phase.flip {
		return flipSlice
	}
	if t.pace.length == 0 {
		t.pace.length = startSlice
	}
	return t.pace.length
}

// committed notes that the thread's slice has committed.
func (a *adaptation) committed(t *Thread) {
	p := &t.pace
	n := t.slice.used
	p.useful += n
	p.done += n
	t.slice.used = 0
	t.slice.fails = 0
	t.stats.Slices++
	a.leaveSerial(t)
	if p.serial > 0 {
		p.serial--
	}
	if p.commits++; p.commits >= 4 && a.fixed == 0 && p.length < maxSlice {
		p.length += p.length / 4
		p.commits = 0
	}
	a.balance(t)
	t.parallelBalance()
}

// aborted notes that an attempt is being rolled back.
func (a *adaptation) aborted(t *Thread) {
	p := &t.pace
	p.wasted += t.slice.used
	p.lost += t.slice.used
	p.attempts++
	p.tried = t.slice.used
	t.stats.Wasted += uint64(t.slice.used)
	t.slice.used = 0
	p.commits = 0
	a.leaveSerial(t)
	if a.fixed == 0 {
		p.length = max(minSlice, p.length/2)
	}
	a.balance(t)
	t.parallelBalance()
}

// balance decides, now and then, whether the thread goes serial.
func (a *adaptation) balance(t *Thread) {
	p := &t.pace
	if p.useful+p.wasted < paceWindow {
		return
	}
	if !t.vm.phase.on && p.wasted*2 > p.useful && t.Regime == object.RegimeSTM && a.fixed == 0 {
		if p.penalty == 0 {
			p.penalty = firstPenalty
		}
		p.serial = p.penalty
		p.penalty = min(2*p.penalty, maxPenalty)
		p.length = startSlice
	} else if p.penalty > firstPenalty {
		p.penalty /= 2
	}
	p.useful, p.wasted = 0, 0
}

// beforeSlice is called before a transaction begins.
func (a *adaptation) beforeSlice(t *Thread) {
	s := &t.slice
	s.target = a.lengthOf(t)
	if s.fails > 0 && t.Tx.Contention().TakeSplit() { // the contention manager wants what has failed in smaller pieces
		s.target = min(s.target, max(t.pace.tried/2, shortestSlice))
		if a.fixed == 0 {
			t.pace.length = max(minSlice, min(t.pace.length, s.target))
		}
	}
	if s.fails > patientFails {
		// It may be the length itself that makes the slice fail, also where that is fixed; and in the end it must get through. What
		// retries could not, irrevocably; but against aborts that are injected nothing else helps.
		s.target = max(s.target>>min(s.fails-patientFails, 20), shortestSlice)
		s.beginIrrev = s.beginIrrev || s.fails > lastFails && (!s.again || t.vm.Config.AbortEvery != 0)
	}
	if t.pace.serial > 0 && !t.pace.inSerial {
		// What has failed may have been given the way by the contention manager: whoever holds the lock may be waiting for it to commit.
		if t.Tx.Contention().Aborts() > 0 {
			t.pace.inSerial = a.serial.tryLock(t.Proc)
			return
		}
		a.serial.lock(t.Proc)
		t.pace.inSerial = true
	}
}

// leaveSerial gives the lock of serial slices back, if the thread has it.
func (a *adaptation) leaveSerial(t *Thread) {
	if t.pace.inSerial {
		t.pace.inSerial = false
		a.serial.unlock(t.Proc)
	}
}
