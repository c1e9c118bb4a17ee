// Package quiet tells measurements whether the host has left them their cores.
//
// A thread that could run and has no core spoils what is measured: two threads that take turns on one core look like the best
// contention manager, or the worst scaling. Linux counts for each thread how long it has waited in the run queue; nothing is
// known elsewhere, nor of what a hypervisor does.
package quiet

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Waited is for how long the threads of this process, all together, have waited for a core so far; always 0 where nobody tells.
func Waited() time.Duration {
	sum := time.Duration(0)
	tasks, _ := filepath.Glob("/proc/self/task/*/schedstat") // "time on cores, time in queues, turns", in ns
	for _, path := range tasks {
		b, err := os.ReadFile(path)
		if f := bytes.Fields(b); err == nil && len(f) >= 2 {
			if n, err := strconv.ParseInt(string(f[1]), 10, 64); err == nil {
				sum += time.Duration(n)
			}
		}
	}
	return sum
}

// Share runs f, and says which share of its time each of so many threads that it keeps busy has waited for a core.
func Share(threads int, f func()) float64 {
	before, t := Waited(), time.Now()
	f()
	d := time.Since(t)
	return float64(Waited()-before) / float64(max(d, 1)) / float64(threads)
}
