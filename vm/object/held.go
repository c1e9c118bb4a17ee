package object

// Locks of the program under regimes that roll back (lock elision: Rajwar and Goodman, MICRO'01; Roy, Hand and Harris,
// EuroSys'09). A slice that takes a free public lock reads its word and notes here that it holds the lock; giving the lock
// back in the same slice drops the note. Only a lock that is still held when the slice ends has its word written, by the
// slice's own transaction. So critical sections of different threads conflict only if their data does.

// SliceLock is a lock of the program.
type SliceLock interface {
	// WriteHeld writes into the lock's word, as part of the slice, that the thread holds it count times over.
	WriteHeld(t *Thread, count int64) error
}

// HeldLock is a lock that the slice holds although its word says that it is free.
type HeldLock struct {
	Mut   *Mut // of the lock: what it is found by
	Lock  SliceLock
	Count int64
}

// Never is the deadline that does not come; it leaves room to calculate with.
const Never = 1 << 62

// HeldIndex finds a lock among those that the slice holds by note; -1 if it is not there.
func (t *Thread) HeldIndex(m *Mut) int {
	for i := len(t.Held) - 1; i >= 0; i-- {
		if t.Held[i].Mut == m {
			return i
		}
	}
	return -1
}

// Hold notes that the slice holds a lock.
func (t *Thread) Hold(m *Mut, l SliceLock, count int64) {
	t.Held = append(t.Held, HeldLock{m, l, count})
}

// Unhold drops note i.
func (t *Thread) Unhold(i int) {
	n := len(t.Held) - 1
	t.Held[i] = t.Held[n]
	t.Held[n] = HeldLock{}
	t.Held = t.Held[:n]
}
