package object

import (
	"strings"
	"unicode"
)

// This file prints exceptions as CPython 3.13 does: traceback, source lines with carets under the part that failed, the chain
// of causes and contexts, notes, suggestions.

const (
	causeText   = "\nThe above exception was the direct cause of the following exception:\n\n"
	contextText = "\nDuring handling of the above exception, another exception occurred:\n\n"
)

// FormatException is the text of an uncaught exception.
func FormatException(t *Thread, exc Value) string {
	f := traceFormatter{t: t, files: map[string][]string{}}
	type link struct {
		exc  Value
		text string // what stands between the next (earlier) exception and this one
	}
	var chain []link
	seen := map[Value]bool{}
	for e := exc; ; {
		seen[e] = true
		o, st := StateOf(e)
		if st == nil {
			chain = append(chain, link{e, ""})
			break
		}
		cause, _ := t.Load(&o.Mut, &st.Cause)
		context, _ := t.Load(&o.Mut, &st.Context)
		suppress, _ := t.Load(&o.Mut, &st.Suppress)
		if IsException(cause) && !seen[cause] {
			chain = append(chain, link{e, causeText})
			e = cause
			continue
		}
		if IsException(context) && !IsException(cause) && suppress == False && !seen[context] {
			chain = append(chain, link{e, contextText})
			e = context
			continue
		}
		chain = append(chain, link{e, ""})
		break
	}
	for i := len(chain) - 1; i >= 0; i-- {
		f.out.WriteString(chain[i].text)
		f.exception(chain[i].exc)
	}
	return f.out.String()
}

// FormatTraceback is the stack part of a traceback, without a header.
func FormatTraceback(t *Thread, tb Value) string {
	f := traceFormatter{t: t, files: map[string][]string{}}
	f.stack(tb)
	return f.out.String()
}

// FormatExceptionOnly is the last lines of the text: class and message, notes, for a SyntaxError the source line.
func FormatExceptionOnly(t *Thread, exc Value) string {
	f := traceFormatter{t: t, files: map[string][]string{}}
	f.final(exc)
	return f.out.String()
}

type traceFormatter struct {
	t     *Thread
	out   strings.Builder
	files map[string][]string
}

func (f *traceFormatter) exception(exc Value) {
	if tb := TracebackOf(f.t, exc); tb.Kind() == KindTraceback {
		f.out.WriteString("Traceback (most recent call last):\n")
		f.stack(tb)
	}
	f.final(exc)
}

// recursiveCutoff is how many equal entries in a row are printed.
const recursiveCutoff = 3

func (f *traceFormatter) stack(tb Value) {
	var last TracePos
	count := 0
	more := func() {
		if count > recursiveCutoff {
			n := count - recursiveCutoff
			s := "s"
			if n == 1 {
				s = ""
			}
			f.out.WriteString("  [Previous line repeated " + itoa(n) + " more time" + s + "]\n")
		}
	}
	for tb.Kind() == KindTraceback {
		x := (*Traceback)(tb.Ref)
		p := x.Code.Trace(x.PC)
		if last.File != p.File || last.Line != p.Line || last.Func != p.Func {
			more()
			last, count = p, 0
		}
		count++
		if count <= recursiveCutoff {
			f.frame(p)
		}
		tb, _ = f.t.Load(&x.Mut, &x.Next)
	}
	more()
}

func (f *traceFormatter) lines(file string) []string {
	if l, ok := f.files[file]; ok {
		return l
	}
	var lines []string
	if h := f.t.Interp.Host; h != nil {
		if data, err := h.ReadFile(file); err == nil {
			lines = strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		}
	}
	f.files[file] = lines
	return lines
}

func (f *traceFormatter) frame(p TracePos) {
	f.out.WriteString("  File \"" + p.File + "\", line " + itoa(p.Line) + ", in " + p.Func + "\n")
	src := f.lines(p.File)
	if p.Line < 1 || p.Line > len(src) || strings.TrimSpace(src[p.Line-1]) == "" {
		return
	}
	if p.Col < 0 || p.EndLine < p.Line || p.EndLine > len(src) {
		f.out.WriteString("    " + strings.TrimSpace(src[p.Line-1]) + "\n")
		return
	}
	f.segment(src[p.Line-1:p.EndLine], p)
}

// segment prints the source lines of an instruction with carets.
func (f *traceFormatter) segment(src []string, p TracePos) {
	n := len(src)
	indent := commonIndent(src)
	lines := make([][]rune, n)
	for i, l := range src {
		l = strings.TrimRight(l, " \t\f\r")
		if len(l) >= indent {
			l = l[indent:]
		} else {
			l = ""
		}
		lines[i] = []rune(l)
	}
	offset := func(line string, col int) int { return max(0, runeCount(line[:min(col, len(line))])-indent) }
	start, end := offset(src[0], p.Col), offset(src[n-1], p.EndCol)
	start, end = min(start, len(lines[0])), min(end, len(lines[n-1]))
	a, ok := findAnchors(cutSegment(lines, start, end))
	if ok {
		if a.leftLine == 0 {
			a.leftCol += start
		}
		if a.rightLine == 0 {
			a.rightCol += start
		}
	}
	show := ok || strings.TrimSpace(string(lines[0][:start])) != "" || strings.TrimSpace(string(lines[n-1][end:])) != ""
	if show && wholeCall(lines, start, end) {
		show = false
	}
	significant := map[int]bool{0: true, n - 1: true}
	if ok {
		for d := -1; d <= 1; d++ {
			significant[a.leftLine+d], significant[a.rightLine+d] = true, true
		}
	}
	print := func(i int) {
		f.out.WriteString("    " + string(lines[i]) + "\n")
		if show {
			f.out.WriteString("    " + carets(lines, i, start, end, a, ok) + "\n")
		}
	}
	prev := -1
	for i := range n {
		if !significant[i] {
			continue
		}
		switch gap := i - prev; {
		case prev >= 0 && gap == 2:
			print(i - 1)
		case prev >= 0 && gap > 2:
			f.out.WriteString("    ...<" + itoa(gap-1) + " lines>...\n")
		}
		print(i)
		prev = i
	}
}

func commonIndent(src []string) int {
	indent := -1
	for _, l := range src {
		if strings.TrimSpace(l) == "" {
			continue
		}
		k := len(l) - len(strings.TrimLeft(l, " \t\f"))
		if indent < 0 || k < indent {
			indent = k
		}
	}
	return max(indent, 0)
}

// carets is the line of carets under line i.
func carets(lines [][]rune, i, start, end int, a anchors, anchored bool) string {
	line := lines[i]
	first := 0
	for first < len(line) && unicode.IsSpace(line[first]) {
		first++
	}
	n := displayWidth(line)
	if i == len(lines)-1 {
		n = displayWidth(line[:end])
	}
	from := 0
	if i == 0 {
		from = displayWidth(line[:start])
	}
	left, right := 0, 0
	if anchored {
		left = displayWidth(lines[a.leftLine][:min(a.leftCol, len(lines[a.leftLine]))])
		right = displayWidth(lines[a.rightLine][:min(a.rightCol, len(lines[a.rightLine]))])
	}
	out := make([]byte, n)
	for col := range out {
		switch {
		case col < first || i == 0 && col < from:
			out[col] = ' '
		case !anchored:
			out[col] = '^'
		case (i > a.leftLine || i == a.leftLine && col >= left) && (i < a.rightLine || i == a.rightLine && col < right):
			out[col] = '^'
		default:
			out[col] = '~'
		}
	}
	return string(out)
}

// displayWidth is the number of terminal columns: East Asian wide characters take two.
func displayWidth(rs []rune) int {
	n := 0
	for _, r := range rs {
		n++
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0x303e || r >= 0x3041 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
			r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 ||
			r >= 0x1f300 && r <= 0x1f64f || r >= 0x1f900 && r <= 0x1f9ff || r >= 0x20000 && r <= 0x3fffd) {
			n++
		}
	}
	return n
}

// cutSegment is the text of the instruction alone.
func cutSegment(lines [][]rune, start, end int) [][]rune {
	out := make([][]rune, len(lines))
	copy(out, lines)
	out[len(out)-1] = out[len(out)-1][:end]
	out[0] = out[0][min(start, len(out[0])):]
	return out
}

// final prints class, message and notes.
func (f *traceFormatter) final(exc Value) {
	t := f.t
	typ := TypeOf(t, exc)
	name := typ.Qualname
	if m := typ.ModuleName(); m != "builtins" && m != "__main__" {
		name = m + "." + name
	}
	if typ.IsSubtype(t.Interp.Types.SyntaxError) {
		f.syntaxError(exc, name)
	} else {
		text, err := ToStr(t, exc)
		if err != nil {
			text = "<exception str() failed>"
		}
		text += f.hint(exc, typ)
		f.out.WriteString(name)
		if text != "" {
			f.out.WriteString(": " + text)
		}
		f.out.WriteByte('\n')
	}
	f.notes(exc)
}

func (f *traceFormatter) hint(exc Value, typ *Type) string {
	t := f.t
	text := ""
	s := Suggest(t, exc)
	if s != "" {
		text = ". Did you mean: '" + s + "'?"
	}
	if typ.IsSubtype(t.Interp.Types.NameError) {
		if n, ok := AsStr(firstOf(ExcField(t, exc, "name"))); ok && stdlibModules[n.S] {
			if s != "" {
				text += " Or did you forget to import '" + n.S + "'?"
			} else {
				text += ". Did you forget to import '" + n.S + "'?"
			}
		}
	}
	return text
}

func firstOf(v Value, _ error) Value { return v }

func (f *traceFormatter) notes(exc Value) {
	t := f.t
	notes, ok, err := LookupAttr(t, exc, t.Intern("__notes__"))
	if err != nil || !ok || notes.IsNone() {
		return
	}
	l, isList := AsList(notes)
	if !isList {
		f.out.WriteString(notes.mustRepr(t) + "\n")
		return
	}
	items, err := l.Copy(t)
	if err != nil {
		return
	}
	for _, n := range items {
		s, err := ToStr(t, n)
		if err != nil {
			s = "<note str() failed>"
		}
		f.out.WriteString(s + "\n")
	}
}

func (f *traceFormatter) syntaxError(exc Value, name string) {
	t := f.t
	field := func(n string) Value { return firstOf(ExcField(t, exc, n)) }
	file := "<string>"
	fileV, hasFile := AsStr(field("filename"))
	if hasFile {
		file = fileV.S
	}
	suffix := ""
	line, hasLine := smallInt(field("lineno"))
	if hasLine {
		f.out.WriteString("  File \"" + file + "\", line " + itoa64(line) + "\n")
	} else if hasFile {
		suffix = " (" + file + ")"
	}
	if text, ok := AsStr(field("text")); ok {
		f.syntaxLine(text.S, field)
	}
	msg := "<no detail available>"
	if m := field("msg"); !m.IsNone() {
		if s, err := ToStr(t, m); err == nil && s != "" {
			msg = s
		}
	}
	f.out.WriteString(name + ": " + msg + suffix + "\n")
}

func (f *traceFormatter) syntaxLine(text string, field func(string) Value) {
	rtext := []rune(strings.TrimRight(text, "\n"))
	ltext := []rune(strings.TrimLeft(string(rtext), " \n\f"))
	spaces := len(rtext) - len(ltext)
	f.out.WriteString("    " + string(ltext) + "\n")
	off, ok := smallInt(field("offset"))
	if !ok {
		return
	}
	offset, end := int(off), 0
	line, _ := smallInt(field("lineno"))
	endLine, hasEnd := smallInt(field("end_lineno"))
	if hasEnd && endLine == line || !hasEnd {
		end = offset
		if e, ok := smallInt(field("end_offset")); ok && e != 0 && hasEnd {
			end = int(e)
		}
	} else {
		end = len(rtext) + 1
	}
	n := len([]rune(text))
	if text != "" && offset > n {
		offset = len(rtext) + 1
	}
	if text != "" && end > n {
		end = len(rtext) + 1
	}
	if offset >= end || end < 0 {
		end = offset + 1
	}
	col, endCol := offset-1-spaces, end-1-spaces
	if col < 0 {
		return
	}
	f.out.WriteString("    ")
	for i := range min(col, len(ltext)) {
		if unicode.IsSpace(ltext[i]) {
			f.out.WriteRune(ltext[i])
		} else {
			f.out.WriteByte(' ')
		}
	}
	f.out.WriteString(strings.Repeat("^", endCol-col) + "\n")
}
