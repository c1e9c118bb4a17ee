package stm

import (
	"fmt"
	"strings"
	"testing"

	"gilt/contention"
	"gilt/internal/machine"
)

// worstCase is how often a transaction that reads vars Vars has to be tried while another thread updates them at
// random, one after the other, without a pause; -1 when it has not committed after limit attempts. Virtual time.
func worstCase(t *testing.T, alg, manager string, vars, limit int) (aborts, updates int) {
	t.Helper()
	m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: 11, MaxSteps: 200_000_000})
	s := newTestSystem(t, Options{Algorithm: alg, Manager: manager, Machine: m})
	data := make([]Var[int], vars)
	done, tries := false, 0
	type gaveUp struct{}
	err := m.Run(func(p *machine.Proc) {
		m.Go("writer", func(p *machine.Proc) {
			tx := s.NewTx(p)
			defer tx.Close()
			for !done {
				x := &data[p.Randn(uint64(vars))]
				AtomicallyOn(tx, VoidOperation(func(tx *Tx) { x.Set(tx, x.Get(tx)+1) }))
				updates++
			}
		})
		tx := s.NewTx(p)
		defer tx.Close()
		defer func() {
			done = true
			if r := recover(); r != nil && r != any(gaveUp{}) {
				panic(r)
			}
		}()
		AtomicallyOn(tx, func(tx *Tx) int {
			if tries++; tries > limit {
				panic(gaveUp{})
			}
			sum := 0
			for i := range data {
				sum += data[i].Get(tx)
			}
			return sum
		})
	})
	if err != nil {
		t.Errorf("%s, %s: %v", alg, manager, err)
	}
	if tries > limit {
		return -1, updates
	}
	return tries - 1, updates
}

// TestBoundedWorstCase: a transaction that reads 10,000 Vars while another thread updates them at random commits, under
// every algorithm with the managers that promise it, within the bound that they promise. The table also shows those
// that promise nothing.
func TestBoundedWorstCase(t *testing.T) {
	vars, limit := 10_000, 60
	managers := []string{contention.Default, "hourglass", "suicide", "backoff", "karma", "greedy", "timestamp"}
	promise := map[string]int{contention.Default: 18 + 2*2, "hourglass": 60}
	if testing.Short() || raceEnabled {
		vars, managers = 1000, managers[:2]
	}
	table := fmt.Sprintf("aborts of a transaction that reads %d Vars (- = none of %d attempts committed)\n%-11s", vars, limit, "")
	for _, m := range managers {
		table += fmt.Sprintf(" %13s", m)
	}
	for _, i := range Algorithms() {
		if i.Foreign {
			continue
		}
		table += fmt.Sprintf("\n%-11s", i.Name)
		for _, m := range managers {
			n, updates := worstCase(t, i.Name, m, vars, limit)
			cell := "-"
			if n >= 0 {
				cell = fmt.Sprint(n)
			}
			table += fmt.Sprintf(" %13s", cell)
			if bound, ok := promise[m]; ok && (n < 0 || n > bound) {
				t.Errorf("%s, %s: %d aborts, the bound is %d (%d updates)", i.Name, m, n, bound, updates)
			}
		}
	}
	t.Log(strings.TrimSpace(table))
}
