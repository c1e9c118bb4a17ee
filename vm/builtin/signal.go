package builtin

import "gilt/vm/object"

// Module _signal: SIGINT, the one signal that programs can handle. Its handler is called in the main thread, at a yield point or
// where the thread waits.

func init() { register("_signal", makeSignal) }

const sigint = 2

func makeSignal(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_signal", "Handlers of signals.",
		fixed("_handle", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			vm := concurrency(t)
			if vm.Current(t) != 1 {
				return object.Unset, object.ValueErrorf(t, "signal only works in main thread of the main interpreter")
			}
			f := a[0]
			if f.IsNone() {
				t.VM.OnCommit(t, func() { vm.OnSignal(nil) })
				return object.None, nil
			}
			object.Publish(t, f)
			t.VM.OnCommit(t, func() {
				vm.OnSignal(func(t *object.Thread) error {
					_, err := t.VM.Call(t, f, []object.Value{object.Int(sigint), object.None}, nil)
					return err
				})
			})
			return object.None, nil
		}),
		fixed("_raise", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			t.VM.OnCommit(t, concurrency(t).Interrupt)
			return object.None, nil
		}),
	)
	return m, nil
}
