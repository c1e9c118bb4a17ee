package stm

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
	"gilt/stm/history"
)

// The harness: threads run workloads on a few cells, everything is recorded, and the oracles of stm/history judge.

// harness is one run.
type harness struct {
	s       *System
	m       *machine.Machine
	cells   []Word
	orecs   []Orec
	gran    int // cells under one record
	initial []uint64
	fresh   atomic.Uint64 // values written so far
	events  atomic.Int64
	threads []*worker
	mu      sync.Mutex
	errs    []string
	rounds  int
	judged  int  // cells whose final values are
	check   bool // recorded values can be judged by the oracles
	seed    uint64
}

// worker is one thread of a run.
type worker struct {
	h   *harness
	n   int
	p   *machine.Proc
	tx  *Tx
	rec *history.Recorder
	rng uint64
	// options of the next transaction
	irrevocable bool
	aborts      int
	seen        string
}

// tokens are what the pointer halves point to: the two halves of every word must agree.
var tokens [257]byte

func wordOf(v uint64) Word { return Word{unsafe.Pointer(&tokens[v%257]), v} }

func (h *harness) orec(i int) *Orec { return &h.orecs[i/h.gran] }

func (h *harness) fail(format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.errs) < 5 {
		h.errs = append(h.errs, fmt.Sprintf(format, args...))
	}
}

// sees is an alarm about what the running attempt has read; where zombies are allowed it counts only if the attempt
// commits.
func (w *worker) sees(format string, args ...any) {
	msg := fmt.Sprintf("thread %d sees ", w.n) + fmt.Sprintf(format, args...)
	if w.h.s.info.Opaque {
		w.h.fail("%s", msg)
	} else {
		w.seen = msg
	}
}

func (w *worker) rand(n int) int {
	w.rng = w.rng*6364136223846793005 + 1442695040888963407
	return int(w.rng >> 33 % uint64(n))
}

func (w *worker) read(i int) (uint64, bool) {
	v, ok := w.tx.Load(w.h.orec(i), &w.h.cells[i])
	if !ok {
		return 0, false
	}
	if v.P != wordOf(v.B).P {
		w.sees("a torn pair in cell %d", i)
	}
	w.rec.Read(i, v.B)
	return v.B, true
}

func (w *worker) write(i int, v uint64) bool {
	if !w.tx.Store(w.h.orec(i), &w.h.cells[i], wordOf(v)) {
		return false
	}
	w.rec.Write(i, v)
	return true
}

// fresh is a value that nobody else writes.
func (w *worker) unique() uint64 { return 1000 + w.h.fresh.Add(1) }

// result is what a transaction's body says about its attempt.
type result int

const (
	done   result = iota // commit
	doomed               // an access failed
	retry                // wait until something changes
	giveUp               // the program's own abort; the transaction is not tried again
	again                // the program's own abort; the transaction is tried again
)

// atomically runs body until it has committed (or given up).
func (w *worker) atomically(body func() result) bool {
	tx, rec := w.tx, w.rec
	irrevocable := w.irrevocable
	w.irrevocable = false
	for n := 0; ; n++ {
		rec.Begin()
		w.seen = ""
		if irrevocable && n%2 == 0 {
			tx.BeginIrrevocable()
		} else {
			tx.Begin()
			if irrevocable && w.rand(2) == 0 && !tx.BecomeIrrevocable() {
				tx.Rollback()
				rec.Abort("begin")
				continue
			}
		}
		was := tx.Irrevocable()
		r := body()
		if tx.Irrevocable() && r != done {
			if r == doomed {
				w.h.fail("thread %d: an irrevocable transaction failed: %v", w.n, tx.Reason())
			}
			r = done
		}
		switch r {
		case done:
			irr := tx.Irrevocable()
			if tx.Commit() {
				rec.Commit(tx.Key())
				if w.seen != "" {
					w.h.fail("%s", w.seen)
				}
				return true
			}
			if was || irr {
				w.h.fail("thread %d: an irrevocable commit failed: %v", w.n, tx.Reason())
				return false
			}
		case retry:
			tx.Abort(RetryWait)
		case again:
			tx.Abort(Explicit)
		case giveUp:
			tx.Abandon()
			rec.Abort("given up")
			return false
		}
		tx.Rollback()
		w.aborts++
		rec.Abort(tx.Reason().String())
		if r == retry {
			w.sleep()
		}
	}
}

// sleep waits for a change, sometimes with a limit that is never to be reached: the sleeper must be woken.
func (w *worker) sleep() {
	limit := time.Duration(0)
	if w.rand(2) == 0 {
		limit = time.Hour
	}
	start := w.p.Now()
	if !w.tx.WaitChange(machine.Wait{What: "retry", Owner: -1}, limit) {
		w.h.fail("thread %d: a sleep ended without a change", w.n)
	}
	if limit != 0 && w.p.Now()-start >= int64(limit) {
		w.h.fail("thread %d slept until its limit", w.n)
	}
}

// setup is how a run is to be.
type setup struct {
	alg, manager, clock, marks string
	policy                     machine.Policy
	jitter                     bool
	seed                       uint64
	work                       *workload
	mutant                     mutant
	native                     bool
	forced                     int
	unkeyed                    bool // without commit keys: only the workload's own checks judge
	crowd                      bool // so many descriptors that the workers share stripes of the clock
	rounds                     int
}

// workload is a program for the harness.
type workload struct {
	name    string
	cells   int
	threads int
	rounds  int
	judged  int  // cells whose final values the oracle may check; 0 = all
	oracle  bool // the recorded history can be judged
	initial func(i int) uint64
	run     func(w *worker)
	verify  func(h *harness) error
}

func (u *setup) String() string {
	return fmt.Sprintf("stm=%s cm=%s clock=%s marks=%s policy=%v jitter=%v work=%s seed=%d", u.alg, u.manager, u.clock, u.marks,
		u.policy, u.jitter, u.work.name, u.seed)
}

// run executes one setup; the error tells what is wrong with it.
func (u *setup) run() (h *harness, err error) {
	h = &harness{seed: u.seed, rounds: u.work.rounds, check: u.work.oracle && !u.unkeyed}
	if u.rounds != 0 {
		h.rounds = u.rounds
	}
	if u.native {
		h.m = machine.NewReal(machine.RealConfig{Seed: u.seed})
	} else {
		c := machine.SimConfig{Cores: 4, Seed: u.seed, Policy: u.policy, MaxSteps: 1_000_000}
		if u.jitter {
			c.Jitter = 50
		}
		h.m = machine.NewSim(c)
	}
	h.s, err = NewSystem(Options{Algorithm: u.alg, Manager: u.manager, Clock: u.clock, Marks: u.marks, Keys: !u.unkeyed, Fences: true,
		Machine: h.m, AbortEvery: u.forced})
	if err != nil {
		return nil, err
	}
	h.s.mutant = u.mutant
	n := u.work.cells
	if h.judged = u.work.judged; h.judged == 0 {
		h.judged = n
	}
	h.cells = make([]Word, n)
	h.gran = 1 + int(u.seed>>3)%3
	h.orecs = make([]Orec, n/h.gran+1)
	for i := range h.cells {
		v := uint64(i + 1)
		if u.work.initial != nil {
			v = u.work.initial(i)
		}
		h.cells[i] = wordOf(v)
		h.initial = append(h.initial, v)
	}
	var left atomic.Int64
	left.Store(int64(u.work.threads))
	main := func(p *machine.Proc) {
		for range ownStripes {
			if u.crowd {
				h.s.NewTx(p)
			}
		}
		for i := range u.work.threads {
			w := &worker{h: h, n: i, rng: u.seed*7919 + uint64(i)*104729 + 1}
			w.rec = history.NewRecorder(i, func() int64 { return h.events.Add(1) })
			h.threads = append(h.threads, w)
		}
		for _, w := range h.threads {
			h.m.Go(fmt.Sprintf("worker %d", w.n), func(p *machine.Proc) {
				w.p = p
				w.tx = h.s.NewTx(p)
				u.work.run(w)
				w.tx.Close()
			})
		}
	}
	if err := h.m.Run(main); err != nil {
		return h, fmt.Errorf("%v: %w", u, err)
	}
	if len(h.errs) != 0 {
		return h, fmt.Errorf("%v: %s", u, h.errs[0])
	}
	if h.check {
		hist := h.history()
		check := hist.Check
		if !h.s.info.Opaque {
			check = hist.Serializable
		}
		if err := check(); err != nil {
			return h, fmt.Errorf("%v: %w", u, err)
		}
	}
	if u.work.verify != nil {
		if err := u.work.verify(h); err != nil {
			return h, fmt.Errorf("%v: %w", u, err)
		}
	}
	return h, nil
}

// history is what has been recorded.
func (h *harness) history() *history.History {
	var rs []*history.Recorder
	for _, w := range h.threads {
		rs = append(rs, w.rec)
	}
	var final []uint64
	for i := range h.cells[:h.judged] {
		final = append(final, h.cells[i].Get().B)
	}
	return history.Join(h.initial, final, rs...)
}

// save keeps a failed run's history.
func (h *harness) save(t *testing.T) {
	if h == nil {
		return
	}
	name := filepath.Join(t.TempDir(), "history.json")
	if dir := os.Getenv("STM_HISTORIES"); dir != "" {
		name = filepath.Join(dir, fmt.Sprintf("%s-%d.json", filepath.Base(t.Name()), h.seed))
	}
	f, err := os.Create(name)
	if err != nil {
		t.Log(err)
		return
	}
	defer f.Close()
	if err := h.history().Save(f); err == nil {
		t.Logf("history in %s (kept with STM_HISTORIES=directory)", name)
	}
}

// setupFor spreads seeds over workloads, policies, managers and clocks.
func setupFor(alg string, seed uint64, works []*workload) *setup {
	u := &setup{alg: alg, seed: seed, work: works[seed%uint64(len(works))]}
	if alg == "anacrolix" && u.work.name == "privatize" { // its values are not in the cells
		u.work = works[0]
	}
	r := seed / uint64(len(works))
	switch r % 5 {
	case 0:
		u.policy = machine.Random
	case 1:
		u.policy = machine.Sticky
	case 2:
		u.policy = machine.PCT
	case 3:
		u.policy = machine.VirtualTime
	case 4:
		u.policy, u.jitter = machine.VirtualTime, true
	}
	r /= 5
	names := contention.Names()
	u.manager = names[r%uint64(len(names))]
	for _, i := range Algorithms() {
		if i.Name == alg && i.Clocks && alg != "tl2" {
			u.clock = []string{"striped", "gv1", "gv4", "gv5"}[r%7%4]
		}
	}
	u.unkeyed = r%7 == 6
	u.crowd = u.clock == "striped" && r%3 == 1
	if alg == "tl2" {
		u.clock = []string{"gv1", "gv4", "gv5"}[r%3]
	}
	if alg == "fair" && r%2 == 1 {
		u.marks = "bloom"
	}
	return u
}
