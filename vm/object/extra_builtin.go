package object

// This file exports to package builtin what its own types need of the machinery of containers.

// LockObject takes the latch of a shared object for one operation under RegimeLocks.
func (t *Thread) LockObject(m *Mut) { t.lockObj(m) }

// UnlockObject undoes one LockObject.
func (t *Thread) UnlockObject(m *Mut) { t.unlockObj(m) }
