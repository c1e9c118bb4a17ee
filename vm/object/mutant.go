package object

import (
	"unsafe"

	"gilt/stm"
)

// Mutant is an injected bug, for tests of the proof kit: builds with the tag stm_mutants can misbehave on purpose (Interp.Mutant says
// how), and the kit has to find each. In other builds Mutants is false, and the compiler removes every test for one.
type Mutant uint8

// The mutants. The list stands in the ordinary build so that the code which tests for one compiles there.
const (
	MutNone Mutant = iota

	// Roll-back of private objects.
	MutListUndo     // lists keep what an aborted slice did
	MutDictUndo     // dicts keep it
	MutInstanceUndo // instances keep it
	MutCellUndo     // single cells keep it: closures, states of iterators, random numbers
	MutObjectUndo   // generators and what else saves its state by itself keeps it

	// Publication and barriers.
	MutShallowPublish // what a published object refers to stays private
	MutLengthUnread   // len of a shared list is not validated
	MutCensusUnread   // len of a shared dict, and what iteration compares, is not validated
	MutDefUnmoved     // a rebinding does not move the definition epoch

	// Locks of the program.
	MutLockUnread    // an elided lock is not looked at in the transaction
	MutLockUnwritten // a slice that ends with a lock held does not write its word

	// Slices.
	MutNoWatermark // a return below the mark does not copy the frame
	MutHandledKept // the stack of handled exceptions is not restored
	MutIDsKept     // identities given by an aborted slice are not taken back
	MutOutputEarly // output does not wait for the commit
	MutOutputKept  // output of an aborted slice is not thrown away
	MutStartEarly  // threads start, and waiters wake, before the commit
	MutAtomicCut   // atomic blocks are cut
	NumMutants
)

// Is says whether the interpreter has the injected bug m; constant false in ordinary builds.
func (in *Interp) Is(m Mutant) bool { return Mutants && in.Mutant == m }

// is does the same for an undo log.
func (u *UndoLog) is(m Mutant) bool { return Mutants && u.Mutant == m }

// LoadUnlogged is LoadAt without validation of what was read at the commit: what mutants do.
func (t *Thread) LoadUnlogged(o *stm.Orec, c *Value) (Value, error) {
	if t.Regime != RegimeSTM {
		return t.LoadAt(o, c)
	}
	w, ok := t.Tx.LoadUnlogged(o, (*stm.Word)(unsafe.Pointer(c)))
	if !ok {
		return Unset, ErrAbort
	}
	return Value{w.P, w.B}, nil
}
