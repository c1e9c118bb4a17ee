package object

// This file has what the method tables of the containers are made of, and arguments that are indices.

// arity says how many positional arguments a method takes beside self; there are no keywords.
type arity struct{ min, max int }

func exactly(n int) arity    { return arity{n, n} }
func between(a, b int) arity { return arity{a, b} }
func atLeast(n int) arity    { return arity{n, -1} }

// methodFn is a method in Go; self is the native value (see Native) and args are the arguments after it.
type methodFn func(t *Thread, self Value, args []Value) (Value, error)

// kwMethodFn is a methodFn with keyword arguments.
type kwMethodFn func(t *Thread, self Value, args []Value, kw *Kwargs) (Value, error)

type methodDef struct {
	name  string
	arity arity
	fn    methodFn
}

// addMethods gives a builtin class its methods.
func (in *Interp) addMethods(cls *Type, defs []methodDef) {
	for _, d := range defs {
		fn := d.fn
		cls.Methods(in, MethodDef{Name: d.name, Min: d.arity.min, Max: d.arity.max,
			Fn: func(t *Thread, args []Value, _ *Kwargs) (Value, error) { return fn(t, Native(args[0]), args[1:]) }})
	}
}

// addKwMethod gives a builtin class a method with keyword arguments, which checks its arguments itself.
func (in *Interp) addKwMethod(cls *Type, name string, fn kwMethodFn) {
	cls.Methods(in, MK(name, func(t *Thread, args []Value, kw *Kwargs) (Value, error) {
		return fn(t, Native(args[0]), args[1:], kw)
	}))
}

// hasIndex says whether v can be used as an index.
func hasIndex(t *Thread, v Value) bool {
	switch v.Kind() {
	case KindInt, KindBool, KindBigInt:
		return true
	case KindInstance:
		if n := Native(v); n.Ref != v.Ref {
			if k := n.Kind(); k == KindInt || k == KindBigInt {
				return true
			}
		}
		_, ok := LookupSpecial(t, TypeOf(t, v), SpIndex)
		return ok
	}
	return TypeOf(t, v).Ops.Index != nil
}

// indexValue is v as an index. When it does not fit in 64 bits, fits is false and n is the end of the range on its side.
func indexValue(t *Thread, v Value) (n int64, fits bool, err error) {
	switch v.Kind() {
	case KindInt, KindBool:
		return v.AsInt(), true, nil
	}
	v, err = Index(t, v)
	if err != nil {
		return 0, false, err
	}
	v = Native(v)
	switch v.Kind() {
	case KindInt, KindBool:
		return v.AsInt(), true, nil
	case KindBigInt:
		if (*BigInt)(v.Ref).Int.Sign() < 0 {
			return -1 << 63, false, nil
		}
	}
	return 1<<63 - 1, false, nil
}

// clampIndex is v as a slice index: out of range is the end of the range.
func clampIndex(t *Thread, v Value) (int64, error) {
	if v.IsInt() {
		return v.AsInt(), nil
	}
	if !hasIndex(t, v) {
		return 0, TypeErrorf(t, "slice indices must be integers or None or have an __index__ method")
	}
	n, _, err := indexValue(t, v)
	return n, err
}

// indexArg is v as an argument that must be a number of elements or a position.
func indexArg(t *Thread, v Value) (int64, error) {
	if v.IsInt() {
		return v.AsInt(), nil
	}
	if !hasIndex(t, v) {
		return 0, TypeErrorf(t, "'%s' object cannot be interpreted as an integer", TypeOf(t, v).messageName())
	}
	n, fits, err := indexValue(t, v)
	if err == nil && !fits {
		err = OverflowErrorf(t, "Python int too large to convert to C ssize_t")
	}
	return n, err
}

// subscript is key as the index into a sequence of the named class.
func subscript(t *Thread, key Value, class string) (int64, error) {
	if key.IsInt() {
		return key.AsInt(), nil
	}
	if !hasIndex(t, key) {
		return 0, TypeErrorf(t, "%s indices must be integers or slices, not %s", class, TypeOf(t, key).messageName())
	}
	n, fits, err := indexValue(t, key)
	if err == nil && !fits {
		err = IndexErrorf(t, "cannot fit '%s' into an index-sized integer", TypeOf(t, key).messageName())
	}
	return n, err
}

// containerState is what a thread keeps for the operations of containers.
type containerState struct {
	head     locatedHead // the last dict's table
	list     locatedList // the last small list that was read again
	found    located     // where the last key was found (see quick.go)
	reprs    []Value     // containers whose repr is being made
	compares int         // depth of nested comparisons
	latched  []latched
	// changes counts the thread's own changes of the membership of shared dicts, sets and deques; iterators compare it.
	changes uint64
	// order numbers the thread's insertions: it orders those of one commit.
	order uint64
}

// nestingLimit is the depth of nested containers at which repr and comparison give up.
const nestingLimit = 3000

// enterRepr begins the repr of a container; false means that it has begun already, further out.
func (t *Thread) enterRepr(v Value) bool {
	for _, r := range t.containers.reprs {
		if r.Ref == v.Ref {
			return false
		}
	}
	t.containers.reprs = append(t.containers.reprs, v)
	return true
}

func (t *Thread) leaveRepr() {
	n := len(t.containers.reprs) - 1
	t.containers.reprs[n] = Value{}
	t.containers.reprs = t.containers.reprs[:n]
}

func (t *Thread) reprDepth() error {
	if len(t.containers.reprs) > nestingLimit {
		return RecursionErrorf(t, "maximum recursion depth exceeded while getting the repr of an object")
	}
	return nil
}

func (t *Thread) enterCompare() error {
	if t.containers.compares >= nestingLimit {
		return RecursionErrorf(t, "maximum recursion depth exceeded in comparison")
	}
	t.containers.compares++
	return nil
}

func (t *Thread) leaveCompare() { t.containers.compares-- }
