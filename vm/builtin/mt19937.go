package builtin

import "math/bits"

// The Mersenne Twister MT19937 (Matsumoto and Nishimura, TOMACS 1998), as CPython seeds and draws from it.

const (
	mtN     = 624
	mtM     = 397
	mtUpper = 0x80000000
	mtLower = 0x7fffffff
)

// mtState is one block of the generator's words. A block never changes once it is in use, so that it can be shared and rolled back
// to: every 624 draws make a new one.
type mtState [mtN]uint32

// mtInit is the state after init_genrand(s).
func mtInit(s uint32) *mtState {
	var x mtState
	x[0] = s
	for i := 1; i < mtN; i++ {
		x[i] = 1812433253*(x[i-1]^x[i-1]>>30) + uint32(i)
	}
	return &x
}

// mtInitArray is the state after init_by_array(key); key is not empty.
func mtInitArray(key []uint32) *mtState {
	x := mtInit(19650218)
	i, j := 1, 0
	for range max(mtN, len(key)) {
		x[i] = (x[i] ^ (x[i-1]^x[i-1]>>30)*1664525) + key[j] + uint32(j)
		if i++; i >= mtN {
			x[0], i = x[mtN-1], 1
		}
		if j++; j >= len(key) {
			j = 0
		}
	}
	for range mtN - 1 {
		x[i] = (x[i] ^ (x[i-1]^x[i-1]>>30)*1566083941) - uint32(i)
		if i++; i >= mtN {
			x[0], i = x[mtN-1], 1
		}
	}
	x[0] = mtUpper
	return x
}

// next is the block that follows.
func (s *mtState) next() *mtState {
	x := *s
	twist := func(u, v uint32) uint32 {
		y := u&mtUpper | v&mtLower
		return y>>1 ^ -(y&1)&0x9908b0df
	}
	for k := range mtN - mtM {
		x[k] = x[k+mtM] ^ twist(x[k], x[k+1])
	}
	for k := mtN - mtM; k < mtN-1; k++ {
		x[k] = x[k+mtM-mtN] ^ twist(x[k], x[k+1])
	}
	x[mtN-1] = x[mtM-1] ^ twist(x[mtN-1], x[0])
	return &x
}

// draw is the tempered word i of the block.
func (s *mtState) draw(i int) uint32 {
	y := s[i]
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

// mtKey is the key for seeding with a non-negative number, given by its little-endian words.
func mtKey(words []uint) []uint32 {
	var key []uint32
	for _, w := range words {
		if bits.UintSize == 64 {
			key = append(key, uint32(w), uint32(uint64(w)>>32))
		} else {
			key = append(key, uint32(w))
		}
	}
	for len(key) > 1 && key[len(key)-1] == 0 {
		key = key[:len(key)-1]
	}
	if len(key) == 0 {
		key = []uint32{0}
	}
	return key
}
