package pathology

import (
	"testing"

	"gilt/contention"
	"gilt/internal/machine"
	"gilt/stm"
)

// TestManagersUnderTheHammer: more threads than cores, transactions that meet in opposite orders, some of them given
// up: under every manager nothing is lost and everybody comes to an end. (machine.Run reports a deadlock.)
func TestManagersUnderTheHammer(t *testing.T) {
	const threads, cells = 5, 8
	rounds := 400
	if testing.Short() {
		rounds = 100
	}
	for _, alg := range []string{"lazy", "fair", "eager", "swiss", "norec"} {
		t.Run(alg, func(t *testing.T) {
			for _, cm := range contention.Names() {
				if cm == "polite" {
					cm = "polite:tries=8" // 22 of its waits add up to a second
				}
				t.Run(cm, func(t *testing.T) {
					sys, err := stm.NewSystem(stm.Options{Algorithm: alg, Manager: cm})
					if err != nil {
						t.Fatal(err)
					}
					mem := &objects{make([]padded, cells)}
					commits := make([]int64, threads)
					m := machine.NewReal(machine.RealConfig{Seed: 3})
					if err := m.Run(func(*machine.Proc) {
						for i := range threads {
							m.Go("hammer", func(p *machine.Proc) { commits[i] = hammer(p, sys, mem, i, rounds) })
						}
					}); err != nil {
						t.Fatal(err)
					}
					if err := sumIs(mem.values(), cells*total(commits)); err != nil {
						t.Error(err)
					}
				})
			}
		})
	}
}

// hammer increments all cells in every transaction, forwards or backwards, and gives one in sixteen up.
func hammer(p *machine.Proc, sys *stm.System, mem *objects, thread, rounds int) (commits int64) {
	tx := sys.NewTx(p)
	defer tx.Close()
	a := &realAccess{mem, tx}
	n := len(mem.orecs)
	for range rounds {
		giveUp := p.Randn(16) == 0
		for {
			tx.Begin()
			ok := true
			for k := 0; k < n && ok; k++ {
				j := k
				if thread%2 != 0 {
					j = n - 1 - k
				}
				ok = a.add(j)
			}
			if giveUp {
				tx.Abandon()
				break
			}
			if ok && tx.Commit() {
				commits++
				break
			}
			tx.Rollback()
		}
	}
	return commits
}
