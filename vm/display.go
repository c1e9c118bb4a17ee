package vm

import (
	"fmt"
	"strings"
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// Displays, formatting, unpacking, pattern matching: instructions whose work is done by package object.

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func join(ss []string, sep string) string { return strings.Join(ss, sep) }

// text is the Go string of a Value that is known to be a str.
func text(v object.Value) string {
	if s, ok := object.AsStr(v); ok {
		return s.S
	}
	return ""
}

func (t *Thread) newDict() *object.Dict { return t.NewDict() }

func (t *Thread) build(in *code.Instr, r unsafe.Pointer) status {
	args := window(r, in.B, int(in.C))
	var v object.Value
	var err error
	switch in.Op {
	case code.BUILDSET:
		s := t.NewSetFor()
		for _, x := range args {
			if _, err = s.Add(&t.Thread, x); err != nil {
				return t.fail(err)
			}
		}
		v = s.Value()
	case code.BUILDDICT:
		d := t.newDict()
		args = window(r, in.B, 2*int(in.C))
		for i := 0; i < len(args); i += 2 {
			if err = d.Set(&t.Thread, args[i], args[i+1]); err != nil {
				return t.fail(err)
			}
		}
		v = d.Value()
	case code.BUILDSTR:
		n := 0
		for _, x := range args {
			n += len((*object.Str)(x.Ref).S)
		}
		var b strings.Builder
		b.Grow(n)
		for _, x := range args {
			b.WriteString((*object.Str)(x.Ref).S)
		}
		v = object.NewStr(b.String())
	case code.BUILDSLICE:
		step := object.None
		if in.C == 3 {
			step = args[2]
		}
		v = t.NewSlice(args[0], args[1], step)
	}
	return t.put(in.A, v, err)
}

func (t *Thread) buildList(in *code.Instr, r unsafe.Pointer) status {
	items := make([]object.Value, in.C)
	copy(items, window(r, in.B, int(in.C)))
	*reg(r, in.A) = t.NewList(items)
	return stNext
}

// buildTuple is BUILDTUPLE, and the ADD behind it that appends another tuple to the one that nobody else sees.
func (t *Thread) buildTuple(in *code.Instr, r unsafe.Pointer) status {
	items := window(r, in.B, int(in.C))
	if next := (*code.Instr)(t.top.ip); next.Op == code.ADD && next.B == in.A && next.A == in.A {
		if rest := *reg(r, next.C); rest.Word() == wTuple && next.C != in.A {
			v, err := object.JoinTuple(&t.Thread, items, rest)
			if err != nil {
				return t.fail(err)
			}
			*reg(r, in.A) = v
			t.top.ip = unsafe.Add(t.top.ip, instrSize)
			return stNext
		}
	}
	*reg(r, in.A) = object.NewTuple(items...)
	return stNext
}

// subscriptSlice executes a BUILDSLICE and the GETITEM or SETITEM behind it as one when the sequence is a plain one. stExit:
// it does not apply.
func (t *Thread) subscriptSlice(in, next *code.Instr, r unsafe.Pointer) status {
	step := object.None
	if in.C == 3 {
		step = *reg(r, in.B+2)
	}
	if next.Op == code.GETITEM {
		v, ok := object.GetSlice(&t.Thread, *reg(r, next.B), *reg(r, in.B), *reg(r, in.B+1), step)
		if !ok {
			return stExit
		}
		*reg(r, next.A) = v
		return stNext
	}
	if in.C == 3 {
		return stExit
	}
	ok, err := object.SetSlice(&t.Thread, *reg(r, next.A), *reg(r, in.B), *reg(r, in.B+1), *reg(r, next.C))
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		return stExit
	}
	return stNext
}

func (t *Thread) display(in *code.Instr, r unsafe.Pointer) status {
	a, b := *reg(r, in.A), *reg(r, in.B)
	th := &t.Thread
	switch in.Op {
	case code.LISTEXTEND:
		err := (*object.List)(a.Ref).Extend(th, b)
		if _, ok := object.Catch(th, err, t.Interp.Types.TypeError); ok && err != nil && !isIterable(th, b) {
			err = object.TypeErrorf(th, "Value after * must be an iterable, not %s", object.TypeOf(th, b).Name)
		}
		return t.check(err)
	case code.SETADD:
		_, err := (*object.Set)(a.Ref).Add(th, b)
		return t.check(err)
	case code.SETUPDATE:
		return t.check((*object.Set)(a.Ref).Update(th, b))
	case code.DICTSET:
		return t.check((*object.Dict)(a.Ref).Set(th, b, *reg(r, in.C)))
	case code.DICTUPDATE:
		if !isMapping(th, b) {
			return t.fail(object.TypeErrorf(th, "'%s' object is not a mapping", object.TypeOf(th, b).Name))
		}
		return t.check(object.UpdateDict(th, (*object.Dict)(a.Ref), b))
	case code.DICTMERGE:
		return t.check(t.mergeKeywords((*object.Dict)(a.Ref), b, *reg(r, in.C)))
	case code.LISTTUPLE:
		items, err := (*object.List)(b.Ref).Copy(th)
		return t.put(in.A, t.NewTuple(items...), err)
	}
	return stNext
}

// mergeKeywords adds mapping m to the keyword arguments d of a call of fn.
func (t *Thread) mergeKeywords(d *object.Dict, m, fn object.Value) error {
	th := &t.Thread
	if !isMapping(th, m) {
		return object.TypeErrorf(th, "%s argument after ** must be a mapping, not %s", t.callName(fn), object.TypeOf(th, m).Name)
	}
	tmp := t.newDict()
	if err := object.UpdateDict(th, tmp, m); err != nil {
		return err
	}
	return tmp.Each(th, func(k, v object.Value) error {
		if _, ok := object.AsStr(k); !ok {
			return object.TypeErrorf(th, "keywords must be strings")
		}
		_, ok, err := d.Get(th, k)
		if err != nil {
			return err
		}
		if ok {
			return object.TypeErrorf(th, "%s got multiple values for keyword argument '%s'", t.callName(fn), text(k))
		}
		return d.Set(th, k, v)
	})
}

// callName is how error messages call what is being called.
func (t *Thread) callName(fn object.Value) string {
	switch fn.Kind() {
	case object.KindFunction:
		f := (*Function)(fn.Ref)
		return text(f.Module) + "." + text(f.Qualname) + "()"
	case object.KindType:
		return (*object.Type)(fn.Ref).Name + "()"
	case object.KindBuiltin:
		return (*object.Builtin)(fn.Ref).Name + "()"
	}
	return object.TypeOf(&t.Thread, fn).Name + " object"
}

// format is FORMAT.
func (t *Thread) format(in *code.Instr, r unsafe.Pointer) status {
	v := *reg(r, in.B)
	th := &t.Thread
	var err error
	switch in.C & 3 {
	case 1:
		v, err = object.StrOf(th, v)
	case 2:
		var s string
		s, err = object.Repr(th, v)
		v = object.NewStr(s)
	case 3:
		var s string
		s, err = object.ASCII(th, v)
		v = object.NewStr(s)
	}
	if err != nil {
		return t.fail(err)
	}
	spec := ""
	if in.C&4 != 0 {
		spec = text(*reg(r, in.B+1))
	} else if v.Word() == wStr {
		*reg(r, in.A) = v
		return stNext
	}
	s, err := object.FormatValue(th, v, spec)
	return t.put(in.A, s, err)
}

func (t *Thread) unpack(in *code.Instr, r unsafe.Pointer, v object.Value) status {
	want := int(in.C)
	th := &t.Thread
	items, total, err := t.unpackItems(v, want+1)
	if err != nil {
		return t.fail(err)
	}
	if len(items) != want {
		if len(items) > want {
			if total >= 0 {
				return t.fail(object.ValueErrorf(th, "too many values to unpack (expected %d)", want))
			}
			return t.fail(object.ValueErrorf(th, "too many values to unpack (expected %d)", want))
		}
		return t.fail(object.ValueErrorf(th, "not enough values to unpack (expected %d, got %d)", want, len(items)))
	}
	copy(window(r, in.A, want), items)
	return stNext
}

func (t *Thread) unpackEx(in *code.Instr, r unsafe.Pointer, v object.Value) status {
	before, after := int(in.C&255), int(in.C>>8)
	items, err := object.ToSlice(&t.Thread, v)
	if err != nil {
		if _, ok := object.Catch(&t.Thread, err, t.Interp.Types.TypeError); ok && !isIterable(&t.Thread, v) {
			err = object.TypeErrorf(&t.Thread, "cannot unpack non-iterable %s object", object.TypeOf(&t.Thread, v).Name)
		}
		return t.fail(err)
	}
	if len(items) < before+after {
		return t.fail(object.ValueErrorf(&t.Thread, "not enough values to unpack (expected at least %d, got %d)", before+after, len(items)))
	}
	out := window(r, in.A, before+1+after)
	mid := append([]object.Value(nil), items[before:len(items)-after]...)
	copy(out, items[:before])
	out[before] = t.NewList(mid)
	copy(out[before+1:], items[len(items)-after:])
	return stReload
}

// match is the instructions of the match statement.
func (t *Thread) match(in, ext *code.Instr, r unsafe.Pointer) status {
	th := &t.Thread
	v := *reg(r, in.B)
	var out object.Value
	var err error
	switch in.Op {
	case code.MATCHSEQ:
		out = object.Bool(isSequencePattern(th, v))
	case code.MATCHMAP:
		out = object.Bool(isMappingPattern(th, v))
	case code.MATCHKEYS:
		out, err = t.matchKeys(v, *reg(r, in.C))
	case code.MATCHCLASS:
		names := t.top.code.Consts[ext.B]
		out, err = t.matchClass(v, *reg(r, in.C), int(ext.A), names)
	case code.GETLEN:
		var n int
		n, err = object.Len(th, v)
		out = object.Int(int64(n))
	}
	if err != nil {
		return t.fail(err)
	}
	*reg(r, in.A) = out
	return stReload
}

// noBase as operand C of FUNC: neither defaults nor annotations.
const noBase = 0xffff

// makeFunction is FUNC.
func (t *Thread) makeFunction(f *frame, in *code.Instr, r unsafe.Pointer) status {
	c := f.code.Children[in.B]
	fn := &Function{Code: c, Globals: f.fn.Globals, Defaults: object.None, KwDefaults: object.None,
		Annot: object.Unset, Attrs: object.Unset, Doc: object.None}
	fn.Mut = t.NewMut(object.KindFunction, t.Interp.Types.Function)
	if in.C != noBase {
		if v := *reg(r, in.C); !v.IsUnset() {
			fn.Defaults = v
		}
		if v := *reg(r, in.C+1); !v.IsUnset() {
			fn.KwDefaults = v
		}
		if v := *reg(r, in.C+2); !v.IsUnset() {
			fn.Annot = v
		}
	}
	fn.Name, fn.Qualname = c.NameStr, c.QualStr
	fn.Module = f.fn.Module
	if c.Doc.Kind() == object.KindStr {
		fn.Doc = c.Doc
	}
	if n := len(c.Captures); n > 0 {
		fn.Closure = make([]*object.Cell, n)
		for i, cr := range c.Captures {
			fn.Closure[i] = (*object.Cell)(reg(r, cr).Ref)
		}
	}
	*reg(r, in.A) = object.FromPointer(unsafe.Pointer(fn))
	return stNext
}
