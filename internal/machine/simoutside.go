// What may reach a simulated machine from outside, and the limits of a run.
//
// A run is deterministic as long as nobody outside calls anything. Somebody may (Ctrl-C, a network poller): other
// goroutines leave their wishes under a mutex, and the machine looks for them every pollEvery steps and when it has
// nothing to do.

package machine

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// outside is what other goroutines have to say.
type outside struct {
	flag    atomic.Bool  // something is there
	alive   atomic.Int64 // KeepAlive
	ring    chan struct{}
	mu      sync.Mutex // guards the rest
	unparks []*simProc
	stopped bool
	err     error
}

// keepAlive, stop and unparkOutside may be called by any goroutine.
func (s *sim) keepAlive(delta int64) {
	s.outside.alive.Add(delta)
	s.ring()
}

func (s *sim) stop(err error) {
	o := &s.outside
	o.mu.Lock()
	if !o.stopped {
		o.stopped, o.err = true, err
	}
	o.mu.Unlock()
	o.flag.Store(true)
	s.ring()
}

func (s *sim) unparkOutside(t *simProc) {
	o := &s.outside
	o.mu.Lock()
	o.unparks = append(o.unparks, t)
	o.mu.Unlock()
	o.flag.Store(true)
	s.ring()
}

func (s *sim) ring() {
	select {
	case s.outside.ring <- struct{}{}:
	default:
	}
}

// drain does what other goroutines have asked for.
func (s *sim) drain() {
	o := &s.outside
	o.flag.Store(false)
	o.mu.Lock()
	unparks, stopped, err := o.unparks, o.stopped, o.err
	o.unparks = nil
	o.mu.Unlock()
	if stopped {
		s.end(err)
		return
	}
	for _, t := range unparks {
		at := s.now() * ticksPerNS
		s.give(t, at)
	}
}

// poll looks at the outside and at the limits, every so many steps.
func (s *sim) poll(t *simProc) {
	s.pollAt = s.steps + pollEvery
	if s.outside.flag.Load() {
		s.drain()
		if s.vt && !s.ended {
			s.setLimit(t)
		}
	}
	if m := s.config.MaxSteps; m > 0 {
		if s.steps >= m {
			s.end(s.livelock())
		}
		s.pollAt = min(s.pollAt, m)
	}
	if s.timeOf(t) >= s.ticks.maxTime {
		s.end(s.livelock())
	}
	if s.ended {
		s.switchTo(t, nil)
	}
}

// Livelock is Run's error when a limit of steps or of virtual time has been passed.
type Livelock struct {
	Steps   int64
	Time    int64 // virtual, in ns
	Threads []ThreadState
}

func (l *Livelock) Error() string {
	return fmt.Sprintf("livelock: %s alive after %d steps and %v of virtual time", count(len(l.Threads), "thread"),
		l.Steps, time.Duration(l.Time))
}

func (s *sim) livelock() error {
	l := &Livelock{Steps: s.steps, Time: s.now()}
	for _, t := range s.threads {
		st := ThreadState{ID: t.p.id, Name: t.p.name, Daemon: t.daemon}
		if t.state != simRunnable {
			st.Wait, st.Since = t.wait, t.since/ticksPerNS
		}
		l.Threads = append(l.Threads, st)
	}
	return l
}
