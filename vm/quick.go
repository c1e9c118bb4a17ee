package vm

import (
	"strings"
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// The builtins that programs call most often, without the generic call: on receivers and arguments of exactly the builtin kinds, in
// the private representation, and where neither an error nor Python code is possible. Whatever is out of the ordinary goes
// the generic way, which gives the same result.

// markQuick numbers the methods that quickMethod knows; package builtin numbers the functions.
func (vm *VM) markQuick() {
	ts := &vm.Interp.Types
	for _, m := range []struct {
		typ  *object.Type
		name string
		id   uint8
	}{
		{ts.List, "append", object.QuickAppend},
		{ts.List, "pop", object.QuickPop},
		{ts.Set, "add", object.QuickAdd},
		{ts.Dict, "get", object.QuickGet},
		{ts.Str, "startswith", object.QuickStartsWith},
		{ts.Str, "endswith", object.QuickEndsWith},
	} {
		(*object.Builtin)(m.typ.OwnSlot(m.name).V.Ref).Quick = m.id
	}
}

// quickMethod executes a CALLM of a method with a number.
func (t *Thread) quickMethod(b *object.Builtin, in *code.Instr, r unsafe.Pointer) status {
	if t.tryMethod(b.Quick, in, r) {
		return stNext
	}
	v, err := b.Fn(&t.Thread, window(r, in.A+1, int(in.B)+1), nil)
	return t.put(in.C, v, err)
}

// tryMethod is quickMethod for the common cases; false: it has done nothing.
func (t *Thread) tryMethod(id uint8, in *code.Instr, r unsafe.Pointer) bool {
	self, dst := *reg(r, in.A+1), reg(r, in.C)
	arg := reg(r, in.A+2)
	if self.Ref == nil {
		return false
	}
	switch id {
	case object.QuickAppend:
		if in.B == 1 && self.Header().Meta == uint64(object.KindList)|t.Epoch {
			l := (*object.List)(self.Ref)
			n := len(l.Items)
			if n == cap(l.Items) {
				return false
			}
			l.Items = l.Items[:n+1]
			l.Items[n] = *arg
			*dst = object.None
			return true
		}
	case object.QuickPop:
		if in.B == 0 && self.Header().Meta == uint64(object.KindList)|t.Epoch {
			l := (*object.List)(self.Ref)
			if n := len(l.Items); n > 0 && (cap(l.Items) <= 64 || n > cap(l.Items)/4) {
				v := l.Items[n-1]
				l.Items[n-1] = object.Value{}
				l.Items = l.Items[:n-1]
				*dst = v
				return true
			}
		}
	case object.QuickAdd:
		if in.B == 1 && self.Word() == uint32(object.KindSet) && simpleKey(arg) {
			if _, err := (*object.Set)(self.Ref).Add(&t.Thread, *arg); err == nil {
				*dst = object.None
				return true
			}
		}
	case object.QuickGet:
		if (in.B == 1 || in.B == 2) && self.Word() == wDict && simpleKey(arg) {
			v, ok, err := (*object.Dict)(self.Ref).Get(&t.Thread, *arg)
			switch {
			case err != nil:
				return false
			case ok:
				*dst = v
			case in.B == 2:
				*dst = *reg(r, in.A+3)
			default:
				*dst = object.None
			}
			return true
		}
	case object.QuickStartsWith, object.QuickEndsWith:
		if in.B == 1 && self.Kind() == object.KindStr && arg.Kind() == object.KindStr {
			s, affix := (*object.Str)(self.Ref).S, (*object.Str)(arg.Ref).S
			if id == object.QuickStartsWith {
				setBool(dst, strings.HasPrefix(s, affix))
			} else {
				setBool(dst, strings.HasSuffix(s, affix))
			}
			return true
		}
	}
	return false
}

// simpleKey says whether hashing and comparing v runs no Python code and cannot fail.
func simpleKey(v *object.Value) bool { return v.Ref == nil || v.Kind() == object.KindStr }

// quickCall executes a CALL of a function with a number.
func (t *Thread) quickCall(b *object.Builtin, in *code.Instr, r unsafe.Pointer) status {
	if in.B == 1 && b.Quick == object.QuickLen {
		arg, dst := *reg(r, in.A+1), reg(r, in.C)
		switch arg.Word() {
		case wList:
			setInt(dst, int64(len((*object.List)(arg.Ref).Items)))
			return stNext
		case wTuple:
			setInt(dst, int64(len((*object.Tuple)(arg.Ref).Items)))
			return stNext
		case wDict:
			setInt(dst, int64((*object.Dict)(arg.Ref).Used()))
			return stNext
		case wStr:
			setInt(dst, int64((*object.Str)(arg.Ref).Len))
			return stNext
		}
	}
	v, err := b.Fn(&t.Thread, window(r, in.A+1, int(in.B)), nil)
	return t.put(in.C, v, err)
}
