package pathology

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"gilt/contention"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/stm/internal/quiet"
)

// Duel is a program of two threads for real cores: the smallest ones in which managers differ.
type Duel struct {
	Name    string
	Summary string
	cells   int
	body    func(a *realAccess, thread int, choice uint64) bool
}

// realAccess is access to transactional memory without the costs of simulated work.
type realAccess struct {
	m  *objects
	tx *stm.Tx
}

func (a *realAccess) add(i int) bool {
	x := &a.m.orecs[i]
	w, ok := a.tx.Load(&x.o, &x.w)
	return ok && a.tx.Store(&x.o, &x.w, stm.Word{B: w.B + 1})
}

func (a *realAccess) read(i int) bool {
	x := &a.m.orecs[i]
	_, ok := a.tx.Load(&x.o, &x.w)
	return ok
}

// Duels lists them.
func Duels() []Duel {
	const long, path = 256, 16
	return []Duel{
		{Name: "HotCounter", Summary: "both: hot += 1", cells: 1,
			body: func(a *realAccess, _ int, _ uint64) bool { return a.add(0) }},
		{Name: "LongReader", Summary: "one reads 256 objects, the other writes one of them at random", cells: long,
			body: func(a *realAccess, thread int, choice uint64) bool {
				if thread != 0 {
					return a.add(int(choice % long))
				}
				for i := range long {
					if !a.read(i) {
						return false
					}
				}
				return true
			}},
		{Name: "OppositeWriters", Summary: "one increments 16 objects forwards, the other backwards", cells: path,
			body: func(a *realAccess, thread int, _ uint64) bool {
				for i := range path {
					if thread != 0 {
						i = path - 1 - i
					}
					if !a.add(i) {
						return false
					}
				}
				return true
			}},
	}
}

// DuelConfig says what RunDuels measures.
type DuelConfig struct {
	Algorithm string
	Managers  []string      // nil: all
	Rounds    int           // each manager is measured so often, in turn; the median counts
	Time      time.Duration // of one measurement
}

// DuelRow is one manager in one duel on real cores.
type DuelRow struct {
	Duel, Manager   string
	CommitsPerSec   float64 // median
	AbortsPerCommit float64
	LeastShare      float64 // commits of the thread with fewer, over all
	VsBest          float64 // CommitsPerSec over the best manager's in the same run
	late            bool    // one of the threads has not begun in time
	Disturbed       int     // rounds in which the host took a core away; without them, if enough are left
}

// RunDuels measures every manager in every duel on two real cores.
func RunDuels(cfg DuelConfig) ([]DuelRow, error) {
	var rows []DuelRow
	for _, d := range Duels() {
		r, err := d.run(cfg)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r...)
	}
	return rows, nil
}

// run measures every manager. Rounds go round the managers, so that a disturbance of the host hits all alike.
func (d *Duel) run(cfg DuelConfig) ([]DuelRow, error) {
	if cfg.Managers == nil {
		cfg.Managers = contention.Names()
	}
	rounds, calm := make([][]DuelRow, len(cfg.Managers)), make([][]DuelRow, len(cfg.Managers))
	for round := range cfg.Rounds {
		for k := range cfg.Managers {
			i := (k + round) % len(cfg.Managers) // nobody always follows the same one
			cm := cfg.Managers[i]
			r, quiet, err := d.calmly(cfg, cm)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", d.Name, cm, err)
			}
			if rounds[i] = append(rounds[i], r); quiet {
				calm[i] = append(calm[i], r)
			}
		}
	}
	var rows []DuelRow
	best := 0.0
	for i, cm := range cfg.Managers {
		of := rounds[i]
		if len(calm[i]) >= min(enoughCalm, cfg.Rounds) {
			of = calm[i]
		}
		row := DuelRow{Duel: d.Name, Manager: cm, Disturbed: cfg.Rounds - len(calm[i]),
			CommitsPerSec:   medianOf(of, func(r DuelRow) float64 { return r.CommitsPerSec }),
			AbortsPerCommit: medianOf(of, func(r DuelRow) float64 { return r.AbortsPerCommit }),
			LeastShare:      medianOf(of, func(r DuelRow) float64 { return r.LeastShare })}
		best = max(best, row.CommitsPerSec)
		rows = append(rows, row)
	}
	for i := range rows {
		rows[i].VsBest = rows[i].CommitsPerSec / best
	}
	return rows, nil
}

// enoughCalm is how many undisturbed rounds make the others unnecessary.
const enoughCalm = 5

// RunOff measures one manager once more in every duel, against those few that were best in rows. Of many
// managers that are equally good the one that had luck comes out as the best; in a new measurement its luck is gone.
func RunOff(cfg DuelConfig, manager string, rows []DuelRow) ([]DuelRow, error) {
	const best = 3
	var out []DuelRow
	for _, d := range Duels() {
		var of []DuelRow
		for _, r := range rows {
			if r.Duel == d.Name && r.Manager != manager {
				of = append(of, r)
			}
		}
		sort.SliceStable(of, func(i, j int) bool { return of[i].CommitsPerSec > of[j].CommitsPerSec })
		cfg.Managers = []string{manager}
		for _, r := range of[:min(best, len(of))] {
			cfg.Managers = append(cfg.Managers, r.Manager)
		}
		r, err := d.run(cfg)
		if err != nil {
			return nil, err
		}
		out = append(out, r...)
	}
	return out, nil
}

// A thread that runs alone because the other one has no core looks like the best contention manager of all. So a measurement is
// repeated until the threads have hardly waited for cores.
const (
	calmTries = 10
	calmShare = 0.02
)

// calmly measures until a measurement was not disturbed; otherwise the least disturbed one counts.
func (d *Duel) calmly(cfg DuelConfig, cm string) (r DuelRow, calm bool, err error) {
	least := math.Inf(1)
	for range calmTries {
		var try DuelRow
		share := quiet.Share(2, func() { try, err = d.measure(cfg, cm) })
		if err != nil {
			return try, false, err
		}
		if try.late { // it had no core, even if that is not yet counted
			share += 1
		}
		if share < least {
			least, r = share, try
		}
		if calm = least <= calmShare; calm {
			break
		}
	}
	return r, calm, nil
}

func medianOf(rows []DuelRow, of func(DuelRow) float64) float64 {
	var y []float64
	for _, r := range rows {
		y = append(y, of(r))
	}
	sort.Float64s(y)
	return y[len(y)/2]
}

// referee is the number of a third thread, which ends what goes on beyond the time: two transactions may wait for
// each other for a second (polite).
const referee = 1000

func (d *Duel) measure(cfg DuelConfig, cm string) (DuelRow, error) {
	sys, err := stm.NewSystem(stm.Options{Algorithm: cfg.Algorithm, Manager: cm})
	if err != nil {
		return DuelRow{}, err
	}
	mem := &objects{make([]padded, d.cells)}
	m := machine.NewReal(machine.RealConfig{Seed: 1})
	var commits, aborts [2]uint64
	var took, late [2]int64
	var txs [2]atomic.Pointer[stm.Tx]
	var left atomic.Int32
	left.Store(2)
	err = m.Run(func(p *machine.Proc) {
		start := p.Now() + 200_000
		end := start + int64(cfg.Time)
		for i := range 2 {
			m.Go("duellist", func(q *machine.Proc) {
				for q.Now() < start {
				}
				late[i] = q.Now() - start
				commits[i], aborts[i] = d.fight(q, sys, mem, i, end, &txs[i])
				took[i] = q.Now() - start
				left.Add(-1)
			})
		}
		m.Go("referee", func(q *machine.Proc) {
			q.SetDaemon(true)
			q.Sleep(time.Duration(end + int64(cfg.Time) - q.Now()))
			var me contention.State
			me.Bind(sys.Manager(), referee, true, nil, nil)
			for left.Load() > 0 {
				for i := range txs {
					if tx := txs[i].Load(); tx != nil {
						s := tx.Contention()
						s.Kill(q, s.Word(), &me)
					}
				}
				q.Sleep(cfg.Time)
			}
		})
	})
	n, a := commits[0]+commits[1], aborts[0]+aborts[1]
	return DuelRow{late: max(late[0], late[1]) > int64(cfg.Time)/10,
		CommitsPerSec:   float64(n) / (float64(max(took[0], took[1])) / 1e9),
		AbortsPerCommit: float64(a) / float64(max(1, n)),
		LeastShare:      float64(min(commits[0], commits[1])) / float64(max(1, n))}, err
}

func (d *Duel) fight(p *machine.Proc, sys *stm.System, mem *objects, thread int, end int64, reg *atomic.Pointer[stm.Tx]) (commits, aborts uint64) {
	tx := sys.NewTx(p)
	defer tx.Close()
	reg.Store(tx)
	a := &realAccess{mem, tx}
	const clockEvery = 16
	for n := 0; n == 0 || n%clockEvery != 0 || p.Now() < end; n++ { // one at least: the host may have slept
		choice := p.Rand()
		for {
			tx.Begin()
			if d.body(a, thread, choice) && tx.Commit() {
				commits++
				break
			}
			aborts++
			if (aborts%clockEvery == 0 || tx.Contention().KilledBy() == referee) && p.Now() >= end {
				tx.Abandon()
				return commits, aborts
			}
			tx.Rollback()
		}
	}
	return commits, aborts
}

// FormatDuels is the rows as a table for people.
func FormatDuels(rows []DuelRow) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "duel\tmanager\tcommits/s\tvs best\taborts/commit\tleast share\tdisturbed")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%.0f\t%.2f\t%.3f\t%.3f\t%d\n", r.Duel, r.Manager, r.CommitsPerSec, r.VsBest, r.AbortsPerCommit, r.LeastShare, r.Disturbed)
	}
	w.Flush()
	return b.String()
}
