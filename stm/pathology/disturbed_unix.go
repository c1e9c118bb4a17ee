//go:build unix

package pathology

import "syscall"

// preemptions is how often the operating system has taken a core away from this process.
func preemptions() int64 {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return int64(r.Nivcsw)
}
