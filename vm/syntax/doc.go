// Package syntax turns Python source text into a syntax tree.
//
// The phases, in the order in which text passes through them:
//
//	source.go   bytes → UTF-8 text: byte-order mark, encoding declaration, line ends, table of lines
//	scan*.go    text → tokens: indentation, line joining, numbers, strings, f-string parts
//	parse*.go   tokens → tree: recursive descent for statements, precedence climbing for expressions
//	literal.go  the values of number and string tokens
//	check*.go   errors that need context rather than grammar ('return' outside function)
//	dump.go     the tree in the notation of CPython's ast.dump
//
// The tree mirrors the ast module of CPython 3.13, node for node and field for field, so that parsing can be
// checked against CPython over any amount of source. Python 2.7 is a [Dialect] of the same scanner
// and parser, with a handful of nodes of its own (Print, Exec, Repr).
//
// Every failure is a [*SyntaxError] with the position, the source line and the wording that CPython 3.13 gives.
// No input makes the package panic, recurse without bound or loop for ever: nesting is limited at every place
// where the parser calls itself, and the trees it returns are at most [MaxDepth] deep, so that
// whoever walks one recursively needs no guard.
//
// The package keeps no state between calls, and imports only the standard library.
package syntax
