package machine

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
)

// twoAdders has two threads add one to a word, each with a load and a store.
func twoAdders(m *Machine) (uint64, error) {
	var x atomic.Uint64
	err := m.Run(func(p *Proc) {
		for range 2 {
			m.Go("adder", func(p *Proc) {
				p.Read(ptr(&x))
				v := x.Load()
				p.Write(ptr(&x))
				x.Store(v + 1)
			})
		}
	})
	return x.Load(), err
}

func TestExploreFindsEveryOutcome(t *testing.T) {
	for bound, want := range map[int]map[uint64]bool{0: {2: true}, 1: {1: true, 2: true}, -1: {1: true, 2: true}} {
		got := map[uint64]bool{}
		x := Exploration{Preemptions: bound}
		noError(t, x.Explore(func(m *Machine) error {
			v, err := twoAdders(m)
			got[v] = true
			return err
		}))
		equal(t, want, got)
		equal(t, true, x.Complete)
	}
}

// Without preemptions the schedules of n threads are the n! orders in which they can run.
func TestExploreCounts(t *testing.T) {
	for n, want := range map[int]int{1: 1, 2: 2, 3: 6, 5: 120} {
		orders := map[string]int{}
		var x Exploration
		noError(t, x.Explore(func(m *Machine) error {
			var order string
			var w atomic.Uint64
			err := m.Run(func(p *Proc) {
				for i := range n {
					m.Go("one", func(p *Proc) {
						p.RMW(ptr(&w))
						order += fmt.Sprint(i)
						p.RMW(ptr(&w))
					})
				}
			})
			orders[order]++
			return err
		}))
		equal(t, want, len(orders))
		equal(t, want, x.Runs)
		equal(t, true, x.Complete)
	}
}

func TestExploreErrorReplays(t *testing.T) {
	lost := errors.New("lost update")
	body := func(m *Machine) error {
		v, err := twoAdders(m)
		if v != 2 {
			return lost
		}
		return err
	}
	x := Exploration{Preemptions: 2}
	err := x.Explore(body)
	var e *ExploreError
	if !errors.As(err, &e) || !errors.Is(err, lost) {
		t.Fatalf("not found: %v", err)
	}
	if err := body(NewSim(SimConfig{Policy: Replay, Schedule: e.Schedule, Strict: true})); err != lost {
		t.Fatalf("its schedule gives %v", err)
	}
}

func TestExploreNoticesNondeterminism(t *testing.T) {
	runs := 0
	x := Exploration{Preemptions: -1}
	err := x.Explore(func(m *Machine) error {
		runs++
		var w atomic.Uint64
		return m.Run(func(p *Proc) {
			m.Go("other", func(p *Proc) { p.RMW(ptr(&w)) })
			if runs%2 == 0 {
				m.Go("only sometimes", func(p *Proc) { p.RMW(ptr(&w)) })
			}
			p.RMW(ptr(&w))
		})
	})
	if err == nil {
		t.Fatal("not noticed")
	}
}

// A hand-written interleaving: the first adder is stopped between its load and its store.
func TestInterleaving(t *testing.T) {
	for split, want := range map[int64]uint64{2: 1, 4: 2} {
		m := NewSim(SimConfig{Policy: Replay, Schedule: Interleaving(Step{0, 4}, Step{1, split}, Step{2, 100}, Step{1, 100})})
		got, err := twoAdders(m)
		noError(t, err)
		equal(t, want, got)
	}
}
