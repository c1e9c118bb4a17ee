package builtin

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"gilt/vm/object"
)

// BLAKE2b and BLAKE2s (RFC 7693) with their parameter block: key, salt, personalisation and tree mode. One implementation computes both:
// BLAKE2s is the same on words of 32 bits, with other rotations and fewer rounds.

// blake2Params are the parameters of a hash.
type blake2Params struct {
	digest, fanout, depth int
	leaf                  uint32
	node                  uint64
	nodeDepth, inner      int
	last                  bool
	key, salt, person     string
}

// blake2 is a state. Its value can be copied.
type blake2 struct {
	p    blake2Params
	big  bool // BLAKE2b
	h    [8]uint64
	n    uint64 // bytes compressed
	buf  [128]byte
	used int
}

var blake2IV = [8]uint64{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
	0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}

// The permutations of the message words, by round modulo 10.
var blake2Sigma = [10][16]uint8{
	{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
	{11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
	{9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
	{12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
	{6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}

func newBlake2(p blake2Params, big bool) *blake2 {
	d := &blake2{p: p, big: big}
	var block [64]byte
	block[0], block[1], block[2], block[3] = byte(p.digest), byte(len(p.key)), byte(p.fanout), byte(p.depth)
	binary.LittleEndian.PutUint32(block[4:], p.leaf)
	if big {
		binary.LittleEndian.PutUint64(block[8:], p.node)
		block[16], block[17] = byte(p.nodeDepth), byte(p.inner)
		copy(block[32:48], p.salt)
		copy(block[48:64], p.person)
		for i := range d.h {
			d.h[i] = blake2IV[i] ^ binary.LittleEndian.Uint64(block[8*i:])
		}
	} else {
		binary.LittleEndian.PutUint32(block[8:], uint32(p.node))
		binary.LittleEndian.PutUint16(block[12:], uint16(p.node>>32))
		block[14], block[15] = byte(p.nodeDepth), byte(p.inner)
		copy(block[16:24], p.salt)
		copy(block[24:32], p.person)
		for i := range d.h {
			d.h[i] = blake2IV[i]>>32 ^ uint64(binary.LittleEndian.Uint32(block[4*i:]))
		}
	}
	if p.key != "" {
		copy(d.buf[:], p.key)
		d.used = d.BlockSize()
	}
	return d
}

// identity tells states apart that have had no input.
func (d *blake2) identity() string { return fmt.Sprintf("%+v", d.p) }

func (d *blake2) Size() int { return d.p.digest }

func (d *blake2) BlockSize() int {
	if d.big {
		return 128
	}
	return 64
}

func (d *blake2) clone() digester {
	c := *d
	return &c
}

func (d *blake2) Write(p []byte) (int, error) {
	n, size := len(p), d.BlockSize()
	for len(p) > 0 {
		if d.used == size { // the last block is kept back for Sum
			d.n += uint64(size)
			d.compress(false)
			d.used = 0
		}
		k := copy(d.buf[d.used:size], p)
		d.used += k
		p = p[k:]
	}
	return n, nil
}

func (d *blake2) Sum(b []byte) []byte {
	c := *d
	c.n += uint64(c.used)
	clear(c.buf[c.used:])
	c.compress(true)
	var out [64]byte
	for i, x := range c.h {
		if c.big {
			binary.LittleEndian.PutUint64(out[8*i:], x)
		} else {
			binary.LittleEndian.PutUint32(out[4*i:], uint32(x))
		}
	}
	return append(b, out[:c.p.digest]...)
}

// compress mixes the buffer into the state.
func (d *blake2) compress(last bool) {
	if d.big {
		d.compress64(last)
	} else {
		d.compress32(last)
	}
}

func (d *blake2) compress64(last bool) {
	var m, v [16]uint64
	for i := range m {
		m[i] = binary.LittleEndian.Uint64(d.buf[8*i:])
	}
	copy(v[:8], d.h[:])
	copy(v[8:], blake2IV[:])
	v[12] ^= d.n
	if last {
		v[14] = ^v[14]
		if d.p.last {
			v[15] = ^v[15]
		}
	}
	g := func(a, b, c, e int, x, y uint64) {
		v[a] += v[b] + x
		v[e] = bits.RotateLeft64(v[e]^v[a], -32)
		v[c] += v[e]
		v[b] = bits.RotateLeft64(v[b]^v[c], -24)
		v[a] += v[b] + y
		v[e] = bits.RotateLeft64(v[e]^v[a], -16)
		v[c] += v[e]
		v[b] = bits.RotateLeft64(v[b]^v[c], -63)
	}
	for r := range 12 {
		s := &blake2Sigma[r%10]
		for i := range 4 {
			g(i, 4+i, 8+i, 12+i, m[s[2*i]], m[s[2*i+1]])
		}
		for i := range 4 {
			g(i, 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4, m[s[8+2*i]], m[s[9+2*i]])
		}
	}
	for i := range d.h {
		d.h[i] ^= v[i] ^ v[i+8]
	}
}

func (d *blake2) compress32(last bool) {
	var m, v [16]uint32
	for i := range m {
		m[i] = binary.LittleEndian.Uint32(d.buf[4*i:])
	}
	for i := range d.h {
		v[i], v[8+i] = uint32(d.h[i]), uint32(blake2IV[i]>>32)
	}
	v[12] ^= uint32(d.n)
	v[13] ^= uint32(d.n >> 32)
	if last {
		v[14] = ^v[14]
		if d.p.last {
			v[15] = ^v[15]
		}
	}
	g := func(a, b, c, e int, x, y uint32) {
		v[a] += v[b] + x
		v[e] = bits.RotateLeft32(v[e]^v[a], -16)
		v[c] += v[e]
		v[b] = bits.RotateLeft32(v[b]^v[c], -12)
		v[a] += v[b] + y
		v[e] = bits.RotateLeft32(v[e]^v[a], -8)
		v[c] += v[e]
		v[b] = bits.RotateLeft32(v[b]^v[c], -7)
	}
	for r := range 10 {
		s := &blake2Sigma[r]
		for i := range 4 {
			g(i, 4+i, 8+i, 12+i, m[s[2*i]], m[s[2*i+1]])
		}
		for i := range 4 {
			g(i, 4+(i+1)%4, 8+(i+2)%4, 12+(i+3)%4, m[s[8+2*i]], m[s[9+2*i]])
		}
	}
	for i := range d.h {
		d.h[i] = uint64(uint32(d.h[i]) ^ v[i] ^ v[i+8])
	}
}

// blake2Class adds the constructor and the constants of a class.
func blake2Class(t *object.Thread, x *object.Type, name string) {
	big, most, salt := name == "blake2b", 64, 16
	if !big {
		most, salt = 32, 8
	}
	for n, v := range map[string]int{"MAX_DIGEST_SIZE": most, "MAX_KEY_SIZE": most, "SALT_SIZE": salt, "PERSON_SIZE": salt} {
		x.Def(t.Interp, n, object.Int(int64(v)))
	}
	x.Ops.InitIsNew = true
	names := []string{"data", "digest_size", "key", "salt", "person", "fanout", "depth", "leaf_size", "node_offset", "node_depth", "inner_size",
		"last_node", "usedforsecurity"}
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) > 1 {
			return object.Unset, object.TypeErrorf(t, "%s() takes at most 1 positional argument (%d given)", name, len(args))
		}
		var a [13]object.Value
		if err := object.ParseArgs(t, name, args, kw, names, 0, a[:]); err != nil {
			return object.Unset, err
		}
		p := blake2Params{digest: most, fanout: 1, depth: 1}
		number := func(i int, at *int, lo, hi int, message string) error {
			if a[i].IsUnset() {
				return nil
			}
			n, err := object.IndexInt(t, a[i])
			if err == nil && (n < lo || n > hi) {
				err = object.ValueErrorf(t, "%s", message)
			}
			*at = n
			return err
		}
		text := func(i int, at *string, most int, what string) error {
			if a[i].IsUnset() {
				return nil
			}
			s, err := object.Buffer(t, a[i])
			if err == nil && len(s) > most {
				err = object.ValueErrorf(t, "maximum %s length is %d bytes", what, most)
			}
			*at = s
			return err
		}
		var leaf, node, last int
		maxNode, nodeText := 1<<48-1, "node_offset is too large"
		if big {
			maxNode = 1<<63 - 1
		}
		for _, err := range []error{
			number(1, &p.digest, 1, most, fmt.Sprintf("digest_size must be between 1 and %d bytes", most)),
			text(3, &p.salt, salt, "salt"), text(4, &p.person, salt, "person"),
			number(5, &p.fanout, 0, 255, "fanout must be between 0 and 255"), number(6, &p.depth, 1, 255, "depth must be between 1 and 255"),
			number(7, &leaf, 0, 1<<32-1, "leaf_size is too large"), number(8, &node, 0, maxNode, nodeText),
			number(9, &p.nodeDepth, 0, 255, "node_depth must be between 0 and 255"),
			number(10, &p.inner, 0, most, fmt.Sprintf("inner_size must be between 0 and is %d", most)),
			number(11, &last, 0, 1, "last_node must be 0 or 1"), text(2, &p.key, most, "key"),
		} {
			if err != nil {
				return object.Unset, err
			}
		}
		p.leaf, p.node, p.last = uint32(leaf), uint64(node), last != 0
		return newHash(t, &hashState{name, newBlake2(p, big)}, a[0])
	}
}
