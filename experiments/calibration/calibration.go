// Package calibration measures the prices of virtual time (machine.Costs) on the present machine.
//
// There are three steps. The machine's own prices (cache lines, parking, waking, ...) are machine.Calibrate's. The
// transactional memory's follow from loops of whole transactions, and the interpreter's from small programs (kernels.go). For the last two every
// program runs twice: on real cores, which gives its time, and on a simulated core, which gives what it consists of: so
// many units of each kind of work, and so many nanoseconds of accesses. The prices of the kinds are then those, none
// negative, that explain the times best (fit.go); a kind that a program has much of weighs much in it. What runs in transactions runs
// without them too, in the same turns, and the prices of barriers and slices are those that explain the difference.
//
// Everything here runs on one core, but for the transfers of cache lines (handover.go) and for what one core's work costs another's that
// has nothing to do with it (crowding.go). How threads get into each other's way is not fitted: that is what the simulator predicts.
//
// Times are what remains on a machine that others use too: programs run in turns, many times, for some milliseconds each, and the
// median of the fastest quarter of each program's runs counts. The runs are dealt into parts and the fit is done once for each: how
// far the parts' prices lie from one another is the spread in the table.
package calibration

import (
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"sort"
	"text/tabwriter"
	"time"

	"gilt/internal/machine"
)

// Program is a Python program to measure, with its size as an argument. It ends with a line that ends with the seconds that it took.
type Program struct {
	Name   string
	Dir    string // for its imports
	Source []byte
	Args   []string // with %d for the size
	Size   int      // that takes some milliseconds; 0: found out
	Shared bool     // runs in transactions, else under the GIL
	Slice  int      // length of slices in instructions; 0: it adapts
}

// Options say how to calibrate.
type Options struct {
	Repetitions int       // of each program; 0 is 24
	Programs    []Program // beside the kernels
	WholeCores  bool      // no crowding: cores that are not slowed down by each other, as the defaults have them
	Progress    func(what string, done, total int)
}

// parts is how many fits the spread is computed from.
const parts = 4

// Price is one row of the result.
type Price struct {
	Name          string
	Default, Now  float64 // ns
	Spread        float64 // of the parts, as a share of Now
	Unit          string
	FromTheKernel bool // the kernels say; else the machine's own calibration
}

// Result is a calibration.
type Result struct {
	Costs   machine.Costs
	Prices  []Price
	parts   []machine.Costs
	Samples []Sample // the programs, for those who want to know how well the prices explain them
}

// Run calibrates.
func Run(o Options) (*Result, error) {
	if o.Repetitions == 0 {
		o.Repetitions = 24
	}
	o.Repetitions = max(o.Repetitions, parts)
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	before := machine.DefaultCosts()
	own, spreads, err := machineCosts(&o)
	r := &Result{Costs: own}
	if runtime.GOMAXPROCS(0) > 1 {
		o.Progress("cache lines between transactions", 0, 1)
		if e := transfers(&r.Costs, o.Repetitions); e != nil {
			return nil, e
		}
	}
	if e := r.kernels(&o); e != nil {
		return nil, errors.Join(err, e)
	}
	if e := r.crowding(&o, o.beside()); e != nil {
		return nil, errors.Join(err, e)
	}
	r.Costs.Measured(time.Now())
	var crowds []float64
	for i := range r.parts {
		crowds = append(crowds, r.parts[i].Crowding)
	}
	middle(crowds)
	for i, f := range machine.PriceNames() {
		b, n := before.Price(i), r.Costs.Price(i)
		if f == machine.Crowding {
			spreads[i] = spread(crowds)
		}
		r.Prices = append(r.Prices, Price{Name: f, Default: b, Now: n, Spread: spreads[i], Unit: machine.UnitOf(f)})
	}
	for k := range machine.NumCosts {
		s, fitted := r.spreadOf(machine.Cost(k))
		r.Prices = append(r.Prices, Price{Name: machine.Cost(k).String(), Default: before.Kind[k], Now: r.Costs.Kind[k],
			Spread: s, Unit: "ns", FromTheKernel: fitted})
	}
	return r, err
}

// beside are the programs that run side by side: those in transactions, the loops where there are no others.
func (o *Options) beside() []Program {
	var out []Program
	for _, p := range o.Programs {
		if p.Shared {
			out = append(out, p)
		}
	}
	for i := range kernels {
		if len(o.Programs) == 0 && kernels[i].transactions {
			p := kernels[i].program()
			p.Size = maxSize / 64
			out = append(out, p)
		}
	}
	return out
}

// machineRuns is how often the machine's own prices are measured.
const machineRuns = 5

// machineCosts measures the machine's own prices some times; medians and spreads.
func machineCosts(o *Options) (machine.Costs, []float64, error) {
	var all []machine.Costs
	var err error
	for i := range machineRuns {
		c, e := machine.Calibrate(func(what string, done, total int) { o.Progress("the machine: "+what, i*total+done, machineRuns*total) })
		all = append(all, c)
		err = e
	}
	out := all[0]
	spreads := make([]float64, len(machine.PriceNames()))
	for i := range spreads {
		v := make([]float64, len(all))
		for j := range all {
			v[j] = all[j].Price(i)
		}
		out.SetPrice(i, middle(v))
		spreads[i] = spread(v)
	}
	v := make([]float64, len(all))
	for j := range all {
		v[j] = all[j].Kind[machine.CostSyscall]
	}
	out.Kind[machine.CostSyscall] = middle(v)
	return out, spreads, err
}

// middle sorts values: the one in the middle.
func middle(v []float64) float64 {
	sort.Float64s(v)
	return v[len(v)/2]
}

// spread is how far sorted values lie apart, as a share of the middle one, without the extremes if there are enough.
func spread(v []float64) float64 {
	mid := v[len(v)/2]
	if mid == 0 {
		return 0
	}
	if len(v) >= 5 {
		v = v[1 : len(v)-1]
	}
	return (v[len(v)-1] - v[0]) / mid
}

// Table writes the prices, old beside new, for people.
func (r *Result) Table(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "price\tdefault\tmeasured\tspread\t")
	for _, p := range r.Prices {
		s := "-"
		if p.Spread > 0 {
			s = fmt.Sprintf("±%.0f %%", 50*p.Spread)
		}
		fmt.Fprintf(tw, "%s\t%.3g %s\t%.3g %s\t%s\t\n", p.Name, p.Default, p.Unit, p.Now, p.Unit, s)
	}
	return tw.Flush()
}

// Fit writes how well the prices explain the programs that they come from.
func (r *Result) Fit(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "program\ttime of an iteration\texplained\terror\ttransactions take\texplained\t")
	var errs []float64
	for i := range r.Samples {
		s := &r.Samples[i]
		e := s.explained(&r.Costs)/s.NS - 1
		errs = append(errs, math.Abs(e))
		fmt.Fprintf(tw, "%s\t%.4g ns\t%.4g ns\t%+.0f %%\t", s.Name, s.NS, s.explained(&r.Costs), 100*e)
		if p := s.plain; p != nil { // so many times as long as none
			fmt.Fprintf(tw, "%.2f\t%.2f\t", s.NS/p.NS, s.explained(&r.Costs)/p.explained(&r.Costs))
		} else {
			fmt.Fprint(tw, "\t\t")
		}
		fmt.Fprintln(tw)
	}
	sort.Float64s(errs)
	if len(errs) > 0 {
		fmt.Fprintf(tw, "median\t\t\t%.0f %%\t\t\t\n", 100*errs[len(errs)/2])
	}
	return tw.Flush()
}
