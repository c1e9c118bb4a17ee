package syntax

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Syntax errors, and how they are shown.

// Kind is the Python exception that a SyntaxError stands for.
type Kind uint8

// The kinds.
const (
	KindSyntax      Kind = iota // SyntaxError
	KindIndentation             // IndentationError
	KindTab                     // TabError
	KindMemory                  // MemoryError: the source nests more deeply than the parser goes
	KindRecursion               // RecursionError: the tree would be too deep for whoever walks it
)

// String returns the name of the Python exception.
func (k Kind) String() string {
	return [...]string{"SyntaxError", "IndentationError", "TabError", "MemoryError", "RecursionError"}[k]
}

// SyntaxError is the error of every function of this package. Line, Col, EndLine and EndCol are the attributes lineno,
// offset, end_lineno and end_offset of Python's exception: counted from 1, in code points; 0 when unknown.
type SyntaxError struct {
	Kind    Kind
	File    string
	Line    int
	Col     int
	EndLine int
	EndCol  int
	Text    string // the source line, without its line end
	Msg     string
}

// Error returns the message with its place, on one line.
func (e *SyntaxError) Error() string {
	return e.File + ":" + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Col) + ": " + e.Kind.String() + ": " + e.Msg
}

// Format returns the error as Python prints it when nothing catches it: place, source line, carets and message, each
// line ended.
func (e *SyntaxError) Format() string {
	var b strings.Builder
	if e.Line > 0 && e.Kind < KindMemory {
		b.WriteString("  File \"" + e.File + "\", line " + strconv.Itoa(e.Line) + "\n")
		e.excerpt(&b)
	}
	b.WriteString(e.Kind.String())
	if e.Msg != "" {
		b.WriteString(": " + e.Msg)
	}
	b.WriteByte('\n')
	return b.String()
}

// excerpt writes the source line, stripped on the left, and the carets under it.
func (e *SyntaxError) excerpt(b *strings.Builder) {
	stripped := strings.TrimLeft(e.Text, " \n\f")
	b.WriteString("    " + stripped + "\n")
	if e.Col <= 0 {
		return
	}
	length := utf8.RuneCountInString(e.Text)
	spaces := length - utf8.RuneCountInString(stripped)
	start, end := e.Col, e.EndCol
	if e.EndLine != e.Line {
		end = length + 1
	} else if end == 0 {
		end = start
	}
	// One past the end is the line end, which the text of Python's exception includes.
	if start > length+1 {
		start = length + 2
		end = start
	}
	if start >= end || end < 0 {
		end = start + 1
	}
	column := start - 1 - spaces
	if column < 0 {
		return
	}
	b.WriteString("    ")
	for _, r := range stripped {
		if column == 0 {
			break
		}
		column--
		if !unicode.IsSpace(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	for ; column > 0; column-- {
		b.WriteByte(' ')
	}
	b.WriteString(strings.Repeat("^", end-start))
	b.WriteByte('\n')
}
