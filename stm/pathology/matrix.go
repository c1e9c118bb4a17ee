package pathology

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Finding says where a pathology was found.
type Finding uint8

// The findings.
const (
	NotRun    Finding = iota // no run with this algorithm and manager, or the manager cannot matter
	Healthy                  // not found in any program
	Elsewhere                // found, but not in the program that was made for it
	AtHome                   // found in the program that was made for it
)

// String is a mark for tables.
func (f Finding) String() string { return [...]string{"", ".", "o", "X"}[f] }

// MatrixRow is one algorithm with one manager: a finding for each pathology, in the order of Programs.
type MatrixRow struct {
	Algorithm, Manager string
	Findings           []Finding
}

// Matrix says who suffers from what: the table without its figures.
func (t *Table) Matrix() []MatrixRow {
	var names []string
	for _, p := range Programs() {
		names = append(names, p.Name)
	}
	var out []MatrixRow
	at := map[string]int{}
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Algorithm == Lock {
			continue
		}
		key := r.Algorithm + " " + r.Manager
		k, ok := at[key]
		if !ok {
			k = len(out)
			at[key] = k
			out = append(out, MatrixRow{r.Algorithm, r.Manager, make([]Finding, len(names))})
		}
		if !r.Matters && r.Commits == 0 && r.Stuck == "" {
			continue
		}
		for n, name := range names {
			f := Healthy
			if r.SuffersFrom(name) {
				f = Elsewhere
				if r.Program == name {
					f = AtHome
				}
			}
			out[k].Findings[n] = max(out[k].Findings[n], f)
		}
	}
	return out
}

// FormatMatrix is the matrix for people: X found in its own program, o in another one, . not found, empty not run.
func FormatMatrix(rows []MatrixRow) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "algorithm\tmanager")
	for _, p := range Programs() {
		fmt.Fprint(w, "\t", p.Name)
	}
	fmt.Fprintln(w)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s", r.Algorithm, r.Manager)
		for _, f := range r.Findings {
			fmt.Fprint(w, "\t", f)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	return b.String()
}
