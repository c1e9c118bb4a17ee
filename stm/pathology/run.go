package pathology

import (
	"errors"
	"fmt"
	"time"

	"gilt/contention"
	"gilt/internal/machine"
	"gilt/stm"
)

// Config says what Run runs. The zero value is the whole suite: every program under every algorithm of this project
// with every manager that matters for it.
type Config struct {
	Algorithms []string // nil: all but adapters of other libraries
	Managers   []string // nil: all
	Programs   []string // nil: all
	Cores      int      // 0: DefaultCores
	Threads    int      // 0: as many as cores; programs that need a fixed number take that
	Horizon    time.Duration
	Seed       uint64
	// All runs the managers that cannot matter, too.
	All bool
}

// The defaults of Config.
const (
	DefaultCores   = 4
	DefaultHorizon = 2 * time.Millisecond
)

// Lock is the name of the rows of one global lock.
const Lock = "lock"

// Run runs the programs on simulated cores. The same configuration gives the same table.
func Run(cfg Config) (*Table, error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	t := &Table{Config: cfg}
	for _, name := range cfg.Programs {
		p, err := programNamed(name)
		if err != nil {
			return nil, err
		}
		s, err := newSuite(cfg, p)
		if err != nil {
			return nil, fmt.Errorf("%s, alone: %w", name, err)
		}
		lock, err := s.underLock()
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", name, Lock, err)
		}
		lock.RelLock = 1
		t.Rows = append(t.Rows, lock)
		for _, alg := range cfg.Algorithms {
			ideal, err := s.ideal(alg)
			if err != nil {
				return nil, fmt.Errorf("%s, %s, alone: %w", name, alg, err)
			}
			for _, cm := range cfg.Managers {
				r, err := s.underSTM(alg, cm, ideal)
				if err != nil {
					return nil, fmt.Errorf("%s, %s, %s: %w", name, alg, cm, err)
				}
				r.RelLock = r.Throughput / lock.Throughput
				t.Rows = append(t.Rows, r)
			}
		}
	}
	return t, nil
}

func (c *Config) complete() error {
	if c.Cores == 0 {
		c.Cores = DefaultCores
	}
	if c.Threads == 0 {
		c.Threads = c.Cores
	}
	if c.Horizon == 0 {
		c.Horizon = DefaultHorizon
	}
	if c.Programs == nil {
		for _, p := range programs() {
			c.Programs = append(c.Programs, p.Name)
		}
	}
	if c.Managers == nil {
		c.Managers = contention.Names()
	}
	if c.Algorithms == nil {
		for _, a := range stm.Algorithms() {
			if !a.Foreign {
				c.Algorithms = append(c.Algorithms, a.Name)
			}
		}
	}
	if c.Threads < 3 || c.Cores < 1 {
		return errors.New("pathology: the programs need at least 3 threads and 1 core")
	}
	return nil
}

// suite is one program in one configuration.
type suite struct {
	cfg     Config
	prog    program
	roles   []role
	weights []int64 // ns of each thread's transaction alone
	turn    int64   // ns of all threads' transactions one after the other
}

func newSuite(cfg Config, p program) (*suite, error) {
	s := &suite{cfg: cfg, prog: p}
	n := cfg.Threads
	if p.threads != 0 {
		n = p.threads
	}
	for i := range n {
		s.roles = append(s.roles, p.role(i, n))
	}
	for i := range s.roles {
		w, err := s.alone(i)
		if err != nil {
			return nil, err
		}
		s.weights = append(s.weights, w)
		s.turn += w
	}
	return s, nil
}

// slack is how far beyond the horizon a run may go before it counts as a livelock.
const slack = 20

// jitter is how much longer a shared access may take, at random: without it, simulated threads fall into lock step
// and starve in ways that no real machine knows.
const jitter = 2 * time.Nanosecond

func (s *suite) machine(cores int) *machine.Machine {
	return machine.NewSim(machine.SimConfig{Cores: cores, Seed: s.cfg.Seed, Jitter: jitter, MaxTime: slack * s.cfg.Horizon})
}

// alone measures a thread's transaction without synchronisation and company.
func (s *suite) alone(i int) (int64, error) {
	const times = 20
	mem := &plain{make([]plainCell, s.prog.cells(len(s.roles)))}
	m := s.machine(1)
	var ns int64
	err := m.Run(func(p *machine.Proc) {
		a := &plainAccess{mem, p}
		s.roles[i].body(a, p.Rand()) // warms the cache
		start := p.Now()
		for range times {
			s.roles[i].body(a, p.Rand())
		}
		ns = (p.Now() - start) / times
	})
	return max(1, ns), err
}

// threads runs one thread per role from a barrier and counts commits.
func (s *suite) threads(body func(p *machine.Proc, i int, deadline int64) int64) ([]int64, error) {
	m := s.machine(s.cfg.Cores)
	commits := make([]int64, len(s.roles))
	err := m.Run(func(p *machine.Proc) {
		start := p.Now() + 20_000 // all threads have started by then
		for i := range s.roles {
			m.Go(s.roles[i].name, func(q *machine.Proc) {
				q.Sleep(time.Duration(start - q.Now()))
				commits[i] = body(q, i, start+int64(s.cfg.Horizon))
			})
		}
	})
	return commits, err
}

func (s *suite) underLock() (Row, error) {
	mem := &plain{make([]plainCell, s.prog.cells(len(s.roles)))}
	var l globalLock
	commits, err := s.threads(func(p *machine.Proc, i int, deadline int64) (n int64) {
		a := &plainAccess{mem, p}
		for p.Now() < deadline {
			choice := p.Rand()
			l.lock(p)
			if p.Now() < deadline {
				s.roles[i].body(a, choice)
				n++
			}
			l.unlock(p)
		}
		return n
	})
	if err != nil {
		return Row{}, err
	}
	r := s.row(commits)
	r.Algorithm = Lock
	return r, s.prog.verify(mem.values(), commits)
}

// ideal is the throughput of the threads under alg if none disturbed the others, on as many cores as there are.
func (s *suite) ideal(alg string) (float64, error) {
	const times = 20
	var sum float64
	for i := range s.roles {
		sys, err := stm.NewSystem(stm.Options{Algorithm: alg})
		if err != nil {
			return 0, err
		}
		mem := &objects{make([]padded, s.prog.cells(len(s.roles)))}
		var ns int64
		err = s.machine(1).Run(func(p *machine.Proc) {
			tx := sys.NewTx(p)
			defer tx.Close()
			a := &txAccess{mem, tx, p}
			start := p.Now()
			for range times {
				tx.Begin()
				if !s.roles[i].body(a, p.Rand()) || !tx.Commit() {
					panic("pathology: a transaction alone has aborted")
				}
			}
			ns = (p.Now() - start) / times
		})
		if err != nil {
			return 0, err
		}
		sum += float64(s.weights[i]) / float64(max(1, ns))
	}
	return sum * min(1, float64(s.cfg.Cores)/float64(len(s.roles))), nil
}

func (s *suite) underSTM(alg, cm string, ideal float64) (Row, error) {
	d := newDetector(len(s.roles), s.turn/int64(len(s.roles)))
	sys, err := stm.NewSystem(stm.Options{Algorithm: alg, Manager: cm, Observer: d})
	if err != nil {
		return Row{}, err
	}
	matters, why := contention.Matters(sys.Info().Traits, sys.Manager())
	if !matters && !s.cfg.All {
		return Row{Program: s.prog.Name, Algorithm: alg, Manager: cm, Why: why}, nil
	}
	mem := &objects{make([]padded, s.prog.cells(len(s.roles)))}
	var end int64
	commits, err := s.threads(func(p *machine.Proc, i int, deadline int64) int64 {
		n := s.transactions(p, sys, mem, i, deadline)
		end = max(end, min(p.Now(), deadline))
		return n
	})
	d.end(end)
	r := s.row(commits)
	r.Algorithm, r.Manager, r.Matters, r.Why = alg, cm, matters, why
	r.fill(s, d, ideal)
	var stuck *machine.Livelock
	var dead *machine.Deadlock
	switch {
	case errors.As(err, &stuck), errors.As(err, &dead):
		r.Stuck = err.Error()
	case err != nil:
		return r, err
	default:
		err = s.prog.verify(mem.values(), commits)
	}
	if errors.As(err, &stuck) || errors.As(err, &dead) {
		err = nil
	}
	return r, err
}

// transactions is one thread: transactions until the deadline, the last of which may be given up.
func (s *suite) transactions(p *machine.Proc, sys *stm.System, mem *objects, i int, deadline int64) (n int64) {
	tx := sys.NewTx(p)
	defer tx.Close()
	a := &txAccess{mem, tx, p}
	for p.Now() < deadline {
		choice := p.Rand()
		for {
			tx.Begin()
			ok := s.roles[i].body(a, choice) && tx.Commit()
			if ok {
				n++
				break
			}
			if p.Now() >= deadline {
				tx.Abandon()
				break
			}
			tx.Rollback()
		}
	}
	return n
}

// row computes what does not need a detector.
func (s *suite) row(commits []int64) Row {
	r := Row{Program: s.prog.Name, Commits: total(commits), Matters: true, Share: 1e9}
	for i, n := range commits {
		useful := float64(n * s.weights[i])
		r.Throughput += useful / float64(s.cfg.Horizon)
		share := float64(n*s.turn) / float64(s.cfg.Horizon)
		r.Share = min(r.Share, share)
		if s.roles[i].elder {
			r.ElderShare = share
		}
	}
	return r
}
