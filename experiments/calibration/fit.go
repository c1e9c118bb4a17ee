package calibration

import (
	"math"

	"gilt/internal/machine"
)

// Sample is one program: how long one iteration takes, and what it consists of.
type Sample struct {
	Name string
	NS   float64   // per iteration
	Part []float64 // the same for each part of the repetitions
	Work machine.Account

	Weight float64 // in the sum of squared errors; 0 is 1
	Of     float64 // what errors are shares of; 0 is NS

	plain *Sample // the same program without transactions
}

// added is what transactions add to the program's time and work. The prices of barriers and slices are those that explain it: what a
// program's instructions cost is known from its run without transactions, much better than their prices explain it.
func (s *Sample) added() Sample {
	p := s.plain
	d := Sample{Name: s.Name, NS: s.NS - p.NS, Of: s.NS, Work: difference(s.Work, p.Work, 1)}
	for i, t := range s.Part {
		d.Part = append(d.Part, t-p.Part[i])
	}
	return d
}

// explained is the time that the prices give.
func (s *Sample) explained(c *machine.Costs) float64 {
	t := s.Work.Accesses
	for k, n := range s.Work.Units {
		t += n * c.Kind[k]
	}
	return t
}

// least are the least prices that a kind may get: an instruction that costs nothing would let a simulated loop stand still.
func least(k machine.Cost) float64 {
	if k <= machine.CostOther {
		return 0.3
	}
	return 0
}

// weigh gives programs, which are the samples from the given one on, as much weight together as the loops before them. A loop tells kinds
// apart; but everything that it touches stays in the nearest cache and every branch is foreseen, and in programs the same instructions take half as long again.
func weigh(samples []Sample, programs int) {
	if rest := len(samples) - programs; rest > 0 {
		for i := programs; i < len(samples); i++ {
			samples[i].Weight = max(float64(programs)/float64(rest), 1)
		}
	}
}

// fit changes the prices of the given kinds so that they explain the samples' times best: the least sum of squared relative errors,
// by coordinate descent, which with bounds on each price alone finds the optimum of a convex problem. The accesses of the samples have the
// prices that c has for them already.
func fit(c *machine.Costs, samples []Sample, part int, kinds []machine.Cost) {
	rest := make([]float64, len(samples)) // what is not explained, as a share of the time
	row := make([][]float64, len(samples))
	weight := make([]float64, len(samples))
	for i := range samples {
		s := &samples[i]
		weight[i] = s.Weight
		if s.Weight == 0 {
			weight[i] = 1
		}
		t, of := s.NS, s.Of
		if part >= 0 {
			t = s.Part[part]
		}
		if of == 0 {
			of = t
		}
		rest[i] = (t - s.explained(c)) / of
		row[i] = make([]float64, len(kinds))
		for j, k := range kinds {
			row[i][j] = s.Work.Units[k] / of
		}
	}
	for range 3000 {
		moved := 0.0
		for j, k := range kinds {
			up, down := 0.0, 0.0
			for i := range samples {
				up += weight[i] * row[i][j] * rest[i]
				down += weight[i] * row[i][j] * row[i][j]
			}
			if down == 0 {
				continue
			}
			d := max(c.Kind[k]+up/down, least(k)) - c.Kind[k]
			if d == 0 {
				continue
			}
			c.Kind[k] += d
			for i := range samples {
				rest[i] -= d * row[i][j]
			}
			moved = max(moved, math.Abs(d)/(c.Kind[k]+0.1))
		}
		if moved < 1e-6 {
			return
		}
	}
}
