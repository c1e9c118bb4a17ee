//go:build unix

package lab

// The echo experiment: a server thread that takes part in the lock receives datagrams and sends them back, releasing
// the lock around each of the two calls as CPython does, while other threads are CPU-bound. The client has nothing to do
// with the lock: a thread of its own with its own socket.

import (
	"fmt"
	"sync/atomic"
	"syscall"
	"time"

	"gilt/gil"
	"gilt/internal/machine"
)

// EchoResult is what an echo experiment gave.
type EchoResult struct {
	Rate   float64 // requests per second
	Median time.Duration
	P99    time.Duration
	Max    time.Duration

	Single, SingleP99 time.Duration // of answers to single requests: the median, and what 99 % take at most
	CPU               float64       // the CPU-bound threads' ticks in units of what one thread alone does in the time
	Stats             gil.Stats
	Elapsed           time.Duration
}

// Echo serves requests of 1 KB for the given time beside c.Threads CPU-bound threads (c.Ticks is not used), each of which has had the
// lock before the first request: a thread that starts late leaves the server alone. With c.Pause it then serves for as long single
// requests, so far apart.
func Echo(c Config, d time.Duration) (EchoResult, error) {
	var r EchoResult
	l, err := gil.New(c.Lock, c.Options)
	if err != nil {
		return r, err
	}
	if c.Tick <= 0 {
		c.Tick = DefaultTick
	}
	defer procs(c.Threads + 4)()
	work := Rounds(c.Tick)
	server, err := newSocket()
	if err != nil {
		return r, err
	}
	defer server.close()
	client, err := newSocket()
	if err != nil {
		return r, err
	}
	defer client.close()

	m := machine.NewReal(machine.RealConfig{Seed: 1})
	var stop atomic.Bool
	var held atomic.Int64
	var begun atomic.Int32
	var serverErr, clientErr error
	err = m.Run(func(p *machine.Proc) {
		m.Go("echo", func(p *machine.Proc) {
			t := join(p, l, c.Tick, work)
			serverErr = t.serve(server)
			l.Leave(t.m)
		})
		for i := range c.Threads {
			m.Go(fmt.Sprintf("cpu-%d", i), func(p *machine.Proc) {
				t := join(p, l, c.Tick, work)
				l.Acquire(t.m)
				begun.Add(1)
				t.run(-1, &stop)
				l.Release(t.m)
				l.Leave(t.m)
			})
		}
		for int(begun.Load()) < c.Threads {
			p.Sleep(100 * time.Microsecond)
		}
		if r, clientErr = requests(client, server.port, d, 0); clientErr == nil && c.Pause > 0 {
			var s EchoResult
			s, clientErr = requests(client, server.port, d, c.Pause)
			r.Single, r.SingleP99, r.Elapsed = s.Median, s.P99, r.Elapsed+s.Elapsed
		}
		stop.Store(true)
		client.send([]byte{0}, server.port) // the last datagram: the server ends
	})
	if err == nil {
		err = serverErr
	}
	if err == nil {
		err = clientErr
	}
	r.Stats = l.Stats()
	for _, s := range r.Stats.Members {
		if s.Name != "echo" {
			held.Add(s.Held)
		}
	}
	r.CPU = float64(held.Load()) / float64(max(r.Elapsed, 1))
	return r, err
}

// serve answers until a datagram of one byte comes.
func (t *thread) serve(s *socket) error {
	buf := make([]byte, 2048)
	t.lock.Acquire(t.m)
	defer func() { t.lock.Release(t.m) }()
	for {
		t.lock.Release(t.m)
		n, from, err := s.receive(buf)
		t.lock.ReacquireIO(t.m)
		if err != nil || n == 1 {
			return err
		}
		t.run(10, nil) // the bytecodes of the server's loop
		t.lock.Release(t.m)
		err = s.send(buf[:n], from)
		t.lock.ReacquireIO(t.m)
		if err != nil {
			return err
		}
		t.run(10, nil)
	}
}

// socket is a blocking UDP socket on the loopback interface. package net would park goroutines on its poller, which is
// another machine than the threads of an interpreter.
type socket struct {
	fd   int
	port int
}

func newSocket() (*socket, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return nil, err
	}
	s := &socket{fd: fd}
	// A lost datagram (there should be none on loopback) ends the experiment with an error instead of hanging it.
	tv := syscall.NsecToTimeval(int64(20 * time.Second))
	if err := syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &tv); err != nil {
		s.close()
		return nil, err
	}
	if err := syscall.Bind(fd, loopback(0)); err != nil {
		s.close()
		return nil, err
	}
	sa, err := syscall.Getsockname(fd)
	if err != nil {
		s.close()
		return nil, err
	}
	s.port = sa.(*syscall.SockaddrInet4).Port
	return s, nil
}

func loopback(port int) *syscall.SockaddrInet4 {
	return &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}
}

func (s *socket) close() { _ = syscall.Close(s.fd) }

func (s *socket) send(b []byte, port int) error {
	for {
		if err := syscall.Sendto(s.fd, b, 0, loopback(port)); err != syscall.EINTR {
			return err
		}
	}
}

func (s *socket) receive(b []byte) (n, port int, err error) {
	for {
		n, from, err := syscall.Recvfrom(s.fd, b, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return 0, 0, err
		}
		return n, from.(*syscall.SockaddrInet4).Port, nil
	}
}
