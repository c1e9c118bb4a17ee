package compile

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"gilt/vm/syntax"
)

// unparse writes an expression as CPython's compiler does for postponed annotations: one space around operators, minimal
// parentheses, strings with single quotes.

// Precedences, from loose to tight.
const (
	precTuple = iota
	precTest
	precOr
	precAnd
	precNot
	precCmp
	precBitOr
	precBitXor
	precBitAnd
	precShift
	precArith
	precTerm
	precFactor
	precPower
	precAwait
	precAtom
)

func unparse(e syntax.Expr) string {
	var u unparser
	u.expr(e, precTest)
	return u.String()
}

type unparser struct{ strings.Builder }

func (u *unparser) paren(need bool, f func()) {
	if need {
		u.WriteByte('(')
	}
	f()
	if need {
		u.WriteByte(')')
	}
}

func (u *unparser) list(es []syntax.Expr) {
	for i, e := range es {
		if i > 0 {
			u.WriteString(", ")
		}
		u.expr(e, precTest)
	}
}

var binaryPrecs = map[syntax.Operator]int{
	syntax.Add: precArith, syntax.Sub: precArith, syntax.Mult: precTerm, syntax.MatMult: precTerm, syntax.Div: precTerm,
	syntax.Mod: precTerm, syntax.FloorDiv: precTerm, syntax.LShift: precShift, syntax.RShift: precShift,
	syntax.BitOr: precBitOr, syntax.BitXor: precBitXor, syntax.BitAnd: precBitAnd, syntax.Pow: precPower,
}

func (u *unparser) expr(e syntax.Expr, level int) {
	switch e := e.(type) {
	case *syntax.Constant:
		u.constant(e)
	case *syntax.Name:
		u.WriteString(e.Id)
	case *syntax.BoolOp:
		p, word := precAnd, " and "
		if e.Op == syntax.Or {
			p, word = precOr, " or "
		}
		u.paren(level > p, func() {
			for i, v := range e.Values {
				if i > 0 {
					u.WriteString(word)
				}
				u.expr(v, p+1)
			}
		})
	case *syntax.NamedExpr:
		u.paren(level > precTuple, func() {
			u.expr(e.Target, precAtom)
			u.WriteString(" := ")
			u.expr(e.Value, precAtom)
		})
	case *syntax.BinOp:
		p := binaryPrecs[e.Op]
		left, right := p, p+1
		if e.Op == syntax.Pow {
			left, right = p+1, p
		}
		u.paren(level > p, func() {
			u.expr(e.Left, left)
			u.WriteString(" " + e.Op.Symbol() + " ")
			u.expr(e.Right, right)
		})
	case *syntax.UnaryOp:
		p := precFactor
		if e.Op == syntax.Not {
			p = precNot
		}
		u.paren(level > p, func() {
			u.WriteString(e.Op.Symbol())
			if e.Op == syntax.Not {
				u.WriteByte(' ')
			}
			u.expr(e.Operand, p)
		})
	case *syntax.Lambda:
		u.paren(level > precTest, func() {
			u.WriteString("lambda")
			if len(allArgs(e.Args)) > 0 {
				u.WriteByte(' ')
			}
			u.args(e.Args)
			u.WriteString(": ")
			u.expr(e.Body, precTest)
		})
	case *syntax.IfExp:
		u.paren(level > precTest, func() {
			u.expr(e.Body, precTest+1)
			u.WriteString(" if ")
			u.expr(e.Test, precTest+1)
			u.WriteString(" else ")
			u.expr(e.Orelse, precTest)
		})
	case *syntax.Dict:
		u.WriteByte('{')
		for i, k := range e.Keys {
			if i > 0 {
				u.WriteString(", ")
			}
			if k == nil {
				u.WriteString("**")
				u.expr(e.Values[i], precBitOr)
				continue
			}
			u.expr(k, precTest)
			u.WriteString(": ")
			u.expr(e.Values[i], precTest)
		}
		u.WriteByte('}')
	case *syntax.Set:
		u.WriteByte('{')
		u.list(e.Elts)
		u.WriteByte('}')
	case *syntax.ListComp:
		u.comp("[", "]", e.Elt, nil, e.Generators)
	case *syntax.SetComp:
		u.comp("{", "}", e.Elt, nil, e.Generators)
	case *syntax.DictComp:
		u.comp("{", "}", e.Key, e.Value, e.Generators)
	case *syntax.GeneratorExp:
		u.comp("(", ")", e.Elt, nil, e.Generators)
	case *syntax.Yield:
		u.WriteString("(yield")
		if e.Value != nil {
			u.WriteByte(' ')
			u.expr(e.Value, precTuple)
		}
		u.WriteByte(')')
	case *syntax.YieldFrom:
		u.WriteString("(yield from ")
		u.expr(e.Value, precTest)
		u.WriteByte(')')
	case *syntax.Compare:
		u.paren(level > precCmp, func() {
			u.expr(e.Left, precCmp+1)
			for i, op := range e.Ops {
				u.WriteString(" " + op.Symbol() + " ")
				u.expr(e.Comparators[i], precCmp+1)
			}
		})
	case *syntax.Call:
		u.call(e)
	case *syntax.JoinedStr:
		u.WriteString("f" + quote(u.fstring(e)))
	case *syntax.FormattedValue:
		u.WriteString("f" + quote(u.field(e)))
	case *syntax.Attribute:
		u.expr(e.Value, precAtom)
		if k, ok := e.Value.(*syntax.Constant); ok {
			if _, isInt := k.Value.(int64); isInt {
				u.WriteByte(' ')
			}
		}
		u.WriteString("." + e.Attr)
	case *syntax.Subscript:
		u.expr(e.Value, precAtom)
		u.WriteByte('[')
		u.expr(e.Slice, precTuple)
		u.WriteByte(']')
	case *syntax.Starred:
		u.WriteByte('*')
		u.expr(e.Value, precBitOr)
	case *syntax.List:
		u.WriteByte('[')
		u.list(e.Elts)
		u.WriteByte(']')
	case *syntax.Tuple:
		if len(e.Elts) == 0 {
			u.WriteString("()")
			return
		}
		u.paren(level > precTuple, func() {
			u.list(e.Elts)
			if len(e.Elts) == 1 {
				u.WriteByte(',')
			}
		})
	case *syntax.Slice:
		u.slice(e)
	}
}

func (u *unparser) slice(e *syntax.Slice) {
	if e.Lower != nil {
		u.expr(e.Lower, precTest)
	}
	u.WriteByte(':')
	if e.Upper != nil {
		u.expr(e.Upper, precTest)
	}
	if e.Step != nil {
		u.WriteByte(':')
		u.expr(e.Step, precTest)
	}
}

func (u *unparser) call(e *syntax.Call) {
	u.expr(e.Func, precAtom)
	if len(e.Args) == 1 && len(e.Keywords) == 0 {
		if g, ok := e.Args[0].(*syntax.GeneratorExp); ok {
			u.expr(g, precAtom)
			return
		}
	}
	u.WriteByte('(')
	u.list(e.Args)
	for i, k := range e.Keywords {
		if i > 0 || len(e.Args) > 0 {
			u.WriteString(", ")
		}
		if k.Arg == "" {
			u.WriteString("**")
		} else {
			u.WriteString(k.Arg + "=")
		}
		u.expr(k.Value, precTest)
	}
	u.WriteByte(')')
}

func (u *unparser) comp(open, end string, elt, value syntax.Expr, gens []*syntax.Comprehension) {
	u.WriteString(open)
	u.expr(elt, precTest)
	if value != nil {
		u.WriteString(": ")
		u.expr(value, precTest)
	}
	for _, g := range gens {
		u.WriteString(" for ")
		u.expr(g.Target, precTuple)
		u.WriteString(" in ")
		u.expr(g.Iter, precTest+1)
		for _, x := range g.Ifs {
			u.WriteString(" if ")
			u.expr(x, precTest+1)
		}
	}
	u.WriteString(end)
}

func (u *unparser) args(a *syntax.Arguments) {
	first := true
	sep := func() {
		if !first {
			u.WriteString(", ")
		}
		first = false
	}
	pos := append(append([]*syntax.Arg(nil), a.PosOnlyArgs...), a.Args...)
	for i, p := range pos {
		sep()
		u.WriteString(p.Arg)
		if d := i - (len(pos) - len(a.Defaults)); d >= 0 {
			u.WriteByte('=')
			u.expr(a.Defaults[d], precTest)
		}
		if i+1 == len(a.PosOnlyArgs) {
			u.WriteString(", /")
		}
	}
	if a.Vararg != nil || len(a.KwOnlyArgs) > 0 {
		sep()
		u.WriteByte('*')
		if a.Vararg != nil {
			u.WriteString(a.Vararg.Arg)
		}
	}
	for i, p := range a.KwOnlyArgs {
		sep()
		u.WriteString(p.Arg)
		if a.KwDefaults[i] != nil {
			u.WriteByte('=')
			u.expr(a.KwDefaults[i], precTest)
		}
	}
	if a.Kwarg != nil {
		sep()
		u.WriteString("**" + a.Kwarg.Arg)
	}
}

func (u *unparser) constant(e *syntax.Constant) {
	switch v := e.Value.(type) {
	case nil:
		u.WriteString("None")
	case bool:
		if v {
			u.WriteString("True")
		} else {
			u.WriteString("False")
		}
	case int64:
		u.WriteString(strconv.FormatInt(v, 10))
	case *big.Int:
		u.WriteString(v.String())
	case float64:
		u.WriteString(floatText(v))
	case complex128:
		u.WriteString(strings.TrimSuffix(floatText(imag(v)), ".0") + "j")
	case string:
		if e.Kind == "u" {
			u.WriteByte('u')
		}
		u.WriteString(quote(v))
	case syntax.Bytes:
		u.WriteString("b" + quote(string(v)))
	case syntax.EllipsisType:
		u.WriteString("...")
	}
}

// floatText is the repr of a float literal; infinity is written as a number too large.
func floatText(f float64) string {
	if f > 1.7976931348623157e308 {
		return "1e309"
	}
	var s string
	if f >= 1e16 || f != 0 && f < 1e-4 {
		s = strconv.FormatFloat(f, 'e', -1, 64)
	} else {
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// quote is the repr of a string.
func quote(s string) string {
	q := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = '"'
	}
	var b strings.Builder
	b.WriteByte(q)
	for _, r := range s {
		switch {
		case r == rune(q) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(q)
	return b.String()
}

func (u *unparser) fstring(e *syntax.JoinedStr) string {
	var b strings.Builder
	for _, v := range e.Values {
		switch v := v.(type) {
		case *syntax.Constant:
			s, _ := v.Value.(string)
			b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(s))
		case *syntax.FormattedValue:
			b.WriteString(u.field(v))
		}
	}
	return b.String()
}

func (u *unparser) field(e *syntax.FormattedValue) string {
	var in unparser
	in.expr(e.Value, precTest+1)
	s := "{"
	if strings.HasPrefix(in.String(), "{") {
		s = "{ "
	}
	s += in.String()
	if e.Conversion > 0 {
		s += "!" + string(rune(e.Conversion))
	}
	if spec, ok := e.FormatSpec.(*syntax.JoinedStr); ok {
		s += ":" + u.fstring(spec)
	}
	return s + "}"
}
