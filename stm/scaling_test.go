package stm

import (
	"fmt"
	"testing"

	"gilt/contention"
	"gilt/internal/machine"
)

// virtual is the virtual time per transaction, in ns, when threads threads on as many simulated cores run transactions
// of r reads and w writes, all on data of their own.
func virtual(t testing.TB, o Options, threads, r, w int) float64 {
	const rounds = 300
	m := machine.NewSim(machine.SimConfig{Cores: threads, Seed: 1})
	o.Machine = m
	s, err := NewSystem(o)
	if err != nil {
		t.Fatal(err)
	}
	var longest int64
	err = m.Run(func(*machine.Proc) {
		for i := range threads {
			m.Go(fmt.Sprint(i), func(p *machine.Proc) {
				tx := s.NewTx(p)
				cells := make([]cell, max(r, w)+8)
				for range 20 {
					benchOne(tx, cells, r, w)
				}
				start := p.Now()
				for range rounds {
					benchOne(tx, cells, r, w)
				}
				longest = max(longest, p.Now()-start)
				tx.Close()
			})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return float64(longest) / rounds
}

// TestDisjointScaling: threads on disjoint data must not slow each other down with the default clock; the figures of the
// others stand in clock.go.
func TestDisjointScaling(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: a measurement")
	}
	for _, clock := range []string{"striped", "gv1", "gv4", "gv5"} {
		for _, k := range [][2]int{{1, 1}, {10, 2}, {100, 10}} {
			line := fmt.Sprintf("%-8s %3dr%2dw ", clock, k[0], k[1])
			alone := 0.0
			for _, n := range []int{1, 2, 4, 8, 16} {
				v := virtual(t, Options{Clock: clock}, n, k[0], k[1])
				if n == 1 {
					alone = v
				}
				line += fmt.Sprintf(" %2d: %6.0f ns (%4.2f)", n, v, float64(n)*alone/v)
				if clock == "striped" && float64(n)*alone/v < 0.9*float64(n) {
					t.Errorf("striped: %d threads have %.2f times the throughput of one", n, float64(n)*alone/v)
				}
			}
			t.Log(line)
		}
	}
}

// shared is virtual for transactions on one array of cells: each reads reads random cells, and every fifth writes two.
func shared(t testing.TB, o Options, threads, cells, reads int) (ns, aborts, extensions float64) {
	const rounds = 200
	m := machine.NewSim(machine.SimConfig{Cores: threads, Seed: 1})
	o.Machine = m
	s, err := NewSystem(o)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]cell, cells)
	var longest int64
	var sum Stats
	err = m.Run(func(*machine.Proc) {
		for i := range threads {
			m.Go(fmt.Sprint(i), func(p *machine.Proc) {
				tx := s.NewTx(p)
				start := p.Now()
				for n := range rounds {
					for {
						tx.Begin()
						ok := true
						for k := 0; k < reads && ok; k++ {
							c := &data[p.Randn(uint64(cells))]
							if _, ok = tx.Load(&c.o, &c.c); ok && k < 2 && n%5 == 0 {
								ok = tx.Store(&c.o, &c.c, Word{B: uint64(n)})
							}
						}
						if ok && tx.Commit() {
							break
						}
						tx.Rollback()
					}
				}
				longest = max(longest, p.Now()-start)
				sum.Add(tx.Stats())
				tx.Close()
			})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	n := float64(sum.Commits)
	return float64(longest) / rounds, float64(sum.TotalAborts()) / n, float64(sum.Extensions) / n
}

// TestSharedScaling shows what the clocks cost where transactions do meet. It asserts only that the default is not
// the worst by much.
func TestSharedScaling(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: a measurement")
	}
	for _, cells := range []int{64, 4096} {
		for _, reads := range []int{10, 100} {
			for _, n := range []int{2, 8} {
				line := fmt.Sprintf("%4d cells, %3d reads, %d threads: ", cells, reads, n)
				best, striped := 1e18, 0.0
				for _, clock := range []string{"striped", "gv1", "gv4", "gv5"} {
					ns, aborts, ext := shared(t, Options{Clock: clock}, n, cells, reads)
					line += fmt.Sprintf(" %s %5.0f ns, %.2f aborts, %.2f extensions;", clock, ns, aborts, ext)
					best = min(best, ns)
					if clock == "striped" {
						striped = ns
					}
				}
				t.Log(line)
				if striped > 1.5*best {
					t.Errorf("striped takes %.0f ns, the best clock %.0f", striped, best)
				}
			}
		}
	}
}

// TestNoLockStep: committers that collect the same locks in opposite orders, in step with each other and without any
// back-off (suicide), must not kill each other for ever.
func TestNoLockStep(t *testing.T) {
	for _, i := range Algorithms() {
		if i.Foreign || i.Traits.Enemies == contention.EnemiesLive { // they need a manager that backs off
			continue
		}
		for _, threads := range []int{2, 3, 4, 8} {
			const cells, rounds = 6, 40
			m := machine.NewSim(machine.SimConfig{Cores: threads, Seed: 1, MaxSteps: 5_000_000})
			s, err := NewSystem(Options{Algorithm: i.Name, Manager: "suicide", Machine: m})
			if err != nil {
				t.Fatal(err)
			}
			data := make([]cell, cells)
			var sum Stats
			err = m.Run(func(*machine.Proc) {
				for n := range threads {
					m.Go(fmt.Sprint(n), func(p *machine.Proc) {
						tx := s.NewTx(p)
						for range rounds {
							for {
								tx.Begin()
								ok := true
								for k := 0; k < cells && ok; k++ {
									at := (k + n) % cells
									if n%2 == 1 {
										at = cells - 1 - at
									}
									x := &data[at]
									var w Word
									if w, ok = tx.Load(&x.o, &x.c); ok {
										ok = tx.Store(&x.o, &x.c, Word{B: w.B + 1})
									}
								}
								if ok && tx.Commit() {
									break
								}
								tx.Rollback()
							}
						}
						sum.Add(tx.Stats())
					})
				}
			})
			if err != nil {
				t.Errorf("%s, %d threads: %v", i.Name, threads, err)
				continue
			}
			t.Logf("%-10s %d threads: %5.2f aborts a commit", i.Name, threads, float64(sum.TotalAborts())/float64(sum.Commits))
			if got := data[0].c.Get().B; got != uint64(threads*rounds) {
				t.Errorf("%s, %d threads: %d instead of %d", i.Name, threads, got, threads*rounds)
			}
		}
	}
}
