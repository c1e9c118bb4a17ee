package vm

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/vm/object"
)

// Phases. Transactions pay where threads work on different data; where they all want the same, a lock is better, and no
// contention manager changes that. So under ModeSTM the VM has two phases, and measures which one is faster for the program as
// it is now:
//
//	parallel  threads run slices as transactions.
//	solo      threads run under the interpreter's lock, as they would under the GIL. No transaction is alive, so objects are
//	          used plainly, and what was shared is claimed for the fast paths of private objects (vm/object/claim.go).
//
// This is the choice between a lock and transactions that adaptive lock elision makes (Usui, Behrends, Evans, Smaragdakis:
// Adaptive Locks, PACT 2009), for a whole interpreter. The measure is instructions committed per time, over all threads. A
// parallel phase whose slices neither fail nor touch shared data is not questioned. Otherwise a short solo phase is tried; the
// better of the two goes on, and the worse is tried again after pauses that double and are long beside what trying costs, or as soon as the better one has become slower
// than the worse was a moment ago.
//
// The gate. A thread that begins a slice in a parallel phase raises its flag (gate.inside), then looks at the phase; who
// ends the parallel phase changes it, then waits until all flags are down (Dekker's protocol: both are sequentially
// consistent). The flag goes down when the slice has committed or has been rolled back. The phase changes only by the holder of the
// interpreter's lock. While a thread is in the middle of an operation in Go that calls back into Python (deep), nothing is
// claimed and no phase ends: the operation may have looked at an object's representation.
//
// In a run that is to be replayed, a solo phase is a sequence of slices like any other: each hold of the lock is one, with a key from
// where the commits draw theirs (stm: DrawKey). No transaction is alive, so it lies behind all before and before all behind.
//
// Phases are off where the slice length is fixed, without the bypass (but for runs that are to be replayed), and in programs that
// use retry, which needs transactions.

// Phase says whether a VM under ModeSTM may leave transactions.
type Phase uint8

// The ways to handle phases.
const (
	PhaseAuto Phase = iota // by measuring
	PhaseOff               // transactions always
	PhaseFlip              // after every few slices, for tests
)

const (
	phaseParallel = iota
	phaseSolo
)

// Durations in nanoseconds, in the machine's time.
const (
	phaseWindow  = 1_000_000 // a rate is measured over so long
	phaseWarm    = 500_000   // a phase runs so long before its rate is measured
	firstHold    = 10_000_000
	maxHold      = 320_000_000
	firstPause   = 20_000_000
	maxPause     = 2_000_000_000
	gatePatience = 2_000_000 // who wants the solo phase waits so long for slices to end

	phaseQuantum  = 8000 // threads report their work in pieces of so many instructions
	phaseAttempts = 50   // or after so many attempts that failed
	soloMargin    = 1.08 // by so much the lock must be faster
	soloClear     = 1.3  // by so much it clearly is
	soloDecay     = 0.85

	accessWeight = 32 // instructions: see lockMayPay
	tryShare     = 20 // a phase lasts at least so many times as long as the last look at the other one has cost

	lowWindows = 3           // after so many windows that the last solo phase has beaten, the next begins
	soloFresh  = 300_000_000 // unless it was longer ago

	soloCheck   = 16 * pollBudget // instructions between two looks at the clock
	flipSlice   = 150             // length of the slices between phases, for tests
	probeClaims = 1_000_000       // ns that claims may take in a probe
	probeWarm   = 4               // a probe is warm after so many times phaseWarm, even if claims still go on
	holdClaims  = 8               // and of a phase that goes on, this part
)

// phases is a VM's part.
type phases struct {
	on    bool
	flip  bool
	never atomic.Bool // the program needs transactions
	state atomic.Uint32

	_        [64]byte
	progress atomic.Int64 // instructions committed since the last balance
	wasted   atomic.Int64
	accesses atomic.Int64 // transactional reads and writes
	since    atomic.Int64 // time of the last balance
	cold     atomic.Bool  // the parallel phase has just begun: threads are woken and fill their caches
	pause    atomic.Int64 // no solo phase is tried before
	_        [64]byte

	mu       sync.Mutex // guards what the balances say
	rate     float64    // instructions per ns of the last parallel window
	soloRate float64    // of the last solo phase
	soloAt   int64      // when that was
	low      int        // parallel windows in a row that were slower than that
	stage    soloStage
	hold     int64
	pausing  int64

	// Of the holder of the interpreter's lock.
	until   int64 // the stage of the solo phase ends
	start   int64
	done    int // instructions since start
	check   int // look at the clock when done is so much
	deep    int // threads in the middle of operations
	begun   int64
	claimed int   // ns that claims had taken by the last look
	before  int   // and when the phase began
	ended   int64 // when the last solo phase was over
	reshare int64 // ns that it took then to publish what was claimed
	stats   PhaseStats
}

// PhaseStats tells what solo phases there were.
type PhaseStats struct {
	Solo      uint64 `json:"solo_phases"`
	Refused   uint64 `json:"solo_phases_refused"` // because a slice did not end
	Bytecodes uint64 `json:"solo_bytecodes"`
	Time      int64  `json:"solo_ns"`
	Claims    uint64 `json:"claims"`
}

type soloStage uint8

const (
	soloWarm    soloStage = iota // the probe, before it is measured
	soloMeasure                  // the probe
	soloHold                     // it is better
	parallelCheck
)

// gate is a thread's flag.
type gate struct {
	_      [64]byte
	inside atomic.Uint32
	deep   atomic.Uint32 // it waits in the middle of an operation
	_      [64]byte
}

func (ph *phases) init(c *Config) {
	ph.on = c.Mode == ModeSTM && c.Phases != PhaseOff && (!c.NoBypass || c.Log != nil) && c.Slice == 0 && c.AbortEvery == 0
	ph.flip = c.Phases == PhaseFlip
	ph.hold, ph.pausing = firstHold, firstPause
}

// NeedTransactions is called by what only transactions can do: from now on there are no solo phases.
func (vm *VM) NeedTransactions(ot *object.Thread) {
	t := of(ot)
	vm.phase.never.Store(true)
	if t.Mixed {
		vm.phase.until = 0
		vm.phase.check = 0
		t.slice.used -= t.left() + 1 // the yield point takes the budget for one that was used up
		t.setBudget(-1)
	}
}

// enterPhase lets the thread into a slice of the present phase: in transactions, with its flag raised, or under the lock.
func (t *Thread) enterPhase() object.Regime {
	ph := &t.vm.phase
	if t.plain { // it has gone on holding the lock since its last slice
		if ph.state.Load() == phaseSolo {
			t.enterSolo()
			return object.RegimePlain
		}
		t.leave()
	}
	for {
		t.Proc.Read(unsafe.Pointer(&ph.state))
		if ph.state.Load() == phaseParallel {
			if t.pace.wantSolo {
				t.pace.wantSolo = false
				if t.loops == 1 && t.goSolo() {
					return object.RegimePlain
				}
			}
			t.vm.adapt.beforeSlice(t)
			t.Proc.EnterSlice()
			t.Proc.RMW(unsafe.Pointer(&t.gate.inside))
			t.gate.inside.Store(1)
			t.Proc.Read(unsafe.Pointer(&ph.state))
			if ph.state.Load() == phaseParallel {
				return object.RegimeSTM
			}
			t.exitGate()
			t.Proc.LeaveSlice()
		}
		t.vm.lock.Acquire(t.member)
		if ph.state.Load() == phaseSolo {
			t.enterSolo()
			return object.RegimePlain
		}
		t.vm.lock.Release(t.member)
	}
}

// exitGate lowers the thread's flag.
func (t *Thread) exitGate() {
	t.Proc.Write(unsafe.Pointer(&t.gate.inside))
	t.gate.inside.Store(0)
}

// goSolo begins a solo phase: it takes the interpreter's lock and waits until all slices have ended.
func (t *Thread) goSolo() bool {
	vm := t.vm
	ph := &vm.phase
	p := t.Proc
	vm.lock.Acquire(t.member)
	if ph.state.Load() == phaseSolo {
		t.enterSolo()
		return true
	}
	p.RMW(unsafe.Pointer(&ph.state))
	ph.state.Store(phaseSolo)
	vm.mu.Lock()
	others := append([]*Thread(nil), vm.threads...)
	vm.mu.Unlock()
	end := p.Now() + gatePatience
	for _, o := range others {
		for i := 0; o != t; i++ {
			p.Read(unsafe.Pointer(&o.gate.inside))
			if o.gate.inside.Load() == 0 {
				break
			}
			if i > 100 && p.Now() > end {
				return t.notSolo()
			}
			p.Spin(i)
		}
		if o.gate.deep.Load() != 0 {
			return t.notSolo()
		}
	}
	if o := vm.Config.Oracle; o != nil {
		o.seal()
	}
	now := p.Now()
	ph.begun, ph.start, ph.done, ph.check = now, now, 0, soloCheck
	ph.deep = 0
	ph.stats.Solo++
	ph.before = vm.Interp.Claimed()
	ph.mu.Lock()
	defer ph.mu.Unlock()
	vm.Interp.BeginSolo(probeClaims)
	if ph.stage == parallelCheck {
		// It has been better before, and still is. What was claimed was published for the check, and is to be claimed again.
		ph.hold = min(max(ph.hold, tryShare*(2*ph.reshare+lost(min(now-ph.ended, 4*phaseWindow), ph.rate, ph.soloRate))), maxHold)
		ph.stage, ph.until = soloHold, now+ph.hold
		vm.Interp.BeginSolo(ph.hold / holdClaims)
		ph.lengthen()
	} else {
		ph.stage, ph.until = soloWarm, now+phaseWarm
		ph.claimed = vm.Interp.Claimed()
	}
	t.enterSolo()
	return true
}

// notSolo gives a solo phase up: a slice does not end.
func (t *Thread) notSolo() bool {
	ph := &t.vm.phase
	ph.stats.Refused++
	ph.mu.Lock()
	ph.stage = soloWarm
	ph.putOff(t.Proc.Now())
	ph.mu.Unlock()
	ph.state.Store(phaseParallel)
	t.vm.lock.Release(t.member)
	return false
}

// putOff lets no solo phase be tried for a while. mu is held.
func (ph *phases) putOff(now int64) {
	ph.pause.Store(now + ph.pausing)
	ph.pausing = min(2*ph.pausing, maxPause)
}

// enterSolo notes that the thread runs under the lock in a solo phase.
func (t *Thread) enterSolo() {
	t.plain, t.Mixed = true, true
	t.Solo = t.deep == 0 && t.vm.phase.deep == 0
	if t.vm.Config.Log != nil {
		t.slice.used, t.slice.inputs = 0, nil
		t.setBudget(pollBudget)
	}
}

// exitSolo notes that it gives the lock up.
func (t *Thread) exitSolo() { t.Mixed, t.Solo = false, false }

// enterOperation and leaveOperation stand around a nested loop: an operation in Go is under way.
func (t *Thread) enterOperation() {
	t.deep++
	if t.Mixed {
		t.Solo = false
		if t.deep == 1 {
			t.vm.phase.deep++
		}
	}
}

func (t *Thread) leaveOperation() {
	t.deep--
	if t.Mixed && t.deep == 0 {
		ph := &t.vm.phase
		ph.deep--
		t.Solo = ph.deep == 0
	}
}

// soloYield is a yield point in a solo phase, after the lock may have been with others.
func (t *Thread) soloYield(used int) {
	ph := &t.vm.phase
	if ph.state.Load() == phaseSolo {
		ph.stats.Bytecodes += uint64(used)
		ph.done += used
		t.Solo = t.deep == 0 && ph.deep == 0
		if ph.done < ph.check && !ph.flip {
			return
		}
		ph.check = ph.done + soloCheck
		if !t.soloOver() {
			return
		}
		if ph.deep != 0 || t.loops != 1 || t.slice.atomic > 0 {
			return // not now
		}
		t.logSolo(endCut)
		t.endSolo()
	}
	// The phase has ended, by this thread or by another one.
	t.leave()
	if t.loops == 1 {
		t.begin()
	} else {
		t.beginInside()
	}
}

// soloOver says whether the solo phase has lasted long enough, and draws conclusions.
func (t *Thread) soloOver() bool {
	ph := &t.vm.phase
	if ph.flip {
		return ph.done >= int(ph.stats.Solo%4)*pollBudget // some are long enough to change hands
	}
	now := t.Proc.Now()
	if now < ph.until {
		return false
	}
	if ph.never.Load() {
		return true
	}
	ph.mu.Lock()
	defer ph.mu.Unlock()
	rate := float64(ph.done) / float64(max(now-ph.start, 1))
	switch ph.stage {
	case soloWarm:
		if c := t.Interp.Claimed(); c-ph.claimed > phaseWarm/8 && now-ph.begun < probeWarm*phaseWarm {
			ph.claimed, ph.until = c, now+phaseWarm/2
			return false
		}
		ph.stage, ph.until = soloMeasure, now+phaseWindow
		ph.start, ph.done, ph.check = now, 0, soloCheck
		return false
	case soloMeasure:
		ph.measured(rate, now)
		if rate > soloMargin*ph.rate {
			ph.stage, ph.until = soloHold, now+ph.hold
			ph.lengthen()
			ph.start, ph.done, ph.check = now, 0, soloCheck
			t.Interp.BeginSolo(ph.hold / holdClaims)
			return false
		}
		ph.stage = soloWarm
		ph.hold = firstHold
		// What was claimed is yet to be published.
		cost := 2*int64(t.Interp.Claimed()-ph.before) + lost(now-ph.begun, rate, ph.rate)
		ph.pausing = min(max(ph.pausing, tryShare*cost), maxPause)
		ph.putOff(now)
		return true
	default:
		ph.measured(rate, now)
		ph.stage = parallelCheck
		ph.pausing = firstPause
		return true
	}
}

// measured notes the rate of a solo phase. What disturbs a measurement makes it slower, never faster: a rate of a moment ago counts
// more than a lower one of now, but less each time.
func (ph *phases) measured(rate float64, now int64) {
	if now-ph.soloAt < soloFresh {
		rate = max(rate, soloDecay*ph.soloRate)
	}
	ph.soloRate, ph.soloAt, ph.low = rate, now, 0
}

// lost is how many of ns nanoseconds were lost at the lower rate.
func lost(ns int64, lower, higher float64) int64 {
	return max(int64(float64(ns)*(1-lower/max(higher, 1e-9))), 0)
}

// lengthen makes the next solo phase longer, and much longer if there can be little doubt.
func (ph *phases) lengthen() {
	if ph.soloRate > soloClear*ph.rate {
		ph.hold *= 2
	}
	ph.hold = min(2*ph.hold, maxHold)
}

// endSolo ends the phase: what was claimed is published again.
func (t *Thread) endSolo() {
	ph := &t.vm.phase
	t.exitSolo()
	begin := t.Proc.Now()
	t.Reshare()
	now := t.Proc.Now()
	ph.ended, ph.reshare = now, now-begin
	ph.stats.Time += now - ph.begun
	ph.progress.Store(0)
	ph.wasted.Store(0)
	ph.accesses.Store(0)
	ph.since.Store(now)
	ph.cold.Store(true)
	if o := t.vm.Config.Oracle; o != nil {
		o.resume()
	}
	t.Proc.RMW(unsafe.Pointer(&ph.state))
	ph.state.Store(phaseParallel)
}

// parallelBalance notes what the thread's slices have done in the parallel phase, and now and then compares.
func (t *Thread) parallelBalance() {
	ph, p := &t.vm.phase, &t.pace
	if !ph.on || p.done+p.lost < phaseQuantum && p.attempts < phaseAttempts && !ph.flip || ph.never.Load() {
		return
	}
	useful, wasted := p.done, p.lost
	p.done, p.lost, p.attempts = 0, 0, 0
	st := t.Tx.Stats()
	accesses := st.Reads + st.Again + st.Writes
	ph.accesses.Add(int64(accesses - t.pace.accesses))
	t.pace.accesses = accesses
	ph.progress.Add(int64(useful))
	ph.wasted.Add(int64(wasted))
	if ph.flip {
		t.pace.wantSolo = true
		return
	}
	now := t.Proc.Now()
	since, window := ph.since.Load(), int64(phaseWindow)
	if ph.cold.Load() {
		window = phaseWarm
	}
	if now-since < window || !ph.since.CompareAndSwap(since, now) {
		return
	}
	cold := ph.cold.Swap(false)
	done, lost, touched := ph.progress.Swap(0), ph.wasted.Swap(0), ph.accesses.Swap(0)
	if cold {
		return
	}
	ph.mu.Lock()
	defer ph.mu.Unlock()
	if ph.stage == parallelCheck {
		ph.rate = float64(done) / float64(now-since)
		if soloMargin*ph.rate < ph.soloRate {
			t.pace.wantSolo = true
		} else {
			ph.stage, ph.hold = soloWarm, firstHold
			ph.putOff(now)
		}
		return
	}
	if !t.vm.lockMayPay(done, lost, touched) {
		ph.low = 0
		return
	}
	ph.rate = float64(done) / float64(now-since)
	if soloMargin*ph.rate >= ph.soloRate || now-ph.soloAt > soloFresh {
		ph.low = 0
	} else if ph.low++; ph.low == lowWindows {
		ph.stage = parallelCheck // no probe is needed: the lock was faster a moment ago
		t.pace.wantSolo = true
		return
	}
	t.pace.wantSolo = now >= ph.pause.Load()
}

// lockMayPay says whether the interpreter's lock could be faster than what the threads have just done in parallel: useful
// instructions, lost ones, and transactional accesses. A probe costs the work of all cores but one, so it must have a chance. One
// thread under the lock would have executed its part of all instructions in the same time, and more, since it does without the
// accesses' costs, of which accessWeight instructions each is a high estimate.
func (vm *VM) lockMayPay(done, lost, touched int64) bool {
	n := int64(1) // this thread, which is between slices
	vm.mu.Lock()
	for _, o := range vm.threads {
		n += int64(o.gate.inside.Load())
	}
	vm.mu.Unlock()
	n = min(n, int64(vm.Machine.Cores()))
	return float64(done+lost+accessWeight*touched) > soloMargin*float64(n*done)
}
