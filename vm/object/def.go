package object

import (
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// This file has the life of a slot (module global or class attribute) and the definition epoch.
//
// A slot is empty, then stable (FlagStable), then variable (FlagVariable), and never goes back. A stable slot is read without
// a trace in any log: whoever read it relies on the definition epoch, which every slice has in its read set. Making a stable
// slot variable, and giving a finished class a new attribute, moves the epoch in the same transaction as the write: slices
// that ran on the old definition fail, later ones see the flag. The flag itself is set at once and monotone: a
// variable slot that was never rewritten is only slower to read. (While there is one thread only, a rollback empties the
// slots that the slice has defined, and moves the epoch, so that a module whose slice is repeated has stable slots.)

func (s *Slot) meta() uint64 { return atomic.LoadUint64(&s.Meta) }

func (s *Slot) setMeta(set, clear uint64) {
	for {
		m := atomic.LoadUint64(&s.Meta)
		if atomic.CompareAndSwapUint64(&s.Meta, m, m&^clear|set) {
			return
		}
	}
}

// Stable says whether the slot has been written once only: its value may be cached under the definition epoch.
func (s *Slot) Stable() bool { return s.meta()&FlagStable != 0 }

// NewSlot makes an empty slot. It is shared from the start if the table that it goes into is.
func (t *Thread) NewSlot(name string, shared bool) *Slot {
	s := &Slot{Mut: t.NewMut(KindSlot, nil), V: Unset, Name: name}
	t.hide(&s.Mut) // it stays when the slice that has made it is rolled back
	if shared {
		s.Meta |= FlagShared
	}
	return s
}

// LoadSlot reads a slot; Unset if it is empty.
func (t *Thread) LoadSlot(s *Slot) (Value, error) {
	m := s.meta()
	if m&FlagShared == 0 || t.Solo && m&FlagVariable != 0 && s.claim(t) {
		return s.V, nil
	}
	if m&FlagStable != 0 {
		// Who rewrites a stable slot clears the flag before it commits: a value read while the flag stands is the stable one.
		if v := loadAtomic(&s.V); s.meta()&FlagStable != 0 {
			return v, nil
		}
	}
	return t.loadShared(&s.Orec, &s.V)
}

// StoreSlot writes a slot (Unset deletes). fresh says that its absence may have been cached, so that even the first write
// must move the definition epoch.
func (t *Thread) StoreSlot(s *Slot, v Value, fresh bool) error {
	m := s.meta()
	if m&(FlagShared|FlagVariable) == FlagShared|FlagVariable && t.Solo && s.claim(t) {
		m = s.meta()
	}
	if m&FlagVariable == 0 && (fresh || m&FlagStable != 0) {
		// The definition epoch is going to move. Whatever may end the slice comes before the flags change: they are not rolled
		// back, and the next attempt would take the epoch for moved.
		if err := t.readyToBump(); err != nil {
			return err
		}
	}
	switch {
	case m&FlagVariable != 0:
	case m&FlagStable != 0:
		s.setMeta(FlagVariable, FlagStable)
		if err := t.BumpDef(); err != nil {
			return err
		}
	case m&FlagShared != 0:
		s.setMeta(FlagVariable, 0)
		if fresh {
			if err := t.BumpDef(); err != nil {
				return err
			}
		}
	default:
		s.setMeta(t.Interp.written(), 0)
		if fresh {
			if err := t.BumpDef(); err != nil {
				return err
			}
		}
		if t.Epoch != 0 {
			t.Undo.saveSlot(s)
		}
		s.V = v
		return nil
	}
	if s.meta()&FlagShared != 0 {
		return t.storeShared(&s.Orec, &s.V, v)
	}
	if t.Epoch != 0 {
		t.Undo.SaveCell(&s.V)
	} else {
		s.renew()
	}
	s.V = v
	return nil
}

// DefVersion is the present definition epoch, as regimes without transactions see it. Slices read the word in their
// transaction.
func (in *Interp) DefVersion() uint64 { return atomic.LoadUint64(&in.defWord.Bits) }

// DefWord is the transactional word that holds the definition epoch, under the record Def.
func (in *Interp) DefWord() *stm.Word { return (*stm.Word)(unsafe.Pointer(&in.defWord)) }

// SyncDef makes the thread see the present definitions: whenever it goes on after others may have run.
func (t *Thread) SyncDef() { t.DefSeen = t.Interp.DefVersion() }

// BumpDef moves the definition epoch to a number that was never used before, not even by an attempt that was rolled
// back: caches filled under it hold what this thread has defined. Within a transaction the move is a write like any other;
// only irrevocable transactions make it, so that those need not keep others from reading the epoch.
func (t *Thread) BumpDef() error {
	in := t.Interp
	if err := t.readyToBump(); err != nil {
		return err
	}
	t.defDraws++
	v := Value{Bits: 1<<63 | t.Num<<40 | t.defDraws}
	if in.Is(MutDefUnmoved) {
		return nil
	}
	if t.Regime == RegimeSTM {
		if err := t.storeShared(&in.Def, &in.defWord, v); err != nil {
			return err
		}
	} else {
		atomic.StoreUint64(&in.defWord.Bits, v.Bits)
	}
	t.DefSeen = v.Bits
	return nil
}

// Redefine moves the definition epoch for the only thread, between slices.
func (t *Thread) Redefine() {
	t.defDraws++
	atomic.StoreUint64(&t.Interp.defWord.Bits, 1<<63|t.Num<<40|t.defDraws)
	t.SyncDef()
}

// readyToBump makes the slice one that can move the definition epoch.
func (t *Thread) readyToBump() error {
	switch t.Regime {
	case RegimeSTM:
		return t.VM.Irrevocable(t)
	case RegimeRead:
		return t.VM.Upgrade(t)
	}
	return nil
}

// hiddenIDs marks the identities of what the program never sees.
const hiddenIDs = 1 << 39

// hide gives m, which has just been made and which the program will never see, an identity from another sequence. Identities decide the
// order of sets of objects, so those that the program sees may depend on nothing but what it does: not on who can reach a container, nor
// on whether an attempt that was rolled back has left something behind that is made only once.
func (t *Thread) hide(m *Mut) {
	t.IDs--
	t.Hidden++
	m.ID = t.Num<<40 | hiddenIDs | t.Hidden
}

// NewID draws an identity that no other object of the interpreter has.
func (t *Thread) NewID() uint64 {
	t.IDs++
	return t.Num<<40 | t.IDs
}
