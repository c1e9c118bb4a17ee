package calibration

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

const (
	runTime  = 2 * time.Millisecond // that a run should take
	fraction = 4                    // the smaller size is this part of the other: the difference has no start in it
	maxSize  = 1 << 22
)

// run runs a program: the seconds that it says it has taken.
func (p *Program) run(m *machine.Machine, size int) (float64, error) {
	var out, errs bytes.Buffer
	c := vm.Config{Machine: m, Seed: 1, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Args: []string{p.Name + ".py"}}
	if p.Shared {
		c.Mode, c.NoBypass, c.Slice = vm.ModeSTM, true, p.Slice
	}
	if p.Dir != "" {
		c.Path = []string{p.Dir}
	}
	for _, a := range p.Args {
		if strings.Contains(a, "%d") {
			a = fmt.Sprintf(a, size)
		}
		c.Args = append(c.Args, a)
	}
	v, err := vm.New(c)
	if err != nil {
		return 0, err
	}
	status, err := v.RunSource(p.Name+".py", p.Source)
	if err == nil && status != 0 {
		err = fmt.Errorf("exit status %d: %s", status, errs.String())
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", p.Name, err)
	}
	words := strings.Fields(out.String())
	if len(words) == 0 {
		return 0, fmt.Errorf("%s: it has not said how long it took", p.Name)
	}
	return strconv.ParseFloat(words[len(words)-1], 64)
}

// findSize doubles the size until a run takes long enough.
func (p *Program) findSize() error {
	if p.Size > 0 {
		return nil
	}
	for p.Size = 64; p.Size < maxSize; p.Size *= 2 {
		s, err := p.run(machine.NewReal(machine.RealConfig{Seed: 1}), p.Size)
		if err != nil {
			return err
		}
		if s >= runTime.Seconds() {
			break
		}
	}
	return nil
}

// consists is what an iteration of the program consists of, from two simulated runs.
func (p *Program) consists(c *machine.Costs) (machine.Account, error) {
	var a [2]machine.Account
	sizes := [2]int{p.Size, p.Size / fraction}
	for i, n := range sizes {
		m := machine.NewSim(machine.SimConfig{Cores: 2, Seed: 1, Costs: *c})
		if _, err := p.run(m, n); err != nil {
			return a[0], err
		}
		a[i], _ = m.Account()
	}
	return difference(a[0], a[1], sizes[0]-sizes[1]), nil
}

// difference is what n iterations more have added, for each of them.
func difference(a, b machine.Account, n int) machine.Account {
	for k := range a.Units {
		a.Units[k] = (a.Units[k] - b.Units[k]) / float64(n)
	}
	a.Accesses = (a.Accesses - b.Accesses) / float64(n)
	a.Hooks = (a.Hooks - b.Hooks) / int64(n)
	return a
}

// measurable is what can be measured in turns with others: ns is one run's time of so many iterations.
type measurable struct {
	name   string
	size   int
	ns     func(size int) (float64, error)
	work   machine.Account
	behind bool // it does in transactions what the one before it does without
}

// samples measures, in turns. What is behind another one gets that one's time, times the middle of the quotients of both: a
// machine that others use changes its speed between turns, and both have run in the same ones.
func samples(list []measurable, repetitions int, progress func(done, total int)) ([]Sample, error) {
	times := make([][2][]float64, len(list))
	for rep := range repetitions {
		for i := range list {
			progress(rep*len(list)+i, repetitions*len(list))
			m := &list[i]
			for j, n := range [2]int{m.size, m.size / fraction} {
				t, err := m.ns(n)
				if err != nil {
					return nil, err
				}
				times[i][j] = append(times[i][j], t)
			}
		}
	}
	out := make([]Sample, len(list))
	for i := range list {
		m := &list[i]
		per := float64(m.size - m.size/fraction)
		s := Sample{Name: m.name, Work: m.work, NS: (fast(times[i][0]) - fast(times[i][1])) / per}
		for part := range parts {
			s.Part = append(s.Part, max((fast(dealt(times[i][0], part))-fast(dealt(times[i][1], part)))/per, s.NS/2))
		}
		if m.behind {
			out[i-1].paired(&s, times[i-1], times[i])
		}
		out[i] = s
	}
	return out, nil
}

// paired gives s, which has run behind plain in turns of those times, its time. Both have the same sizes.
func (plain *Sample) paired(s *Sample, before, behind [2][]float64) {
	var q []float64
	for rep := range before[0] {
		q = append(q, (behind[0][rep]-behind[1][rep])/(before[0][rep]-before[1][rep]))
	}
	sane := func(v []float64) float64 { // without turns in which the smaller size took longer
		v = slices.DeleteFunc(v, func(x float64) bool { return !(x > 0.1 && x < 100) })
		if len(v) == 0 {
			return s.NS / plain.NS
		}
		return middle(v)
	}
	for part := range s.Part {
		s.Part[part] = plain.Part[part] * sane(dealt(q, part))
	}
	s.NS, s.plain = plain.NS*sane(q), plain
}

// dealt are the values of one part.
func dealt(v []float64, part int) []float64 {
	var out []float64
	for i := part; i < len(v); i += parts {
		out = append(out, v[i])
	}
	return out
}

// fast is the median of the fastest quarter.
func fast(v []float64) float64 {
	s := append([]float64(nil), v...)
	sort.Float64s(s)
	return s[(len(s)+3)/4/2]
}

// kernels measures the transactional memory and the interpreter, and fits their prices.
func (r *Result) kernels(o *Options) error {
	core, err := coreSamples(o, &r.Costs)
	if err != nil {
		return err
	}
	turns := inOrder(o.Programs)
	list := make([]measurable, len(turns))
	for i := range turns {
		p := &turns[i].Program
		o.Progress("programs: "+p.Name, i, len(turns))
		if p.Shared {
			p.Size = turns[i-1].Size
		}
		if err := p.findSize(); err != nil {
			return err
		}
		work, err := p.consists(&r.Costs)
		if err != nil {
			return err
		}
		list[i] = measurable{p.Name, p.Size, func(n int) (float64, error) {
			s, err := p.run(machine.NewReal(machine.RealConfig{Seed: 1}), n)
			return s * 1e9, err
		}, work, p.Shared}
	}
	all, err := samples(list, o.Repetitions, func(done, total int) { o.Progress("programs", done, total) })
	if err != nil {
		return err
	}
	r.Samples = core
	var instructions, barriers []Sample
	var loops [2]int
	for i := range turns {
		switch t := &turns[i]; {
		case t.twin:
			continue
		case t.Shared:
			barriers = append(barriers, all[i].added())
			loops[1] += t.loop()
		default:
			instructions = append(instructions, all[i])
			loops[0] += t.loop()
		}
		r.Samples = append(r.Samples, all[i])
	}
	weigh(instructions, loops[0])
	weigh(barriers, loops[1])
	r.parts = make([]machine.Costs, parts)
	for part := -1; part < parts; part++ {
		c := r.Costs
		fit(&c, core, part, coreKinds)
		fit(&c, instructions, part, plainKinds)
		fit(&c, barriers, part, sharedKinds)
		if part >= 0 {
			r.parts[part] = c
		} else {
			defer func() { r.Costs = c }()
		}
	}
	return nil
}

// turn is a program's turn in each round.
type turn struct {
	Program
	kernel bool
	twin   bool // only what the one behind it is compared with
}

func (t *turn) loop() int {
	if t.kernel {
		return 1
	}
	return 0
}

// inOrder are all turns, kernels first. Whatever runs in transactions is behind the same program without.
func inOrder(programs []Program) []turn {
	var out []turn
	add := func(p Program, kernel bool) {
		if p.Shared {
			if n := len(out); n == 0 || out[n-1].Shared || out[n-1].Name != p.Name {
				q := p
				q.Shared = false
				out = append(out, turn{q, kernel, true})
			}
		}
		out = append(out, turn{Program: p, kernel: kernel})
	}
	for i := range kernels {
		add(kernels[i].program(), true)
	}
	for _, p := range programs {
		add(p, false)
	}
	return out
}

// The kinds of work that each step finds the prices of.
var (
	coreKinds = []machine.Cost{machine.CostTxBegin, machine.CostTxRead, machine.CostTxWrite, machine.CostTxValidate, machine.CostTxCommit,
		machine.CostTxAbort}
	plainKinds = []machine.Cost{machine.CostBytecode, machine.CostArith, machine.CostName, machine.CostAttr, machine.CostItem, machine.CostMember, machine.CostSpecial, machine.CostIter,
		machine.CostCall, machine.CostFrame, machine.CostBuild, machine.CostObject, machine.CostOther}
	sharedKinds = []machine.Cost{machine.CostSlice, machine.CostUndo, machine.CostSharedRead, machine.CostSharedAgain, machine.CostSharedWrite, machine.CostSharedRewrite}
)

// spreadOf is how far the parts' prices of a kind lie apart; false: the kind was not fitted.
func (r *Result) spreadOf(k machine.Cost) (float64, bool) {
	for _, kinds := range [][]machine.Cost{coreKinds, plainKinds, sharedKinds} {
		for _, f := range kinds {
			if f != k {
				continue
			}
			var v []float64
			for i := range r.parts {
				v = append(v, r.parts[i].Kind[k])
			}
			sort.Float64s(v)
			return spread(v), true
		}
	}
	return 0, false
}
