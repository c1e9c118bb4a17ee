package syntax

// Tokens: the alphabet between scanner and parser. A token is 20 bytes and points into the source text; columns are
// found through the table of lines, so that the scanner keeps none.

type kind uint8

// Keywords and operators have a kind each, so that the parser never compares text. Soft keywords are names.
const (
	tEOF kind = iota
	tError
	tNewline
	tIndent
	tDedent
	tName
	tNumber
	tString
	tFStart  // f" with its prefix and opening quotes
	tFMiddle // text between the fields of an f-string
	tFEnd    // closing quotes
	tBad     // a character that starts no token: $ ? and, in Py3, `

	tLParen
	tRParen
	tLBracket
	tRBracket
	tLBrace
	tRBrace
	tColon
	tComma
	tSemi
	tDot
	tEllipsis
	tArrow
	tExclamation
	tBackquote
	tAssign
	tColonEqual

	tPlusEq // the augmented assignments stand in the order of Operator
	tMinusEq
	tStarEq
	tAtEq
	tSlashEq
	tPercentEq
	tDoubleStarEq
	tLShiftEq
	tRShiftEq
	tPipeEq
	tCaretEq
	tAmpEq
	tDoubleSlashEq

	tPlus // so do the binary operators
	tMinus
	tStar
	tAt
	tSlash
	tPercent
	tDoubleStar
	tLShift
	tRShift
	tPipe
	tCaret
	tAmp
	tDoubleSlash
	tTilde

	tEqEq // and the comparisons, in the order of CmpOperator
	tNotEq
	tLess
	tLessEq
	tGreater
	tGreaterEq

	tFalse // keywords: keep tFalse first and tYield last of those of Py3
	tNone
	tTrue
	tAnd
	tAs
	tAssert
	tAsync
	tAwait
	tBreak
	tClass
	tContinue
	tDef
	tDel
	tElif
	tElse
	tExcept
	tFinally
	tFor
	tFrom
	tGlobal
	tIf
	tImport
	tIn
	tIs
	tLambda
	tNonlocal
	tNot
	tOr
	tPass
	tRaise
	tReturn
	tTry
	tWhile
	tWith
	tYield
	tPrint // Py2 only
	tExec
)

type token struct {
	kind    kind
	level   uint8 // brackets open after the token
	start   int32 // offsets in the text
	end     int32
	line    int32 // line of start
	endLine int32 // line of end
}

// keyword returns the kind of a word: a keyword's, or tName.
func keyword(s string, d Dialect) kind {
	if len(s) < 2 || len(s) > 8 {
		return tName
	}
	k := tName
	switch s {
	case "False":
		k = tFalse
	case "None":
		k = tNone
	case "True":
		k = tTrue
	case "and":
		return tAnd
	case "as":
		return tAs
	case "assert":
		return tAssert
	case "async":
		k = tAsync
	case "await":
		k = tAwait
	case "break":
		return tBreak
	case "class":
		return tClass
	case "continue":
		return tContinue
	case "def":
		return tDef
	case "del":
		return tDel
	case "elif":
		return tElif
	case "else":
		return tElse
	case "except":
		return tExcept
	case "finally":
		return tFinally
	case "for":
		return tFor
	case "from":
		return tFrom
	case "global":
		return tGlobal
	case "if":
		return tIf
	case "import":
		return tImport
	case "in":
		return tIn
	case "is":
		return tIs
	case "lambda":
		return tLambda
	case "nonlocal":
		k = tNonlocal
	case "not":
		return tNot
	case "or":
		return tOr
	case "pass":
		return tPass
	case "raise":
		return tRaise
	case "return":
		return tReturn
	case "try":
		return tTry
	case "while":
		return tWhile
	case "with":
		return tWith
	case "yield":
		return tYield
	case "print":
		if d == Py2 { // a name again behind from __future__ import print_function: see futureImport
			return tPrint
		}
	case "exec":
		if d == Py2 {
			return tExec
		}
	}
	// In Python 2 these are names like any other; None alone may not be assigned to.
	if d == Py2 && k != tNone {
		return tName
	}
	return k
}
