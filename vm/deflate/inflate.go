// Package deflate is the streaming side of module zlib: decompression and compression (RFC 1950, 1951, 1952) whose whole state is a value.
//
// A state never changes: a step takes a state and more input and returns a new state and output. So a state can be kept in a cell,
// shared by copies of a decompressor, and come back when a transaction is rolled back; and a step can run without any lock.
// The messages of errors are zlib's.
//
// inflate.go is raw deflate data, decoded symbol by symbol: a symbol, or a block's header, whose last bit has not come yet is
// begun again when more input is there. stream.go has the containers, and compress.go the way back, on the standard library's compressor.
package deflate

import "fmt"

// Error is a mistake in compressed data.
type Error struct{ Msg string }

func (e *Error) Error() string { return e.Msg }

func bad(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// block kinds, as far as the present block has been read.
const (
	blockNone = iota // between blocks
	blockStored
	blockCoded
	blockEnd // behind the last one
)

const windowSize = 1 << 15

// code is a prefix code: symbols by their bits, in a table of the first tableBits bits and, for longer ones, by canonical order.
type code struct {
	fast   [1 << fastBits]uint16 // symbol<<4 | length, 0: longer
	count  [16]uint16
	symbol []uint16
}

const fastBits = 9

// newCode makes a code of the symbols' lengths. left > 0 means that it is incomplete, left < 0 that it is impossible.
func newCode(lengths []uint8) (c *code, left int) {
	c = &code{symbol: make([]uint16, len(lengths))}
	for _, n := range lengths {
		c.count[n]++
	}
	left = 1
	for n := 1; n < 16; n++ {
		left = left<<1 - int(c.count[n])
		if left < 0 {
			return c, left
		}
	}
	var offs, first [16]uint16
	next := uint16(0)
	for n := 1; n < 15; n++ {
		offs[n+1] = offs[n] + c.count[n]
	}
	for n := 1; n < 16; n++ {
		first[n] = next
		next = (next + c.count[n]) << 1
	}
	for s, n := range lengths {
		if n == 0 {
			continue
		}
		c.symbol[offs[n]] = uint16(s)
		offs[n]++
		bits := first[n]
		first[n]++
		if n <= fastBits {
			rev := 0
			for i := range n {
				rev |= int(bits>>i&1) << (n - 1 - i)
			}
			for ; rev < 1<<fastBits; rev += 1 << n {
				c.fast[rev] = uint16(s)<<4 | uint16(n)
			}
		}
	}
	if c.count[0] == uint16(len(lengths)) {
		left = 0
	}
	return c, left
}

var (
	lengthBase  = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distBase    = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
		8193, 12289, 16385, 24577}
	distExtra = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	order     = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

	fixedLit, fixedDist = fixedCodes()
)

func fixedCodes() (lit, dist *code) {
	var l [288]uint8
	for i := range l {
		switch {
		case i < 144:
			l[i] = 8
		case i < 256:
			l[i] = 9
		case i < 280:
			l[i] = 7
		default:
			l[i] = 8
		}
	}
	lit, _ = newCode(l[:])
	var d [30]uint8
	for i := range d {
		d[i] = 5
	}
	dist, _ = newCode(d[:])
	return lit, dist
}

// inflater is the state of decoding raw deflate data, while a step runs.
type inflater struct {
	in   string // what has not been decoded
	pos  int    // next byte
	bits uint64 // bits taken from in but not used
	n    uint   // how many

	block     int
	last      bool
	stored    int
	lit, dist *code

	out    []byte // window, then the output of this step
	window int    // length of the window in out
}

// need makes n bits available.
func (z *inflater) need(n uint) bool {
	for z.n < n {
		if z.pos >= len(z.in) {
			return false
		}
		z.bits |= uint64(z.in[z.pos]) << z.n
		z.pos++
		z.n += 8
	}
	return true
}

func (z *inflater) take(n uint) int {
	v := int(z.bits & (1<<n - 1))
	z.bits >>= n
	z.n -= n
	return v
}

// errMore says that the input ended within a symbol.
var errMore error = &Error{"more input"}

// decode reads a symbol.
func (z *inflater) decode(c *code, what string) (int, error) {
	z.need(15)
	if e := c.fast[z.bits&(1<<fastBits-1)]; e != 0 && uint(e&15) <= z.n {
		z.take(uint(e & 15))
		return int(e >> 4), nil
	}
	var v, first, index int
	b := z.bits
	for n := uint(1); n <= 15; n++ {
		if n > z.n {
			return 0, errMore
		}
		v |= int(b & 1)
		b >>= 1
		count := int(c.count[n])
		if v-count < first {
			z.take(n)
			return int(c.symbol[index+v-first]), nil
		}
		index += count
		first = (first + count) << 1
		v <<= 1
	}
	return 0, bad("invalid %s code", what)
}

// run decodes until the input or the data ends or there are most bytes of output (most < 0: no bound).
func (z *inflater) run(most int) error {
	for z.block != blockEnd {
		if most >= 0 && len(z.out)-z.window >= most {
			return nil
		}
		pos, bits, n := z.pos, z.bits, z.n
		var err error
		switch z.block {
		case blockNone:
			err = z.header()
		case blockStored:
			err = z.copyStored(most)
		case blockCoded:
			err = z.symbol()
		}
		if err == errMore {
			z.pos, z.bits, z.n = pos, bits, n
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (z *inflater) endBlock() {
	z.block = blockNone
	if z.last {
		z.block = blockEnd
	}
}

// header reads a block's header; nothing of the state but the bits changes before all of it is there.
func (z *inflater) header() error {
	if !z.need(3) {
		return errMore
	}
	last := z.take(1) == 1
	switch z.take(2) {
	case 0:
		z.take(z.n & 7)
		if !z.need(32) {
			return errMore
		}
		n, check := z.take(16), z.take(16)
		if n != check^0xffff {
			return bad("invalid stored block lengths")
		}
		z.block, z.stored = blockStored, n
	case 1:
		z.block, z.lit, z.dist = blockCoded, fixedLit, fixedDist
	case 2:
		lit, dist, err := z.codes()
		if err != nil {
			return err
		}
		z.block, z.lit, z.dist = blockCoded, lit, dist
	default:
		return bad("invalid block type")
	}
	z.last = last
	return nil
}

// codes reads the codes of a dynamic block.
func (z *inflater) codes() (lit, dist *code, err error) {
	if !z.need(14) {
		return nil, nil, errMore
	}
	nlit, ndist, ncode := z.take(5)+257, z.take(5)+1, z.take(4)+4
	if nlit > 286 || ndist > 30 {
		return nil, nil, bad("too many length or distance symbols")
	}
	var lengths [320]uint8
	for i := range ncode {
		if !z.need(3) {
			return nil, nil, errMore
		}
		lengths[order[i]] = uint8(z.take(3))
	}
	lens, left := newCode(lengths[:19])
	if left != 0 {
		return nil, nil, bad("invalid code lengths set")
	}
	clear(lengths[:])
	for i := 0; i < nlit+ndist; {
		s, err := z.decode(lens, "code lengths")
		if err != nil {
			return nil, nil, err
		}
		if s < 16 {
			lengths[i] = uint8(s)
			i++
			continue
		}
		v, n := uint8(0), 0
		extra := [3]uint{2, 3, 7}[s-16]
		if !z.need(extra) {
			return nil, nil, errMore
		}
		switch s {
		case 16:
			if i == 0 {
				return nil, nil, bad("invalid bit length repeat")
			}
			v, n = lengths[i-1], 3+z.take(2)
		case 17:
			n = 3 + z.take(3)
		default:
			n = 11 + z.take(7)
		}
		if i+n > nlit+ndist {
			return nil, nil, bad("invalid bit length repeat")
		}
		for ; n > 0; n-- {
			lengths[i] = v
			i++
		}
	}
	if lengths[256] == 0 {
		return nil, nil, bad("invalid code -- missing end-of-block")
	}
	lit, left = newCode(lengths[:nlit])
	if left < 0 || left > 0 && nlit != int(lit.count[0]+lit.count[1]) {
		return nil, nil, bad("invalid literal/lengths set")
	}
	dist, left = newCode(lengths[nlit : nlit+ndist])
	if left < 0 || left > 0 && ndist != int(dist.count[0]+dist.count[1]) {
		return nil, nil, bad("invalid distances set")
	}
	return lit, dist, nil
}

func (z *inflater) copyStored(most int) error {
	if z.stored == 0 {
		z.endBlock()
		return nil
	}
	for z.n > 0 && z.stored > 0 { // whole bytes that were taken ahead
		z.out = append(z.out, byte(z.take(8)))
		z.stored--
	}
	n := min(z.stored, len(z.in)-z.pos)
	if most >= 0 {
		n = min(n, max(0, most-(len(z.out)-z.window)))
	} else if n == 0 && z.stored > 0 {
		return errMore
	}
	if n == 0 && z.stored > 0 && z.pos >= len(z.in) {
		return errMore
	}
	z.out = append(z.out, z.in[z.pos:z.pos+n]...)
	z.pos += n
	z.stored -= n
	return nil
}

// symbol decodes a literal, or a length with its distance.
func (z *inflater) symbol() error {
	s, err := z.decode(z.lit, "literal/length")
	if err != nil {
		return err
	}
	switch {
	case s < 256:
		z.out = append(z.out, byte(s))
		return nil
	case s == 256:
		z.endBlock()
		return nil
	case s > 285:
		return bad("invalid literal/length code")
	}
	s -= 257
	if !z.need(uint(lengthExtra[s])) {
		return errMore
	}
	n := int(lengthBase[s]) + z.take(uint(lengthExtra[s]))
	d, err := z.decode(z.dist, "distance")
	if err != nil {
		return err
	}
	if d > 29 {
		return bad("invalid distance code")
	}
	if !z.need(uint(distExtra[d])) {
		return errMore
	}
	back := int(distBase[d]) + z.take(uint(distExtra[d]))
	if back > len(z.out) || back > windowSize {
		return bad("invalid distance too far back")
	}
	for from := len(z.out) - back; n > 0; n-- {
		z.out = append(z.out, z.out[from])
		from++
	}
	return nil
}
