package calibration

import (
	"errors"
	"math"
	"runtime"
	"sync"

	"gilt/internal/machine"
)

// Crowding: what a second busy core costs the first. Programs run alone and, in the next moment, once on every core, each in an
// interpreter of its own, so that they share nothing but the machine: caches, memory, the collector of the Go runtime, which has a core for itself while there
// is an idle one, and what is below a virtual machine. The price is the mean over programs and repetitions, because a machine has states, each of which
// lasts longer than a run, and none of which is the right one.

// crowdRuns is how often each program is measured, at most; and by how much longer its runs are than those on one core: starting an
// interpreter takes some milliseconds, more or less, and what runs for no longer hardly meets its neighbour.
const (
	crowdRuns   = 8
	crowdLonger = 4
)

// besides runs a program alone and then on all cores at once: the seconds of the first, and of the slowest of the others.
func besides(p *Program, cores int) (alone, beside float64, err error) {
	run := func() (float64, error) {
		return p.run(machine.NewReal(machine.RealConfig{Seed: 1}), crowdLonger*p.Size)
	}
	if alone, err = run(); err != nil {
		return 0, 0, err
	}
	times, errs := make([]float64, cores), make([]error, cores)
	var all sync.WaitGroup
	for i := range cores {
		all.Go(func() { times[i], errs[i] = run() })
	}
	all.Wait()
	for _, t := range times {
		beside = max(beside, t)
	}
	return alone, beside, errors.Join(errs...)
}

// crowded is the price: the geometric mean of quotients, less one; 0 where nothing is slower.
func crowded(quotients []float64) float64 {
	if len(quotients) == 0 {
		return 0
	}
	sum := 0.0
	for _, q := range quotients {
		sum += math.Log(q)
	}
	return max(math.Exp(sum/float64(len(quotients)))-1, 0)
}

// crowding measures the price with programs in transactions: together, and for each part of the repetitions.
func (r *Result) crowding(o *Options, programs []Program) error {
	cores := runtime.GOMAXPROCS(0)
	if o.WholeCores || cores < 2 {
		r.Costs.Crowding = 0
		return nil
	}
	runs := max(min(o.Repetitions, crowdRuns), parts)
	var all []float64
	byPart := make([][]float64, parts)
	for run := range runs {
		for i := range programs {
			o.Progress("side by side: "+programs[i].Name, run*len(programs)+i, runs*len(programs))
			alone, beside, err := besides(&programs[i], cores)
			if err != nil {
				return err
			}
			if alone > 0 && beside > 0 {
				all = append(all, beside/alone)
				byPart[run%parts] = append(byPart[run%parts], beside/alone)
			}
		}
	}
	r.Costs.Crowding = crowded(all)
	for part := range r.parts {
		r.parts[part].Crowding = crowded(byPart[part])
	}
	return nil
}
