package builtin

import (
	"encoding/binary"
	"math"
	"math/big"

	"gilt/vm/object"
)

// Module array. An array keeps its elements in a list, so that it works under every regime as lists do, and checks what goes in.
// Cells: 0 the list, 1 the type code.

func init() { register("array", makeArray) }

// arrayCode is what a type code means. bits 0 is a float.
type arrayCode struct {
	size     int
	bits     int
	unsigned bool
	name     string
}

var arrayCodes = map[byte]arrayCode{
	'b': {1, 8, false, "signed char"}, 'B': {1, 8, true, "unsigned byte integer"}, 'h': {2, 16, false, "signed short integer"}, 'H': {2, 16, true, "unsigned short"},
	'i': {4, 32, false, "signed integer"}, 'I': {4, 32, true, "unsigned int"}, 'l': {8, 64, false, "C long"}, 'L': {8, 64, true, "unsigned long"},
	'q': {8, 64, false, "long long"}, 'Q': {8, 64, true, "unsigned long long"}, 'f': {4, 0, false, "float"}, 'd': {8, 0, false, "double"},
	'u': {4, 32, true, "wchar"}, 'w': {4, 32, true, "wchar"},
}

func arrayList(v object.Value) *object.List {
	l, _ := object.AsList(asCells(object.Native(v)).c[0])
	return l
}

func arrayCodeOf(v object.Value) byte { return (*object.Str)(asCells(object.Native(v)).c[1].Ref).S[0] }

// arrayItem checks an element and brings it into its form.
func arrayItem(t *object.Thread, code byte, v object.Value) (object.Value, error) {
	c := arrayCodes[code]
	if code == 'u' || code == 'w' {
		s, ok := object.AsStr(v)
		if !ok || s.Len != 1 {
			return v, object.TypeErrorf(t, "array item must be a unicode character, not %s", object.TypeName(t, v))
		}
		return v, nil
	}
	if c.bits == 0 {
		f, err := object.FloatArg(t, v)
		if code == 'f' {
			f = float64(float32(f))
		}
		return object.Float(f), err
	}
	if !v.IsInt() {
		if v.IsFloat() {
			return v, object.TypeErrorf(t, "'float' object cannot be interpreted as an integer")
		}
		x, err := object.Index(t, v)
		if err != nil {
			return v, err
		}
		v = object.Native(x)
		if v.IsBool() {
			v = object.Int(v.AsInt())
		}
	}
	n, ok := object.AsInt64(v)
	if !ok {
		b, _ := object.AsBig(v)
		if c.unsigned && c.bits == 64 && b.Sign() > 0 && b.BitLen() <= 64 {
			return v, nil
		}
		return v, object.OverflowErrorf(t, "Python int too large to convert to C long")
	}
	lo, hi := int64(0), int64(math.MaxInt64)
	if c.unsigned && c.bits < 64 {
		hi = 1<<c.bits - 1
	} else if !c.unsigned {
		hi = 1<<(c.bits-1) - 1
		lo = -hi - 1
	}
	switch {
	case n > hi && c.unsigned || n > hi:
		return v, object.OverflowErrorf(t, "%s is greater than maximum", c.name)
	case n < lo && c.unsigned && c.bits >= 32:
		return v, object.OverflowErrorf(t, "can't convert negative value to unsigned int")
	case n < lo:
		return v, object.OverflowErrorf(t, "%s is less than minimum", c.name)
	}
	return v, nil
}

// arrayBytes is the machine's representation of the elements.
func arrayBytes(t *object.Thread, v object.Value) (string, error) {
	items, err := arrayList(v).Copy(t)
	if err != nil {
		return "", err
	}
	code := arrayCodeOf(v)
	c := arrayCodes[code]
	out := make([]byte, 0, c.size*len(items))
	for _, x := range items {
		var u uint64
		switch {
		case code == 'u' || code == 'w':
			r, _ := (*object.Str)(x.Ref).RuneAtByte(0)
			u = uint64(r)
		case code == 'f':
			u = uint64(math.Float32bits(float32(x.AsFloat())))
		case code == 'd':
			u = math.Float64bits(x.AsFloat())
		case x.IsInt():
			u = uint64(x.AsInt())
		default:
			b, _ := object.AsBig(x)
			u = b.Uint64()
		}
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], u)
		out = append(out, b[:c.size]...)
	}
	return string(out), nil
}

// arrayFromBytes makes elements of the machine's representation.
func arrayFromBytes(t *object.Thread, code byte, s string) ([]object.Value, error) {
	c := arrayCodes[code]
	if len(s)%c.size != 0 {
		return nil, object.ValueErrorf(t, "bytes length not a multiple of item size")
	}
	out := make([]object.Value, 0, len(s)/c.size)
	for i := 0; i < len(s); i += c.size {
		var b [8]byte
		copy(b[:], s[i:i+c.size])
		u := binary.LittleEndian.Uint64(b[:])
		switch {
		case code == 'u' || code == 'w':
			out = append(out, t.Interp.Char(rune(u)))
		case code == 'f':
			out = append(out, object.Float(float64(math.Float32frombits(uint32(u)))))
		case code == 'd':
			out = append(out, object.Float(math.Float64frombits(u)))
		case c.unsigned:
			out = append(out, object.NewBig(new(big.Int).SetUint64(u)))
		default:
			shift := 64 - c.bits
			out = append(out, object.Int(int64(u<<shift)>>shift))
		}
	}
	return out, nil
}

func makeArray(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "array", "Arrays of numbers.")
	x := arrayType(t)
	set(t, m, "array", x.Value())
	set(t, m, "ArrayType", x.Value())
	set(t, m, "typecodes", object.NewStr("bBuwhHiIlLqQfd"))
	return m, nil
}

func newArray(t *object.Thread, x *object.Type, code object.Value, items []object.Value) object.Value {
	return newCells(t, x, t.NewList(items), code).value()
}

// arrayExtend appends elements of an iterable, an array or bytes.
func arrayExtend(t *object.Thread, x *object.Type, self, from object.Value) error {
	code, l := arrayCodeOf(self), arrayList(self)
	if object.TypeOf(t, from).IsSubtype(x) {
		if arrayCodeOf(from) != code {
			return object.TypeErrorf(t, "can only extend with array of same kind")
		}
		items, err := arrayList(from).Copy(t)
		if err != nil {
			return err
		}
		n, err := l.Len(t)
		if err != nil {
			return err
		}
		return l.Splice(t, n, n, items)
	}
	return object.Iterate(t, from, func(v object.Value) error {
		v, err := arrayItem(t, code, v)
		if err != nil {
			return err
		}
		return l.Append(t, v)
	})
}

func arrayType(t *object.Thread) *object.Type {
	return extOf(t, "array.array", func() *object.Type {
		in := t.Interp
		x := newType(t, "array", "array", nil, 0)
		o := x.Ops
		o.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if len(args) == 0 || len(args) > 2 {
				return object.Unset, object.CountError(t, "array", 1, 2, len(args))
			}
			s, ok := object.AsStr(args[0])
			if !ok || s.Len != 1 {
				return object.Unset, object.TypeErrorf(t, "array() argument 1 must be a unicode character, not %s", object.TypeName(t, args[0]))
			}
			if _, ok := arrayCodes[s.S[0]]; !ok {
				return object.Unset, object.ValueErrorf(t, "bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)")
			}
			a := newArray(t, x, t.Intern(s.S).Value(), nil)
			if len(args) == 1 {
				return a, nil
			}
			init := args[1]
			if str, ok := object.AsStr(init); ok && s.S != "u" && s.S != "w" {
				return object.Unset, object.TypeErrorf(t, "cannot use a str to initialize an array with typecode '%s'%.0s", s.S, str.S)
			}
			if k := object.Native(init).Kind(); k == object.KindBytes || k == object.KindByteArray {
				b, _ := object.AsBytesLike(t, init)
				items, err := arrayFromBytes(t, s.S[0], b)
				if err != nil {
					return object.Unset, err
				}
				return a, arrayList(a).Assign(t, items)
			}
			if object.TypeOf(t, init).IsSubtype(x) {
				items, err := arrayList(init).Copy(t)
				if err != nil {
					return object.Unset, err
				}
				init = t.NewList(items)
			}
			return a, arrayExtend(t, x, a, init)
		}
		o.InitIsNew = true
		o.Buffer = arrayBytes
		o.Len = func(t *object.Thread, v object.Value) (int, error) { return arrayList(v).Len(t) }
		o.Iter = func(t *object.Thread, v object.Value) (object.Value, error) { return object.Iter(t, asCells(v).c[0]) }
		o.GetItem = func(t *object.Thread, v, key object.Value) (object.Value, error) {
			if key.Kind() == object.KindSlice {
				part, err := object.GetItem(t, asCells(v).c[0], key)
				if err != nil {
					return object.Unset, err
				}
				return newCells(t, x, part, asCells(v).c[1]).value(), nil
			}
			i, err := arrayIndex(t, v, key, "array index out of range")
			if err != nil {
				return object.Unset, err
			}
			return arrayList(v).GetIndex(t, i)
		}
		o.SetItem = func(t *object.Thread, v, key, y object.Value) error {
			if key.Kind() == object.KindSlice {
				if !object.TypeOf(t, y).IsSubtype(x) {
					return object.TypeErrorf(t, "can only assign array (not \"%s\") to array slice", object.TypeName(t, y))
				}
				return object.SetItem(t, asCells(v).c[0], key, asCells(object.Native(y)).c[0])
			}
			i, err := arrayIndex(t, v, key, "array assignment index out of range")
			if err != nil {
				return err
			}
			if y, err = arrayItem(t, arrayCodeOf(v), y); err != nil {
				return err
			}
			return arrayList(v).SetIndex(t, i, y)
		}
		o.DelItem = func(t *object.Thread, v, key object.Value) error { return object.DelItem(t, asCells(v).c[0], key) }
		o.Contains = func(t *object.Thread, v, y object.Value) (bool, error) { return object.Contains(t, asCells(v).c[0], y) }
		o.Hash = nil
		o.Compare = func(t *object.Thread, op object.CmpOp, a, b object.Value) (object.Value, error) {
			if !object.TypeOf(t, a).IsSubtype(x) || !object.TypeOf(t, b).IsSubtype(x) {
				return object.NotImplemented, nil
			}
			return object.Compare(t, op, asCells(object.Native(a)).c[0], asCells(object.Native(b)).c[0])
		}
		o.Repr = func(t *object.Thread, v object.Value) (string, error) {
			code := string(arrayCodeOf(v))
			n, err := arrayList(v).Len(t)
			if err != nil {
				return "", err
			}
			if n == 0 {
				return "array('" + code + "')", nil
			}
			y := asCells(v).c[0]
			if code == "u" || code == "w" {
				if y, err = object.CallMethod(t, object.NewStr(""), "join", y); err != nil {
					return "", err
				}
			}
			r, err := object.Repr(t, y)
			return "array('" + code + "', " + r + ")", err
		}
		o.Sequence = true
		o.Binary[object.OpAdd] = func(t *object.Thread, a, b object.Value) (object.Value, error) {
			if !object.TypeOf(t, a).IsSubtype(x) || !object.TypeOf(t, b).IsSubtype(x) {
				return object.Unset, object.TypeErrorf(t, "can only append array (not \"%s\") to array", object.TypeName(t, b))
			}
			p, q := asCells(object.Native(a)), asCells(object.Native(b))
			if p.c[1] != q.c[1] {
				return object.Unset, object.TypeErrorf(t, "bad argument type for built-in operation")
			}
			sum, err := object.Binary(t, object.OpAdd, p.c[0], q.c[0])
			if err != nil {
				return object.Unset, err
			}
			return newCells(t, x, sum, p.c[1]).value(), nil
		}
		o.Binary[object.OpMul] = func(t *object.Thread, a, b object.Value) (object.Value, error) {
			if !object.TypeOf(t, a).IsSubtype(x) {
				a, b = b, a
			}
			p := asCells(object.Native(a))
			prod, err := object.Binary(t, object.OpMul, p.c[0], b)
			if err != nil {
				return object.Unset, err
			}
			return newCells(t, x, prod, p.c[1]).value(), nil
		}
		o.InPlace[object.OpAdd] = func(t *object.Thread, a, b object.Value) (object.Value, error) {
			if !object.TypeOf(t, b).IsSubtype(x) {
				return object.Unset, object.TypeErrorf(t, "can only extend with array (not \"%s\")", object.TypeName(t, b))
			}
			return a, arrayExtend(t, x, a, b)
		}
		onList := func(name string, lo, hi int) object.MethodDef {
			return object.MN(name, lo, hi, func(t *object.Thread, args []object.Value) (object.Value, error) {
				v, err := object.CallMethod(t, asCells(args[0]).c[0], name, args[1:]...)
				if _, ok := object.Catch(t, err, t.Interp.Types.ValueError); ok {
					return object.Unset, object.ValueErrorf(t, "array.%s(x): x not in array", name)
				}
				if _, ok := object.Catch(t, err, t.Interp.Types.IndexError); ok && name == "pop" {
					if n, e := arrayList(args[0]).Len(t); e == nil && n == 0 {
						return object.Unset, object.IndexErrorf(t, "pop from empty array")
					}
				}
				return v, err
			})
		}
		x.Methods(in,
			onList("pop", 0, 1), onList("remove", 1, 1), onList("index", 1, 3), onList("count", 1, 1), onList("reverse", 0, 0), onList("clear", 0, 0),
			object.M1("append", func(t *object.Thread, self, v object.Value) (object.Value, error) {
				v, err := arrayItem(t, arrayCodeOf(self), v)
				if err != nil {
					return object.Unset, err
				}
				return none(arrayList(self).Append(t, v))
			}),
			object.M2("insert", func(t *object.Thread, self, i, v object.Value) (object.Value, error) {
				n, err := object.IndexInt(t, i)
				if err != nil {
					return object.Unset, err
				}
				if v, err = arrayItem(t, arrayCodeOf(self), v); err != nil {
					return object.Unset, err
				}
				return none(arrayList(self).Insert(t, int64(n), v))
			}),
			object.M1("extend", func(t *object.Thread, self, v object.Value) (object.Value, error) {
				return none(arrayExtend(t, x, self, v))
			}),
			object.M1("fromlist", func(t *object.Thread, self, v object.Value) (object.Value, error) {
				if _, ok := object.AsList(v); !ok {
					return object.Unset, object.TypeErrorf(t, "arg must be list")
				}
				return none(arrayExtend(t, x, self, v))
			}),
			object.M0("tolist", func(t *object.Thread, self object.Value) (object.Value, error) {
				items, err := arrayList(self).Copy(t)
				return t.NewList(items), err
			}),
			object.M0("tobytes", func(t *object.Thread, self object.Value) (object.Value, error) {
				b, err := arrayBytes(t, self)
				return object.NewBytes(b), err
			}),
			object.M1("frombytes", func(t *object.Thread, self, v object.Value) (object.Value, error) {
				b, ok := object.AsBytesLike(t, v)
				if !ok {
					return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, v))
				}
				items, err := arrayFromBytes(t, arrayCodeOf(self), b)
				if err != nil {
					return object.Unset, err
				}
				n, err := arrayList(self).Len(t)
				if err != nil {
					return object.Unset, err
				}
				return none(arrayList(self).Splice(t, n, n, items))
			}),
			object.M0("tounicode", func(t *object.Thread, self object.Value) (object.Value, error) {
				return object.CallMethod(t, object.NewStr(""), "join", asCells(self).c[0])
			}),
			object.M1("tofile", func(t *object.Thread, self, f object.Value) (object.Value, error) {
				b, err := arrayBytes(t, self)
				if err != nil {
					return object.Unset, err
				}
				_, err = object.CallMethod(t, f, "write", object.NewBytes(b))
				return none(err)
			}),
			object.M2("fromfile", func(t *object.Thread, self, f, n object.Value) (object.Value, error) {
				k, err := object.IndexInt(t, n)
				if err != nil {
					return object.Unset, err
				}
				size := arrayCodes[arrayCodeOf(self)].size
				v, err := object.CallMethod(t, f, "read", object.Int(int64(k*size)))
				if err != nil {
					return object.Unset, err
				}
				b, _ := object.AsBytesLike(t, v)
				items, err := arrayFromBytes(t, arrayCodeOf(self), b[:len(b)/size*size])
				if err != nil {
					return object.Unset, err
				}
				at, err := arrayList(self).Len(t)
				if err == nil {
					err = arrayList(self).Splice(t, at, at, items)
				}
				if err == nil && len(items) < k {
					err = object.NewError(t, t.Interp.Types.EOFError, "read() didn't return enough bytes")
				}
				return none(err)
			}),
			object.M0("byteswap", func(t *object.Thread, self object.Value) (object.Value, error) {
				s, err := arrayBytes(t, self)
				if err != nil {
					return object.Unset, err
				}
				b, size := []byte(s), arrayCodes[arrayCodeOf(self)].size
				for i := 0; i < len(b); i += size {
					for j, k := i, i+size-1; j < k; j, k = j+1, k-1 {
						b[j], b[k] = b[k], b[j]
					}
				}
				items, err := arrayFromBytes(t, arrayCodeOf(self), string(b))
				if err != nil {
					return object.Unset, err
				}
				return none(arrayList(self).Assign(t, items))
			}),
			object.M0("buffer_info", func(t *object.Thread, self object.Value) (object.Value, error) {
				n, err := arrayList(self).Len(t)
				return t.NewTuple(object.NewUint(object.IDOf(self)), object.Int(int64(n))), err
			}),
			object.M0("__copy__", func(t *object.Thread, self object.Value) (object.Value, error) {
				items, err := arrayList(self).Copy(t)
				return newArray(t, x, asCells(self).c[1], items), err
			}),
			object.M1("__deepcopy__", func(t *object.Thread, self, _ object.Value) (object.Value, error) {
				items, err := arrayList(self).Copy(t)
				return newArray(t, x, asCells(self).c[1], items), err
			}),
			object.M1("__reduce_ex__", func(t *object.Thread, self, _ object.Value) (object.Value, error) {
				items, err := arrayList(self).Copy(t)
				return t.NewTuple(x.Value(), t.NewTuple(asCells(self).c[1], t.NewList(items))), err
			}),
		)
		x.Attr(in, "typecode", func(t *object.Thread, v object.Value) (object.Value, error) {
			return asCells(object.Native(v)).c[1], nil
		}, nil)
		x.Attr(in, "itemsize", func(t *object.Thread, v object.Value) (object.Value, error) {
			return object.Int(int64(arrayCodes[arrayCodeOf(v)].size)), nil
		}, nil)
		return x.Ready(in)
	})
}

// arrayIndex is an index that is in range; negative ones stay as they are.
func arrayIndex(t *object.Thread, v, key object.Value, msg string) (int64, error) {
	i := key.AsInt()
	if !key.IsInt() {
		if !object.IsIntValue(key) {
			if _, ok := object.LookupSpecial(t, object.TypeOf(t, key), object.SpIndex); !ok {
				return 0, object.TypeErrorf(t, "array indices must be integers")
			}
		}
		n, err := object.IndexInt(t, key)
		if err != nil {
			return 0, err
		}
		i = int64(n)
	}
	n, err := arrayList(v).Len(t)
	if err != nil {
		return 0, err
	}
	if i >= int64(n) || i < -int64(n) {
		return 0, object.IndexErrorf(t, "%s", msg)
	}
	return i, nil
}
