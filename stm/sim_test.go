package stm

import (
	"errors"
	"os"
	"strconv"
	"testing"
	"time"

	"gilt/contention"
	"gilt/internal/machine"
)

// seeds is how many seeded runs each algorithm gets: STM_SEEDS, or few.
func seeds(t *testing.T, few int) int {
	if s := os.Getenv("STM_SEEDS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if testing.Short() {
		return few / 4
	}
	return few
}

// TestSeededRuns runs every algorithm under the seeded scheduler, over all workloads, policies, managers and clocks: no
// run may raise an alarm, hang or deadlock.
func TestSeededRuns(t *testing.T) {
	for _, alg := range Names() {
		t.Run(alg, func(t *testing.T) {
			works := workloads()
			for seed := range uint64(seeds(t, 360)) {
				u := setupFor(alg, seed, works)
				if h, err := u.run(); err != nil && !u.friendlyFire(err) {
					h.save(t)
					t.Fatal(err)
				}
			}
		})
	}
}

// friendlyFire says that the error is what algorithms promise whose writers meet while both run: they may abort each
// other for ever (Bobba et al., ISCA 2007), unless the manager backs off, and time passes while it does (the step
// policies only count steps). One thread alone that gets nowhere is always an error.
func (u *setup) friendlyFire(err error) bool {
	var l *machine.Livelock
	if !errors.As(err, &l) || len(l.Threads) < 2 {
		return false
	}
	for _, i := range Algorithms() {
		if i.Name == u.alg && i.Traits.Enemies != contention.EnemiesLive {
			return false
		}
	}
	m, err := contention.New(u.manager)
	return u.policy != machine.VirtualTime || err == nil && !m.Traits().BacksOff
}

// TestOneSeed runs one setup again: STM_ALG, STM_SEED.
func TestOneSeed(t *testing.T) {
	alg, s := os.Getenv("STM_ALG"), os.Getenv("STM_SEED")
	if alg == "" {
		t.Skip("set STM_ALG and STM_SEED to run one seed again")
	}
	seed, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	u := setupFor(alg, seed, workloads())
	h, err := u.run()
	for _, w := range h.threads {
		if w.tx != nil {
			t.Logf("descriptor %d: mode %d, conflict %+v, stats %+v, locks %d, reads %d, writes %d", w.tx.id, w.tx.mode, w.tx.why, w.tx.stats,
				len(w.tx.locks), len(w.tx.reads), len(w.tx.writes))
		}
	}
	for i := range h.orecs {
		t.Logf("record %d: %#x", i, h.orecs[i].w.Load())
	}
	t.Logf("token %d, sequence %d", h.s.token.holder.Load(), h.s.seq.Load())
	if err != nil {
		h.save(t)
		t.Fatal(err)
	}
}

// TestSeedsAreRepeatable runs setups twice: a run is a function of its seed, or something escapes the hooks.
func TestSeedsAreRepeatable(t *testing.T) {
	works := workloads()
	n := uint64(120)
	if testing.Short() {
		n = 24
	}
	for _, alg := range Names() {
		for seed := range n {
			var reports [2]machine.Report
			for i := range reports {
				h, err := setupFor(alg, seed, works).run()
				if err != nil && h == nil {
					t.Fatal(err)
				}
				reports[i], _ = h.m.Report()
			}
			if reports[0] != reports[1] {
				t.Errorf("%v: %+v, then %+v", setupFor(alg, seed, works), reports[0], reports[1])
				break
			}
		}
	}
}

// TestNative runs the workloads on real cores; with -race it is the hammer.
func TestNative(t *testing.T) {
	for _, alg := range Names() {
		t.Run(alg, func(t *testing.T) {
			works := workloads()
			n := uint64(3 * len(works))
			if testing.Short() {
				n = uint64(len(works))
			}
			for seed := range n {
				u := setupFor(alg, seed, works)
				u.native = true
				u.manager = []string{contention.Default, "backoff", "polka"}[seed/uint64(len(works))%3]
				if u.work.name != "publish" { // its rounds are its cells
					u.rounds = 200
				}
				h, err := u.run()
				if err != nil {
					h.save(t)
					t.Fatal(err)
				}
				if u.work.oracle && seed < uint64(len(works)) {
					u.rounds = 30
					if h, err = u.run(); err != nil {
						t.Fatal(err)
					}
					if ok, known := h.history().Linearizable(time.Second); known && !ok {
						h.save(t)
						t.Fatalf("%v: not linearizable", u)
					}
				}
			}
		})
	}
}

// TestPorcupineAgrees lets the second opinion judge simulated runs.
func TestPorcupineAgrees(t *testing.T) {
	works := workloads()
	unknown, n := 0, uint64(60)
	if testing.Short() {
		n = 12
	}
	for _, alg := range Names() {
		for seed := range n {
			u := setupFor(alg, seed, works)
			h, err := u.run()
			if err != nil && !u.friendlyFire(err) {
				t.Fatal(err)
			}
			if err != nil || !u.work.oracle || u.work.judged != 0 {
				continue
			}
			ok, known := h.history().Linearizable(time.Second)
			if !known {
				unknown++
			} else if !ok {
				h.save(t)
				t.Fatalf("%v: not linearizable", u)
			}
		}
	}
	t.Logf("%d runs undecided", unknown)
}

// TestForcedAborts runs one thread with an abort at every n-th access: what is rolled back must leave no trace.
func TestForcedAborts(t *testing.T) {
	for _, alg := range Names() {
		for _, w := range workloads() {
			if alg == "anacrolix" && w.name == "privatize" || w.name == "retry" || w.name == "publish" || w.name == "wide" {
				continue
			}
			for n := 7; n < 40; n += 11 {
				u := &setup{alg: alg, seed: uint64(n), work: w, policy: machine.Random, forced: n, rounds: 3}
				if h, err := u.run(); err != nil && !u.friendlyFire(err) {
					h.save(t)
					t.Fatalf("abort at every access number %d: %v", n, err)
				}
			}
		}
	}
}
