package builtin

import (
	"math"
	"time"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Module busy: functions of the native world that compute for a given time, as extensions in C do, either holding the
// interpreter's lock or having released it.

func init() { register("busy", makeBusy) }

// maxBusy bounds a wait, in seconds.
const maxBusy = 3600

func makeBusy(t *object.Thread) (*object.Module, error) {
	seconds := func(t *object.Thread, v object.Value) (int64, error) {
		f, err := object.FloatArg(t, v)
		if err == nil && (f < 0 || f > maxBusy || math.IsNaN(f)) {
			err = object.ValueErrorf(t, "seconds must be between 0 and %d", maxBusy)
		}
		return int64(f * 1e9), err
	}
	spin := func(p *machine.Proc, ns int64) {
		for end := p.Now() + ns; ; {
			left := end - p.Now()
			if left <= 0 {
				return
			}
			p.Delay(min(left, int64(50*time.Microsecond)))
		}
	}
	hold := func(t *object.Thread, a []object.Value) (object.Value, error) {
		ns, err := seconds(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		// In transactions the call is irrevocable, and stands alone in its slice: whatever the slice has touched before would be locked until
		// its end, and it may have touched what everybody needs (an import moves the definition epoch). So what came before is
		// committed first; this is the execution after that unless time has stood still.
		now := t.VM.Now(t)
		if concurrency(t).Transactional() && t.VM.Deadline(t, ns)-ns >= now {
			w := machine.Wait{What: "its turn in native code", Owner: -1}
			if err := t.VM.Wait(t, w, func(p *machine.Proc) { p.Yield() }); err != nil {
				return object.Unset, err
			}
			t.VM.Now(t) // the execution after a wait reads the clock: so must a replay, which does not execute again
		}
		if err := t.VM.Irrevocable(t); err != nil {
			return object.Unset, err
		}
		spin(t.Proc, ns)
		return object.None, nil
	}
	release := func(t *object.Thread, a []object.Value) (object.Value, error) {
		ns, err := seconds(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		for end := t.VM.Deadline(t, ns); ; {
			left := end - t.VM.Now(t)
			if left <= 0 {
				return object.None, nil
			}
			w := machine.Wait{What: "native code", Owner: -1, Where: concurrency(t).Where(t)}
			if err := t.VM.Wait(t, w, func(p *machine.Proc) { p.Block(w, func() { spin(p, left) }) }); err != nil {
				return object.Unset, err
			}
		}
	}
	return newModule(t, "busy", "Native code that computes for a given time.",
		fixed("busy_wait", 1, 1, hold), fixed("busy_wait_holding", 1, 1, hold), fixed("busy_wait_releasing", 1, 1, release)), nil
}
