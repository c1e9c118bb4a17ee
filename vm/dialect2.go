package vm

import (
	"strings"
	"unsafe"

	"gilt/vm/builtin"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Instructions of the 2.7 dialect.

// otherOp is the instructions that the loop does not know itself.
func (t *Thread) otherOp(f *frame, in *code.Instr, r unsafe.Pointer) status {
	switch in.Op {
	case code.DIV2, code.IDIV2:
		a, b := *reg(r, in.B), *reg(r, in.C)
		op := object.OpDiv
		if isInteger(a) && isInteger(b) {
			op = object.OpFloorDiv
		}
		st := t.binary(in, in.Op == code.IDIV2, op, a, b)
		if st == stNext {
			return stReload
		}
		return st
	case code.RAISE2:
		return t.raise2(*reg(r, in.A), *reg(r, in.A+1))
	}
	return t.fail(object.NewError(&t.Thread, t.Interp.Types.SystemError, "unknown instruction %d", in.Op))
}

// raise2 is the raise statement with a class and a value. A traceback of the program's own is not kept: the exception's begins
// where it is raised.
func (t *Thread) raise2(cls, v object.Value) status {
	if typ, ok := object.AsType(cls); ok && !v.IsUnset() && !v.IsNone() {
		if vt := object.TypeOf(&t.Thread, v); vt.IsSubtype(typ) {
			return t.raise(v, object.Unset)
		}
		args := []object.Value{v}
		if tu, ok := object.AsTuple(v); ok {
			args = tu.Items
		}
		exc, err := t.Call(&t.Thread, cls, args, nil)
		if err != nil {
			return t.fail(err)
		}
		return t.raise(exc, object.Unset)
	}
	return t.raise(cls, object.Unset)
}

func isInteger(v object.Value) bool {
	switch v.Kind() {
	case object.KindInt, object.KindBigInt, object.KindBool:
		return true
	}
	return false
}

// print2 is the print statement.
func (t *Thread) print2(in *code.Instr, r unsafe.Pointer) status {
	var b strings.Builder
	space := t.softSpace && in.B > 0
	for _, v := range window(r, in.A+1, int(in.B)) {
		if space {
			b.WriteByte(' ')
		}
		s, err := object.ToStr(&t.Thread, v)
		if err != nil {
			return t.fail(err)
		}
		b.WriteString(s)
		space = v.Kind() != object.KindStr || s == "" || !strings.ContainsRune("\t\n\v\f\r", rune(s[len(s)-1]))
	}
	text := b.String()
	t.softSpace = false
	if in.C == 1 {
		t.softSpace = space
	} else {
		text += "\n"
	}
	if err := builtin.WriteTo(&t.Thread, *reg(r, in.A), text, false); err != nil {
		return t.fail(err)
	}
	return stReload
}

// metaclass2 is the metaclass that the body has named: __metaclass__.
func (t *Thread) metaclass2(meta object.Value, bases []object.Value, ns object.Value) (object.Value, error) {
	d, ok := object.AsDict(ns)
	if !ok {
		return meta, nil
	}
	v, ok, err := d.GetStr(&t.Thread, t.Intern("__metaclass__"))
	if err != nil || !ok {
		return meta, err
	}
	return object.Metaclass(&t.Thread, v, bases)
}

// names2 adds the names that Python 2 has for attributes of functions, methods and generators.
func (vm *VM) names2() {
	in := vm.Interp
	alias := func(typ *object.Type, old, now string) {
		typ.Attr(in, old, func(t *object.Thread, self object.Value) (object.Value, error) {
			return object.GetAttr(t, self, t.Intern(now))
		}, func(t *object.Thread, self, v object.Value) error {
			return object.SetAttr(t, self, t.Intern(now), v)
		})
	}
	for _, n := range []string{"name", "code", "defaults", "globals", "doc", "dict", "closure"} {
		alias(in.Types.Function, "func_"+n, "__"+n+"__")
	}
	alias(in.Types.Method, "im_func", "__func__")
	alias(in.Types.Method, "im_self", "__self__")
	in.Types.Method.Attr(in, "im_class", func(t *object.Thread, self object.Value) (object.Value, error) {
		v, err := object.GetAttr(t, self, t.Intern("__self__"))
		return object.TypeOf(t, v).Value(), err
	}, nil)
}

// addNext2 adds the method next of generators.
func (vm *VM) addNext2() {
	vm.Interp.Types.Generator.Methods(vm.Interp, object.M0("next", func(t *object.Thread, self object.Value) (object.Value, error) {
		x, yielded, err := of(t).genStep((*Generator)(self.Ref), object.None)
		if err == nil && !yielded {
			err = object.StopIteration(t, x)
		}
		return x, err
	}))
}
