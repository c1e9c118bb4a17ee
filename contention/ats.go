package contention

import "gilt/internal/machine"

// Adaptive transaction scheduling. Each thread keeps its contention intensity CI, an average over its attempts:
// CI <- alpha*CI + (1-alpha)*[aborted]. A transaction that begins with CI above the threshold queues up and runs as
// one of a single file, which is as bad as a lock and no worse. Yoo, Lee: "Adaptive transaction scheduling for
// transactional memory systems", SPAA 2008; alpha 0.3 and threshold 0.5 as their simulator has them. The turn is kept
// until the transaction commits, so that the queue's head cannot be overtaken by its followers.
type ats struct {
	base
	queue            fifo
	alpha, threshold float64
}

const (
	atsAlpha     = 0.3
	atsThreshold = 0.5
	atsQuiet     = 1.0 / 1024 // below this the intensity counts as 0, and commits are free again
)

func atsPolicy() policy {
	return policy{
		Info: Info{Name: "ats", Summary: "threads whose recent attempts aborted run one at a time through one queue",
			Paper: "Yoo, Lee, SPAA 2008",
			Parameters: []Parameter{
				{"alpha", atsAlpha, "weight of the past in the contention intensity"},
				{"threshold", atsThreshold, "queue up above this intensity"}}},
		make: func(v values) Manager {
			return &ats{base: base{"ats"}, alpha: v["alpha"], threshold: v["threshold"]}
		},
	}
}

// intensity is a thread's CI.
type intensity struct{ ci float64 }

func intensityOf(s *State) *intensity {
	i, _ := s.cold.ext.(*intensity)
	if i == nil {
		i = new(intensity)
		s.cold.ext = i
	}
	return i
}

// Begin queues up if the intensity is high.
func (m *ats) Begin(p *machine.Proc, s *State) {
	if intensityOf(s).ci > m.threshold {
		m.queue.enter(p, s)
	}
}

// Aborted raises the intensity.
func (m *ats) Aborted(_ *machine.Proc, s *State, _ *State) {
	i := intensityOf(s)
	i.ci = m.alpha*i.ci + (1 - m.alpha)
	s.watch(true)
}

// Committed lowers the intensity and hands the turn on.
func (m *ats) Committed(p *machine.Proc, s *State) {
	i := intensityOf(s)
	serial := i.ci > m.threshold
	i.ci *= m.alpha
	if serial {
		m.queue.leave(p, s)
	}
	if i.ci < atsQuiet {
		i.ci = 0
		s.watch(false)
	}
}

// Retrying hands the turn on.
func (m *ats) Retrying(p *machine.Proc, s *State) { m.queue.leave(p, s) }

func (*ats) Traits() Traits { return Traits{Serialises: true} }
