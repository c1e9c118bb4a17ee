package object

import (
	"math"
	"math/big"
)

// This file has the numeric hash, and identities made of contents.

// The numeric hash is CPython's: the value modulo the Mersenne prime 2**61-1.
const hashModulus = 1<<61 - 1

func hashInt64(n int64) int64 {
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	u = u&hashModulus + u>>61
	if u >= hashModulus {
		u -= hashModulus
	}
	h := int64(u)
	if n < 0 {
		h = -h
	}
	if h == -1 {
		h = -2
	}
	return h
}

func hashBig(n *big.Int) int64 {
	m := new(big.Int).Mod(new(big.Int).Abs(n), big.NewInt(hashModulus))
	h := m.Int64()
	if n.Sign() < 0 {
		h = -h
	}
	if h == -1 {
		h = -2
	}
	return h
}

// hash64 spreads a number over 64 bits (SplitMix64's finaliser).
func hash64(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// immutableID makes an identity of the contents of an immutable object.
func immutableID(v Value) uint64 {
	h := uint64(v.Kind()) * 0x9e3779b97f4a7c15
	mix := func(x uint64) { h = hash64(h ^ x) }
	switch v.Kind() {
	case KindBigInt:
		mix(uint64(hashBig(&(*BigInt)(v.Ref).Int)))
	case KindComplex:
		c := (*Complex)(v.Ref).V
		mix(math.Float64bits(real(c)))
		mix(math.Float64bits(imag(c)))
	case KindTuple:
		for _, x := range (*Tuple)(v.Ref).Items {
			mix(IDOf(x))
		}
	case KindMethod:
		m := (*Method)(v.Ref)
		mix(IDOf(m.Fn))
		mix(IDOf(m.Self))
	case KindBuiltin:
		b := (*Builtin)(v.Ref)
		mix(uint64(hashString(b.Name)))
		if b.Owner != nil {
			mix(b.Owner.ID)
		}
		if !b.Self.IsUnset() {
			mix(IDOf(b.Self))
		}
	case KindGetset:
		g := (*Getset)(v.Ref)
		mix(uint64(hashString(g.Name)))
		if g.Owner != nil {
			mix(g.Owner.ID)
		}
	case KindSlice:
		s := (*Slice)(v.Ref)
		mix(IDOf(s.Start))
		mix(IDOf(s.Stop))
		mix(IDOf(s.Step))
	case KindBytes:
		mix(uint64(hashString((*Bytes)(v.Ref).S)))
	}
	return h>>17 | 1<<47
}
