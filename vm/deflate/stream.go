package deflate

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
)

// Containers of deflate data: zlib's, gzip's, or none.

// Format is a container. Auto is zlib or gzip, by what comes.
type Format uint8

// The formats.
const (
	Zlib Format = iota
	Gzip
	Raw
	Auto
)

// stages of a container.
const (
	stageHeader = iota
	stageDict
	stageBody
	stageTrailer
	stageDone
)

// Inflater is the state of decompression. It never changes.
type Inflater struct {
	format Format
	dict   string
	stage  int
	carry  string // input that came but is not used up
	bits   uint64
	n      uint

	block     int
	last      bool
	stored    int
	lit, dist *code
	window    string
	ready     int // how many bytes at the window's end have not been handed out: a match went beyond the bound of a step
	sum       uint32
	total     uint32
	wantDict  uint32
}

// NewInflater is the state before any input. dict is a preset dictionary.
func NewInflater(f Format, dict string) *Inflater {
	s := &Inflater{format: f, dict: dict, sum: 1}
	if f == Raw {
		s.stage, s.window = stageBody, dict
	}
	return s
}

// Done says whether the end of the data has been reached.
func (s *Inflater) Done() bool { return s.stage == stageDone }

// Step decompresses more input, up to most bytes of output (most < 0: all). tail is the input that was not looked at: behind the end of the
// data, or because there is enough output.
func (s *Inflater) Step(data string, most int) (next *Inflater, out []byte, tail string, err error) {
	c := *s
	in := data
	if c.carry != "" {
		in = c.carry + data
		c.carry = ""
	}
	pos := 0
	for c.stage < stageBody {
		n, err := c.header(in[pos:])
		if err != nil {
			return nil, nil, "", err
		}
		if n < 0 {
			c.carry = in[pos:]
			return &c, nil, "", nil
		}
		pos += n
	}
	if c.stage == stageBody {
		z := inflater{in: in, pos: pos, bits: c.bits, n: c.n, block: c.block, last: c.last, stored: c.stored, lit: c.lit, dist: c.dist}
		z.out = make([]byte, 0, len(c.window)+max(256, 4*len(data)))
		z.out = append(z.out, c.window...)
		z.window = len(c.window) - c.ready
		if err := z.run(most); err != nil {
			return nil, nil, "", err
		}
		for z.n >= 8 { // whole bytes go back
			z.pos--
			z.n -= 8
		}
		z.bits &= 1<<z.n - 1
		pos = z.pos
		fresh := z.out[len(c.window):]
		out = z.out[z.window:]
		c.bits, c.n, c.block, c.last, c.stored, c.lit, c.dist = z.bits, z.n, z.block, z.last, z.stored, z.lit, z.dist
		c.window = string(z.out[max(0, len(z.out)-windowSize):])
		c.ready = 0
		if most >= 0 && len(out) > most {
			c.ready = len(out) - most
			out = out[:most:most]
		}
		c.total += uint32(len(fresh))
		switch c.format {
		case Zlib:
			c.sum = updateAdler(c.sum, fresh)
		case Gzip:
			c.sum = crc32.Update(c.sum, crc32.IEEETable, fresh)
		}
		if c.block == blockEnd && c.ready == 0 {
			c.stage, c.bits, c.n = stageTrailer, 0, 0
		} else if most >= 0 && len(out) >= most {
			return &c, out, in[pos:], nil
		}
	}
	if c.stage == stageTrailer {
		n, err := c.trailer(in[pos:])
		if err != nil {
			return nil, nil, "", err
		}
		pos += max(n, 0)
	}
	if c.stage == stageDone {
		return &c, out, in[pos:], nil
	}
	c.carry = in[pos:]
	return &c, out, "", nil
}

// header reads the container's header at the beginning of in: the bytes used, -1 if they are not all there.
func (c *Inflater) header(in string) (int, error) {
	if c.stage == stageDict {
		return c.useDict()
	}
	if len(in) < 2 {
		return -1, nil
	}
	if c.format == Auto {
		c.format = Zlib
		if in[:2] == "\x1f\x8b" {
			c.format = Gzip
		}
	}
	if c.format == Gzip {
		return c.gzipHeader(in)
	}
	switch {
	case (int(in[0])<<8|int(in[1]))%31 != 0:
		return 0, bad("incorrect header check")
	case in[0]&15 != 8:
		return 0, bad("unknown compression method")
	case in[0]>>4 > 7:
		return 0, bad("invalid window size")
	case in[1]&0x20 == 0:
		c.stage = stageBody
		return 2, nil
	case len(in) < 6:
		return -1, nil
	}
	c.wantDict = binary.BigEndian.Uint32([]byte(in[2:6]))
	c.stage = stageDict
	return 6, nil
}

// ErrNeedDict says that the data wants a preset dictionary that was not given.
var ErrNeedDict error = &Error{"need dictionary"}

// ErrBadDict says that another preset dictionary was given than the data wants.
var ErrBadDict error = &Error{"invalid input data"}

func (c *Inflater) useDict() (int, error) {
	if c.dict == "" {
		return 0, ErrNeedDict
	}
	if adler32.Checksum([]byte(c.dict)) != c.wantDict {
		return 0, ErrBadDict
	}
	c.window, c.stage = c.dict, stageBody
	return 0, nil
}

func (c *Inflater) gzipHeader(in string) (int, error) {
	if in[:2] != "\x1f\x8b" {
		return 0, bad("incorrect header check")
	}
	if len(in) < 10 {
		return -1, nil
	}
	if in[2] != 8 {
		return 0, bad("unknown compression method")
	}
	flags, n := in[3], 10
	if flags&0xe0 != 0 {
		return 0, bad("unknown header flags set")
	}
	if flags&4 != 0 {
		if len(in) < n+2 {
			return -1, nil
		}
		n += 2 + int(in[n]) + int(in[n+1])<<8
	}
	for _, f := range []byte{8, 16} {
		if flags&f != 0 {
			for {
				if n >= len(in) {
					return -1, nil
				}
				n++
				if in[n-1] == 0 {
					break
				}
			}
		}
	}
	if flags&2 != 0 {
		n += 2
	}
	if n > len(in) {
		return -1, nil
	}
	c.stage, c.sum = stageBody, 0
	return n, nil
}

// trailer checks what follows the data.
func (c *Inflater) trailer(in string) (int, error) {
	switch c.format {
	case Zlib:
		if len(in) < 4 {
			return -1, nil
		}
		if binary.BigEndian.Uint32([]byte(in[:4])) != c.sum {
			return 0, bad("incorrect data check")
		}
		c.stage = stageDone
		return 4, nil
	case Gzip:
		if len(in) < 8 {
			return -1, nil
		}
		if binary.LittleEndian.Uint32([]byte(in[:4])) != c.sum {
			return 0, bad("incorrect data check")
		}
		if binary.LittleEndian.Uint32([]byte(in[4:8])) != c.total {
			return 0, bad("incorrect length check")
		}
		c.stage = stageDone
		return 8, nil
	}
	c.stage = stageDone
	return 0, nil
}

// updateAdler continues an Adler-32 checksum.
func updateAdler(sum uint32, p []byte) uint32 {
	a, b := sum&0xffff, sum>>16
	for len(p) > 0 {
		q := p[:min(len(p), 5552)]
		p = p[len(q):]
		for _, c := range q {
			a += uint32(c)
			b += a
		}
		a %= 65521
		b %= 65521
	}
	return b<<16 | a
}

// Adler continues an Adler-32 checksum; it begins at 1.
func Adler(sum uint32, p []byte) uint32 { return updateAdler(sum, p) }
