package object

// This file dispatches operators: fast paths for numbers and strings, the operations of builtin classes, special methods.

// Binary is a op b.
func Binary(t *Thread, op BinOp, a, b Value) (Value, error) {
	if a.Ref == nil && b.Ref == nil {
		return intBinary(t, op, a.AsInt(), b.AsInt())
	}
	v, err := binaryOrNot(t, op, a, b)
	if err != nil || !v.IsNotImplemented() {
		return v, err
	}
	return Unset, binaryError(t, op, a, b, false)
}

// floatPair is both operands as floats if one is a float and the other a float or a small int.
func floatPair(a, b Value) (x, y float64, ok bool) {
	switch {
	case a.IsFloat():
		x = a.AsFloat()
		if b.IsFloat() {
			return x, b.AsFloat(), true
		}
		if b.Ref == nil {
			return x, float64(b.AsInt()), true
		}
	case a.Ref == nil && b.IsFloat():
		return float64(a.AsInt()), b.AsFloat(), true
	}
	return 0, 0, false
}

// binary is Binary before the error: NotImplemented if nobody can do it.
func binary(t *Thread, op BinOp, a, b Value) (Value, error) {
	ta, tb := TypeOf(t, a), TypeOf(t, b)
	if (ta.Flags|tb.Flags)&TypeUser == 0 {
		if op == OpOr && ta != tb && a.Kind() == KindDict && tb.IsSubtype(ta) {
			return tb.Ops.Binary[op](t, a, b) // dict | defaultdict: the derived class decides
		}
		return builtinBinary(t, op, ta.Ops, tb.Ops, a, b)
	}
	return userBinary(t, op, ta, tb, a, b)
}

func builtinBinary(t *Thread, op BinOp, oa, ob *Ops, a, b Value) (Value, error) {
	fa, fb := oa.Binary[op], ob.Binary[op]
	if fa != nil && oa.Sequence && fb != nil && !ob.Sequence && (op == OpAdd || op == OpMul) {
		// Concatenation comes after the other operand's number protocol.
		if v, err := fb(t, a, b); err != nil || !v.IsNotImplemented() {
			return v, err
		}
		fb = nil
	}
	if fa != nil {
		v, err := fa(t, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
	}
	if fb != nil && oa != ob {
		return fb(t, a, b)
	}
	return NotImplemented, nil
}

// userBinary is the dispatch when an operand's class is user-defined: __op__ of the left, __rop__ of the right, the right
// one first if its class derives from the left's and overrides the method.
func userBinary(t *Thread, op BinOp, ta, tb *Type, a, b Value) (Value, error) {
	fa, okA := operator(t, ta, SpAdd+SpecialID(op))
	fb, okB := Unset, false
	if ta != tb {
		fb, okB = operator(t, tb, SpRAdd+SpecialID(op))
		if okB && tb.IsSubtype(ta) {
			if own, ok := operator(t, ta, SpRAdd+SpecialID(op)); !ok || own != fb {
				v, err := CallSpecial(t, fb, b, a)
				if err != nil || !v.IsNotImplemented() {
					return v, err
				}
				okB = false
			}
		}
	}
	if okA && okB && ta.Ops.Sequence && ta.Flags&TypeUser == 0 && (op == OpAdd || op == OpMul) {
		v, err := CallSpecial(t, fb, b, a)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
		okB = false
	}
	if okA {
		v, err := CallSpecial(t, fa, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
	}
	if okB {
		return CallSpecial(t, fb, b, a)
	}
	return NotImplemented, nil
}

func operator(t *Thread, x *Type, id SpecialID) (Value, bool) {
	fn, ok := LookupSpecial(t, x, id)
	return fn, ok && !fn.IsNone()
}

// BinaryReflected goes on with a op b after the left operand's method has returned NotImplemented.
func BinaryReflected(t *Thread, op BinOp, inplace bool, a, b Value) (Value, error) {
	ta, tb := TypeOf(t, a), TypeOf(t, b)
	if ta != tb {
		if fb, ok := operator(t, tb, SpRAdd+SpecialID(op)); ok {
			v, err := CallSpecial(t, fb, b, a)
			if err != nil || !v.IsNotImplemented() {
				return v, err
			}
		}
	}
	return Unset, binaryError(t, op, a, b, inplace)
}

func binaryError(t *Thread, op BinOp, a, b Value, inplace bool) error {
	sym := op.Symbol()
	if inplace {
		sym = sym + "="
		if op == OpPow {
			sym = "**="
		}
	}
	if op == OpShr && a.Kind() == KindBuiltin && !inplace && (*Builtin)(a.Ref).Name == "print" {
		return TypeErrorf(t, "unsupported operand type(s) for >>: 'builtin_function_or_method' and '%s'. Did you mean \"print(<message>, file=<output_stream>)\"?", TypeName(t, b))
	}
	return TypeErrorf(t, "unsupported operand type(s) for %s: '%s' and '%s'", sym, TypeName(t, a), TypeName(t, b))
}

// InPlace is a op= b: the value that a's name is bound to afterwards.
func InPlace(t *Thread, op BinOp, a, b Value) (Value, error) {
	if a.Ref == nil || a.IsFloat() {
		v, err := binaryOrNot(t, op, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
		return Unset, binaryError(t, op, a, b, true)
	}
	ta := TypeOf(t, a)
	if ta.Flags&TypeUser != 0 {
		if fn, ok := operator(t, ta, SpIAdd+SpecialID(op)); ok {
			v, err := CallSpecial(t, fn, a, b)
			if err != nil || !v.IsNotImplemented() {
				return v, err
			}
		}
	} else if f := ta.Ops.InPlace[op]; f != nil {
		v, err := f(t, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
	}
	v, err := binaryOrNot(t, op, a, b)
	if err != nil || !v.IsNotImplemented() {
		return v, err
	}
	return Unset, binaryError(t, op, a, b, true)
}

func binaryOrNot(t *Thread, op BinOp, a, b Value) (Value, error) {
	if a.Ref == nil && b.Ref == nil {
		return intBinary(t, op, a.AsInt(), b.AsInt())
	}
	if x, y, ok := floatPair(a, b); ok {
		return floatBinary(t, op, x, y)
	}
	if v, ok := wideBinary(op, a, b); ok {
		return v, nil
	}
	return binary(t, op, a, b)
}

var unaryWords = [NumUnOps]string{"-", "+", "~"}

// Unary is -a, +a or ~a.
func Unary(t *Thread, op UnOp, a Value) (Value, error) {
	typ := TypeOf(t, a)
	if typ.Flags&TypeUser != 0 {
		if fn, ok := operator(t, typ, SpNeg+SpecialID(op)); ok {
			return CallSpecial(t, fn, a)
		}
	} else if f := typ.Ops.Unary[op]; f != nil {
		return f(t, a)
	}
	return Unset, TypeErrorf(t, "bad operand type for unary %s: '%s'", unaryWords[op], typ.messageName())
}

// Compare is a op b with its result as it is, for == and != identity if nobody can compare.
func Compare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	if a.Ref == nil && b.Ref == nil {
		return Bool(cmpInt64(op, a.AsInt(), b.AsInt())), nil
	}
	v, err := compareWith(t, op, a, b, true)
	if err != nil || !v.IsNotImplemented() {
		return v, err
	}
	return compareDefault(t, op, a, b)
}

// compareWith asks both operands' classes; first says whether the left operand is still to be asked.
func compareWith(t *Thread, op CmpOp, a, b Value, first bool) (Value, error) {
	ta, tb := TypeOf(t, a), TypeOf(t, b)
	reflectedDone := false
	if first && ta != tb && tb.Flags&TypeUser != 0 && tb.IsSubtype(ta) {
		if fn, ok := operator(t, tb, SpLt+SpecialID(op.Swapped())); ok {
			reflectedDone = true
			v, err := CallSpecial(t, fn, b, a)
			if err != nil || !v.IsNotImplemented() {
				return v, err
			}
		}
	}
	if first {
		v, err := compareOne(t, op, ta, a, b)
		if err != nil || !v.IsNotImplemented() {
			return v, err
		}
	}
	if reflectedDone {
		return NotImplemented, nil
	}
	return compareOne(t, op.Swapped(), tb, b, a)
}

// compareOne asks one operand's class.
func compareOne(t *Thread, op CmpOp, ta *Type, a, b Value) (Value, error) {
	if ta.Flags&TypeUser != 0 {
		fn, ok := operator(t, ta, SpLt+SpecialID(op))
		if !ok {
			return NotImplemented, nil
		}
		if fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Object && op != CmpNe {
			return NotImplemented, nil // identity is what compareDefault does
		}
		return CallSpecial(t, fn, a, b)
	}
	if ta.Ops.Compare == nil {
		return NotImplemented, nil
	}
	return ta.Ops.Compare(t, op, a, b)
}

// CompareReflected goes on with a op b after the left operand's method has returned NotImplemented.
func CompareReflected(t *Thread, op CmpOp, a, b Value) (Value, error) {
	v, err := compareWith(t, op, a, b, false)
	if err != nil || !v.IsNotImplemented() {
		return v, err
	}
	return compareDefault(t, op, a, b)
}

func compareDefault(t *Thread, op CmpOp, a, b Value) (Value, error) {
	if t.Interp.Dialect2 {
		return compare2(t, op, a, b)
	}
	switch op {
	case CmpEq:
		return Bool(Is(a, b)), nil
	case CmpNe:
		return Bool(!Is(a, b)), nil
	}
	return Unset, TypeErrorf(t, "'%s' not supported between instances of '%s' and '%s'", op.Symbol(), TypeName(t, a), TypeName(t, b))
}

func cmpInt64(op CmpOp, a, b int64) bool {
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

// Is is a is b. Floats and ints are one object per value here; strings made at different places with the same short
// content may be identical in CPython and not here, or the other way round, as the language allows.
func Is(a, b Value) bool { return a == b }

// CompareBool is the truth of a op b.
func CompareBool(t *Thread, op CmpOp, a, b Value) (bool, error) {
	if a.Ref == nil && b.Ref == nil {
		return cmpInt64(op, a.AsInt(), b.AsInt()), nil
	}
	v, err := Compare(t, op, a, b)
	if err != nil {
		return false, err
	}
	return Truth(t, v)
}

// Equal is the truth of a == b.
func Equal(t *Thread, a, b Value) (bool, error) {
	if a.Ref == nil && b.Ref == nil {
		return a.Bits == b.Bits, nil
	}
	if a.Kind() == KindStr && b.Kind() == KindStr {
		return a.Ref == b.Ref || (*Str)(a.Ref).S == (*Str)(b.Ref).S, nil
	}
	return CompareBool(t, CmpEq, a, b)
}
