package experiments

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"gilt/experiments/figure"
	"gilt/internal/machine"
	"gilt/vm"
)

// Does the simulator tell the truth? The same programs on real and on simulated cores, one and two of them: how often
// attempts abort, and what two threads gain. Prices are calibrated with every other one of the programs; the claim is about
// the rest, of which the calibration has seen nothing.
//
// All prices but one are constants for as long as nobody changes the machine. Crowding (machine.Costs), what a second busy core costs the first, is not, where the
// machine is a guest of another one: its two cores are whole ones at one moment, two threads of one core at the next, and the second is
// hardly there in the third; each lasts for some tenths of a second to some seconds. A figure on real cores says nothing without the state
// that it was measured in. So real figures are measured in turns. A turn takes a fraction of a second: a program of the calibration half alone, and twice side by side in two
// interpreters that share nothing, which gives the crowding of this turn; the program to compare in one thread, in two, and under the GIL; and the calibration's again.
// The simulator gets the mean crowding of the turns of a program, and nothing else of them. Each turn takes another program of the calibration half, none takes one of
// the validation half.
//
// On simulated cores every program runs at each of a few levels of crowding, and what lies between is interpolated: so the simulated figures are
// the same every time, whatever the real ones are.

// crowdings are the levels that are simulated.
var crowdings = these("0", "0.5", "1")

// Units of a turn.
const (
	gilTwo   = "gil2-sec" // under the GIL, two threads
	stmOne   = "stm1-sec" // in transactions, one thread
	stmTwo   = "stm2-sec"
	aborting = "aborts/commit"
	crowding = "crowding" // by so much of itself work took longer beside other work
)

// validation compares real and simulated cores.
func validation() *Experiment {
	const real, sim = "real", "simulated"
	return &Experiment{
		Name: "validation", Title: "Real and simulated cores, one and two of them: aborts and speed-ups of the same programs", Claims: []int{31}, Calibrated: true,
		Units: []Unit{{gilTwo, "lower"}, {stmOne, "lower"}, {stmTwo, "lower"}, {aborting, "lower"}, {crowding, "lower"}},
		Points: func(s Scale) []Point {
			var out []Point
			for i, t := range trials {
				if s == Tiny && i%6 != 1 {
					continue
				}
				_, half := trialNamed(t.name)
				for _, c := range crowdings {
					out = append(out, at("half", half, "program", t.name, "cores", sim, "crowding", c))
				}
				out = append(out, at("half", half, "program", t.name, "cores", real))
			}
			return out
		},
		Virtual:  func(p Point) bool { return p.Get("cores") == sim },
		Decisive: func(p Point) bool { return p.Get("cores") == real },
		Run: func(e *Env, p Point) ([]Measure, error) {
			if p.Get("cores") == real {
				return e.turn(p.Get("program"))
			}
			if e.Scale == Quick && e.Rep >= 2 {
				return nil, ErrSkip // only seeds differ, and it takes long
			}
			env := *e
			if env.Costs == (machine.Costs{}) {
				env.Costs = machine.DefaultCosts()
			}
			env.Costs.Crowding = p.Float("crowding")
			t, _ := trialNamed(p.Get("program"))
			return env.threeWays(t, true)
		},
		Figures: func(d *Data) []figure.Figure {
			var out []figure.Figure
			for _, k := range comparisons {
				f := figure.Figure{Name: "validation-" + k.name, Title: k.title, Kind: figure.Rows, XLabel: k.short}
				list := append(d.compare(k, "validation"), d.compare(k, "calibration")...)
				reality, model := figure.Series{Name: "real cores"}, figure.Series{Name: "simulated cores"}
				for i, c := range list {
					f.Categories = append(f.Categories, c.program)
					reality.Dots = append(reality.Dots, figure.Dot{X: float64(i), Y: c.real, Lo: c.real, Hi: c.real})
					model.Dots = append(model.Dots, figure.Dot{X: float64(i), Y: c.sim, Lo: c.sim, Hi: c.sim})
				}
				f.Series = []figure.Series{reality, model}
				out = append(out, f)
			}
			return out
		},
		Judge: func(d *Data) []Verdict {
			var say []string
			worst := 0.0
			for _, k := range comparisons {
				list := d.compare(k, "validation")
				if len(list) == 0 {
					return nil
				}
				m := medianError(list)
				worst = max(worst, m)
				say = append(say, fmt.Sprintf("%s %s", k.short, percent(m)))
			}
			least, most := math.Inf(1), 0.0
			for _, p := range d.Levels("program", "half", "validation") {
				c := d.crowding(p)
				least, most = min(least, c), max(most, c)
			}
			return []Verdict{verdict(31, worst <= 0.2, "median errors over %d programs that calibration has not seen: %s (a second busy core made work %.2f to %.2f times as long, by the calibration's half in the same turns)",
				len(d.Levels("program", "half", "validation")), strings.Join(say, ", "), 1+least, 1+most)}
		},
		Notes: validationNotes,
	}
}

// trial runs a program once: in transactions always, or there is nothing to compare.
func (e *Env) trial(t *trial, mode string, threads int, simulated bool) (Result, error) {
	c := vm.Config{Mode: modes[mode], NoBypass: mode == "stm"}
	if simulated {
		c.Machine = e.simulated(2)
	}
	n := pick(e.Scale, max(t.size/100, 2), t.size, 2*t.size)
	return e.run(c, t.file, append([]string{knob("threads", threads), knob("n", n)}, t.knobs...)...)
}

// threeWays runs a program in transactions in one thread and in two, and under the GIL in two.
func (e *Env) threeWays(t *trial, simulated bool) ([]Measure, error) {
	one, err1 := e.trial(t, "stm", 1, simulated)
	two, err2 := e.trial(t, "stm", 2, simulated)
	gil, err3 := e.trial(t, "gil", 2, simulated)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	return []Measure{{stmOne, one.Seconds}, {stmTwo, two.Seconds}, {gilTwo, gil.Seconds},
		{aborting, ratio(float64(two.Stats.STM.TotalAborts()), float64(two.Stats.STM.Commits))}}, nil
}

// besides is how long a program takes in one thread alone, and when two interpreters run it side by side: the slower one's time.
func (e *Env) besides(t *trial, alone bool) (float64, error) {
	if alone {
		r, err := e.trial(t, "stm", 1, false)
		return r.Seconds, err
	}
	var r [2]Result
	var errs [2]error
	var both sync.WaitGroup
	for i := range r {
		both.Go(func() { r[i], errs[i] = e.trial(t, "stm", 1, false) })
	}
	both.Wait()
	return max(r[0].Seconds, r[1].Seconds), errors.Join(errs[:]...)
}

// turn is a program on real cores between two measurements of crowding.
func (e *Env) turn(name string) ([]Measure, error) {
	t, _ := trialNamed(name)
	at := slices.IndexFunc(trials, func(t trial) bool { return t.name == name })
	gauge := gaugeOf(at, e.Rep)
	var log float64 // of what work takes longer: the mean of both measurements
	look := func(alone bool, sign float64) error {
		s, err := e.besides(gauge, alone)
		log += sign / 2 * math.Log(s)
		return err
	}
	if err := errors.Join(look(true, -1), look(false, 1)); err != nil {
		return nil, err
	}
	out, err := e.threeWays(t, false)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(look(false, 1), look(true, -1)); err != nil {
		return nil, err
	}
	return append(out, Measure{crowding, math.Exp(log) - 1}), nil
}

// gaugeOf is the program of the calibration half for a turn: another one for each repetition, and for neighbours in the list.
func gaugeOf(at, rep int) *trial {
	half := (len(trials) + 1) / 2
	return &trials[2*((at/2+rep)%half)]
}
