package vm

import (
	"unsafe"

	"gilt/vm/builtin"
	"gilt/vm/code"
	"gilt/vm/compile"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// What builtins ask about frames: globals, locals, exec, eval.

var _ builtin.Frames = (*VM)(nil)
var _ builtin.Threads = (*VM)(nil)

// caller is the frame of the function that called the builtin.
func (t *Thread) caller() *frame {
	f := t.top
	for internal(f.code) {
		f = f.prev
	}
	return f
}

// Globals implements builtin.Frames.
func (vm *VM) Globals(ot *object.Thread) *object.Namespace {
	if f := of(ot).caller(); f.fn != nil {
		return f.fn.Globals
	}
	return vm.Interp.Builtins.NS
}

// Locals implements builtin.Frames.
func (vm *VM) Locals(ot *object.Thread) (object.Value, error) {
	t := of(ot)
	return t.locals(t.caller())
}

// locals is a mapping of the local variables of frame f.
func (t *Thread) locals(f *frame) (object.Value, error) {
	ot := &t.Thread
	switch {
	case f.code == nil:
		return t.NewDict().Value(), nil
	case f.code.Flags&code.ModuleBody != 0 && f.code.Flags&code.ClassBody == 0:
		return f.fn.Globals.Value(), nil
	case f.code.Flags&code.ClassBody != 0:
		return *reg(f.regs, 0), nil
	}
	d := t.newDict()
	add := func(name string, v object.Value) error {
		if v.Kind() == object.KindCell {
			c := (*object.Cell)(v.Ref)
			var err error
			if v, err = t.Load(&c.Mut, &c.V); err != nil {
				return err
			}
		}
		if v.IsUnset() || name == "" || name[0] == '.' {
			return nil
		}
		return d.SetStr(ot, t.Intern(name), v)
	}
	for i, name := range f.code.Locals {
		if err := add(name, *regN(f.regs, i)); err != nil {
			return object.Unset, err
		}
	}
	for i, name := range f.code.Free {
		if err := add(name, f.fn.Closure[i].Value()); err != nil {
			return object.Unset, err
		}
	}
	return d.Value(), nil
}

// Compile implements builtin.Frames.
func (vm *VM) Compile(ot *object.Thread, source, file, mode string, separate bool) (object.Value, error) {
	t := of(ot)
	o := syntax.Options{}
	if t.Interp.Dialect2 {
		o.Dialect = syntax.Py2
	}
	opts := compile.Options{Ticks: vm.lock.Ticker() != nil, Namespace: separate}
	var c *code.Code
	var err error
	switch mode {
	case "eval":
		var e *syntax.Expression
		if e, err = syntax.ParseExpr(file, []byte(source), o); err == nil {
			err = syntax.CheckExpr(e)
		}
		if err == nil {
			c, err = compile.Expression(vm.Interp, e, file, opts)
		}
	default:
		var m *syntax.Module
		if m, err = syntax.Parse(file, []byte(source), o); err == nil {
			err = syntax.Check(m)
		}
		if err == nil {
			if mode == "single" {
				c, err = compile.Interactive(vm.Interp, m, file, opts)
			} else {
				c, err = compile.Module(vm.Interp, m, file, opts)
			}
		}
	}
	if err != nil {
		return object.Unset, t.syntaxError(err)
	}
	c.Finish(vm.Interp)
	return object.FromPointer(unsafe.Pointer(c)), nil
}

// Exec implements builtin.Frames.
func (vm *VM) Exec(ot *object.Thread, cv, globals, locals object.Value) (object.Value, error) {
	t := of(ot)
	c := (*code.Code)(cv.Ref)
	ns, err := t.namespaceOf(globals)
	if err != nil {
		return object.Unset, err
	}
	if _, ok, err := ns.Get(ot, t.Intern("__builtins__")); err != nil {
		return object.Unset, err
	} else if !ok {
		if err := ns.Set(ot, t.Intern("__builtins__"), vm.Interp.Builtins.Value()); err != nil {
			return object.Unset, err
		}
	}
	fn := &Function{Code: c, Globals: ns, Defaults: object.None, KwDefaults: object.None,
		Annot: object.Unset, Attrs: object.Unset, Doc: object.None}
	fn.Mut = t.NewMut(object.KindFunction, t.Interp.Types.Function)
	fn.Name, fn.Qualname, fn.Module = t.Intern(c.Name).Value(), t.Intern(c.Qualname).Value(), t.Intern("__main__").Value()
	var args []object.Value
	if c.Flags&code.ClassBody != 0 {
		args = []object.Value{locals}
	}
	v, _, err := t.nested(func() status {
		f, err := t.push(c, fn, contExit, 0)
		if err != nil {
			return t.fail(err)
		}
		copy(unsafe.Slice((*object.Value)(f.regs), len(args)), args)
		return stReload
	})
	return v, err
}

// syntaxError turns a front-end error into a Python exception.
func (t *Thread) syntaxError(err error) error {
	se, ok := err.(*syntax.SyntaxError)
	if !ok {
		return err
	}
	cls := t.Interp.Types.SyntaxError
	switch se.Kind.String() {
	case "IndentationError":
		cls = t.Interp.Types.IndentationError
	case "TabError":
		cls = t.Interp.Types.TabError
	case "MemoryError":
		return object.MemoryError(&t.Thread)
	case "RecursionError":
		return object.RecursionErrorf(&t.Thread, "%s", se.Msg)
	}
	return object.NewSyntaxError(&t.Thread, cls, se.Msg, se.File, se.Line, se.Col, se.EndLine, se.EndCol, se.Text)
}
