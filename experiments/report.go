package experiments

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"text/tabwriter"

	"gilt/experiments/figure"
)

// report makes tables and figures from data files. Experiments without data are passed over; damaged files are errors, after
// everything else has been reported. The table of claims is always that of all data in the directory.
func report(o *Options, list []*Experiment) error {
	var verdicts []judged
	var errs []error
	var pictures []string
	every := o.List
	if every == nil {
		every = All()
	}
	for _, e := range every {
		chosen := slices.ContainsFunc(list, func(x *Experiment) bool { return x.Name == e.Name })
		d, err := Load(o.Dir, e.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if e.Judge != nil {
			for _, v := range e.Judge(d) {
				verdicts = append(verdicts, judged{v, e.Name, chosen})
			}
		}
		if !chosen { // the table of claims is that of all data
			continue
		}
		var b bytes.Buffer
		d.table(&b, e)
		if e.Notes != nil {
			var n bytes.Buffer
			e.Notes(d, &n)
			fmt.Fprintf(&b, "\n%s", n.Bytes())
			fmt.Fprintf(o.Out, "%s: %s\n", e.Name, n.Bytes())
		}
		if err := writeAtomically(filepath.Join(o.Dir, e.Name+".txt"), b.Bytes()); err != nil {
			return err
		}
		for _, f := range e.figures(d) {
			names, err := draw(o.Dir, f)
			if err != nil {
				errs = append(errs, err)
			}
			pictures = append(pictures, names...)
		}
	}
	if len(verdicts)+len(pictures) == 0 && len(errs) == 0 {
		return fmt.Errorf("no data in %s", o.Dir)
	}
	var b bytes.Buffer
	claimTable(&b, verdicts)
	if err := writeAtomically(filepath.Join(o.Dir, "claims.md"), b.Bytes()); err != nil {
		return err
	}
	claimLines(o.Out, verdicts, len(list) == len(every))
	fmt.Fprintf(o.Out, "%d figures, data and tables in %s\n", len(pictures), o.Dir)
	return errors.Join(errs...)
}

// figures are the experiment's figures with the note where the data come from.
func (e *Experiment) figures(d *Data) []figure.Figure {
	if e.Figures == nil {
		return nil
	}
	fs := e.Figures(d)
	for i := range fs {
		if fs[i].Note != "" {
			continue
		}
		if !e.Raw {
			least, most := d.often()
			fs[i].Note = "medians of " + fmt.Sprint(least)
			if most > least {
				fs[i].Note += " to " + fmt.Sprint(most)
			}
			if most < 6 {
				fs[i].Note += " with their range; "
			} else {
				fs[i].Note += ", 95 % confidence; "
			}
		}
		if d.config("machine") == "simulated" {
			fs[i].Note += "virtual time"
		} else {
			fs[i].Note += d.config("cpu") + ", " + d.config("cores") + " cores, " + d.config("go")
		}
		fs[i].Note += ", " + d.config("scale")
	}
	return fs
}

// often is how often points were measured, the least and the most of those that could be.
func (d *Data) often() (least, most int) {
	count := map[string]int{}
	for i := range d.Records {
		if _, no := d.Records[i].Value(skipped); !no {
			count[d.Records[i].Point.String()]++
		}
	}
	for _, n := range count {
		if least == 0 || n < least {
			least = n
		}
		most = max(most, n)
	}
	return least, most
}

func (d *Data) repetitions() int {
	n := 0
	for i := range d.Records {
		n = max(n, d.Records[i].Rep+1)
	}
	return n
}

// draw writes a figure in all formats that can be had and returns the name of the canonical one.
func draw(dir string, f figure.Figure) ([]string, error) {
	svg, err := f.SVG()
	if err != nil {
		return nil, err
	}
	png, err := f.PNG()
	if err != nil {
		return nil, err
	}
	name := filepath.Join(dir, f.Name)
	if err := writeAtomically(name+".svg", svg); err != nil {
		return nil, err
	}
	if err := writeAtomically(name+".png", png); err != nil {
		return nil, err
	}
	if figure.HavePDF() {
		pdf, err := figure.PDF(svg)
		if err != nil {
			return nil, err
		}
		if err := writeAtomically(name+".pdf", pdf); err != nil {
			return nil, err
		}
	}
	return []string{name + ".svg"}, nil
}

// table writes medians and intervals of everything.
func (d *Data) table(w io.Writer, e *Experiment) {
	fmt.Fprintf(w, "%s: %s\n", e.Name, e.Title)
	for _, c := range d.Config {
		fmt.Fprintf(w, "  %s: %s\n", c.Key, c.Value)
	}
	if e.Published != "" {
		fmt.Fprintf(w, "  published: %s\n", e.Published)
	}
	fmt.Fprintln(w)
	if e.Raw {
		fmt.Fprintf(w, "%d records\n", len(d.Records))
		return
	}
	units := map[string]bool{}
	var order []string
	var points []string
	values := map[string]map[string][]float64{}
	for i := range d.Records {
		r := &d.Records[i]
		p := r.Point.String()
		if values[p] == nil {
			values[p] = map[string][]float64{}
			points = append(points, p)
		}
		for _, m := range r.Measures {
			if !units[m.Unit] {
				units[m.Unit] = true
				order = append(order, m.Unit)
			}
			values[p][m.Unit] = append(values[p][m.Unit], m.Value)
		}
	}
	sort.Strings(order)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(tw, "point")
	for _, u := range order {
		fmt.Fprintf(tw, "\t%s", u)
	}
	fmt.Fprintln(tw)
	for _, p := range points {
		fmt.Fprint(tw, p[1:])
		for _, u := range order {
			fmt.Fprint(tw, "\t")
			if v := values[p][u]; len(v) > 0 {
				s := summarize(v)
				fmt.Fprintf(tw, "%s [%s, %s]", show(s.Mid, u), show(s.Lo, u), show(s.Hi, u))
			}
		}
		fmt.Fprintln(tw)
	}
	_ = tw.Flush() // into memory
}

// Inspect names the damaged files of a directory, without doing anything else.
func Inspect(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.bench"))
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range files {
		if _, err := readFile(f); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
