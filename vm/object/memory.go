package object

import (
	"runtime"
	"runtime/metrics"
	"unsafe"
)

// This file bounds memory. A program that grows without end must meet a MemoryError, not the host's killer of processes.
//
// Two guards share the work, and neither costs anything where memory is allocated in small pieces. Whoever is about to
// allocate one large block asks Room first: growing a list or a table of millions, repeating, joining. Growth in small pieces
// is seen by the collector: after each of its cycles the interpreter compares what is live with the bound (see Pressing), and
// threads raise at their next yield point.
//
// Invariant: a container that is refused room is as it was before.

// largeBlock is the size from which an allocation asks first. Asking costs microseconds, filling a block of this size more.
const largeBlock = 1 << 20

// maxStr bounds the bytes of a string: 1 GiB. More is a MemoryError before anything is allocated.
const maxStr = 1 << 30

// maxItems bounds the length of sequences: 16 GiB of values. More is a MemoryError before anything is allocated.
const maxItems = 1 << 30

const valueSize = int(unsafe.Sizeof(Value{}))

// Room asks for a block of n bytes: nil or a MemoryError.
func (t *Thread) Room(n int) error {
	if n < largeBlock {
		return nil
	}
	return t.Interp.room(t, n)
}

// roomFor is Room for n more values at the end of an array with this capacity.
func (t *Thread) roomFor(items []Value, n int) error {
	if n += len(items); n <= cap(items) {
		return nil
	}
	return t.Room(max(n, cap(items)+cap(items)/4) * valueSize)
}

// roomForStr is Room for a string of n bytes, or of none that can be had.
func (t *Thread) roomForStr(n int) error {
	if n > maxStr {
		return MemoryError(t)
	}
	return t.Room(n)
}

func (in *Interp) room(t *Thread, n int) error {
	if in.MemoryLimit == 0 {
		return nil
	}
	left := in.MemoryLimit - int64(n)
	if heapBytes("/memory/classes/heap/objects:bytes") <= left {
		return nil
	}
	if left > 0 {
		// Much of it may be garbage that nobody has looked at yet.
		t.VM.Forget(t)
		if runtime.GC(); heapBytes("/memory/classes/heap/objects:bytes") <= left {
			return nil
		}
	}
	return MemoryError(t)
}

// Pressing says whether what was live at the collector's last cycle leaves less than an eighth of the bound.
func (in *Interp) Pressing() bool {
	return in.MemoryLimit > 0 && heapBytes("/gc/heap/live:bytes") > in.MemoryLimit-in.MemoryLimit/8
}

// Forget clears what the log holds and does not need any more.
func (u *UndoLog) Forget() {
	clear(u.entries[len(u.entries):cap(u.entries)])
	clear(u.objs[len(u.objs):cap(u.objs)])
	clear(u.vals[len(u.vals):cap(u.vals)])
	clear(u.arrays[len(u.arrays):cap(u.arrays)])
	clear(u.dicts[len(u.dicts):cap(u.dicts)])
	clear(u.sets[len(u.sets):cap(u.sets)])
}

// ForgetArguments clears the unused part of the stack of outgoing arguments.
func (t *Thread) ForgetArguments() { clear(t.outgoing[len(t.outgoing):cap(t.outgoing)]) }

// heapBytes reads one of the runtime's gauges.
func heapBytes(name string) int64 {
	s := [1]metrics.Sample{{Name: name}}
	metrics.Read(s[:])
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(s[0].Value.Uint64())
}
