package syntax

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// value parses one expression and returns the constant that it is.
func value(t *testing.T, src string, o Options) any {
	t.Helper()
	e, err := ParseExpr("x.py", []byte(src), o)
	require.NoError(t, err, src)
	c, ok := e.Body.(*Constant)
	require.True(t, ok, src)
	return c.Value
}

// TestDecoding: encodings, byte order mark, line ends.
func TestDecoding(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"'é'", "é"},
		{"\ufeff'é'", "é"},
		{"# -*- coding: utf-8 -*-\n'é'", "é"},
		{"# coding: latin-1\n'\xe9'", "é"},
		{"#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n'\xa4'", "€"},
		{"# coding: cp1252\n'\x80\x93'", "€“"},
		{"# coding=koi8-r\n'\xc1'", "а"},
		{"\n\n# coding: latin-1\n'é'", "é"}, // too late to count
		{"'''a\r\nb\rc\nd'''", "a\nb\nc\nd"},
		{"('a' \\\r\n'b')", "ab"},
		{"\f'a'", "a"},
	} {
		m, err := Parse("x.py", []byte(c.src), Options{})
		require.NoError(t, err, "%q", c.src)
		require.Equal(t, c.want, m.Body[0].(*ExprStmt).Value.(*Constant).Value, "%q", c.src)
	}
	for _, c := range []struct{ src, want string }{
		{"x = '\xe9'\n", "SyntaxError: Non-UTF-8 code starting with '\\xe9' in file x.py on line 1, but no encoding declared; " +
			"see https://peps.python.org/pep-0263/ for details\n"},
		{"# coding: klingon\n", "SyntaxError: encoding problem: klingon\n"},
		{"\ufeff# coding: latin-1\n", "SyntaxError: encoding problem: latin-1 with BOM\n"},
		{"x\x00y\n", "  File \"x.py\", line 1\n    \nSyntaxError: source code cannot contain null bytes\n"},
	} {
		require.Equal(t, c.want, complaint(c.src, Options{}), "%q", c.src)
	}
}

// TestLiterals checks values that a tree's text does not show exactly.
func TestLiterals(t *testing.T) {
	huge, _ := new(big.Int).SetString("9223372036854775808", 10)
	for _, c := range []struct {
		src  string
		want any
	}{
		{"9223372036854775807", int64(9223372036854775807)},
		{"9223372036854775808", huge},
		{"0x8000000000000000", huge},
		{"1_000", int64(1000)},
		{"0xdead_beef", int64(0xdeadbeef)},
		{"1e2", 100.0},
		{"1_0.0_1", 10.01},
		{"2.5j", 2.5i},
		{`b'\xff\777'`, Bytes("\xff\xff")},
		{`'\xff'`, "\u00ff"},
		{`'\ud83d\ude00'`, "\xed\xa0\xbd\xed\xb8\x80"}, // two surrogates stay two
		{`'\U0001f600'`, "\U0001f600"},
		{`'\N{greek small letter alpha}\N{LF}\N{CJK UNIFIED IDEOGRAPH-4E00}\N{HANGUL SYLLABLE GGWALG}'`, "α\n一꽑"},
		{`rb'\x41'`, Bytes(`\x41`)},
		{"None", nil},
		{"...", EllipsisType{}},
	} {
		require.Equal(t, c.want, value(t, c.src, Options{}), c.src)
	}
	require.Equal(t, int64(511), value(t, "0777", Options{Dialect: Py2}))
	require.Equal(t, int64(5), value(t, "5L", Options{Dialect: Py2}))
	require.Equal(t, "\u00ff", value(t, `'\xff'`, Options{Dialect: Py2}))
	require.Equal(t, "\U0001f600", value(t, `u'\ud83d\ude00'`, Options{Dialect: Py2}))
}

// TestCharacterNamed: aliases, computed names, and what is no name.
func TestCharacterNamed(t *testing.T) {
	for name, want := range map[string]rune{"BULLET": '•', "bullet": '•', "NO-BREAK SPACE": 0xa0, "NBSP": 0xa0, "BELL": 0x1f514, "ALERT": 7,
		"HANGUL SYLLABLE A": '아', "HANGUL SYLLABLE HIH": '힣', "CJK COMPATIBILITY IDEOGRAPH-F900": 0xf900, "TANGUT IDEOGRAPH-17000": 0x17000} {
		got, ok := CharacterNamed(name)
		require.True(t, ok, name)
		require.Equal(t, want, got, name)
	}
	for _, name := range []string{"", "BULLETS", "HANGUL SYLLABLE", "HANGUL SYLLABLE Q", "CJK UNIFIED IDEOGRAPH-0041", "CJK UNIFIED IDEOGRAPH-"} {
		_, ok := CharacterNamed(name)
		require.False(t, ok, name)
	}
}

// TestNormalise: NFKC of identifiers.
func TestNormalise(t *testing.T) {
	for s, want := range map[string]string{"abc": "abc", "ﬁ": "fi", "e\u0301": "é", "𝐱": "x", "Å": "Å", "ª": "a", "가": "가",
		"a\u0323\u0307": "ạ\u0307", "a\u0307\u0323": "ạ\u0307", "ｗ": "w", "变量": "变量"} {
		require.Equal(t, want, normalise(s), "%+q", s)
	}
}

// TestWarnings: one per string, in the order of the source.
func TestWarnings(t *testing.T) {
	m, err := Parse("x.py", []byte("x = '\\d\\w'\ny = r'\\d' b'\\z' if 0 else 1\n"), Options{})
	require.Error(t, err) // bytes and text do not mix
	require.Nil(t, m)
	m, err = Parse("x.py", []byte("x = '\\d\\w'\n\ny = '\\400'\n"), Options{})
	require.NoError(t, err)
	require.Equal(t, []Warning{{1, `invalid escape sequence '\d'`}, {3, `invalid octal escape sequence '\400'`}}, m.Warnings)
	require.Equal(t, "x.py:1: SyntaxWarning: invalid escape sequence '\\d'\n  x = '\\d\\w'\n", m.Source.FormatWarning(m.Warnings[0]))
}

// TestPositions: lines, columns in bytes and in code points, text of a range.
func TestPositions(t *testing.T) {
	m, err := Parse("x.py", []byte("é = 'ü' + b\nc\n"), Options{})
	require.NoError(t, err)
	sum := m.Body[0].(*Assign).Value.(*BinOp)
	b := sum.Right.Span()
	require.Equal(t, Pos{1, 12}, b.Start)
	require.Equal(t, 10, m.Source.Column(b.Start))
	require.Equal(t, "'ü' + b", m.Source.Segment(sum.Span()))
	require.Equal(t, 2, m.Source.Lines())
	require.Equal(t, "c", m.Source.Line(2))
	require.Equal(t, "", m.Source.Line(3))
}

// TestCheckAccepts: what looks like a context error and is none.
func TestCheckAccepts(t *testing.T) {
	for _, src := range []string{
		"def f(*a: *b): ...",
		"def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2",
		"class C:\n def f(self):\n  nonlocal __class__",
		"class C:\n def f(self, __x):\n  def g():\n   nonlocal __x\n   __x = 1",
		"while x:\n def f(): pass\n break",
		"for x in y:\n pass\nelse:\n pass",
		"while 1:\n try: continue\n finally: break",
		"def f(): return [(yield)]",
		"lambda: (yield)",
		"x = [y := 1, y ** 2]",
		"[(y := x) for x in z]",
		"def f(): [(y := x) for x in z]",
		"a, *b = c",
		"[*a], b = c",
		"f(*a, **b, **c)",
		"match x:\n case _ if a: pass\n case b: pass",
		"match x:\n case [a] | (a, _): pass",
		"try: pass\nexcept* A:\n for x in y: break",
		"'doc'\nfrom __future__ import annotations\nfrom __future__ import division as d",
		"global x\nx = 1",
		"try: pass\nexcept A: pass\nexcept: pass",
		"async def f():\n async with a: await b\n return [x async for x in y]",
		"def f[T, *Ts, **P](x: T) -> T: ...",
	} {
		require.Empty(t, complaint(src, Options{}), src)
	}
}
