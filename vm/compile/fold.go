package compile

import (
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"gilt/vm/syntax"
)

// Constant folding. An expression folds when it is made of constants, cannot raise, and its value is not large. Powers of
// floats are left to run time, so that one implementation decides about the last bit.

const (
	maxFoldBits  = 128  // of an int
	maxFoldText  = 4096 // of a string
	maxFoldTuple = 256  // of a repeated tuple
)

type folding struct {
	v  any
	ok bool
}

// fold returns the value of e if it is a constant.
func (c *compiler) fold(e syntax.Expr) (any, bool) {
	switch e := e.(type) {
	case *syntax.Constant:
		if s, ok := e.Value.(string); ok && c.py2 && e.Kind == "u" {
			return unicodeConst(s), true
		}
		return e.Value, true
	case *syntax.Name:
		if e.Id == "__debug__" && e.Ctx == syntax.Load {
			return c.opts.Optimize == 0, true
		}
		return nil, false
	case *syntax.BinOp, *syntax.UnaryOp, *syntax.Tuple, *syntax.Subscript:
		f, ok := c.folded[e]
		if !ok {
			f.v, f.ok = c.foldNew(e)
			c.folded[e] = f
		}
		return f.v, f.ok
	}
	return nil, false
}

func (c *compiler) foldNew(e syntax.Expr) (any, bool) {
	switch e := e.(type) {
	case *syntax.UnaryOp:
		if v, ok := c.fold(e.Operand); ok {
			return foldUnary(e.Op, v)
		}
	case *syntax.BinOp:
		l, ok := c.fold(e.Left)
		if !ok {
			return nil, false
		}
		r, ok := c.fold(e.Right)
		if !ok || e.Classic {
			return nil, false
		}
		return foldBinary(e.Op, l, r)
	case *syntax.Tuple:
		if e.Ctx == syntax.Load {
			return c.foldItems(e.Elts)
		}
	case *syntax.Subscript:
		if e.Ctx != syntax.Load {
			return nil, false
		}
		v, ok := c.fold(e.Value)
		if !ok {
			return nil, false
		}
		if i, ok := c.fold(e.Slice); ok {
			return foldIndex(v, i)
		}
	}
	return nil, false
}

func (c *compiler) foldItems(elts []syntax.Expr) (any, bool) {
	for _, x := range elts {
		if _, ok := c.fold(x); !ok {
			return nil, false
		}
	}
	t := make(tupleConst, len(elts))
	for i, x := range elts {
		t[i], _ = c.fold(x)
	}
	return t, true
}

func foldIndex(v, i any) (any, bool) {
	n, ok := i.(int64)
	if !ok {
		return nil, false
	}
	switch v := v.(type) {
	case tupleConst:
		if n < 0 {
			n += int64(len(v))
		}
		if n >= 0 && n < int64(len(v)) {
			return v[n], true
		}
	case string:
		for i := 0; i < len(v); i++ {
			if v[i] >= 0x80 {
				return nil, false
			}
		}
		if n < 0 {
			n += int64(len(v))
		}
		if n >= 0 && n < int64(len(v)) {
			return v[n : n+1], true
		}
	}
	return nil, false
}

func foldUnary(op syntax.UnaryOperator, v any) (any, bool) {
	if op == syntax.Not {
		return !truth(v), true
	}
	if b, ok := v.(bool); ok {
		v = int64(0)
		if b {
			v = int64(1)
		}
		if op == syntax.Invert {
			return nil, false // deprecated: warns at run time
		}
	}
	switch v := v.(type) {
	case int64:
		switch op {
		case syntax.UAdd:
			return v, true
		case syntax.USub:
			return normal(new(big.Int).Neg(big.NewInt(v))), true
		default:
			return ^v, true
		}
	case *big.Int:
		switch op {
		case syntax.UAdd:
			return v, true
		case syntax.USub:
			return normal(new(big.Int).Neg(v)), true
		default:
			return normal(new(big.Int).Not(v)), true
		}
	case float64:
		switch op {
		case syntax.UAdd:
			return v, true
		case syntax.USub:
			return -v, true
		}
	case complex128:
		switch op {
		case syntax.UAdd:
			return v, true
		case syntax.USub:
			return complex(-real(v), -imag(v)), true
		}
	}
	return nil, false
}

// normal is an int64 when x fits one.
func normal(x *big.Int) any {
	if x.IsInt64() {
		return x.Int64()
	}
	return x
}

// integer is the value of an int or bool constant.
func integer(v any) (*big.Int, bool) {
	switch v := v.(type) {
	case bool:
		if v {
			return big.NewInt(1), true
		}
		return new(big.Int), true
	case int64:
		return big.NewInt(v), true
	case *big.Int:
		return v, true
	}
	return nil, false
}

func foldBinary(op syntax.Operator, l, r any) (any, bool) {
	a, aInt := integer(l)
	b, bInt := integer(r)
	if x, ok := l.(bool); ok {
		if y, ok := r.(bool); ok {
			switch op { // bools stay bools
			case syntax.BitAnd:
				return x && y, true
			case syntax.BitOr:
				return x || y, true
			case syntax.BitXor:
				return x != y, true
			}
		}
	}
	if aInt && bInt {
		return foldInts(op, a, b)
	}
	if aInt || bInt { // repetition, either way round
		if op == syntax.Mult {
			if aInt && a.IsInt64() {
				if v, ok := repeat(r, a.Int64()); ok {
					return v, true
				}
			}
			if bInt && b.IsInt64() {
				if v, ok := repeat(l, b.Int64()); ok {
					return v, true
				}
			}
		}
	}
	if x, ok := l.(string); ok {
		if y, ok := r.(string); ok && op == syntax.Add && len(x)+len(y) <= maxFoldText {
			return x + y, true
		}
		return nil, false
	}
	if x, ok := l.(syntax.Bytes); ok {
		if y, ok := r.(syntax.Bytes); ok && op == syntax.Add && len(x)+len(y) <= maxFoldText {
			return x + y, true
		}
		return nil, false
	}
	if x, ok := l.(tupleConst); ok {
		if y, ok := r.(tupleConst); ok && op == syntax.Add && len(x)+len(y) <= maxFoldTuple {
			return append(append(make(tupleConst, 0, len(x)+len(y)), x...), y...), true
		}
		return nil, false
	}
	x, y, ok := complexes(l, r)
	if ok && (op == syntax.Add || op == syntax.Sub) {
		if op == syntax.Sub {
			return x - y, true
		}
		return x + y, true
	}
	f, okF := float(l)
	g, okG := float(r)
	if okF && okG {
		return foldFloats(op, f, g)
	}
	return nil, false
}

func float(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case int64:
		if -1<<53 <= v && v <= 1<<53 {
			return float64(v), true
		}
	}
	return 0, false
}

func complexes(l, r any) (x, y complex128, ok bool) {
	x, cx := l.(complex128)
	y, cy := r.(complex128)
	if !cx && !cy {
		return 0, 0, false
	}
	if !cx {
		f, ok := float(l)
		if !ok {
			return 0, 0, false
		}
		x = complex(f, 0)
	}
	if !cy {
		f, ok := float(r)
		if !ok {
			return 0, 0, false
		}
		y = complex(f, 0)
	}
	return x, y, true
}

func foldFloats(op syntax.Operator, a, b float64) (any, bool) {
	switch op {
	case syntax.Add:
		return a + b, true
	case syntax.Sub:
		return a - b, true
	case syntax.Mult:
		return a * b, true
	case syntax.Div:
		if b != 0 {
			return a / b, true
		}
	}
	return nil, false
}

func foldInts(op syntax.Operator, a, b *big.Int) (any, bool) {
	z := new(big.Int)
	switch op {
	case syntax.Add:
		z.Add(a, b)
	case syntax.Sub:
		z.Sub(a, b)
	case syntax.Mult:
		if a.BitLen()+b.BitLen() > maxFoldBits {
			return nil, false
		}
		z.Mul(a, b)
	case syntax.BitAnd:
		z.And(a, b)
	case syntax.BitOr:
		z.Or(a, b)
	case syntax.BitXor:
		z.Xor(a, b)
	case syntax.LShift:
		if b.Sign() < 0 || b.BitLen() > 8 || a.BitLen()+int(b.Int64()) > maxFoldBits {
			return nil, false
		}
		z.Lsh(a, uint(b.Int64()))
	case syntax.RShift:
		if b.Sign() < 0 || b.BitLen() > 31 {
			return nil, false
		}
		z.Rsh(a, uint(b.Int64()))
	case syntax.Pow:
		if b.Sign() < 0 || b.BitLen() > 8 || a.BitLen()*int(b.Int64()) > maxFoldBits {
			return nil, false
		}
		z.Exp(a, b, nil)
	case syntax.FloorDiv, syntax.Mod:
		if b.Sign() == 0 {
			return nil, false
		}
		m := new(big.Int)
		z.QuoRem(a, b, m)
		if m.Sign() != 0 && m.Sign() != b.Sign() { // towards minus infinity
			z.Sub(z, big.NewInt(1))
			m.Add(m, b)
		}
		if op == syntax.Mod {
			z = m
		}
	case syntax.Div:
		if b.Sign() == 0 || a.BitLen() > 53 || b.BitLen() > 53 {
			return nil, false
		}
		f := float64(a.Int64()) / float64(b.Int64())
		if math.IsInf(f, 0) {
			return nil, false
		}
		return f, true
	default:
		return nil, false
	}
	return normal(z), true
}

func repeat(v any, n int64) (any, bool) {
	n = max(n, 0)
	switch v := v.(type) {
	case string:
		if n == 0 || int64(utf8.RuneCountInString(v)) <= maxFoldText/n {
			return strings.Repeat(v, int(n)), true
		}
	case syntax.Bytes:
		if n == 0 || int64(len(v)) <= maxFoldText/n {
			return syntax.Bytes(strings.Repeat(string(v), int(n))), true
		}
	case tupleConst:
		for _, x := range v {
			if _, nested := x.(tupleConst); nested {
				return nil, false // repeated repetitions grow exponentially
			}
		}
		if n == 0 || int64(len(v)) <= maxFoldTuple/n {
			var t tupleConst
			for ; n > 0; n-- {
				t = append(t, v...)
			}
			return t, true
		}
	}
	return nil, false
}
