package builtin

import "gilt/vm/object"

// Module atexit. The functions are kept in a list of tuples (function, args, keywords) that the module owns.

func init() { register("atexit", makeAtexit) }

// exitFunctions is the list of functions to call at exit, which the module holds; nil if it was never imported.
func exitFunctions(t *object.Thread) *object.List {
	v, ok, err := t.Interp.Modules.GetStr(t, t.Intern("atexit"))
	if err != nil || !ok || v.Kind() != object.KindModule {
		return nil
	}
	v, ok, err = (*object.Module)(v.Ref).NS.Get(t, t.Intern("_functions"))
	if err != nil || !ok {
		return nil
	}
	l, _ := object.AsList(v)
	return l
}

func makeAtexit(t *object.Thread) (*object.Module, error) {
	l := t.MakeList(nil)
	m := newModule(t, "atexit", "Register functions that are called when the program ends.",
		vary("register", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if len(args) == 0 {
				return object.Unset, object.TypeErrorf(t, "register() takes at least 1 argument (0 given)")
			}
			if !object.Callable(t, args[0]) {
				return object.Unset, object.TypeErrorf(t, "the first argument must be callable")
			}
			kws := object.None
			if kw != nil {
				d := t.NewDict()
				for i, n := range kw.Names {
					if err := d.SetStr(t, t.Intern(n), kw.Values[i]); err != nil {
						return object.Unset, err
					}
				}
				kws = d.Value()
			}
			entry := t.NewTuple(args[0], t.NewTuple(append([]object.Value(nil), args[1:]...)...), kws)
			return args[0], l.Append(t, entry)
		}),
		fixed("unregister", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			items, err := l.Copy(t)
			if err != nil {
				return object.Unset, err
			}
			kept := items[:0]
			for _, e := range items {
				tup, _ := object.AsTuple(e)
				eq, err := object.Equal(t, tup.Items[0], a[0])
				if err != nil {
					return object.Unset, err
				}
				if !eq {
					kept = append(kept, e)
				}
			}
			return none(l.Assign(t, kept))
		}),
		fixed("_clear", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return none(l.Assign(t, nil))
		}),
		fixed("_ncallbacks", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			n, err := l.Len(t)
			return object.Int(int64(n)), err
		}),
		fixed("_run_exitfuncs", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			var last error
			RunAtExit(t, func(err error) { last = err })
			return none(last)
		}),
	)
	set(t, m, "_functions", l.Value())
	return m, nil
}

// RunAtExit calls the registered functions, last one first. report gets what they raise.
func RunAtExit(t *object.Thread, report func(err error)) {
	l := exitFunctions(t)
	if l == nil {
		return
	}
	for {
		n, err := l.Len(t)
		if err != nil || n == 0 {
			return
		}
		e, err := l.Pop(t, -1)
		if err != nil {
			report(err)
			return
		}
		entry, _ := object.AsTuple(e)
		args, _ := object.AsTuple(entry.Items[1])
		var kw *object.Kwargs
		if d, ok := object.AsDict(entry.Items[2]); ok {
			items, err := d.Items(t)
			if err != nil {
				report(err)
				return
			}
			kw = &object.Kwargs{}
			for _, it := range items {
				s, _ := object.AsStr(it.Key)
				kw.Names, kw.Values = append(kw.Names, s.S), append(kw.Values, it.Val)
			}
		}
		if _, err := t.VM.Call(t, entry.Items[0], args.Items, kw); err != nil {
			report(err)
		}
	}
}
