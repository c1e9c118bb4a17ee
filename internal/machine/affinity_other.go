//go:build !linux

package machine

import "runtime"

// allowedCPUs are the cores that the process may run on.
func allowedCPUs() []int {
	cpus := make([]int, runtime.NumCPU())
	for i := range cpus {
		cpus[i] = i
	}
	return cpus
}

// pinThread would keep the calling thread on one core; here the scheduler decides.
func pinThread(int) {}
