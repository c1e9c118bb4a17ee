package stm

import (
	"sync"
	"sync/atomic"
	"time"
)

// The antechamber: where goroutines that a commit has woken wait for their turn.
//
// When a thousand transactions sleep for one Var, one commit wakes all of them, and nearly all of them go to sleep again. To
// make them all runnable at once would also put whoever could do something useful (the producer) at the end of the
// scheduler's queue. So the woken ones queue here, and a few are let out at a time: the next when one of them has committed
// or sleeps again. Those who wait here see the latest state when their turn comes, and need not be woken again for
// what has changed in the meantime. Every other place goes to the one who came last: whoever can do something useful has
// often gone to sleep last, and would otherwise wait behind all those who cannot; the other half keeps the order, so that
// nobody starves.
//
// Nobody can be stuck: if those who were let out do not come to an end (their operations block on something else),
// a timer lets out as many again.

const (
	antePlaces   = 4 // goroutines let out at a time, for each core
	antePatience = time.Millisecond
)

// Stages of a session.
const (
	stageAwake    uint32 = iota
	stageDozing          // asleep, or about to be
	stageQueued          // woken, not yet let out
	stageAdmitted        // let out
	stageLoose           // woken without having queued
)

type antechamber struct {
	mu      sync.Mutex
	queue   []*Tx // from first on
	first   int
	waiting atomic.Int32 // how many are queued
	out     int          // let out, and not yet at the end of the attempt
	places  int
	extra   int  // places added because those who are out take long
	last    bool // the next place goes to the one who came last
	timer   *time.Timer
	ticking bool
}

// rouse wakes the sleepers that the transaction, which has just committed, has disarmed. It is not done in the commit itself,
// where the stack is deep: the stacks of young goroutines would have to grow for it.
//
// A few are woken without further ado; only herds, and who comes while one waits, have to queue.
func (tx *Tx) rouse() {
	lib := &tx.lib
	lib.woke = true
	a := &tx.s.pool.Load().ante
	if len(lib.woken) <= a.places && a.waiting.Load() == 0 {
		for _, w := range lib.woken {
			w.lib.stage.CompareAndSwap(stageDozing, stageLoose)
			w.p.Unpark(nil)
		}
	} else {
		a.receive(lib.woken)
	}
	if len(lib.woken) == 1 {
		lib.woken[0] = nil
	} else {
		clear(lib.woken)
	}
	lib.woken = lib.woken[:0]
}

// receive queues a herd.
func (a *antechamber) receive(herd []*Tx) {
	a.mu.Lock()
	for _, w := range herd {
		if w.lib.stage.CompareAndSwap(stageDozing, stageQueued) {
			a.queue = append(a.queue, w)
		} else {
			w.p.Unpark(nil)
		}
	}
	a.admit()
	a.mu.Unlock()
}

// admit lets out as many as there are places. The lock is held.
func (a *antechamber) admit() {
	for a.out < a.places+a.extra && a.first < len(a.queue) {
		i := a.first
		if a.last = !a.last; a.last {
			i = len(a.queue) - 1
		}
		tx := a.queue[i]
		a.queue[i] = nil
		if i == a.first {
			a.first++
		} else {
			a.queue = a.queue[:i]
		}
		// Who is no longer queued has woken by itself, for its context or by a stray permit.
		if tx.lib.stage.CompareAndSwap(stageQueued, stageAdmitted) {
			a.out++
			tx.p.Unpark(nil)
		}
	}
	a.waiting.Store(int32(len(a.queue) - a.first))
	switch {
	case a.first == len(a.queue):
		a.queue, a.first = a.queue[:0], 0
	case a.first > 1024 && a.first > len(a.queue)/2:
		n := copy(a.queue, a.queue[a.first:])
		clear(a.queue[n:])
		a.queue, a.first = a.queue[:n], 0
	}
	if a.first < len(a.queue) && !a.ticking {
		a.ticking = true
		if a.timer == nil {
			a.timer = time.AfterFunc(antePatience, a.late)
		} else {
			a.timer.Reset(antePatience)
		}
	}
}

// late is the timer's: more places, as long as there is a queue.
func (a *antechamber) late() {
	a.mu.Lock()
	a.ticking = false
	if a.first < len(a.queue) {
		a.extra += a.places
		a.admit()
	}
	a.mu.Unlock()
}

// left says that somebody who was let out has come to an end.
func (a *antechamber) left(tx *Tx) {
	tx.lib.admitted = false
	a.mu.Lock()
	a.out--
	if a.extra > 0 {
		a.extra--
	}
	if a.first < len(a.queue) {
		a.admit()
	}
	a.mu.Unlock()
}

// dozeOn is called by a sleeper that was woken for nothing, before it sleeps on.
func (tx *Tx) dozeOn() {
	if tx.lib.stage.Load() != stageAwake && tx.lib.stage.Swap(stageDozing) == stageAdmitted {
		tx.s.pool.Load().ante.left(tx)
	}
}

// awoken is the sleeper's own end of it.
func (tx *Tx) awoken() {
	stage := &tx.lib.stage
	was := stage.Load()
	if was == stageAdmitted || was == stageLoose { // nobody changes it any more
		publish32(stage, stageAwake)
	} else {
		was = stage.Swap(stageAwake)
	}
	tx.lib.admitted = was == stageAdmitted
}
