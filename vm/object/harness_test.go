package object

import (
	"errors"
	"fmt"
	"testing"

	"gilt/internal/machine"
	"gilt/stm"
)

// A small stand-in for the interpreter: threads that run transactions over objects.

type testVM struct{ VM }

func (testVM) Call(t *Thread, fn Value, args []Value, kw *Kwargs) (Value, error) {
	if fn.Kind() == KindBuiltin {
		b := (*Builtin)(fn.Ref)
		if !b.Self.IsUnset() {
			args = append([]Value{b.Self}, args...)
		}
		return b.Fn(t, args, kw)
	}
	return Unset, fmt.Errorf("test: cannot call kind %d", fn.Kind())
}

func (testVM) Irrevocable(t *Thread) error {
	if t.Regime == RegimeSTM && !t.Tx.BecomeIrrevocable() {
		return ErrAbort
	}
	return nil
}

func (testVM) Upgrade(t *Thread) error                  { t.Regime = RegimeWrite; return nil }
func (testVM) Position(t *Thread) (string, int, string) { return "test", 1, "test" }

// newTestThread is a thread without any machine, under the plain regime.
func newTestThread() *Thread {
	return &Thread{Interp: NewInterp(nil), VM: testVM{}}
}

// world is an interpreter with transactional memory on a machine.
type world struct {
	in  *Interp
	sys *stm.System
	m   *machine.Machine
}

// adopted is a world on real cores whose thread is the calling goroutine.
func adopted(tb testing.TB, o stm.Options) (*world, *Thread) {
	tb.Helper()
	m := machine.NewReal(machine.RealConfig{})
	w := newWorld(tb, o, m)
	return w, w.thread(m.Adopt("test"), 0)
}

func newWorld(tb testing.TB, o stm.Options, m *machine.Machine) *world {
	tb.Helper()
	o.Repeats = true // as the interpreter has it
	sys, err := stm.NewSystem(o)
	if err != nil {
		tb.Fatal(err)
	}
	in := NewInterp(nil)
	in.Stm = sys
	return &world{in, sys, m}
}

func (w *world) thread(p *machine.Proc, num uint64) *Thread {
	return &Thread{Interp: w.in, VM: testVM{}, Proc: p, Tx: w.sys.NewTx(p), Num: num, Regime: RegimeSTM}
}

var errGiveUp = errors.New("the test gives the slice up")

// slice runs f as one transaction, again and again until it commits. When f returns errGiveUp the slice is rolled back and
// not tried again.
func (t *Thread) slice(f func() error) error {
	for n := 0; ; n++ {
		t.Epoch += 1 << epochShift
		if n < 5 {
			t.Tx.Begin()
		} else {
			t.Tx.BeginIrrevocable() // faults may be injected faster than the slice runs
		}
		ids := t.IDs
		err := attempt(f)
		if err == errGiveUp && !t.Tx.Irrevocable() {
			t.Tx.Abandon()
			t.Undo.Rollback()
			t.IDs = ids
			return err
		}
		if !IsAbort(err) {
			t.Tx.EachWrite(func(_ *stm.Orec, _ *stm.Word, w *stm.Word) {
				if w.P != nil {
					Publish(t, Value{w.P, w.B})
				}
			})
			if t.Tx.Commit() {
				t.Undo.Reset()
				if err == errGiveUp {
					err = nil // too late: the slice is irrevocable
				}
				return err
			}
		}
		t.Tx.Rollback()
		t.Undo.Rollback()
		t.IDs = ids
	}
}

// attempt runs f; a panic with ErrAbort is an abort like any other.
func attempt(f func() error) (err error) {
	defer func() {
		if r := recover(); r == ErrAbort {
			err = ErrAbort
		} else if r != nil {
			panic(r)
		}
	}()
	return f()
}

// must is for calls that cannot fail.
func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func str(v string) Value { return NewStr(v) }

// show is a value's repr.
func show(t *Thread, v Value) string { return must(Repr(t, v)) }
