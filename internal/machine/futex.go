// Futex: wait for, and wake at, a 32-bit word.

package machine

import (
	"sync/atomic"
)

// futexWait is a thread's unlimited wait on a word, for deadlock detection.
type futexWait struct {
	word *atomic.Uint32
	val  uint32
}

// futexMoved says that the thread waits for a word that has changed meanwhile: the wait will end by itself.
func (r *realProc) futexMoved() bool {
	w := r.futex.Load()
	return w != nil && w.word.Load() != w.val
}

// unwedge ends a futex wait when the run has ended.
func (r *realProc) unwedge() {}
