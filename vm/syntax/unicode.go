package syntax

import "unicode"

// Which characters may stand in identifiers (PEP 3131) and which are printable, by the standard library's tables.

// isIDStart reports whether r may begin an identifier (XID_Start and the underscore).
func isIDStart(r rune) bool {
	switch {
	case r == '_':
		return true
	case r == 0x37a || r == 0xe33 || r == 0xeb3 || r == 0x309b || r == 0x309c || r == 0xff9e || r == 0xff9f ||
		0xfc5e <= r && r <= 0xfc63 || r == 0xfdfa || r == 0xfdfb || r == 0x2e2f:
		return false // normalisation would take them out of the set
	case 0xfe70 <= r && r <= 0xfe7e && r&1 == 0:
		return false
	}
	return unicode.IsLetter(r) || 0x2ebf0 <= r && r <= 0x2ee5d || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
}

// isIDContinue reports whether r may stand inside an identifier (XID_Continue).
func isIDContinue(r rune) bool {
	switch r {
	case 0xe33, 0xeb3, 0xff9e, 0xff9f:
		return true
	case 0x37a, 0x309b, 0x309c, 0x2e2f, 0x200c, 0x200d, 0x30fb, 0xff65:
		return false
	}
	return isIDStart(r) || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc) || unicode.Is(unicode.Other_ID_Continue, r)
}

// isPrintable is str.isprintable of one character.
func isPrintable(r rune) bool {
	return r == ' ' || unicode151(r) || !unicode.In(r, unicode.C, unicode.Z) && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S)
}

// unicode151 reports whether r was added by Unicode 15.1, which CPython 3.13 follows and the standard library's tables
// do not know yet.
func unicode151(r rune) bool {
	return 0x2ffc <= r && r <= 0x2fff || r == 0x31ef || 0x2ebf0 <= r && r <= 0x2ee5d
}
