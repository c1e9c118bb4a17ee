package builtin

import (
	"gilt/internal/machine"
	"gilt/vm/object"
)

// Native work with the interpreter's lock released: hashing and compressing of long inputs.
//
// What runs without the lock may touch no Python object: it is a function of values that never change (a snapshot of the object's
// state, the input's bytes) to a new value, which the caller stores once the lock is held again, if the object's state is
// still the one that the work began with.
//
// In regimes that roll back, waiting ends the slice and the instruction is executed again. So the result is kept with the thread,
// under a key that says of what it was computed, until the slice that used it has committed; a rolled back use finds it again. It
// serves once: where a loop computes the same again, it releases the lock again, as it would under the GIL and does in a replay.

// releaseMin is the length of input from which it pays to release the lock.
const releaseMin = 2047

// workKey says what was computed: an operation on a state and an input. Equal keys mean equal results.
type workKey struct {
	op    string
	state any // a pointer to something that never changes
	input string
	n, m  int
}

// workSlot names the place of a thread's result in the interpreter.
type workSlot struct{ t *object.Thread }

// workResult is a result that waits to be used.
type workResult struct {
	key  workKey
	v    any
	used uint64 // the attempt that has used it, where attempts are numbered
}

// released computes work with the lock released if the input is long. nsPerByte is its cost on simulated cores, where native
// code takes no time by itself.
func released[T any](t *object.Thread, key workKey, nsPerByte int, work func() T) (T, error) {
	cost := int64(len(key.input) * nsPerByte)
	if len(key.input) < releaseMin {
		v := work()
		if t.Proc.Simulated() {
			t.Proc.Delay(cost)
		}
		return v, nil
	}
	return unlocked(t, key, cost, work)
}

// unlocked computes work with the lock released; cost is what it takes on simulated cores, in nanoseconds.
func unlocked[T any](t *object.Thread, key workKey, cost int64, work func() T) (T, error) {
	slot := workSlot{t}
	if v, ok := t.Interp.Ext.Load(slot); ok {
		if r := v.(*workResult); r.key == key && (t.Epoch == 0 || r.used != t.Epoch) {
			r.used = t.Epoch
			t.VM.OnCommit(t, func() { t.Interp.Ext.Delete(slot) })
			return r.v.(T), nil
		}
	}
	var result T
	done := false
	w := machine.Wait{What: "native code", Owner: -1, Where: concurrency(t).Where(t)}
	err := t.VM.Wait(t, w, func(p *machine.Proc) {
		p.Block(w, func() {
			result = work()
			if p.Simulated() {
				p.Delay(cost)
			}
		})
		done = true
		t.Interp.Ext.Store(slot, &workResult{key, result, 0})
	})
	if err != nil {
		return result, err
	}
	t.Interp.Ext.Delete(slot)
	if !done { // a replay does not wait
		result = work()
	}
	return result, nil
}
