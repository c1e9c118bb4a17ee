package object

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
	"gilt/stm"
)

// Mut begins every mutable heap object.
type Mut struct {
	Header
	Orec stm.Orec // version-or-lock word of the object's state (a container may have more, one per chunk)
	ID   uint64   // identity: thread<<40 | sequence; what id() and the default hash are made of
}

// Regime says what an access to shared state means.
type Regime uint8

// The regimes, and RegimePlain: nothing is ever shared (GIL, single-thread bypass).
const (
	RegimePlain Regime = iota
	RegimeSTM          // every access through the thread's transaction
	RegimeLocks        // each operation locks its objects
	RegimeRead         // rw, as a reader: the first write ends the slice and runs it again as a writer
	RegimeWrite        // rw, as the writer: plain access
)

// Thread is what operations on values need to know of the Python thread that performs them. Package vm embeds it as the
// first field of its own thread. All of it belongs to that thread alone, Breaker excepted.
type Thread struct {
	// Epoch is the current slice's number, already shifted into the high half of Meta: an object with
	// Meta == kind|Epoch is private and needs no undo entry. 0 as long as no slice can be rolled back.
	Epoch uint64
	// DefSeen is the version of the definition epoch that this slice runs under (see Interp.Def).
	DefSeen uint64
	// Breaker is the eval-breaker word: anybody may set bits; tested at yield points.
	Breaker atomic.Uint32
	Regime  Regime
	// Solo: shared objects may be claimed (claim.go). Mixed: the thread runs under the interpreter's lock in a VM whose
	// threads may also be in transactions; Solo implies it.
	Solo, Mixed bool
	Proc        *machine.Proc
	Tx          *stm.Tx // nil unless the regime has transactions
	Interp      *Interp
	VM          VM

	Undo UndoLog // old states of private objects changed in this slice
	// IDs is the sequence of identities handed out; rolled back with the slice.
	IDs uint64
	// Hidden is the sequence of identities of what the program never sees; see hide.
	Hidden uint64
	// Handled is the stack of exceptions being handled (sys.exc_info, __context__).
	Handled []Value
	// Held are the program's locks that the slice holds without having written so (see held.go).
	Held []HeldLock
	// Num is the Python-visible number of the thread; it is the high part of identities.
	Num uint64
	// Depth of nested Go calls back into Python.
	Nested     int
	containers containerState
	publisher  *publisher // of the thread's walks, unless one is under way
	outgoing   []Value    // arguments of calls that Go code makes, see Call
	Accesses   AccessLog  // notes accesses to shared words; nil unless a profile is taken
	defDraws   uint64     // definition epochs drawn; never rolled back
}

// VM is what values ask of the interpreter: calls back into Python and what ends a slice.
type VM interface {
	// Call calls any callable in a nested loop. args is not retained.
	Call(t *Thread, fn Value, args []Value, kw *Kwargs) (Value, error)
	// Irrevocable makes the current slice irrevocable (nothing to do in regimes that never roll back).
	Irrevocable(t *Thread) error
	// Upgrade is asked before the first write of a slice that runs as a reader.
	Upgrade(t *Thread) error
	// Wait ends the slice, calls wait with nothing held (no lock of the interpreter, no transaction), and begins a new slice. It is
	// for everything that blocks, and must come before any effect of the builtin that calls it. In regimes that roll
	// back it returns ErrAgain, which the builtin must return at once: the instruction that called it is executed again after the
	// wait. Otherwise it returns nil after the wait. Either way the caller checks its condition again.
	Wait(t *Thread, w machine.Wait, wait func(p *machine.Proc)) error
	// Deadline is now + ns, at most Never, or what it was when the instruction that is being executed was executed first (see Wait).
	Deadline(t *Thread, ns int64) int64
	// Resumed says whether the instruction is executed again, after a wait with a deadline: Deadline knows it already. What runs
	// Python code to find out how long to wait must ask, or it would run it twice.
	Resumed(t *Thread) bool
	// OnCommit runs f once the slice has committed: at once in regimes that do not roll back. f must not touch Python objects.
	OnCommit(t *Thread, f func())
	// Output writes to the standard output (1) or error (2) of the program, in the order of commits; the empty string flushes.
	Output(t *Thread, fd int, data string) error
	// Now is the clock in nanoseconds, an external input: logged for replays.
	Now(t *Thread) int64
	// Forget clears what the thread holds but nobody can reach any more, so that it is garbage.
	Forget(t *Thread)
	// Pressed is what a thread does that finds Interp.Tight set: MemoryError, unless there is room again.
	Pressed(t *Thread) error
	// Position is the file, line and function that the thread executes.
	Position(t *Thread) (file string, line int, fn string)
}

// AccessLog notes the places of a slice's accesses to shared words, for profiles.
type AccessLog interface {
	// Read is called after a transactional read.
	Read()
	// Write is called before a transactional write under the record.
	Write(o *stm.Orec)
}

// ErrAbort unwinds a slice that must be rolled back. Nobody but the interpreter loop may swallow it: Go code that
// catches errors of Python calls must let it through (see IsAbort).
var ErrAbort error = abortError{}

// ErrAgain unwinds an instruction that is to be executed again after a wait (see VM.Wait). Like ErrAbort it is the
// interpreter loop's alone.
var ErrAgain error = againError{}

type againError struct{}

func (againError) Error() string { return "instruction to be executed again" }

type abortError struct{}

func (abortError) Error() string { return "slice aborted" }

// IsAbort says whether err is the unwinding of a slice rather than a Python exception.
func IsAbort(err error) bool { return err == ErrAbort }

// Load reads one mutable cell of object h. Types whose whole mutable state is in Value cells, read by Load and written
// by Store, work under every regime.
func (t *Thread) Load(h *Mut, c *Value) (Value, error) {
	if h.Meta&FlagShared == 0 {
		return *c, nil
	}
	return t.loadShared(&h.Orec, c)
}

// Store writes one mutable cell of object h.
func (t *Thread) Store(h *Mut, c *Value, v Value) error {
	if h.Meta&^uint64(0xff) == t.Epoch {
		*c = v
		return nil
	}
	if h.Meta&FlagShared == 0 {
		if t.Epoch == 0 {
			h.renew()
		} else {
			t.Undo.SaveCell(c)
		}
		*c = v
		return nil
	}
	return t.storeShared(&h.Orec, c, v)
}

// LoadAt and StoreAt are Load and Store for containers that keep an orec per chunk: the caller has seen FlagShared.
func (t *Thread) LoadAt(o *stm.Orec, c *Value) (Value, error) { return t.loadShared(o, c) }

// StoreAt writes a cell of a shared object under the given orec.
func (t *Thread) StoreAt(o *stm.Orec, c *Value, v Value) error { return t.storeShared(o, c, v) }

func (t *Thread) loadShared(o *stm.Orec, c *Value) (Value, error) {
	switch t.Regime {
	case RegimeSTM:
		w, ok := t.Tx.LoadOnce(o, (*stm.Word)(unsafe.Pointer(c)))
		if t.Accesses != nil {
			t.Accesses.Read()
		}
		if !ok {
			return Unset, ErrAbort
		}
		return Value{w.P, w.B}, nil
	case RegimeLocks:
		return loadAtomic(c), nil
	}
	return *c, nil
}

func (t *Thread) storeShared(o *stm.Orec, c *Value, v Value) error {
	switch t.Regime {
	case RegimeSTM:
		if t.Accesses != nil {
			t.Accesses.Write(o)
		}
		if !t.Tx.Store(o, (*stm.Word)(unsafe.Pointer(c)), stm.Word{P: v.Ref, B: v.Bits}) {
			return ErrAbort
		}
		return nil
	case RegimeRead:
		if err := t.VM.Upgrade(t); err != nil {
			return err
		}
	case RegimeLocks:
		Publish(t, v)
		storeAtomic(c, v)
		return nil
	}
	if t.Mixed {
		// Threads that wait for a lock of the program look at its word while this thread runs.
		if v.Ref == nil && c.Ref == nil { // the word's other half need not be written
			atomic.StoreUint64(&c.Bits, v.Bits)
			return nil
		}
		if t.Solo {
			t.lend(v)
		} else {
			Publish(t, v)
		}
		storeAtomic(c, v)
		return nil
	}
	Publish(t, v)
	*c = v
	return nil
}

func loadAtomic(c *Value) Value {
	return Value{atomic.LoadPointer(&c.Ref), atomic.LoadUint64(&c.Bits)}
}

func storeAtomic(c *Value, v Value) {
	atomic.StorePointer(&c.Ref, v.Ref)
	atomic.StoreUint64(&c.Bits, v.Bits)
}

// NewMut is the header of a mutable object allocated now.
func (t *Thread) NewMut(k Kind, typ *Type) Mut {
	t.IDs++
	return Mut{Header: Header{Meta: uint64(k) | t.Epoch, Type: typ}, ID: t.Num<<40 | t.IDs}
}
