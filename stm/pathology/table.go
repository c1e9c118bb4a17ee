package pathology

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Table is what Run has found out.
type Table struct {
	Config Config
	Rows   []Row
}

// Row is one program under one algorithm with one manager, or under one global lock.
type Row struct {
	Program, Algorithm, Manager string
	Matters                     bool   // false: the run was skipped, or made only because Config.All asked for it
	Why                         string // why the manager matters or not
	Stuck                       string // not empty: the run did not end; why

	Commits, Aborts int64
	Throughput      float64 // useful work: 1 is one core that is always doing something useful
	RelLock         float64 // Throughput over that of one global lock
	Scaling         float64 // Throughput over the sum of what the threads do, each alone under the same algorithm
	Share           float64 // of the thread that got least; 1 is a turn on one core
	ElderShare      float64 // of the thread that the program is about, if there is one
	MaxAborts       int     // in a row, of one transaction
	MaxAge          int64   // ns from a transaction's first begin to its end
	Cycles          int64   // pairs that aborted each other without a commit in between
	Mutual          int64   // pairs that waited for each other
	Waited, Futile  int64   // ns waited for enemies, and for enemies that then aborted
	BackedOff       int64   // ns
	Wasted          int64   // ns in aborted attempts, as far as they were timed
	Convoys         int64   // commits after which the others restarted together

	Suffers []string // pathologies found, by their detectors
}

// AbortsPerCommit is the number of aborts for each commit.
func (r *Row) AbortsPerCommit() float64 {
	return float64(r.Aborts) / float64(max(1, r.Commits))
}

// Thresholds of the detectors: from where on a pathology counts as one.
const (
	limitCycles  = 0.25 // FriendlyFire: cycles per commit
	limitShare   = 0.25 // starvation: a thread gets less than a quarter of its turn on one core
	limitAborts  = 32   // ... and has aborted so often in a row, twice what the PPoPP 2009 paper lets pass (StarvingElder)
	limitSerial  = 0.6  // SerializedCommit: less than this part of what the threads would do if each were alone
	limitCalm    = 0.1  // ... and not because of aborts: fewer than this per commit
	limitFutile  = 0.02 // FutileStall: share of all threads' time
	limitConvoys = 0.25 // RestartConvoy: convoys per commit
	limitDuels   = 0.25 // DuelingUpgrades: crossing waits and cycles per commit
)

// fill takes the detector's counts over and judges them.
func (r *Row) fill(s *suite, d *detector, ideal float64) {
	r.Scaling = r.Throughput / ideal
	r.Aborts, r.Cycles, r.Mutual = d.aborts, d.cycles, d.mutual
	r.Waited, r.Futile, r.BackedOff, r.Wasted, r.Convoys = d.waited, d.futile, d.backedOff, d.wasted, d.convoys
	for _, t := range d.order {
		r.MaxAborts = max(r.MaxAborts, t.maxAborts)
		r.MaxAge = max(r.MaxAge, t.maxAge)
	}
	n := float64(max(1, r.Commits))
	threads := float64(len(s.roles))
	all := threads * float64(s.cfg.Horizon)
	starved := r.Share < limitShare
	r.suffer("FriendlyFire", float64(r.Cycles)/n > limitCycles)
	r.suffer("StarvingWriter", starved && r.Waited > r.Wasted)
	r.suffer("SerializedCommit", r.Scaling < limitSerial && r.AbortsPerCommit() < limitCalm && r.MaxAborts < limitAborts && r.Waited == 0)
	r.suffer("FutileStall", float64(r.Futile)/all > limitFutile)
	r.suffer("StarvingElder", starved && r.MaxAborts >= limitAborts)
	r.suffer("RestartConvoy", float64(r.Convoys)/n > limitConvoys)
	r.suffer("DuelingUpgrades", float64(r.Mutual)/n > limitDuels)
}

func (r *Row) suffer(name string, yes bool) {
	if yes {
		r.Suffers = append(r.Suffers, name)
	}
}

// SuffersFrom says whether the pathology was found.
func (r *Row) SuffersFrom(name string) bool {
	for _, s := range r.Suffers {
		if s == name {
			return true
		}
	}
	return false
}

// Find is the row of that program, algorithm and manager, nil if there is none.
func (t *Table) Find(program, algorithm, manager string) *Row {
	for i := range t.Rows {
		if r := &t.Rows[i]; r.Program == program && r.Algorithm == algorithm && r.Manager == manager {
			return r
		}
	}
	return nil
}

// String is the table for people: a line per run.
func (t *Table) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "program\talgorithm\tmanager\tuseful\tvs lock\tscaling\tcommits\taborts/c\tmax row\tshare\tfutile us\tcycles\tconvoys\tmutual\tsuffers from")
	for i := range t.Rows {
		r := &t.Rows[i]
		if !r.Matters && r.Commits == 0 && r.Stuck == "" {
			fmt.Fprintf(w, "%s\t%s\t%s\t\t\t\t\t\t\t\t\t\t\t\t(%s)\n", r.Program, r.Algorithm, r.Manager, r.Why)
			continue
		}
		suffers := strings.Join(r.Suffers, " ")
		if r.Stuck != "" {
			suffers = "STUCK " + suffers
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%d\t%.2f\t%d\t%.2f\t%d\t%d\t%d\t%d\t%s\n", r.Program, r.Algorithm, r.Manager,
			r.Throughput, r.RelLock, r.Scaling, r.Commits, r.AbortsPerCommit(), r.MaxAborts, r.Share, r.Futile/1000, r.Cycles,
			r.Convoys, r.Mutual, suffers)
	}
	w.Flush()
	return b.String()
}

// CSV writes the table as tidy data: a line per run, a column per figure.
func (t *Table) CSV(out io.Writer) error {
	w := csv.NewWriter(out)
	_ = w.Write(strings.Fields("program algorithm manager matters stuck commits aborts throughput rel_lock scaling share " +
		"elder_share max_aborts max_age_ns cycles mutual waited_ns futile_ns backed_off_ns wasted_ns convoys suffers why"))
	f := func(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
	n := func(x int64) string { return strconv.FormatInt(x, 10) }
	for i := range t.Rows {
		r := &t.Rows[i]
		_ = w.Write([]string{r.Program, r.Algorithm, r.Manager, strconv.FormatBool(r.Matters), r.Stuck, n(r.Commits),
			n(r.Aborts), f(r.Throughput), f(r.RelLock), f(r.Scaling), f(r.Share), f(r.ElderShare), n(int64(r.MaxAborts)), n(r.MaxAge),
			n(r.Cycles), n(r.Mutual), n(r.Waited), n(r.Futile), n(r.BackedOff), n(r.Wasted), n(r.Convoys),
			strings.Join(r.Suffers, " "), r.Why})
	}
	w.Flush()
	return w.Error()
}
