package object

import (
	"strings"
)

// Tuples: immutable sequences. Their items never change after the tuple can be seen, so that they are read plainly under
// every regime. The upper half of Meta, which is the epoch of mutable objects, is 1 when the tuple and all that is
// reachable from it has been published; it is set only while the tuple is private, and only on tuples that can
// contain something mutable.

// emptyTuple is the only tuple without items, so that () is ().
var emptyTuple = Tuple{Header: Header{Meta: uint64(KindTuple)}}

// NewTuple makes a tuple of copies of the items.
func (t *Thread) NewTuple(items ...Value) Value { return NewTuple(items...) }

// NewTuple makes a tuple of copies of the items.
func NewTuple(items ...Value) Value {
	if len(items) == 0 {
		return valueOf(&emptyTuple)
	}
	tu := rawTuple(len(items))
	copy(tu.Items, items)
	return valueOf(tu)
}

// rawTuple makes a tuple of n > 0 items, to be filled in before anybody sees it. Header and items of a small one are one
// allocation.
func rawTuple(n int) *Tuple {
	var tu *Tuple
	switch n {
	case 1:
		x := &tuple1{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 2:
		x := &tuple2{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 3:
		x := &tuple3{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 4:
		x := &tuple4{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 5:
		x := &tuple5{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 6:
		x := &tuple6{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 7:
		x := &tuple7{}
		tu, x.Items = &x.Tuple, x.items[:]
	case 8:
		x := &tuple8{}
		tu, x.Items = &x.Tuple, x.items[:]
	default:
		tu = &Tuple{Items: make([]Value, n)}
	}
	tu.Meta = uint64(KindTuple)
	return tu
}

// Layouts that allocate a tuple and its items at once.
type (
	tuple1 struct {
		Tuple
		items [1]Value
	}
	tuple2 struct {
		Tuple
		items [2]Value
	}
	tuple3 struct {
		Tuple
		items [3]Value
	}
	tuple4 struct {
		Tuple
		items [4]Value
	}
	tuple5 struct {
		Tuple
		items [5]Value
	}
	tuple6 struct {
		Tuple
		items [6]Value
	}
	tuple7 struct {
		Tuple
		items [7]Value
	}
	tuple8 struct {
		Tuple
		items [8]Value
	}
)

// TupleOf makes a tuple of items, which belong to the tuple from now on.
func TupleOf(items []Value) Value {
	if len(items) == 0 {
		return valueOf(&emptyTuple)
	}
	return valueOf(&Tuple{Header: Header{Meta: uint64(KindTuple)}, Items: items})
}

// AsTuple is the tuple that v is, or that v's class inherits from.
func AsTuple(v Value) (*Tuple, bool) {
	if v.Kind() != KindTuple {
		if v = Native(v); v.Kind() != KindTuple {
			return nil, false
		}
	}
	return (*Tuple)(v.Ref), true
}

const (
	xxPrime1 = 11400714785074694791
	xxPrime2 = 14029467366897019727
	xxPrime5 = 2870177450012600261
)

// tupleHash is CPython's hash of a tuple (xxHash's rounds over the items' hashes).
func tupleHash(t *Thread, v Value) (int64, error) {
	items := (*Tuple)(v.Ref).Items
	acc := uint64(xxPrime5)
	for _, x := range items {
		h, err := Hash(t, x)
		if err != nil {
			return 0, err
		}
		acc += uint64(h) * xxPrime2
		acc = acc<<31 | acc>>33
		acc *= xxPrime1
	}
	acc += uint64(len(items)) ^ (xxPrime5 ^ 3527539)
	if acc == ^uint64(0) {
		return 1546275796, nil
	}
	return int64(acc), nil
}

func tupleRepr(t *Thread, v Value) (string, error) {
	items := (*Tuple)(v.Ref).Items
	if len(items) == 0 {
		return "()", nil
	}
	if !t.enterRepr(v) {
		return "(...)", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteByte('(')
	for i, x := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		s, err := Repr(t, x)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	if len(items) == 1 {
		b.WriteByte(',')
	}
	b.WriteByte(')')
	return b.String(), nil
}

// tupleCompare is rich comparison of tuples.
func tupleCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok := AsTuple(a)
	y, ok2 := AsTuple(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	return compareItems(t, op, x.Items, y.Items)
}

// compareItems compares two sequences that do not change meanwhile.
func compareItems(t *Thread, op CmpOp, x, y []Value) (Value, error) {
	if len(x) != len(y) && (op == CmpEq || op == CmpNe) {
		return Bool(op == CmpNe), nil
	}
	if err := t.enterCompare(); err != nil {
		return Unset, err
	}
	defer t.leaveCompare()
	for i := range min(len(x), len(y)) {
		eq, err := sameOrEqual(t, x[i], y[i])
		if err != nil {
			return Unset, err
		}
		if !eq {
			switch op {
			case CmpEq:
				return False, nil
			case CmpNe:
				return True, nil
			}
			return Compare(t, op, x[i], y[i])
		}
	}
	return Bool(compareInts(op, len(x), len(y))), nil
}

// compareInts applies a comparison to two numbers.
func compareInts(op CmpOp, a, b int) bool {
	switch op {
	case CmpLt:
		return a < b
	case CmpLe:
		return a <= b
	case CmpEq:
		return a == b
	case CmpNe:
		return a != b
	case CmpGt:
		return a > b
	}
	return a >= b
}

// sameOrEqual is what containers take for equality: identity, or else ==.
func sameOrEqual(t *Thread, a, b Value) (bool, error) {
	if a == b && !a.IsFloat() {
		return true, nil
	}
	if a.Ref == nil && b.Ref == nil {
		return false, nil
	}
	if a.IsFloat() && b.IsFloat() {
		// NaN is equal to itself as an object: floats have no identity but their bits.
		return a.Bits == b.Bits || a.AsFloat() == b.AsFloat(), nil
	}
	if a.Kind() == KindStr && b.Kind() == KindStr {
		return (*Str)(a.Ref).S == (*Str)(b.Ref).S, nil
	}
	return Equal(t, a, b)
}

// repeatItems makes n copies of items in a row.
func repeatItems(t *Thread, items []Value, n int64) ([]Value, error) {
	if n <= 0 || len(items) == 0 {
		return nil, nil
	}
	if n > maxItems/int64(len(items)) {
		return nil, MemoryError(t)
	}
	if err := t.Room(len(items) * int(n) * valueSize); err != nil {
		return nil, err
	}
	out := make([]Value, 0, len(items)*int(n))
	if len(items) == 1 {
		out = out[:n]
		v := items[0]
		for i := range out {
			out[i] = v
		}
		return out, nil
	}
	for range n {
		out = append(out, items...)
	}
	return out, nil
}

// sliceItems picks the elements that a slice selects.
func sliceItems(items []Value, s SliceIndices) []Value {
	out := make([]Value, s.Len)
	if s.Step == 1 {
		copy(out, items[s.Start:])
		return out
	}
	i := s.Start
	for k := range out {
		out[k] = items[i]
		i += s.Step
	}
	return out
}

func (in *Interp) initTuple() {
	o := in.Types.Tuple.Ops
	o.Repr = tupleRepr
	o.Hash = tupleHash
	o.Compare = tupleCompare
	o.Sequence = true
	o.Len = func(t *Thread, v Value) (int, error) { return len((*Tuple)(v.Ref).Items), nil }
	o.Bool = func(t *Thread, v Value) (bool, error) { return len((*Tuple)(v.Ref).Items) != 0, nil }
	o.GetItem = tupleGetItem
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		for _, y := range (*Tuple)(v.Ref).Items {
			if eq, err := sameOrEqual(t, y, x); eq || err != nil {
				return eq, err
			}
		}
		return false, nil
	}
	o.Iter = func(t *Thread, v Value) (Value, error) {
		return t.newIter(&tupleIter, t.Interp.Types.TupleIterator, v).Value(), nil
	}
	o.Binary[OpAdd] = tupleConcat
	o.Binary[OpMul] = tupleRepeat
	o.New = tupleNew
	o.InitIsNew = true
	in.addMethods(in.Types.Tuple, []methodDef{
		{"count", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			n := int64(0)
			for _, y := range (*Tuple)(self.Ref).Items {
				eq, err := sameOrEqual(t, y, args[0])
				if err != nil {
					return Unset, err
				}
				if eq {
					n++
				}
			}
			return Int(n), nil
		}},
		{"index", between(1, 3), func(t *Thread, self Value, args []Value) (Value, error) {
			items := (*Tuple)(self.Ref).Items
			lo, hi, err := indexRange(t, args[1:], len(items))
			if err != nil {
				return Unset, err
			}
			for i := lo; i < hi; i++ {
				eq, err := sameOrEqual(t, items[i], args[0])
				if err != nil {
					return Unset, err
				}
				if eq {
					return Int(int64(i)), nil
				}
			}
			return Unset, ValueErrorf(t, "tuple.index(x): x not in tuple")
		}},
		{"__getnewargs__", exactly(0), func(t *Thread, self Value, args []Value) (Value, error) {
			return NewTuple(TupleOf((*Tuple)(self.Ref).Items)), nil
		}},
	})
}

// indexRange brings the optional start and stop of index methods into range.
func indexRange(t *Thread, args []Value, n int) (lo, hi int, err error) {
	hi = n
	for k, a := range args {
		if a.IsNone() {
			return 0, 0, TypeErrorf(t, "slice indices must be integers or have an __index__ method")
		}
		i, err := clampIndex(t, a)
		if err != nil {
			return 0, 0, err
		}
		if i < 0 {
			i = max(i+int64(n), 0)
		}
		i = min(i, int64(n))
		if k == 0 {
			lo = int(i)
		} else {
			hi = int(i)
		}
	}
	return lo, hi, nil
}

func tupleGetItem(t *Thread, v, key Value) (Value, error) {
	items := (*Tuple)(v.Ref).Items
	if key.Kind() == KindSlice {
		s, err := (*Slice)(key.Ref).Indices(t, len(items))
		if err != nil {
			return Unset, err
		}
		if s.Step == 1 && s.Len == len(items) {
			return v, nil
		}
		return tupleSlice(items, s), nil
	}
	i, err := subscript(t, key, "tuple")
	if err != nil {
		return Unset, err
	}
	if i < 0 {
		i += int64(len(items))
	}
	if uint64(i) >= uint64(len(items)) {
		return Unset, IndexErrorf(t, "tuple index out of range")
	}
	return items[i], nil
}

// tupleSlice is the tuple of the items that a slice selects.
func tupleSlice(items []Value, s SliceIndices) Value {
	if s.Len == 0 {
		return valueOf(&emptyTuple)
	}
	tu := rawTuple(s.Len)
	if s.Step == 1 {
		copy(tu.Items, items[s.Start:])
	} else {
		for k, i := 0, s.Start; k < s.Len; k, i = k+1, i+s.Step {
			tu.Items[k] = items[i]
		}
	}
	return valueOf(tu)
}

func tupleConcat(t *Thread, a, b Value) (Value, error) {
	x, ok := AsTuple(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := AsTuple(b)
	if !ok {
		return Unset, TypeErrorf(t, "can only concatenate tuple (not \"%s\") to tuple", TypeOf(t, b).messageName())
	}
	if a.Kind() == KindTuple && b.Kind() == KindTuple {
		return ConcatTuples(t, a, b)
	}
	return concatTuples(t, x.Items, y.Items)
}

// ConcatTuples is a + b for two exact tuples.
func ConcatTuples(t *Thread, a, b Value) (Value, error) {
	x, y := (*Tuple)(a.Ref), (*Tuple)(b.Ref)
	switch {
	case len(x.Items) == 0:
		return b, nil
	case len(y.Items) == 0:
		return a, nil
	}
	return concatTuples(t, x.Items, y.Items)
}

// JoinTuple is items + b for an exact tuple b.
func JoinTuple(t *Thread, items []Value, b Value) (Value, error) {
	y := (*Tuple)(b.Ref)
	if len(items) == 0 {
		return b, nil
	}
	return concatTuples(t, items, y.Items)
}

func concatTuples(t *Thread, x, y []Value) (Value, error) {
	n := len(x)
	if n+len(y) == 0 {
		return valueOf(&emptyTuple), nil
	}
	if err := t.Room((n + len(y)) * valueSize); err != nil {
		return Unset, err
	}
	tu := rawTuple(n + len(y))
	copy(tu.Items, x)
	copy(tu.Items[n:], y)
	return valueOf(tu), nil
}

func tupleRepeat(t *Thread, a, b Value) (Value, error) {
	x, n, v, err := repeatOperands(t, a, b, KindTuple)
	if err != nil || !v {
		return NotImplemented, err
	}
	tup := (*Tuple)(x.Ref)
	if n == 1 && x.Kind() == KindTuple {
		return x, nil
	}
	items, err := repeatItems(t, tup.Items, n)
	if err != nil {
		return Unset, err
	}
	return TupleOf(items), nil
}

// repeatOperands finds the sequence of the given kind and the count among the operands of *.
func repeatOperands(t *Thread, a, b Value, k Kind) (seq Value, n int64, ok bool, err error) {
	seq, count := Native(a), b
	if seq.Kind() != k {
		seq, count = Native(b), a
	}
	if seq.Kind() != k {
		return Unset, 0, false, nil
	}
	if !hasIndex(t, count) {
		return Unset, 0, false, TypeErrorf(t, "can't multiply sequence by non-int of type '%s'", TypeOf(t, count).messageName())
	}
	n, fits, err := indexValue(t, count)
	if err != nil {
		return Unset, 0, false, err
	}
	if !fits {
		return Unset, 0, false, OverflowErrorf(t, "cannot fit '%s' into an index-sized integer", TypeOf(t, count).messageName())
	}
	return seq, n, true, nil
}

func tupleNew(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) {
	if kw != nil && len(kw.Names) > 0 && cls == t.Interp.Types.Tuple {
		return Unset, TypeErrorf(t, "tuple() takes no keyword arguments")
	}
	if len(args) > 1 {
		return Unset, TypeErrorf(t, "tuple expected at most 1 argument, got %d", len(args))
	}
	if len(args) == 0 {
		return valueOf(&emptyTuple), nil
	}
	if args[0].Kind() == KindTuple {
		return args[0], nil
	}
	items, err := ToSlice(t, args[0])
	if err != nil {
		return Unset, err
	}
	return TupleOf(items), nil
}
