package experiments

import (
	"bytes"
	"encoding/csv"
	"strconv"
)

// tidy is the data as CSV: a row for each figure of each record, a column for each factor.
func (d *Data) tidy() []byte {
	var keys []string
	seen := map[string]bool{}
	for i := range d.Records {
		for _, f := range d.Records[i].Point {
			if !seen[f.Key] {
				seen[f.Key] = true
				keys = append(keys, f.Key)
			}
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(append(append([]string{"experiment", "scale"}, keys...), "rep", "seed", "unit", "value"))
	for i := range d.Records {
		r := &d.Records[i]
		row := []string{d.Experiment, d.config("scale")}
		for _, k := range keys {
			row = append(row, r.Get(k))
		}
		row = append(row, strconv.Itoa(r.Rep), strconv.FormatUint(r.Seed, 10))
		for _, m := range r.Measures {
			_ = w.Write(append(row[:len(row):len(row)], m.Unit, strconv.FormatFloat(m.Value, 'g', -1, 64)))
		}
	}
	w.Flush() // into memory: cannot fail
	return b.Bytes()
}
