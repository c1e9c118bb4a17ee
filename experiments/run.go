package experiments

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"gilt/internal/machine"
)

// Options say what Run does.
type Options struct {
	Scale    Scale
	Names    []string // experiments; nil: all
	Shard    int      // from 1; 0: no shards
	Shards   int
	Dir      string    // of the data files
	Out      io.Writer // tables
	Progress io.Writer // progress
	Terminal bool      // Progress is one
	PlotOnly bool      // nothing is measured
	Only     []Factor  // only points that have one of the values for each key
	List     []*Experiment
	Costs    machine.Costs // of virtual time; the zero value is the defaults

	Calibrate func() (machine.Costs, error) // for experiments that want the present machine's prices; nil: as gilt calibrate does
}

// choose gives the experiments that the options name.
func (o *Options) choose() ([]*Experiment, error) {
	list := o.List
	if list == nil {
		list = All()
	}
	if len(o.Names) == 0 {
		return list, nil
	}
	var out []*Experiment
	for _, n := range o.Names {
		var found *Experiment
		var known []string
		for _, e := range list {
			known = append(known, e.Name)
			if e.Name == n {
				found = e
			}
		}
		if found == nil {
			return nil, fmt.Errorf("unknown experiment %q (known: %s)", n, strings.Join(known, ", "))
		}
		out = append(out, found)
	}
	return out, nil
}

// job is one measurement of one point.
type job struct {
	e     *Experiment
	n     int // in the experiment: repetition by repetition
	rep   int
	point Point
}

// jobs are what this shard measures of an experiment, in the order of measuring: every repetition begins at another point.
func (o *Options) jobs(e *Experiment) []job {
	points := e.Points(o.Scale)
	var out []job
	most := 0
	for _, p := range points {
		most = max(most, e.repsAt(o.Scale, p))
	}
	for rep := range most {
		for i := range points {
			k := (i + rep*7) % len(points)
			if rep >= e.repsAt(o.Scale, points[k]) {
				continue
			}
			n := rep*len(points) + k
			part := rep
			if e.Simulated {
				part = n
			}
			if !o.wanted(points[k]) {
				continue
			}
			if o.Shards > 1 && part%o.Shards != o.Shard-1 {
				continue
			}
			out = append(out, job{e, n, rep, points[k]})
		}
	}
	return out
}

// known is an error if what the run is restricted to does not exist.
func (o *Options) known(list []*Experiment) error {
	for _, f := range o.Only {
		var values []string
		found := false
		for _, e := range list {
			for _, p := range e.Points(o.Scale) {
				if v := p.Get(f.Key); v == f.Value {
					found = true
				} else if v != "" && !slices.Contains(values, v) {
					values = append(values, v)
				}
			}
		}
		if !found {
			return fmt.Errorf("no point with %s=%s (known values of %s: %s)", f.Key, f.Value, f.Key, strings.Join(values, ", "))
		}
	}
	return nil
}

// wanted says whether a point is to be measured. Where a key is given several times, each of its values will do.
func (o *Options) wanted(p Point) bool {
	ok := map[string]bool{}
	for _, f := range o.Only {
		ok[f.Key] = ok[f.Key] || p.Get(f.Key) == f.Value
	}
	for _, yes := range ok {
		if !yes {
			return false
		}
	}
	return true
}

// seed is the seed of a repetition: the same for all points, so that they meet the same chances.
func seed(e *Experiment, rep int) uint64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(e.Name)) // cannot fail
	return uint64(h.Sum32()%1000)*1000 + uint64(rep) + 1
}

// file is the experiment's data file in this run.
func (o *Options) file(e *Experiment) string {
	if o.Shards > 1 {
		return filepath.Join(o.Dir, fmt.Sprintf("%s.shard-%d-of-%d.bench", e.Name, o.Shard, o.Shards))
	}
	return filepath.Join(o.Dir, e.Name+".bench")
}

// runner is a run's state.
type runner struct {
	*Options
	ctx      context.Context
	identity string // of the program, the machine and the scale: only what these began is resumed
	env      Env
	bar      *progressbar.ProgressBar
	mu       sync.Mutex
	began    time.Time
}

// Run measures, writes data, and reports. A run that was interrupted goes on where it was.
func Run(ctx context.Context, o Options) error {
	list, err := o.choose()
	if err != nil {
		return err
	}
	if o.Shards > 1 && (o.Shard < 1 || o.Shard > o.Shards) {
		return fmt.Errorf("shard %d of %d", o.Shard, o.Shards)
	}
	if !o.PlotOnly {
		if err := measure(ctx, &o, list); err != nil {
			return err
		}
	}
	return report(&o, list)
}

func measure(ctx context.Context, o *Options, list []*Experiment) error {
	if err := os.MkdirAll(filepath.Join(o.Dir, stateDir), 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "gilt-workloads-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := extract(dir); err != nil {
		return err
	}
	r := &runner{Options: o, ctx: ctx, identity: identity(o.Scale) + " " + costsName(o.Costs), began: time.Now(),
		env: Env{Context: ctx, Scale: o.Scale, Dir: dir, Costs: o.Costs, pythons: newInstalled(o.Scale)}}
	data := make([]*Data, len(list))
	todo := make([][]job, len(list))
	all, left := 0, 0
	if err := o.known(list); err != nil {
		return err
	}
	for i, e := range list {
		if data[i], todo[i], err = r.resume(e); err != nil {
			return err
		}
		all += len(o.jobs(e))
		left += len(todo[i])
	}
	if left == 0 { // everything is there already: measure anew
		for i, e := range list {
			todo[i] = o.jobs(e)
			data[i] = data[i].without(todo[i])
		}
		left = all
	} else if left < all {
		fmt.Fprintf(o.Progress, "going on: %d of %d measurements are there\n", all-left, all)
	}
	r.bar = progressbar.NewOptions(left, progressbar.OptionSetWriter(o.Progress), progressbar.OptionSetVisibility(o.Terminal),
		progressbar.OptionSetWidth(24), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	for i, e := range list {
		if err := r.experiment(e, data[i], todo[i]); err != nil {
			return err
		}
	}
	_ = r.bar.Finish() // only a picture
	return nil
}

// resume reads what an interrupted run has left, and says what is still to be measured.
func (r *runner) resume(e *Experiment) (*Data, []job, error) {
	jobs := r.jobs(e)
	text, err := os.ReadFile(r.state(e))
	if errors.Is(err, fs.ErrNotExist) || err == nil && string(text) != r.identity {
		return r.fresh(e), jobs, nil
	}
	if err != nil {
		return nil, nil, err
	}
	d, err := readFile(r.file(e))
	if errors.Is(err, fs.ErrNotExist) {
		return r.fresh(e), jobs, nil
	}
	if err != nil {
		return nil, nil, err
	}
	d.Experiment = e.Name
	if len(d.Config) == 0 {
		d.Config = r.config(e)
	}
	have := map[int]bool{}
	for _, rec := range d.Records {
		have[rec.Job] = true
	}
	var todo []job
	for _, j := range jobs {
		if !have[j.n] {
			todo = append(todo, j)
		}
	}
	return d, todo, nil
}

func (r *runner) fresh(e *Experiment) *Data { return &Data{Experiment: e.Name, Config: r.config(e)} }

// without is the data without what the jobs are going to measure again.
func (d *Data) without(jobs []job) *Data {
	again := map[int]bool{}
	for _, j := range jobs {
		again[j.n] = true
	}
	d.Records = slices.DeleteFunc(d.Records, func(r Record) bool { return again[r.Job] })
	return d
}

// state is the file that says which program wrote the data.
func (r *runner) state(e *Experiment) string {
	return filepath.Join(r.Dir, stateDir, filepath.Base(r.file(e)))
}

// stateDir holds what is of no use once a run is complete.
const stateDir = ".state"

// saveEvery is how much work an interruption may cost.
const saveEvery = time.Second

// experiment measures the jobs and writes the data.
func (r *runner) experiment(e *Experiment, d *Data, todo []job) (err error) {
	if len(todo) == 0 {
		return nil
	}
	r.bar.Describe(fmt.Sprintf("%-14s", e.Name))
	start := time.Now()
	if r.env.Costs, err = r.prices(e, d); err != nil {
		return err
	}
	d.setConfig("costs", costsName(r.env.Costs))
	if err := writeAtomically(r.state(e), []byte(r.identity)); err != nil {
		return err
	}
	if err := r.save(e, d); err != nil {
		return err
	}
	saved := time.Now()
	done := func(rec Record) error {
		r.mu.Lock()
		defer r.mu.Unlock()
		d.Records = append(d.Records, rec)
		_ = r.bar.Add(1) // only a picture
		if time.Since(saved) < saveEvery {
			return nil
		}
		saved = time.Now()
		return r.save(e, d)
	}
	// In virtual time nothing disturbs; on real cores everything does.
	var virtual, real []job
	for _, j := range todo {
		if e.virtual(j.point) {
			virtual = append(virtual, j)
		} else {
			real = append(real, j)
		}
	}
	if err = r.work(virtual, runtime.NumCPU(), done); err == nil {
		err = r.work(real, 1, done)
	}
	if serr := r.save(e, d); err == nil {
		err = serr
	}
	if err == nil {
		err = writeAtomically(strings.TrimSuffix(r.file(e), ".bench")+".csv", d.tidy())
	}
	if err == nil && !r.Terminal {
		fmt.Fprintf(r.Progress, "%-16s %4d measurements, %5.1f s\n", e.Name, len(todo), time.Since(start).Seconds())
	}
	return err
}

// work runs jobs on some workers; the first error ends it.
func (r *runner) work(todo []job, workers int, done func(Record) error) error {
	next := make(chan job)
	errs := make(chan error, workers)
	stop := make(chan struct{})
	for range workers {
		go func() {
			var err error
			for j := range next {
				var rec Record
				if rec, err = r.one(j); err == nil {
					err = done(rec)
				}
				if err != nil {
					break
				}
			}
			errs <- err
		}()
	}
	go func() {
		defer close(next)
		for _, j := range todo {
			select {
			case next <- j:
			case <-stop:
				return
			case <-r.ctx.Done():
				return
			}
		}
	}()
	var first error
	for range workers {
		if err := <-errs; err != nil && first == nil {
			first = err
			close(stop)
		}
	}
	if first == nil {
		first = r.ctx.Err()
	}
	return first
}

// one measures a point once.
func (r *runner) one(j job) (Record, error) {
	env := r.env
	env.Seed, env.Rep = seed(j.e, j.rep), j.rep
	m, err := j.e.Run(&env, j.point)
	if errors.Is(err, ErrSkip) {
		m, err = []Measure{{skipped, 1}}, nil
	}
	if err != nil {
		return Record{}, fmt.Errorf("%s%v, repetition %d, seed %d: %w", j.e.Name, j.point, j.rep, env.Seed, err)
	}
	return Record{j.point, j.n, j.rep, env.Seed, m}, nil
}

func (r *runner) save(e *Experiment, d *Data) error {
	d.sort()
	return writeAtomically(r.file(e), d.format(e))
}

// config is the head of a data file. In virtual time nothing of the machine matters, so nothing of it is there.
func (r *runner) config(e *Experiment) []Factor {
	c := []Factor{{"experiment", e.Name}, {"scale", r.Scale.String()}}
	if e.Simulated {
		return append(c, Factor{"machine", "simulated"}, Factor{"costs", costsName(r.Costs)})
	}
	if e.CPython {
		c = append(c, Factor{"cpython", r.env.pythons.versions()})
	}
	if e.Virtual != nil {
		c = append(c, Factor{"costs", costsName(r.Costs)})
	}
	return append(c, Factor{"machine", "real"}, Factor{"goos", runtime.GOOS}, Factor{"goarch", runtime.GOARCH},
		Factor{"cpu", cpuName()}, Factor{"cores", fmt.Sprint(runtime.NumCPU())}, Factor{"go", runtime.Version()},
		Factor{"os", osName()}, Factor{"program", r.identity[:12]}, Factor{"load", loadAverage()}, Factor{"date", r.began.UTC().Format(time.RFC3339)})
}

// identity identifies the program (by its own bytes), the machine and the scale.
func identity(s Scale) string {
	h := sha256.New()
	if name, err := os.Executable(); err == nil {
		if f, err := os.Open(name); err == nil {
			_, _ = io.Copy(h, f) // what cannot be read does not identify
			_ = f.Close()
		}
	}
	host, _ := os.Hostname() // "" will do
	return fmt.Sprintf("%x %s %s", h.Sum(nil)[:8], host, s)
}
