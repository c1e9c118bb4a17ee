package experiments

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// Data files are in Go's benchmark format: configuration lines, unit lines, and a line for each measurement. After each of
// these stands a line that other readers skip:
//
//	# job 17 rep 3 seed 4 crc32c 0123abcd
//
// The checksum covers the line before and the words before the checksum; configuration and units are covered by one of their
// own. Records stand in the order of their jobs, whatever the order of measuring was.

// Record is one measurement of one point.
type Record struct {
	Point
	Job, Rep int
	Seed     uint64
	Measures []Measure
}

// Value is the measure with that unit.
func (r *Record) Value(unit string) (float64, bool) {
	for _, m := range r.Measures {
		if m.Unit == unit {
			return m.Value, true
		}
	}
	return 0, false
}

// Data is what was measured in one experiment.
type Data struct {
	Experiment string
	Config     []Factor // machine, versions, scale
	Records    []Record // by job
}

// Damage says where a data file cannot be believed.
type Damage struct {
	File   string
	Line   int
	Record string // the record's beginning, "" for the head
	What   string
}

func (d *Damage) Error() string {
	where := "its head"
	if d.Record != "" {
		where = "record " + d.Record
	}
	return fmt.Sprintf("%s:%d: %s is damaged: %s; remove the file to measure again", d.File, d.Line, where, d.What)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(parts ...string) string {
	h := crc32.New(castagnoli)
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{'\n'})
	}
	return fmt.Sprintf("%08x", h.Sum32())
}

// format is the file's text.
func (d *Data) format(e *Experiment) []byte {
	var b bytes.Buffer
	var head []string
	for _, c := range d.Config {
		head = append(head, c.Key+": "+c.Value)
	}
	for _, u := range e.Units {
		if u.Better != "" {
			head = append(head, "Unit "+u.Name+" better="+u.Better)
		}
	}
	for _, l := range head {
		b.WriteString(l + "\n")
	}
	fmt.Fprintf(&b, "# head crc32c %s\n", checksum(head...))
	for i := range d.Records {
		r := &d.Records[i]
		line := e.benchmark() + r.Point.String() + " 1"
		for _, m := range r.Measures {
			line += " " + strconv.FormatFloat(m.Value, 'g', -1, 64) + " " + m.Unit
		}
		tail := fmt.Sprintf("# job %d rep %d seed %d", r.Job, r.Rep, r.Seed)
		fmt.Fprintf(&b, "%s\n%s crc32c %s\n", line, tail, checksum(line, tail))
	}
	return b.Bytes()
}

// parse reads a file's text, and believes nothing that does not fit its checksum.
func parse(file string, text []byte) (*Data, error) {
	d := &Data{}
	lines := strings.Split(string(text), "\n")
	if n := len(lines); n > 0 && lines[n-1] == "" {
		lines = lines[:n-1]
	}
	var head []string
	i := 0
	for ; i < len(lines) && !strings.HasPrefix(lines[i], "#"); i++ {
		head = append(head, lines[i])
	}
	if i == len(lines) || lines[i] != "# head crc32c "+checksum(head...) {
		return nil, &Damage{File: file, Line: i + 1, What: "it does not fit its checksum"}
	}
	for i++; i < len(lines); i += 2 {
		name, _, _ := strings.Cut(lines[i], " ")
		damage := func(what string) error { return &Damage{file, i + 1, name, what} }
		if name == "" {
			name = strconv.Quote(lines[i])
		}
		if i+1 == len(lines) {
			return nil, damage("the file ends within it")
		}
		tail, sum, ok := strings.Cut(lines[i+1], " crc32c ")
		if !ok || sum != checksum(lines[i], tail) {
			return nil, damage("it does not fit its checksum")
		}
		var r Record
		if _, err := fmt.Sscanf(tail, "# job %d rep %d seed %d", &r.Job, &r.Rep, &r.Seed); err != nil {
			return nil, damage(err.Error())
		}
		d.Records = append(d.Records, r)
	}
	return d, d.fill(file, text)
}

// fill takes configuration, names and values from the benchmark reader.
func (d *Data) fill(file string, text []byte) error {
	r := benchfmt.NewReader(bytes.NewReader(text), file)
	for n := 0; r.Scan(); {
		switch rec := r.Result().(type) {
		case *benchfmt.SyntaxError:
			return rec
		case *benchfmt.Result:
			if n == 0 {
				for _, c := range rec.Config {
					d.Config = append(d.Config, Factor{c.Key, string(c.Value)})
				}
				d.Experiment = rec.GetConfig("experiment")
			}
			if n >= len(d.Records) {
				return &Damage{File: file, Line: 1, What: "more results than records"}
			}
			_, parts := rec.Name.Parts()
			for _, p := range parts {
				k, v, _ := strings.Cut(strings.TrimPrefix(string(p), "/"), "=")
				d.Records[n].Point = append(d.Records[n].Point, Factor{k, v})
			}
			for _, v := range rec.Values {
				m := Measure{v.Unit, v.Value}
				if v.OrigUnit != "" {
					m = Measure{v.OrigUnit, v.OrigValue}
				}
				d.Records[n].Measures = append(d.Records[n].Measures, m)
			}
			n++
		}
	}
	return r.Err()
}

// readFile reads one data file.
func readFile(file string) (*Data, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parse(file, text)
}

// Load reads an experiment's data from a directory, merging the files of shards. Nothing there: fs.ErrNotExist.
func Load(dir, name string) (*Data, error) {
	files, err := filepath.Glob(filepath.Join(dir, name+".shard-*.bench"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	if whole := filepath.Join(dir, name+".bench"); exists(whole) {
		files = append([]string{whole}, files...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no data in %s: %w", name, dir, fs.ErrNotExist)
	}
	var out *Data
	for _, f := range files {
		d, err := readFile(f)
		if err != nil {
			return nil, err
		}
		if len(d.Records) > 0 && d.Experiment != name {
			return nil, fmt.Errorf("%s holds data of experiment %q", f, d.Experiment)
		}
		if out == nil {
			out = d
			continue
		}
		if err := out.merge(d); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
	}
	out.Experiment = name
	return out, nil
}

func exists(file string) bool { _, err := os.Stat(file); return err == nil }

// merge adds the records of another shard. A job that both have must have given the same: in virtual time it does.
func (d *Data) merge(o *Data) error {
	if a, b := d.config("scale"), o.config("scale"); a != b && a != "" && b != "" {
		return fmt.Errorf("scale %s does not go with scale %s", b, a)
	}
	have := map[int]*Record{}
	for i := range d.Records {
		have[d.Records[i].Job] = &d.Records[i]
	}
	for _, r := range o.Records {
		if h, ok := have[r.Job]; ok {
			if h.Point.String() != r.Point.String() || !slices.Equal(h.Measures, r.Measures) {
				return fmt.Errorf("job %d (%v, repetition %d) is there twice, with different results", r.Job, r.Point, r.Rep)
			}
			continue
		}
		d.Records = append(d.Records, r)
	}
	d.sort()
	return nil
}

func (d *Data) sort() {
	sort.SliceStable(d.Records, func(i, j int) bool { return d.Records[i].Job < d.Records[j].Job })
}

// config is a configuration value.
func (d *Data) config(key string) string { return Point(d.Config).Get(key) }

// writeAtomically replaces a file by a complete one: written beside it, synced, renamed.
func writeAtomically(file string, text []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), ".gilt-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(text); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	return err
}
