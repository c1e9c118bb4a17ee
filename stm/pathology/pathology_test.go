package pathology

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"gilt/contention"
	"gilt/internal/machine"
	"gilt/stm"
)

func run(t *testing.T, c Config) *Table {
	t.Helper()
	tab, err := Run(c)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// horizon is how long the runs of the whole suite are.
func horizon() time.Duration {
	if testing.Short() {
		return DefaultHorizon
	}
	return 2 * DefaultHorizon
}

// TestEachPathologyIsFoundAtHome: the program provokes it, the detector finds it, and a manager made against it does not
// show it. (DuelingUpgrades needs transactions that wait with locks held for each other; no algorithm here has visible
// readers that lock, so it is found in its write-write form.)
func TestEachPathologyIsFoundAtHome(t *testing.T) {
	for _, c := range []struct{ pathology, program, algorithm, manager, cure string }{
		{"FriendlyFire", "FriendlyFire", "eager", "suicide", "greedy"},
		{"StarvingWriter", "StarvingWriter", "eager", "karma", "hourglass"},
		{"SerializedCommit", "SerializedCommit", "norec", "suicide", ""},
		{"FutileStall", "FutileStall", "eager", "polka", "suicide"},
		{"StarvingElder", "StarvingElder", "lazy", "suicide", "comprehensive"},
		{"RestartConvoy", "RestartConvoy", "lazy", "suicide", "backoff"},
		{"DuelingUpgrades", "FriendlyFire", "eager", "kindergarten", "greedy"},
	} {
		t.Run(c.pathology, func(t *testing.T) {
			cms := []string{c.manager}
			if c.cure != "" {
				cms = append(cms, c.cure)
			}
			tab := run(t, Config{Algorithms: []string{c.algorithm}, Managers: cms, Programs: []string{c.program}})
			if r := tab.Find(c.program, c.algorithm, c.manager); !r.SuffersFrom(c.pathology) {
				t.Errorf("%s under %s, %s: not found\n%s", c.pathology, c.algorithm, c.manager, tab)
			}
			if c.cure == "" {
				return
			}
			if r := tab.Find(c.program, c.algorithm, c.cure); r.SuffersFrom(c.pathology) {
				t.Errorf("%s under %s, %s: found\n%s", c.pathology, c.algorithm, c.cure, tab)
			}
		})
	}
	// SerializedCommit's cure is an algorithm.
	tab := run(t, Config{Algorithms: []string{"lazy"}, Managers: []string{"suicide"}, Programs: []string{"SerializedCommit"}})
	if r := tab.Find("SerializedCommit", "lazy", "suicide"); len(r.Suffers) != 0 {
		t.Errorf("disjoint transactions under lazy suffer\n%s", tab)
	}
}

// TestTheTableIsReproducible: same configuration, same bytes; another seed, another run.
func TestTheTableIsReproducible(t *testing.T) {
	table := func(seed uint64) string {
		var b bytes.Buffer
		tab := run(t, Config{Algorithms: []string{"lazy", "eager", "norec"}, Managers: []string{"comprehensive", "karma", "hourglass",
			"ats", "stealonabort", "shrink"}, Horizon: 300 * time.Microsecond, Seed: seed, All: true})
		if err := tab.CSV(&b); err != nil {
			t.Fatal(err)
		}
		return b.String() + tab.String()
	}
	first := table(1)
	if second := table(1); first != second {
		a, b := strings.Split(first, "\n"), strings.Split(second, "\n")
		for i := range a {
			if i >= len(b) || a[i] != b[i] {
				t.Fatalf("line %d:\n%s\n%s", i, a[i], b[i])
			}
		}
	}
	if first == table(2) {
		t.Error("the seed has no influence")
	}
}

// What comprehensive promises of the suite on 4 simulated cores. boundAborts is its escalate + 2*threads.
const boundAborts = 18 + 2*DefaultCores

// TestComprehensiveIsBounded: under every algorithm, no transaction of the suite aborts more often in a row than that.
func TestComprehensiveIsBounded(t *testing.T) {
	tab := run(t, Config{Managers: []string{"comprehensive"}, Horizon: horizon()})
	most := 0
	for i := range tab.Rows {
		r := &tab.Rows[i]
		most = max(most, r.MaxAborts)
		if r.MaxAborts > boundAborts || r.Stuck != "" {
			t.Errorf("%s, %s: %d aborts in a row %s", r.Program, r.Algorithm, r.MaxAborts, r.Stuck)
		}
	}
	if most < 18 {
		t.Errorf("only %d aborts in a row: the suite does not reach the bound", most)
	}
}

// TestComprehensiveIsNoSlowerThanALock: with the default algorithm on every program. The other algorithms with
// ownership records have costs of their own that no manager can take away (marks, two locks for a write, no extension):
// they stay near.
func TestComprehensiveIsNoSlowerThanALock(t *testing.T) {
	const near = 0.8
	tab := run(t, Config{Algorithms: []string{"lazy", "fair", "tl2", "eager", "swiss"}, Managers: []string{"comprehensive"},
		Horizon: horizon()})
	for i := range tab.Rows {
		r := &tab.Rows[i]
		least := near
		if r.Algorithm == stm.Default {
			least = 1
		}
		if r.RelLock < least {
			t.Errorf("%s, %s: %.3f of one global lock's throughput, want %.2f", r.Program, r.Algorithm, r.RelLock, least)
		}
	}
}

// TestManagersThatCannotMatterAreSkipped, with the reason, unless all are asked for.
func TestManagersThatCannotMatterAreSkipped(t *testing.T) {
	c := Config{Algorithms: []string{"norec"}, Managers: []string{"karma"}, Programs: []string{"RestartConvoy"}}
	r := run(t, c).Find("RestartConvoy", "norec", "karma")
	if r.Matters || r.Commits != 0 || !strings.Contains(r.Why, "already committed") {
		t.Errorf("%+v", r)
	}
	c.All = true
	c.Managers = []string{"karma", "suicide"}
	tab := run(t, c)
	k, s := tab.Find("RestartConvoy", "norec", "karma"), tab.Find("RestartConvoy", "norec", "suicide")
	if k.Matters || k.Commits == 0 || k.Aborts == 0 {
		t.Errorf("%+v", k)
	}
	if d := float64(k.Commits) / float64(s.Commits); d < 0.95 || d > 1.05 {
		t.Errorf("karma does matter: %d commits against suicide's %d", k.Commits, s.Commits)
	}
}

func TestRunRefusesNonsense(t *testing.T) {
	for _, c := range []struct {
		cfg  Config
		want string
	}{
		{Config{Programs: []string{"Nothing"}}, `unknown pathology "Nothing" (known: DuelingUpgrades, `},
		{Config{Algorithms: []string{"none"}}, "unknown algorithm"},
		{Config{Managers: []string{"none"}}, "unknown contention manager"},
		{Config{Threads: 2}, "at least 3 threads"},
	} {
		_, err := Run(c.cfg)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.cfg, err)
		}
	}
}

// TestVerifyCatchesLostUpdates: the programs' own checks can fail.
func TestVerifyCatchesLostUpdates(t *testing.T) {
	for _, p := range programs() {
		n := 4
		if p.threads != 0 {
			n = p.threads
		}
		mem := &plain{make([]plainCell, p.cells(n))}
		commits := make([]int64, n)
		m := machine.NewSim(machine.SimConfig{})
		if err := m.Run(func(q *machine.Proc) {
			for i := range n {
				p.role(i, n).body(&plainAccess{mem, q}, q.Rand())
				commits[i]++
			}
		}); err != nil {
			t.Fatal(err)
		}
		if err := p.verify(mem.values(), commits); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		commits[0]++
		if err := p.verify(mem.values(), commits); err == nil {
			t.Errorf("%s: a lost update is not noticed", p.Name)
		}
	}
}

func TestMatrix(t *testing.T) {
	tab := &Table{Rows: []Row{
		{Program: "FriendlyFire", Algorithm: Lock, Matters: true},
		{Program: "FriendlyFire", Algorithm: "eager", Manager: "suicide", Matters: true, Commits: 1, Suffers: []string{"FriendlyFire", "StarvingElder"}},
		{Program: "StarvingElder", Algorithm: "eager", Manager: "suicide", Matters: true, Commits: 1},
		{Program: "FriendlyFire", Algorithm: "norec", Manager: "karma", Why: "cannot matter"},
	}}
	m := tab.Matrix()
	if len(m) != 2 {
		t.Fatal(m)
	}
	for i, p := range Programs() {
		want := map[string]Finding{"FriendlyFire": AtHome, "StarvingElder": Elsewhere}[p.Name]
		if want == NotRun {
			want = Healthy
		}
		if m[0].Findings[i] != want || m[1].Findings[i] != NotRun {
			t.Error(p.Name, m[0].Findings[i], m[1].Findings[i])
		}
	}
	if s := FormatMatrix(m); strings.Count(s, "\n") != 3 || !strings.Contains(s, "X") {
		t.Error(s)
	}
}

// TestDetectors feeds the detectors hand-made events.
func TestDetectors(t *testing.T) {
	a, b := new(contention.State), new(contention.State)
	at := int64(0)
	feed := func(d *detector, k contention.EventKind, me, enemy *contention.State, ns int64, epochs ...uint64) {
		at += 10
		e := contention.Event{Kind: k, Me: me, Enemy: enemy, At: at, Ns: ns}
		if len(epochs) > 0 {
			e.Epoch = epochs[0]
		}
		if len(epochs) > 1 {
			e.EnemyEpoch = epochs[1]
		}
		d.Event(nil, e)
	}
	const begin, commit, abort, kill, wait = contention.EventBegin, contention.EventCommit, contention.EventAbort,
		contention.EventKill, contention.EventWait

	t.Run("cycle", func(t *testing.T) {
		d := newDetector(2, 100)
		feed(d, kill, a, b, 0)
		feed(d, abort, b, a, 5)
		feed(d, kill, b, a, 0)
		feed(d, abort, a, b, 5)
		if d.cycles != 1 {
			t.Error("not found")
		}
	})
	t.Run("no cycle when one commits in between", func(t *testing.T) {
		d := newDetector(2, 100)
		feed(d, kill, a, b, 0)
		feed(d, commit, a, nil, 0)
		feed(d, abort, b, a, 5) // notices late
		feed(d, kill, b, a, 0)
		feed(d, abort, a, b, 5)
		if d.cycles != 0 {
			t.Error("found")
		}
	})
	t.Run("futile", func(t *testing.T) {
		d := newDetector(2, 100)
		feed(d, wait, a, b, 7, 1, 4)
		feed(d, wait, a, b, 3, 1, 4)
		feed(d, abort, b, nil, 5, 4)
		feed(d, wait, a, b, 2, 1, 4) // after the fact
		feed(d, wait, a, b, 9, 1, 5)
		feed(d, commit, b, nil, 0, 5)
		if d.futile != 12 || d.waited != 21 {
			t.Error(d.futile, d.waited)
		}
	})
	t.Run("crossing waits", func(t *testing.T) {
		d := newDetector(2, 100)
		feed(d, wait, a, b, 100)
		feed(d, wait, b, a, 100)
		if d.mutual != 1 {
			t.Error("not found")
		}
		d = newDetector(2, 100)
		feed(d, wait, a, b, 5)
		feed(d, wait, b, a, 5) // afterwards: at grows by 10
		if d.mutual != 0 {
			t.Error("found")
		}
	})
	t.Run("starvation", func(t *testing.T) {
		d := newDetector(2, 100)
		feed(d, begin, a, nil, 0)
		start := at
		for range 9 {
			feed(d, abort, a, b, 1)
			feed(d, begin, a, nil, 0)
		}
		feed(d, commit, a, nil, 0)
		if x := d.of(a); x.maxAborts != 9 || x.maxAge != at-start {
			t.Error(x.maxAborts, x.maxAge)
		}
	})
	t.Run("convoy", func(t *testing.T) {
		for _, together := range []bool{true, false} {
			c := new(contention.State)
			d := newDetector(3, 40)
			feed(d, commit, a, nil, 0)
			feed(d, abort, b, a, 0)
			feed(d, abort, c, a, 0)
			feed(d, begin, b, nil, 0)
			if !together {
				at += 1000
			}
			feed(d, begin, c, nil, 0)
			feed(d, commit, a, nil, 0)
			if (d.convoys == 1) != together {
				t.Error(together, d.convoys)
			}
		}
	})
}

// TestDuelsRun: the real-core duels work and count right; what they measure is for benchmarks.
func TestDuelsRun(t *testing.T) {
	for _, alg := range []string{"lazy", "eager"} {
		rows, err := RunDuels(DuelConfig{Algorithm: alg, Managers: []string{"comprehensive", "hourglass", "greedy"}, Rounds: 1,
			Time: 2 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 3*len(Duels()) {
			t.Errorf("%d rows", len(rows))
		}
		for _, r := range rows {
			if r.CommitsPerSec <= 0 {
				t.Errorf("%+v", r)
			}
		}
		if s := FormatDuels(rows); strings.Count(s, "\n") != len(rows)+1 {
			t.Error(s)
		}
	}
	if _, err := RunDuels(DuelConfig{Algorithm: "none", Rounds: 1, Managers: []string{"suicide"}}); err == nil {
		t.Error("unknown algorithm")
	}
}

// BenchmarkDuels is the three duels on two real cores, for every manager: commits/s and aborts per commit, measured in turns.
// Then comprehensive runs against the best of them once more, and the verdict is printed: it is meant to be within 10 % of the
// best in each duel. One run is enough (-benchtime 1x); on a busy machine, or one with a single core, it means nothing.
func BenchmarkDuels(b *testing.B) {
	const within = 0.9
	cfg := DuelConfig{Algorithm: stm.Default, Rounds: 15, Time: 3 * time.Millisecond}
	rows, err := RunDuels(cfg)
	if err != nil {
		b.Fatal(err)
	}
	report := func(r DuelRow) func(*testing.B) {
		return func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(r.CommitsPerSec, "commits/s")
			b.ReportMetric(r.AbortsPerCommit, "aborts/commit")
			b.ReportMetric(r.LeastShare, "leastshare")
			b.ReportMetric(r.VsBest, "vsbest")
		}
	}
	for _, r := range rows {
		b.Run(r.Duel+"/cm="+r.Manager, report(r))
	}
	cfg.Rounds *= 3
	off, err := RunOff(cfg, contention.Default, rows)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("\nrun-off:\n%s\n", FormatDuels(off))
	for _, r := range off {
		if r.Manager == contention.Default {
			verdict := "within 10 %"
			if r.VsBest < within {
				verdict = "MISSED: not within 10 %"
			}
			fmt.Printf("%s: %s has %.2f of the best: %s (%d of %d rounds disturbed)\n", r.Duel, r.Manager, r.VsBest, verdict, r.Disturbed, cfg.Rounds)
		}
	}
	fmt.Println()
}
