//go:build unix

package experiments

import (
	"time"

	"gilt/gil/lab"
)

// echoRun serves for some time: requests per second, latencies in seconds, and the busy threads' share of a core.
func echoRun(c lab.Config, d time.Duration) (rate, p50, p99, cpu float64, err error) {
	r, err := lab.Echo(c, d)
	return r.Rate, r.Median.Seconds(), r.P99.Seconds(), r.CPU, err
}
