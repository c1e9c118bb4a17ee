package builtin

import "gilt/vm/object"

// Module _gilt: what modules gilt, transaction, pypystm and __pypy__.thread stand on.

func init() { register("_gilt", makeGilt) }

// Transactions is what the module asks of the interpreter.
type Transactions interface {
	EnterAtomic(t *object.Thread) error
	// LeaveAtomic is false outside of atomic blocks.
	LeaveAtomic(t *object.Thread) bool
	Atomic(t *object.Thread) int
	CommitSoon(t *object.Thread)
	Retry(t *object.Thread) error
	// NeedTransactions says that the program may retry: it must stay in transactions from now on.
	NeedTransactions(t *object.Thread)
	OrElse(t *object.Thread, first, second func() (object.Value, error)) (object.Value, error)
	RegimeName() string
	SliceLimit(t *object.Thread) int
	Counts(t *object.Thread) (slices, aborts, irrevocable uint64)
}

func transactions(t *object.Thread) Transactions { return t.VM.(Transactions) }

func makeGilt(t *object.Thread) (*object.Module, error) {
	transactions(t).NeedTransactions(t)
	return newModule(t, "_gilt", "Transactions, for modules gilt and transaction.",
		fixed("enter", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return none(transactions(t).EnterAtomic(t))
		}),
		fixed("leave", 0, 3, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			if !transactions(t).LeaveAtomic(t) {
				return object.Unset, object.RuntimeErrorf(t, "not in an atomic block")
			}
			return object.None, nil
		}),
		fixed("depth", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Int(int64(transactions(t).Atomic(t))), nil
		}),
		fixed("retry", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Unset, transactions(t).Retry(t)
		}),
		fixed("or_else", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			f, g := a[0], a[1]
			return transactions(t).OrElse(t,
				func() (object.Value, error) { return t.VM.Call(t, f, nil, nil) },
				func() (object.Value, error) { return t.VM.Call(t, g, nil, nil) })
		}),
		fixed("irrevocable", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return none(t.VM.Irrevocable(t))
		}),
		fixed("commit_soon", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			transactions(t).CommitSoon(t)
			return object.None, nil
		}),
		fixed("regime", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.NewStr(transactions(t).RegimeName()), nil
		}),
		fixed("slice_limit", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Int(int64(transactions(t).SliceLimit(t))), nil
		}),
		fixed("counts", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			// The counters are no state of the program, and not rolled back: what is read must not be read twice.
			if err := t.VM.Irrevocable(t); err != nil {
				return object.Unset, err
			}
			c, a, i := transactions(t).Counts(t)
			return t.NewTuple(object.NewUint(c), object.NewUint(a), object.NewUint(i)), nil
		}),
	), nil
}
