//go:build unix

package experiments

import (
	"errors"
	"os"
	"syscall"
	"time"

	"gilt/gil/lab"
)

// echoRun serves for the time d, one request after the other, and if c.Pause says so for as long single ones; cpu is the busy
// threads' share of a core.
func echoRun(c lab.Config, d time.Duration) (flood, single answers, cpu float64, err error) {
	r, err := lab.Echo(c, d)
	return answers{r.Rate, r.Median.Seconds(), r.P99.Seconds()}, answers{p50: r.Single.Seconds(), p99: r.SingleP99.Seconds()}, r.CPU, err
}

// echoClient measures a server on the loopback interface: for the time d a request follows each answer (requests per second), then,
// for as long, single ones (how long answers take: half of them at most, 99 % of them at most). Then it ends the server.
func echoClient(port int, d time.Duration) (rate, p50, p99 float64, err error) {
	flood, err1 := lab.Requests(port, d, 0)
	ping, err2 := lab.Requests(port, d, between)
	err = errors.Join(err1, err2, lab.Last(port))
	return flood.Rate, ping.Median.Seconds(), ping.P99.Seconds(), err
}

// switches is how often threads of this process have waited in the kernel, switchesOf how often those of a process that has ended did.
func switches() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Nvcsw
}

func switchesOf(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return u.Nvcsw
}
