//go:build !linux

package machine

const kernelFutex = false

type futexQueue = softQueue

func (r *realProc) parkLocked(uint32, int64) bool { panic("machine: no futex to park on") }
func (r *realProc) unparkLocked()                 { panic("machine: no futex to park on") }
