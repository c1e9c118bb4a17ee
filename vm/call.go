package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// Calls. The loop itself handles a Python function called with exactly its positional parameters; everything else comes here.

// call is CALL when the fast path does not apply.
func (t *Thread) call(f *frame, in *code.Instr, r unsafe.Pointer) status {
	if fv := *reg(r, in.A); fv.Kind() == object.KindType {
		return t.construct(f, in, r, (*object.Type)(fv.Ref))
	}
	return t.invoke(*reg(r, in.A), object.Unset, window(r, in.A+1, int(in.B)), nil, in.C, contStore)
}

// construct is CALL of a class. Where its __init__ is an ordinary function with as many parameters as there are arguments,
// the new object takes the place of the class below the arguments, and the frame's window begins there.
func (t *Thread) construct(f *frame, in *code.Instr, r unsafe.Pointer, typ *object.Type) status {
	if init, ok := typ.KnownInit(&t.Thread); ok && init.Kind() == object.KindFunction && f.gen == nil && f.next != nil {
		fn := (*Function)(init.Ref)
		c := fn.Code
		nr := reg(r, in.A)
		if c.Flags&code.Simple != 0 && c.NumPos == int(in.B)+1 &&
			uintptr(unsafe.Pointer(nr))+uintptr(c.NumRegs+slackRegs)*valueSize <= t.limit {
			o := t.NewInstance(typ).Value()
			*nr = o
			f = f.next
			t.top = f
			f.code, f.regs, f.fn, f.gen = c, unsafe.Pointer(nr), fn, nil
			f.consts = constBase(c)
			f.dst, f.cont, f.flags = in.C, contInit, 0
			f.aux = o
			f.handled = int32(len(t.Handled))
			f.ip = unsafe.Pointer(&c.Instrs[0])
			t.budget -= callWeight
			return stReload
		}
	}
	return t.instantiate(typ, window(r, in.A+1, int(in.B)), nil, in.C)
}

// callMethod is CALLM when the fast path does not apply.
func (t *Thread) callMethod(f *frame, in *code.Instr, r unsafe.Pointer) status {
	return t.invoke(*reg(r, in.A), *reg(r, in.A+1), window(r, in.A+2, int(in.B)), nil, in.C, contStore)
}

// callKw is CALLKW: the last arguments are named.
func (t *Thread) callKw(f *frame, in, ext *code.Instr, r unsafe.Pointer) status {
	self := object.Unset
	first := in.A + 1
	if ext.B == 1 {
		self = *reg(r, in.A+1)
		first++
	}
	names := f.code.KwNames[ext.A]
	args := window(r, first, int(in.B))
	n := len(args) - len(names)
	kw := &object.Kwargs{Names: names, Values: args[n:]}
	return t.invoke(*reg(r, in.A), self, args[:n:n], kw, in.C, contStore)
}

// callEx is CALLEX: f(*args, **kwargs).
func (t *Thread) callEx(f *frame, in *code.Instr, r unsafe.Pointer) status {
	var args []object.Value
	if a := *reg(r, in.A+1); a.Kind() == object.KindTuple {
		args = (*object.Tuple)(a.Ref).Items
	} else { // f(*x): the compiler hands over x as it is
		it, err := object.Iter(&t.Thread, a)
		if err != nil {
			if !object.IsAbort(err) {
				err = object.TypeErrorf(&t.Thread, "%s argument after * must be an iterable, not %s",
					t.callName(*reg(r, in.A)), object.TypeOf(&t.Thread, a).Name)
			}
			return t.fail(err)
		}
		if args, err = object.ToSlice(&t.Thread, it); err != nil {
			return t.fail(err)
		}
	}
	var kw *object.Kwargs
	if d := *reg(r, in.A+2); !d.IsUnset() {
		if _, ok := object.AsDict(d); !ok { // likewise f(**x)
			merged := t.newDict()
			if err := t.mergeKeywords(merged, d, *reg(r, in.A)); err != nil {
				return t.fail(err)
			}
			d = merged.Value()
		}
		var err error
		if kw, err = t.kwargsOf(d); err != nil {
			return t.fail(err)
		}
	}
	return t.invoke(*reg(r, in.A), object.Unset, args, kw, in.C, contStore)
}

// kwargsOf makes keyword arguments of the dict that the compiler has gathered.
func (t *Thread) kwargsOf(v object.Value) (*object.Kwargs, error) {
	d, ok := object.AsDict(v)
	if !ok {
		return nil, object.TypeErrorf(&t.Thread, "argument after ** must be a mapping, not %s", object.TypeOf(&t.Thread, v).Name)
	}
	kw := &object.Kwargs{}
	err := d.Each(&t.Thread, func(k, v object.Value) error {
		s, ok := object.AsStr(k)
		if !ok {
			return object.TypeErrorf(&t.Thread, "keywords must be strings")
		}
		kw.Names = append(kw.Names, s.S)
		kw.Values = append(kw.Values, v)
		return nil
	})
	if len(kw.Names) == 0 {
		return nil, err
	}
	return kw, err
}

// invoke calls fn(self, *args, **kw), without self if that is unset. The result goes to register dst of the running frame. args may alias
// registers of the running frame; they are read before anything else runs.
func (t *Thread) invoke(fn, self object.Value, args []object.Value, kw *object.Kwargs, dst uint16, k cont) status {
	for hops := 0; ; hops++ {
		switch fn.Kind() {
		case object.KindFunction:
			return t.enterFunction((*Function)(fn.Ref), self, args, kw, dst, k)
		case object.KindBuiltin:
			b := (*object.Builtin)(fn.Ref)
			if !b.Self.IsUnset() {
				if !self.IsUnset() {
					args = prepend(self, args)
				}
				self = b.Self
			}
			if b.Special != 0 && kw == nil {
				if st, ok := t.special(b.Special, self, args, dst); ok {
					return st
				}
			}
			if !self.IsUnset() {
				args = prepend(self, args)
			}
			v, err := b.Fn(&t.Thread, args, kw)
			st := t.put(dst, v, err)
			if st == stNext && t.Breaker.Load() != 0 && t.top.code != nil {
				st = t.afterNative()
			}
			return st
		case object.KindMethod:
			m := (*object.Method)(fn.Ref)
			if !self.IsUnset() {
				args = prepend(self, args)
			}
			fn, self = m.Fn, m.Self
		case object.KindType:
			if !self.IsUnset() {
				args = prepend(self, args)
			}
			return t.instantiate((*object.Type)(fn.Ref), args, kw, dst)
		case object.KindInstance:
			m, ok := object.LookupSpecial(&t.Thread, fn.Header().Type, object.SpCall)
			if !ok {
				return t.notCallable(fn)
			}
			if !self.IsUnset() {
				args = prepend(self, args)
			}
			if m.Kind() != object.KindFunction && m.Kind() != object.KindBuiltin {
				bound, err := object.BindSpecial(&t.Thread, m, fn)
				if err != nil {
					return t.fail(err)
				}
				if hops > t.vm.recursionLimit { // __call__ that is an instance of the class itself
					return t.fail(object.RecursionErrorf(&t.Thread, "maximum recursion depth exceeded while calling a Python object"))
				}
				fn, self = bound, object.Unset
				continue
			}
			self = fn
			fn = m
		default:
			typ := object.TypeOf(&t.Thread, fn)
			if typ.Ops != nil && typ.Ops.Call != nil {
				if !self.IsUnset() {
					args = prepend(self, args)
				}
				v, err := typ.Ops.Call(&t.Thread, fn, args, kw)
				return t.put(dst, v, err)
			}
			return t.notCallable(fn)
		}
	}
}

func prepend(self object.Value, args []object.Value) []object.Value {
	out := make([]object.Value, len(args)+1)
	out[0] = self
	copy(out[1:], args)
	return out
}

func (t *Thread) notCallable(v object.Value) status {
	return t.fail(object.TypeErrorf(&t.Thread, "'%s' object is not callable", object.TypeOf(&t.Thread, v).Name))
}

// enterFunction pushes a frame for fn with its parameters bound; a generator function only makes its generator.
func (t *Thread) enterFunction(fn *Function, self object.Value, args []object.Value, kw *object.Kwargs, dst uint16, k cont) status {
	c := fn.Code
	if c.Flags&code.Generator != 0 {
		g := t.newGenerator(fn)
		if err := t.bind(fn, g.regs, self, args, kw); err != nil {
			return t.fail(err)
		}
		if k == contExit {
			t.result = object.FromPointer(unsafe.Pointer(g))
			return stExit
		}
		*reg(t.top.regs, dst) = object.FromPointer(unsafe.Pointer(g))
		return stNext
	}
	f, err := t.push(c, fn, k, dst)
	if err != nil {
		return t.fail(err)
	}
	if err := t.bind(fn, unsafe.Slice((*object.Value)(f.regs), c.NumRegs), self, args, kw); err != nil {
		t.Handled = t.Handled[:f.handled]
		t.popFrame(f)
		return t.fail(err)
	}
	t.budget -= callWeight
	if t.budget < 0 && k != contExit && k != contInit { // contInit: the frame's aux is not there yet, and a checkpoint would miss it
		if st := t.yieldPoint(); st != stNext {
			return st
		}
	}
	return stReload
}

// bind puts arguments into the registers of fn's parameters.
func (t *Thread) bind(fn *Function, regs []object.Value, self object.Value, args []object.Value, kw *object.Kwargs) error {
	c := fn.Code
	n := 0
	given := len(args)
	if !self.IsUnset() {
		given++
	}
	// regs may overlap args (they lie above it or begin in it): copy moves as memmove does, self goes in last.
	shift := 0
	if !self.IsUnset() {
		shift = 1
	}
	np := c.NumPos
	k := min(len(args), max(np-shift, 0))
	var extra []object.Value
	if given > np {
		if c.Flags&code.VarArgs == 0 {
			return t.tooMany(fn, given, kw)
		}
		extra = make([]object.Value, 0, given-np)
		if np == 0 && shift == 1 {
			extra = append(extra, self)
		}
		extra = append(extra, args[k:]...)
	}
	copy(regs[shift:], args[:k])
	if shift == 1 && np > 0 {
		regs[0] = self
	}
	n = min(given, np)
	total := np + c.NumKwOnly
	simple := kw == nil && n == np && c.NumKwOnly == 0
	if !simple {
		for i := n; i < total; i++ {
			regs[i] = object.Unset
		}
	}
	at := total
	if c.Flags&code.VarArgs != 0 {
		regs[at] = t.NewTuple(extra...)
		at++
	}
	var rest *object.Dict
	if c.Flags&code.VarKeywords != 0 {
		rest = t.newDict()
		regs[at] = object.FromPointer(unsafe.Pointer(rest))
	}
	if simple {
		return nil
	}
	if kw != nil {
		if err := t.bindKeywords(fn, regs, n, kw, rest); err != nil {
			return err
		}
	}
	return t.bindDefaults(fn, regs, n)
}

func (t *Thread) bindKeywords(fn *Function, regs []object.Value, n int, kw *object.Kwargs, rest *object.Dict) error {
	c := fn.Code
	total := c.NumPos + c.NumKwOnly
next:
	for i, name := range kw.Names {
		for j := c.NumPosOnly; j < total; j++ {
			if c.Params[j] != name {
				continue
			}
			if !regs[j].IsUnset() {
				return object.TypeErrorf(&t.Thread, "%s() got multiple values for argument '%s'", text(fn.Qualname), name)
			}
			regs[j] = kw.Values[i]
			continue next
		}
		if rest != nil {
			if err := rest.SetStr(&t.Thread, t.Interp.Intern(name), kw.Values[i]); err != nil {
				return err
			}
			continue
		}
		return t.unexpectedKeyword(fn, kw, name)
	}
	return nil
}

func (t *Thread) unexpectedKeyword(fn *Function, kw *object.Kwargs, name string) error {
	c := fn.Code
	var bad []string
	for _, k := range kw.Names {
		for j := range c.NumPosOnly {
			if c.Params[j] == k {
				bad = append(bad, k)
			}
		}
	}
	if len(bad) > 0 {
		return object.TypeErrorf(&t.Thread, "%s() got some positional-only arguments passed as keyword arguments: '%s'", text(fn.Qualname), join(bad, ", "))
	}
	hint := object.Suggestion(name, c.Params[c.NumPosOnly:c.NumPos+c.NumKwOnly])
	if hint != "" {
		return object.TypeErrorf(&t.Thread, "%s() got an unexpected keyword argument '%s'. Did you mean '%s'?", text(fn.Qualname), name, hint)
	}
	return object.TypeErrorf(&t.Thread, "%s() got an unexpected keyword argument '%s'", text(fn.Qualname), name)
}

// bindDefaults fills the parameters that are still unset; n positional ones were given by position.
func (t *Thread) bindDefaults(fn *Function, regs []object.Value, n int) error {
	c := fn.Code
	var defaults []object.Value
	dv, err := t.Load(&fn.Mut, &fn.Defaults)
	if err != nil {
		return err
	}
	if tu, ok := object.AsTuple(dv); ok {
		defaults = tu.Items
	}
	var missing []string
	first := c.NumPos - len(defaults)
	for i := n; i < c.NumPos; i++ {
		if regs[i].IsUnset() {
			if i >= first {
				regs[i] = defaults[i-first]
			} else {
				missing = append(missing, c.Params[i])
			}
		}
	}
	if missing != nil {
		return t.missing(fn, missing, "positional")
	}
	if c.NumKwOnly == 0 {
		return nil
	}
	kd, err := t.Load(&fn.Mut, &fn.KwDefaults)
	if err != nil {
		return err
	}
	d, _ := object.AsDict(kd)
	for i := c.NumPos; i < c.NumPos+c.NumKwOnly; i++ {
		if !regs[i].IsUnset() {
			continue
		}
		if d != nil {
			v, ok, err := d.GetStr(&t.Thread, t.Interp.Intern(c.Params[i]))
			if err != nil {
				return err
			}
			if ok {
				regs[i] = v
				continue
			}
		}
		missing = append(missing, c.Params[i])
	}
	if missing != nil {
		return t.missing(fn, missing, "keyword-only")
	}
	return nil
}

func (t *Thread) missing(fn *Function, names []string, kind string) error {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "'" + n + "'"
	}
	s := ""
	switch len(quoted) {
	case 1:
		s = quoted[0]
	case 2:
		s = quoted[0] + " and " + quoted[1]
	default:
		s = join(quoted[:len(quoted)-1], ", ") + ", and " + quoted[len(quoted)-1]
	}
	plural := "s"
	if len(names) == 1 {
		plural = ""
	}
	return object.TypeErrorf(&t.Thread, "%s() missing %d required %s argument%s: %s", text(fn.Qualname), len(names), kind, plural, s)
}

func (t *Thread) tooMany(fn *Function, given int, kw *object.Kwargs) error {
	c := fn.Code
	nd := 0
	if tu, ok := object.AsTuple(fn.Defaults); ok {
		nd = len(tu.Items)
	}
	takes := ""
	plural := "s"
	if nd > 0 {
		takes = sprintf("from %d to %d", c.NumPos-nd, c.NumPos)
	} else {
		takes = sprintf("%d", c.NumPos)
		if c.NumPos == 1 {
			plural = ""
		}
	}
	was := "were"
	kwGiven := 0
	if kw != nil {
		for _, name := range kw.Names {
			for j := c.NumPos; j < c.NumPos+c.NumKwOnly; j++ {
				if c.Params[j] == name {
					kwGiven++
				}
			}
		}
	}
	gave := sprintf("%d", given)
	if kwGiven > 0 {
		s1, s2 := "s", "s"
		if given == 1 {
			s1 = ""
		}
		if kwGiven == 1 {
			s2 = ""
		}
		gave = sprintf("%d positional argument%s (and %d keyword-only argument%s)", given, s1, kwGiven, s2)
	} else if given == 1 {
		was = "was"
	}
	return object.TypeErrorf(&t.Thread, "%s() takes %s positional argument%s but %s %s given", text(fn.Qualname), takes, plural, gave, was)
}

// instantiate calls a class. A Python __init__ gets a frame; __new__ in Python runs in a nested loop.
func (t *Thread) instantiate(typ *object.Type, args []object.Value, kw *object.Kwargs, dst uint16) status {
	if typ.Flags&object.TypeUser == 0 {
		v, err := object.Instantiate(&t.Thread, typ, args, kw)
		return t.put(dst, v, err)
	}
	init, ok, err := object.BeginInstance(&t.Thread, typ, args, kw)
	if err != nil || !ok {
		return t.put(dst, init.Obj, err)
	}
	if init.Init.Kind() != object.KindFunction {
		if err := object.RunInit(&t.Thread, init, args, kw); err != nil {
			return t.fail(err)
		}
		return t.put(dst, init.Obj, nil)
	}
	fn := (*Function)(init.Init.Ref)
	if c := fn.Code; c.Flags&code.Generator != 0 {
		return t.fail(object.TypeErrorf(&t.Thread, "__init__() should return None, not 'generator'"))
	}
	before := t.top
	st := t.enterFunction(fn, init.Obj, args, kw, dst, contInit)
	if t.top == before.next {
		t.top.aux = init.Obj
	}
	return st
}
