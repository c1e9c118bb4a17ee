//go:build !unix

package experiments

import (
	"os"
	"time"

	"gilt/gil/lab"
)

// echoRun needs sockets that block their threads.
func echoRun(lab.Config, time.Duration) (flood, single answers, cpu float64, err error) {
	return answers{}, answers{}, 0, ErrSkip
}

func echoClient(int, time.Duration) (rate, p50, p99 float64, err error) { return 0, 0, 0, ErrSkip }

func switches() int64 { return 0 }

func switchesOf(*os.ProcessState) int64 { return 0 }
