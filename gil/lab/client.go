//go:build unix

package lab

import (
	"runtime"
	"slices"
	"time"
)

// Requests is the client of an echo server on the loopback interface that somebody else runs: it sends datagrams of 1 KB for the time
// d, the next one when the last has been answered and, if pause is not zero, at least so long after it was sent. Only the figures of
// answers are set in the result.
func Requests(port int, d, pause time.Duration) (EchoResult, error) {
	s, err := newSocket()
	if err != nil {
		return EchoResult{}, err
	}
	defer s.close()
	return requests(s, port, d, pause)
}

// Last sends the datagram of one byte at which a server ends.
func Last(port int) error {
	s, err := newSocket()
	if err != nil {
		return err
	}
	defer s.close()
	return s.send([]byte{0}, port)
}

// requests sends one request after the other for the time d.
func requests(s *socket, to int, d, pause time.Duration) (EchoResult, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var r EchoResult
	msg := make([]byte, 1024)
	buf := make([]byte, 2048)
	var lat []time.Duration
	start := time.Now()
	now := start
	for now.Sub(start) < d {
		if err := s.send(msg, to); err != nil {
			return r, err
		}
		if _, _, err := s.receive(buf); err != nil {
			return r, err
		}
		end := time.Now()
		lat = append(lat, end.Sub(now))
		if left := pause - end.Sub(now); left > 0 {
			time.Sleep(left)
			end = time.Now()
		}
		now = end
	}
	r.Elapsed = now.Sub(start)
	r.Rate = float64(len(lat)) / r.Elapsed.Seconds()
	slices.Sort(lat)
	r.Median, r.P99, r.Max = lat[len(lat)/2], lat[len(lat)*99/100], lat[len(lat)-1]
	return r, nil
}
