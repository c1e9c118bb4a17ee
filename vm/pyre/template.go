package pyre

import (
	"fmt"
	"strconv"
	"strings"
)

// Piece is a part of a replacement: literal text, or a group if Group >= 0.
type Piece struct {
	Text  []rune
	Group int
}

// Template reads a replacement string for a pattern.
func (p *Parsed) Template(src []rune, text bool, opt Options) (out []Piece, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			out, err = nil, e
		}
	}()
	s := &scanner{src: src, text: text, repr: opt.Repr}
	s.advance()
	var lit []rune
	group := func(g, offset int) {
		if g > p.Groups {
			s.fail(offset, "invalid group reference %d", g)
		}
		if len(lit) > 0 {
			out = append(out, Piece{lit, -1})
			lit = nil
		}
		out = append(out, Piece{nil, g})
	}
	for {
		k := s.get()
		if !k.ok {
			break
		}
		if !k.esc {
			lit = append(lit, k.r)
			continue
		}
		switch {
		case k.r == 'g':
			if !s.match('<') {
				s.fail(0, "missing <")
			}
			name := s.until('>', "group name")
			n := 0
			if strings.Trim(name, digits) != "" {
				s.checkName(name, 1, opt.Identifier)
				g, ok := p.Names[name]
				if !ok {
					panic(&Error{Msg: fmt.Sprintf("unknown group name %s", s.repr(name)), Pos: -1, Kind: "IndexError"})
				}
				n = g
			} else {
				for _, c := range name {
					if n = n*10 + int(c-'0'); n >= maxGroups {
						s.fail(len(name)+1, "invalid group reference %s", strings.TrimLeft(name, "0"))
					}
				}
			}
			group(n, runes(name)+1)
		case k.r == '0':
			v, _ := strconv.ParseInt("0"+s.while(2, octDigits), 8, 32)
			lit = append(lit, rune(v&0xff))
		case k.r < 0x80 && strings.ContainsRune(digits, k.r):
			num := string(k.r)
			octal := false
			if s.next.in(digits) {
				num += string(s.get().r)
				if strings.Trim(num, octDigits) == "" && s.next.in(octDigits) {
					num += string(s.get().r)
					octal = true
				}
			}
			if octal {
				lit = append(lit, s.octal(num))
				continue
			}
			n, _ := strconv.Atoi(num)
			group(n, len(num))
		default:
			if c, ok := controls[k.r]; ok {
				lit = append(lit, c)
				continue
			}
			if k.r < 0x80 && strings.ContainsRune(asciiLetter, k.r) {
				s.fail(2, `bad escape \%c`, k.r)
			}
			lit = append(lit, '\\', k.r)
		}
	}
	if len(lit) > 0 {
		out = append(out, Piece{lit, -1})
	}
	return out, nil
}
