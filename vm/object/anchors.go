package object

import "unicode"

// This file finds, in the source text of the expression that failed, the part that tracebacks underline with ^ while the rest
// gets ~: a binary operator, the brackets of a subscript, the parentheses of a call. CPython parses the text for it; here a
// scan over tokens finds the root of the expression, which is enough: the root is the operator of lowest precedence
// outside of brackets, or else the last trailer.

// anchors is a part of a segment, from (leftLine, leftCol) to before (rightLine, rightCol).
type anchors struct{ leftLine, leftCol, rightLine, rightCol int }

// segToken is a token of a segment at bracket depth 0; brackets with their contents are one token.
type segToken struct {
	kind            byte // 'a' atom (name, number, string), 'o' operator, 'k' keyword, '(' '[' '{' bracketed
	text            string
	line, col       int
	endLine, endCol int // exclusive
}

// scanSegment cuts a segment into tokens; ok is false if it is no expression that can be told apart.
func scanSegment(lines [][]rune) (toks []segToken, ok bool) {
	type pos struct{ line, col int }
	var open []byte
	var start pos
	i, j := 0, 0
	for i < len(lines) {
		l := lines[i]
		if j >= len(l) || l[j] == '#' {
			i, j = i+1, 0
			continue
		}
		c := l[j]
		at := pos{i, j}
		switch {
		case unicode.IsSpace(c) || c == '\\':
			j++
			continue
		case c == '(' || c == '[' || c == '{':
			if len(open) == 0 {
				start = at
			}
			open = append(open, byte(c))
			j++
			continue
		case c == ')' || c == ']' || c == '}':
			if len(open) == 0 {
				return nil, false
			}
			b := open[len(open)-1]
			open = open[:len(open)-1]
			j++
			if len(open) == 0 {
				toks = append(toks, segToken{kind: b, line: start.line, col: start.col, endLine: i, endCol: j})
			}
			continue
		case c == '\'' || c == '"':
			ei, ej, good := scanString(lines, i, j)
			if !good {
				return nil, false
			}
			i, j = ei, ej
			if len(open) == 0 {
				toks = append(toks, segToken{kind: 'a', line: at.line, col: at.col, endLine: i, endCol: j})
			}
			continue
		case c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c):
			k := j
			for k < len(l) && (l[k] == '_' || unicode.IsLetter(l[k]) || unicode.IsDigit(l[k]) || l[k] == '.' && unicode.IsDigit(c) ||
				(l[k] == '+' || l[k] == '-') && unicode.IsDigit(c) && (l[k-1] == 'e' || l[k-1] == 'E') && !(len(l) > j+1 && (l[j+1] == 'x' || l[j+1] == 'X'))) {
				k++
			}
			word := string(l[j:k])
			if k < len(l) && (l[k] == '\'' || l[k] == '"') && len(word) <= 2 && !unicode.IsDigit(c) {
				j = k // a string's prefix
				continue
			}
			j = k
			if len(open) == 0 {
				kind := byte('a')
				switch word {
				case "and", "or", "not", "in", "is", "if", "else", "lambda", "for", "yield", "await", "async", "from":
					kind = 'k'
				}
				toks = append(toks, segToken{kind: kind, text: word, line: i, col: at.col, endLine: i, endCol: k})
			}
			continue
		}
		n := 1
		if j+1 < len(l) {
			switch string(l[j : j+2]) {
			case "**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":=", "->":
				n = 2
			}
		}
		if len(open) == 0 {
			toks = append(toks, segToken{kind: 'o', text: string(l[j : j+n]), line: i, col: j, endLine: i, endCol: j + n})
		}
		j += n
	}
	return toks, len(open) == 0
}

// scanString is the position after the string literal at (i, j).
func scanString(lines [][]rune, i, j int) (int, int, bool) {
	q := lines[i][j]
	triple := j+2 < len(lines[i]) && lines[i][j+1] == q && lines[i][j+2] == q
	j++
	if triple {
		j += 2
	}
	for i < len(lines) {
		l := lines[i]
		for j < len(l) {
			switch {
			case l[j] == '\\':
				j++
			case l[j] == q && !triple:
				return i, j + 1, true
			case l[j] == q && j+2 < len(l) && l[j+1] == q && l[j+2] == q:
				return i, j + 3, true
			}
			j++
		}
		if !triple && (len(l) == 0 || l[len(l)-1] != '\\') {
			return 0, 0, false
		}
		i, j = i+1, 0
	}
	return 0, 0, false
}

var binaryPrecedence = map[string]int{"|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "@": 6, "**": 8}

// findAnchors finds the anchors of a segment; ok is false if there are none.
func findAnchors(lines [][]rune) (a anchors, ok bool) {
	toks, ok := scanSegment(lines)
	if !ok || len(toks) == 0 {
		return a, false
	}
	root, prec := -1, 100
	operand := false // whether the token before ends an operand
	unary := -1
	for i, tk := range toks {
		switch tk.kind {
		case 'k':
			return a, false // the root is a comparison, a boolean operation, a conditional ...
		case 'o':
			switch tk.text {
			case ".":
				operand = false
				continue
			case ",", ":", "=", "<", ">", "<=", ">=", "==", "!=", ":=", ";":
				return a, false
			}
			p, isBinary := binaryPrecedence[tk.text]
			if !operand || !isBinary {
				if i == 0 {
					unary = 0 // a leading sign binds tighter than all binary operators but **
				}
				operand = false
				continue
			}
			if p < prec || p == prec && tk.text != "**" {
				root, prec = i, p
			}
			operand = false
		default:
			if operand && (tk.kind == 'a' || tk.kind == '{') && !(tk.text == "" && i > 0 && toks[i-1].text == "" && toks[i-1].kind == 'a') {
				return a, false // two operands in a row: a statement
			}
			operand = true
		}
	}
	if root >= 0 {
		if unary == 0 && prec == 8 {
			return a, false // -a ** b: the root is the sign
		}
		tk := toks[root]
		return anchors{tk.line, tk.col, tk.endLine, tk.endCol}, true
	}
	if unary == 0 {
		return a, false
	}
	last := toks[len(toks)-1]
	if len(toks) < 2 || last.kind != '(' && last.kind != '[' {
		return a, false
	}
	if before := toks[len(toks)-2]; before.kind == 'o' {
		return a, false
	}
	return anchors{last.line, last.col, last.endLine, last.endCol}, true
}

// wholeCall says whether the lines are `name = f(...)` or `return f(...)` and the segment is the whole call of a plain name in
// the latter, any call in the former: then carets would say nothing.
func wholeCall(lines [][]rune, start, end int) bool {
	toks, ok := scanSegment(lines)
	if !ok || end != len(lines[len(lines)-1]) || len(toks) < 3 {
		return false
	}
	k := 0
	switch {
	case toks[0].kind == 'a' && toks[0].text == "return":
		k = 1
		if len(toks) != 3 || toks[1].kind != 'a' || toks[2].kind != '(' {
			return false
		}
	case len(toks) >= 4 && toks[0].kind == 'a' && toks[1].kind == 'o' && toks[1].text == "=":
		k = 2
		for i, tk := range toks[2:] {
			if tk.kind == 'k' || tk.kind == '{' || tk.kind == 'o' && tk.text != "." {
				return false
			}
			_ = i
		}
		if toks[len(toks)-1].kind != '(' {
			return false
		}
	default:
		return false
	}
	return toks[k].line == 0 && toks[k].col == start
}
