package experiments

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"text/tabwriter"
)

// Real figures beside simulated ones: how they are made from turns, and what their errors are.

// comparison is a figure that real and simulated cores are compared by.
type comparison struct {
	name, short, title string
	over, under        string  // the units whose quotient it is; without over it is a figure itself
	floor              float64 // errors of smaller figures are taken as shares of this one
}

var comparisons = []comparison{
	{"aborts", "aborts per commit", "Aborts per commit, two threads on two cores", "", aborting, 0.01},
	{"threads", "two threads over one", "Speed of two threads over one, in transactions", stmOne, stmTwo, 0.01},
	{"gil", "transactions over the GIL", "Speed of transactions over the GIL, two threads", gilTwo, stmTwo, 0.01},
}

// real is the figure on real cores: the median of turns, or the geometric mean of their quotients. Not the quotient of medians, as
// the machine's states come and go between turns; and not a median of quotients, because which of two states has the majority is an accident.
func (d *Data) real(k comparison, program string) float64 {
	at := these("program", program, "cores", "real")
	if k.over == "" {
		return d.Mid(k.under, at...)
	}
	return geometric(d.quotients(k.over, k.under, at))
}

// quotients are those of two figures of the same records.
func (d *Data) quotients(over, under string, kv []string) []float64 {
	var out []float64
	for i := range d.Records {
		r := &d.Records[i]
		a, ok := r.Value(over)
		b, also := r.Value(under)
		if ok && also && b > 0 && has(r.Point, kv) {
			out = append(out, a/b)
		}
	}
	return out
}

// geometric is the mean for quotients, NaN of nothing.
func geometric(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += math.Log(x)
	}
	return math.Exp(sum / float64(len(v)))
}

// crowding is what the turns of a program give for it: never less than nothing.
func (d *Data) crowding(program string) float64 {
	var v []float64
	for _, c := range d.values(crowding, "program", program, "cores", "real") {
		v = append(v, 1+c)
	}
	return max(geometric(v)-1, 0)
}

// simulated is the figure on simulated cores with that crowding: interpolated between the levels on both sides, or from the last two.
func (d *Data) simulated(k comparison, program string, crowding float64) float64 {
	if math.IsNaN(crowding) {
		return crowding
	}
	type level struct{ at, over, under float64 }
	var levels []level
	for _, c := range d.Levels("crowding", "program", program) {
		at := these("program", program, "cores", "simulated", "crowding", c)
		l := level{at: number(c), over: 1, under: d.Mid(k.under, at...)}
		if k.over != "" {
			l.over = d.Mid(k.over, at...)
		}
		levels = append(levels, l)
	}
	sort.Slice(levels, func(i, j int) bool { return levels[i].at < levels[j].at })
	if len(levels) < 2 {
		return math.NaN()
	}
	i := 1
	for i < len(levels)-1 && levels[i].at < crowding {
		i++
	}
	a, b := levels[i-1], levels[i]
	part := (crowding - a.at) / (b.at - a.at)
	between := func(x, y float64) float64 { return x + part*(y-x) }
	if k.over == "" {
		return max(between(a.under, b.under), 0)
	}
	return between(a.over, b.over) / between(a.under, b.under)
}

// compared is a program's figure on real and on simulated cores.
type compared struct {
	program   string
	real, sim float64
	err       float64 // as a share of the real figure
}

// compare lists a half's programs.
func (d *Data) compare(k comparison, half string) []compared {
	var out []compared
	for _, p := range d.Levels("program", "half", half) {
		c := compared{program: p, real: d.real(k, p), sim: d.simulated(k, p, d.crowding(p))}
		if math.IsNaN(c.real) || math.IsNaN(c.sim) {
			continue
		}
		c.err = math.Abs(c.sim-c.real) / max(c.real, k.floor)
		out = append(out, c)
	}
	return out
}

func medianError(list []compared) float64 {
	var v []float64
	for _, c := range list {
		v = append(v, c.err)
	}
	sort.Float64s(v)
	if len(v)%2 == 0 {
		return (v[len(v)/2-1] + v[len(v)/2]) / 2
	}
	return v[len(v)/2]
}

// validationNotes sets real beside simulated, program by program.
func validationNotes(d *Data, w io.Writer) {
	fmt.Fprintln(w, "real and simulated cores (crowding: by so much of itself work takes longer while the second core is busy, measured with the calibration half)")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(tw, "program\thalf\tcrowding\t")
	for _, k := range comparisons {
		fmt.Fprintf(tw, "%s: real\tsimulated\terror\t", k.short)
	}
	fmt.Fprintln(tw)
	g := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	for _, half := range these("validation", "calibration") {
		columns := make([][]compared, len(comparisons))
		for i, k := range comparisons {
			columns[i] = d.compare(k, half)
		}
		if len(columns[0]) == 0 {
			continue
		}
		for i := range columns[0] {
			fmt.Fprintf(tw, "%s\t%s\t%s\t", columns[0][i].program, half, g(d.crowding(columns[0][i].program)))
			for _, c := range columns {
				fmt.Fprintf(tw, "%s\t%s\t%s\t", g(c[i].real), g(c[i].sim), percent(c[i].err))
			}
			fmt.Fprintln(tw)
		}
		fmt.Fprintf(tw, "median\t%s\t\t", half)
		for _, c := range columns {
			fmt.Fprintf(tw, "\t\t%s\t", percent(medianError(c)))
		}
		fmt.Fprintln(tw)
	}
	_ = tw.Flush() // into memory
}
