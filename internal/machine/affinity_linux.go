// Pinning threads to cores, for calibration: two threads that take turns on one core share its caches, and on a busy
// machine the minimum of many measurements would be of just that.

package machine

import (
	"syscall"
	"unsafe"
)

// cpuSet is the kernel's cpu_set_t.
type cpuSet [16]uint64

// allowedCPUs are the cores that the process may run on; nil if unknown.
func allowedCPUs() []int {
	var set cpuSet
	n, _, e := syscall.RawSyscall(syscall.SYS_SCHED_GETAFFINITY, 0, unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
	if e != 0 {
		return nil
	}
	var cpus []int
	for i := range int(n) * 8 {
		if set[i/64]&(1<<uint(i%64)) != 0 {
			cpus = append(cpus, i)
		}
	}
	return cpus
}

// pinThread keeps the calling operating-system thread, to which its goroutine must be locked for good, on one core.
func pinThread(cpu int) {
	var set cpuSet
	set[cpu/64] = 1 << uint(cpu%64)
	// An error leaves the thread unpinned: the measurement is then less certain, not wrong.
	_, _, _ = syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
}
