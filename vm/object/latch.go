package object

import "slices"

// This file locks containers under RegimeLocks: each operation on a shared container holds the container's latch (its record
// as a spin lock) from begin to end. Latches nest. Before Python code is called from the middle of an operation all
// latches are released and afterwards taken again, so that whoever holds one never waits for anything but latches; two
// at once are taken in the order of the objects' identities.

// latched is an object whose latch the thread holds, n times over.
type latched struct {
	m *Mut
	n int
}

// lockObj takes an object's latch.
func (t *Thread) lockObj(m *Mut) {
	held := t.containers.latched
	for i := range held {
		if held[i].m == m {
			held[i].n++
			return
		}
	}
	m.Orec.Latch(t.Proc, t.Num+1)
	t.containers.latched = append(held, latched{m, 1})
}

// unlockObj undoes one lockObj.
func (t *Thread) unlockObj(m *Mut) {
	held := t.containers.latched
	for i := len(held) - 1; i >= 0; i-- {
		if held[i].m != m {
			continue
		}
		if held[i].n--; held[i].n == 0 {
			m.Orec.Unlatch(t.Proc)
			t.containers.latched = slices.Delete(held, i, i+1)
		}
		return
	}
}

// lockPair takes the latches of two containers of one operation under RegimeLocks, and does nothing for private ones and
// in other regimes.
func (t *Thread) lockPair(a, b *Mut) {
	if t.Regime != RegimeLocks {
		return
	}
	if a.ID > b.ID {
		a, b = b, a
	}
	if a.Meta&FlagShared != 0 {
		t.lockObj(a)
	}
	if b != a && b.Meta&FlagShared != 0 {
		t.lockObj(b)
	}
}

// unlockPair undoes lockPair.
func (t *Thread) unlockPair(a, b *Mut) {
	if t.Regime != RegimeLocks {
		return
	}
	if b != a && b.Meta&FlagShared != 0 {
		t.unlockObj(b)
	}
	if a.Meta&FlagShared != 0 {
		t.unlockObj(a)
	}
}

// releaseLatches gives up all latches before Python code runs, and tells what they were.
func (t *Thread) releaseLatches() []latched {
	held := slices.Clone(t.containers.latched)
	for i := len(held) - 1; i >= 0; i-- {
		held[i].m.Orec.Unlatch(t.Proc)
	}
	t.containers.latched = t.containers.latched[:0]
	return held
}

// retakeLatches takes them again.
func (t *Thread) retakeLatches(held []latched) {
	slices.SortFunc(held, func(a, b latched) int {
		if a.m.ID < b.m.ID {
			return -1
		}
		return 1
	})
	for _, l := range held {
		l.m.Orec.Latch(t.Proc, t.Num+1)
		t.containers.latched = append(t.containers.latched, l)
	}
}

// aboutToWrite ends a reader's slice before anything is prepared for a write.
func (t *Thread) aboutToWrite() error {
	if t.Regime == RegimeRead {
		return t.VM.Upgrade(t)
	}
	return nil
}

// renew makes a private object one that needs no undo entry, in a slice that cannot be rolled back; false if it is shared.
func (h *Header) renew() bool {
	if h.Meta&FlagShared != 0 {
		return false
	}
	stale(h)
	return true
}
