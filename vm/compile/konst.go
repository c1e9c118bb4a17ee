package compile

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"gilt/vm/code"
	"gilt/vm/object"
	"gilt/vm/syntax"
)

// Constants. While compiling, a constant is what syntax.Constant.Value may be, or one of the types below; equal constants of
// one type share a place in the pool (0.0 and -0.0, 1 and True, 1 and 1.0 are different constants).

type (
	unicodeConst string // a unicode string of the 2.7 dialect
	tupleConst   []any
	frozenConst  []any  // a frozenset, in the order of the source
	sliceConst   [3]any // start, stop, step: nil (None) or int64
)

// key names a constant: two constants are the same if their keys are.
func key(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString("N")
	case bool:
		b.WriteString("b" + strconv.FormatBool(v))
	case int64:
		b.WriteString("i" + strconv.FormatInt(v, 10))
	case *big.Int:
		b.WriteString("I" + v.Text(62))
	case float64:
		b.WriteString("f" + strconv.FormatUint(math.Float64bits(v), 16))
	case complex128:
		b.WriteString("c" + strconv.FormatUint(math.Float64bits(real(v)), 16) + "," + strconv.FormatUint(math.Float64bits(imag(v)), 16))
	case string:
		b.WriteString("s" + strconv.Itoa(len(v)) + ":" + v)
	case unicodeConst:
		b.WriteString("u" + strconv.Itoa(len(v)) + ":" + string(v))
	case syntax.Bytes:
		b.WriteString("y" + strconv.Itoa(len(v)) + ":" + string(v))
	case syntax.EllipsisType:
		b.WriteString("E")
	case tupleConst:
		keys(b, "t(", v)
	case frozenConst:
		keys(b, "F(", v)
	case sliceConst:
		keys(b, "S(", v[:])
	}
}

func keys(b *strings.Builder, open string, items []any) {
	b.WriteString(open)
	for _, x := range items {
		key(b, x)
		b.WriteByte(' ')
	}
	b.WriteByte(')')
}

// konst returns the index of a constant in the unit's pool.
func (c *compiler) konst(v any) int {
	var b strings.Builder
	key(&b, v)
	k := b.String()
	if n, ok := c.consts[k]; ok {
		return n
	}
	n := len(c.code.Consts)
	c.code.Consts = append(c.code.Consts, c.value(v))
	c.consts[k] = n
	return n
}

// nameConst is the index of a name as a constant in a 16-bit operand.
func (c *compiler) nameConst(name string) int { return c.konst(name) }

// constant puts a constant into a register.
func (c *compiler) constant(v any, dst int) {
	if n, ok := v.(int64); ok && n == int64(int32(n)) {
		c.emitWide(code.LOADI, dst, int32(n))
		return
	}
	c.emitWide(code.LOADK, dst, int32(c.konst(v)))
}

// value makes the Python object of a constant.
func (c *compiler) value(v any) object.Value {
	switch v := v.(type) {
	case nil:
		return object.None
	case bool:
		return object.Bool(v)
	case int64:
		return object.Int(v)
	case *big.Int:
		return object.NewBig(new(big.Int).Set(v))
	case float64:
		return object.Float(v)
	case complex128:
		return object.NewComplex(v)
	case string:
		return intern(c.in, v).Value()
	case unicodeConst:
		return c.in.NewUnicode(string(v))
	case syntax.Bytes:
		return object.NewBytes(string(v))
	case syntax.EllipsisType:
		return object.Ellipsis
	case tupleConst:
		return object.NewTuple(c.values(v)...)
	case frozenConst:
		return newFrozenSet(c.in, c.values(v))
	case sliceConst:
		x := c.values(v[:])
		return newSlice(c.in, x[0], x[1], x[2])
	}
	panic("compile: constant of unknown type")
}

func (c *compiler) values(items []any) []object.Value {
	out := make([]object.Value, len(items))
	for i, x := range items {
		out[i] = c.value(x)
	}
	return out
}

// truth is the truth of a constant.
func truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case *big.Int:
		return v.Sign() != 0
	case float64:
		return v != 0
	case complex128:
		return v != 0
	case string:
		return v != ""
	case unicodeConst:
		return v != ""
	case syntax.Bytes:
		return v != ""
	case tupleConst:
		return len(v) > 0
	case frozenConst:
		return len(v) > 0
	}
	return true
}

// What this package needs of package object.

func intern(in *object.Interp, s string) *object.Str { return in.Intern(s) }

func newFrozenSet(in *object.Interp, items []object.Value) object.Value {
	t := &object.Thread{Interp: in}
	s := t.NewFrozenSet()
	for _, x := range items {
		if _, err := s.Add(t, x); err != nil {
			panic(err) // constants are hashable
		}
	}
	return s.Value()
}

func newSlice(in *object.Interp, start, stop, step object.Value) object.Value {
	return (&object.Thread{Interp: in}).NewSlice(start, stop, step)
}

func newCode(*object.Interp) *code.Code {
	co := &code.Code{}
	co.Meta = uint64(object.KindCode)
	return co
}
