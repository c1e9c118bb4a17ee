package builtin

import (
	"crypto/rand"
	"crypto/sha512"
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"

	"gilt/vm/object"
)

// Module random: the class Random and the functions of its hidden instance. The distributions are in random_dist.go.
//
// State in cells: 0 a box with the present block of the generator, which never changes; 1 how many of its words have been drawn; 2
// the normal variate that gauss has left over, or None. So a rolled back slice gives its numbers back, and two threads that
// draw from one generator conflict as they do in the order of the draws, whatever the regime.

func init() {
	register("_random", makeRandomBase)
	register("random", makeRandom)
}

// randomType is the class random.Random.
func randomType(t *object.Thread) *object.Type {
	return extOf(t, "random.Random", func() *object.Type {
		in := t.Interp
		x := newType(t, "random", "Random", nil, 0)
		x.Flags &^= object.TypeNoDict
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			o := newCells(t, x, object.NewBox(mtInit(5489)), object.Int(mtN), object.None)
			return o.value(), nil
		}
		x.Ops.Init = func(t *object.Thread, self object.Value, args []object.Value, kw *object.Kwargs) error {
			var a [1]object.Value
			if err := object.ParseArgs(t, "Random", args, kw, []string{"x"}, 0, a[:]); err != nil {
				return err
			}
			if a[0].IsUnset() {
				a[0] = object.None
			}
			_, err := object.CallMethod(t, self, "seed", a[0])
			return err
		}
		for _, d := range randomMethods() {
			selfMethod(in, x, d.name, d.fn)
		}
		x.Def(in, "VERSION", object.Int(3))
		return x.Ready(in)
	})
}

// generator is the native object behind a Random.
func generator(v object.Value) *cells { return asCells(object.Native(v)) }

// word draws 32 bits.
func (o *cells) word(t *object.Thread) (uint32, error) {
	i, err := o.loadInt(t, 1)
	if err != nil {
		return 0, err
	}
	b, err := o.load(t, 0)
	if err != nil {
		return 0, err
	}
	s := object.Unbox(b).(*mtState)
	if i >= mtN {
		s, i = s.next(), 0
		if err := o.store(t, 0, object.NewBox(s)); err != nil {
			return 0, err
		}
	}
	return s.draw(int(i)), o.store(t, 1, object.Int(i+1))
}

// float draws a number in [0, 1) with 53 bits.
func (o *cells) float(t *object.Thread) (float64, error) {
	if l := lock(t, &o.Mut); l != nil {
		defer unlock(t, l)
	}
	i, err := o.loadInt(t, 1)
	if err != nil {
		return 0, err
	}
	if i+1 < mtN {
		v, err := o.load(t, 0)
		if err != nil {
			return 0, err
		}
		s := object.Unbox(v).(*mtState)
		a, b := s.draw(int(i)), s.draw(int(i)+1)
		return (float64(a>>5)*67108864 + float64(b>>6)) / 9007199254740992, o.store(t, 1, object.Int(i+2))
	}
	a, err := o.word(t)
	if err != nil {
		return 0, err
	}
	b, err := o.word(t)
	return (float64(a>>5)*67108864 + float64(b>>6)) / 9007199254740992, err
}

// bits draws k <= 64 bits.
func (o *cells) bits(t *object.Thread, k int) (uint64, error) {
	if l := lock(t, &o.Mut); l != nil {
		defer unlock(t, l)
	}
	a, err := o.word(t)
	if err != nil {
		return 0, err
	}
	if k <= 32 {
		return uint64(a >> (32 - max(k, 1))), nil
	}
	b, err := o.word(t)
	return uint64(b>>(64-k))<<32 | uint64(a), err
}

// bigBits draws any number of bits.
func (o *cells) bigBits(t *object.Thread, k int) (*big.Int, error) {
	if l := lock(t, &o.Mut); l != nil {
		defer unlock(t, l)
	}
	b := make([]byte, (k+31)/32*4)
	for i := len(b) - 4; i >= 0; i -= 4 {
		w, err := o.word(t)
		if err != nil {
			return nil, err
		}
		if i == 0 && k%32 != 0 {
			w >>= 32 - k%32
		}
		binary.BigEndian.PutUint32(b[i:], w)
	}
	return new(big.Int).SetBytes(b), nil
}

// source is where a Random's numbers come from: the generator, or the methods that a subclass overrides.
type source struct {
	self   object.Value
	o      *cells
	random object.Value // an overriding random(), or Unset
	bits   object.Value // an overriding getrandbits(), or Unset
}

// sourceOf looks at the class of self.
func sourceOf(t *object.Thread, self object.Value) (source, error) {
	s := source{self: self, o: generator(self), random: object.Unset, bits: object.Unset}
	base := randomType(t)
	typ := object.TypeOf(t, self)
	if typ == base {
		return s, nil
	}
	r, _, rc, err := typ.Lookup(t, "random")
	if err != nil {
		return s, err
	}
	b, _, bc, err := typ.Lookup(t, "getrandbits")
	if err != nil {
		return s, err
	}
	if rc != base {
		s.random = r
	}
	if bc != base {
		s.bits = b
	}
	return s, nil
}

// float is random().
func (s *source) float(t *object.Thread) (float64, error) {
	if s.random.IsUnset() {
		return s.o.float(t)
	}
	v, err := object.CallMethod(t, s.self, "random")
	if err != nil {
		return 0, err
	}
	return object.FloatArg(t, v)
}

// below draws a number in [0, n), n > 0.
func (s *source) below(t *object.Thread, n *big.Int) (*big.Int, error) {
	if n.IsUint64() {
		r, err := s.below64(t, n.Uint64())
		return new(big.Int).SetUint64(r), err
	}
	if !s.bits.IsUnset() || s.random.IsUnset() {
		for k := n.BitLen(); ; {
			r, err := s.drawBits(t, k)
			if err != nil || r.Cmp(n) < 0 {
				return r, err
			}
		}
	}
	f, err := s.float(t)
	r, _ := new(big.Float).Mul(big.NewFloat(f), new(big.Float).SetInt(n)).Int(nil)
	return r, err
}

func (s *source) drawBits(t *object.Thread, k int) (*big.Int, error) {
	if s.bits.IsUnset() {
		return s.o.bigBits(t, k)
	}
	v, err := object.CallMethod(t, s.self, "getrandbits", object.Int(int64(k)))
	if err != nil {
		return nil, err
	}
	return object.IndexBig(t, v)
}

func (s *source) below64(t *object.Thread, n uint64) (uint64, error) {
	if t.Interp.Dialect2 && n < 1<<53 {
		f, err := s.float(t)
		return uint64(f * float64(n)), err
	}
	if s.bits.IsUnset() && s.random.IsUnset() {
		k := bits.Len64(n)
		for {
			r, err := s.o.bits(t, k)
			if err != nil || r < n {
				return r, err
			}
		}
	}
	if !s.bits.IsUnset() {
		for k := bits.Len64(n); ; {
			r, err := s.drawBits(t, k)
			if err != nil {
				return 0, err
			}
			if r.Cmp(new(big.Int).SetUint64(n)) < 0 {
				return r.Uint64(), nil
			}
		}
	}
	// A generator with random() alone: without the part of its range that would favour small numbers.
	const limit = 1 << 53
	if n >= limit {
		f, err := s.float(t)
		return uint64(f * float64(n)), err
	}
	rem := math.Mod(limit, float64(n)) / limit
	for {
		f, err := s.float(t)
		if err != nil {
			return 0, err
		}
		if f < 1-rem || rem == 0 {
			return uint64(math.Mod(math.Floor(f*limit), float64(n))), nil
		}
	}
}

// seedKey is the key that a seed means.
func seedKey(t *object.Thread, v object.Value, version int) ([]uint32, error) {
	if s, ok := object.AsStr(v); ok && version == 2 {
		return bytesKey([]byte(s.S)), nil
	} else if ok {
		return mtKey(wordsOf(hashVersion1(s.S))), nil
	}
	if object.Native(v).Kind() == object.KindBytes || object.Native(v).Kind() == object.KindByteArray {
		b, _ := object.AsBytesLike(t, v)
		if version == 1 {
			return mtKey(wordsOf(hashVersion1(b))), nil
		}
		return bytesKey([]byte(b)), nil
	}
	switch n := object.Native(v); {
	case n.IsNone():
		var b [32]byte
		if err := t.VM.Irrevocable(t); err != nil {
			return nil, err
		}
		rand.Read(b[:])
		if t.Proc.Simulated() {
			for i := 0; i < len(b); i += 8 {
				binary.LittleEndian.PutUint64(b[i:], t.Proc.Rand())
			}
		}
		return bytesWords(b[:]), nil
	case object.IsIntValue(n):
		b, _ := object.AsBig(n)
		return mtKey(wordsOf(new(big.Int).Abs(b))), nil
	case n.IsFloat():
		h, err := object.Hash(t, n)
		if err != nil {
			return nil, err
		}
		return mtKey(wordsOf(new(big.Int).SetUint64(uint64(h)))), nil
	}
	return nil, object.TypeErrorf(t, "The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.")
}

func wordsOf(n *big.Int) []uint {
	var out []uint
	for _, w := range n.Bits() {
		out = append(out, uint(w))
	}
	return out
}

// bytesKey is the key of a string: the number that its bytes and their SHA-512 make.
func bytesKey(b []byte) []uint32 {
	h := sha512.Sum512(b)
	return bytesWords(append(append([]byte(nil), b...), h[:]...))
}

func bytesWords(b []byte) []uint32 { return mtKey(wordsOf(new(big.Int).SetBytes(b))) }

// hashVersion1 is the hash of strings that version 1 seeds with.
func hashVersion1(s string) *big.Int {
	rs := []rune(s)
	var x uint64
	if len(rs) > 0 {
		x = uint64(rs[0]) << 7
	}
	for _, c := range rs {
		x = 1000003*x ^ uint64(c)
	}
	x ^= uint64(len(rs))
	if x == 1<<64-1 {
		x = 1<<64 - 2
	}
	return new(big.Int).SetUint64(x)
}

func randomSeed(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [3]object.Value
	if err := object.ParseArgs(t, "seed", args, kw, []string{"self", "a", "version"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	if a[1].IsUnset() {
		a[1] = object.None
	}
	version := 2
	if t.Interp.Dialect2 {
		version = 1
	}
	if !a[2].IsUnset() {
		var err error
		if version, err = object.IndexInt(t, a[2]); err != nil {
			return object.Unset, err
		}
	}
	key, err := seedKey(t, a[1], version)
	if err != nil {
		return object.Unset, err
	}
	return none(generator(a[0]).reset(t, mtInitArray(key)))
}

// reset puts a new state in.
func (o *cells) reset(t *object.Thread, s *mtState) error {
	for i, v := range []object.Value{object.NewBox(s), object.Int(mtN), object.None} {
		if err := o.store(t, i, v); err != nil {
			return err
		}
	}
	return nil
}

func randomGetstate(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	o := generator(args[0])
	b, err := o.load(t, 0)
	if err != nil {
		return object.Unset, err
	}
	i, err := o.load(t, 1)
	if err != nil {
		return object.Unset, err
	}
	g, err := o.load(t, 2)
	if err != nil {
		return object.Unset, err
	}
	words := make([]object.Value, 0, mtN+1)
	for _, w := range object.Unbox(b).(*mtState) {
		words = append(words, object.Int(int64(w)))
	}
	return t.NewTuple(object.Int(3), t.NewTuple(append(words, i)...), g), nil
}

func randomSetstate(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if err := wantArgs(t, "setstate", 2, 2, args, kw); err != nil {
		return object.Unset, err
	}
	st, ok := object.AsTuple(args[1])
	if !ok || len(st.Items) != 3 {
		return object.Unset, object.TypeErrorf(t, "state vector must be a tuple")
	}
	words, ok := object.AsTuple(st.Items[1])
	if !ok || len(words.Items) != mtN+1 {
		return object.Unset, object.ValueErrorf(t, "state vector is the wrong size")
	}
	var s mtState
	for i := range s {
		n, err := object.IndexInt(t, words.Items[i])
		if err != nil {
			return object.Unset, err
		}
		s[i] = uint32(n)
	}
	o := generator(args[0])
	if err := o.reset(t, &s); err != nil {
		return object.Unset, err
	}
	if err := o.store(t, 1, words.Items[mtN]); err != nil {
		return object.Unset, err
	}
	return none(o.store(t, 2, st.Items[2]))
}

// makeRandom makes the module: the methods of a hidden Random as its functions.
func makeRandom(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "random", "Random variable generators.")
	x := randomType(t)
	set(t, m, "Random", x.Value())
	inst := newCells(t, x, object.NewBox(mtInit(5489)), object.Int(mtN), object.None)
	key, err := seedKey(t, object.None, 2)
	if err != nil {
		return nil, err
	}
	if err := inst.reset(t, mtInitArray(key)); err != nil {
		return nil, err
	}
	set(t, m, "_inst", inst.value())
	for _, d := range randomMethods() {
		v, err := object.GetAttrString(t, inst.value(), d.name)
		if err != nil {
			return nil, err
		}
		set(t, m, d.name, v)
	}
	set(t, m, "SystemRandom", systemRandomType(t).Value())
	if t.Interp.Dialect2 {
		w, err := object.GetAttrString(t, inst.value(), "seed")
		if err != nil {
			return nil, err
		}
		set(t, m, "jumpahead", w)
	}
	return m, nil
}

func makeRandomBase(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_random", "The Mersenne Twister.")
	set(t, m, "Random", randomType(t).Value())
	return m, nil
}

// systemRandomType is random.SystemRandom: the same methods over the numbers of the operating system.
func systemRandomType(t *object.Thread) *object.Type {
	return extOf(t, "random.SystemRandom", func() *object.Type {
		in := t.Interp
		base := randomType(t)
		x := in.NewType("random", "SystemRandom", base, object.KindNative, 0, nil)
		x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			return newCells(t, x, object.Unset, object.Unset, object.None).value(), nil
		}
		x.Ops.Init = nil
		draw := func(t *object.Thread, k int) (*big.Int, error) {
			if err := t.VM.Irrevocable(t); err != nil {
				return nil, err
			}
			b := make([]byte, (k+7)/8)
			rand.Read(b)
			if t.Proc.Simulated() {
				for i := range b {
					b[i] = byte(t.Proc.Rand())
				}
			}
			n := new(big.Int).SetBytes(b)
			return n.Rsh(n, uint(len(b)*8-k)), nil
		}
		x.Methods(in,
			object.M0("random", func(t *object.Thread, self object.Value) (object.Value, error) {
				n, err := draw(t, 53)
				if err != nil {
					return object.Unset, err
				}
				return object.Float(float64(n.Int64()) / (1 << 53)), nil
			}),
			object.M1("getrandbits", func(t *object.Thread, self, k object.Value) (object.Value, error) {
				n, err := object.IndexInt(t, k)
				if err != nil {
					return object.Unset, err
				}
				if n < 0 {
					return object.Unset, object.ValueErrorf(t, "number of bits must be non-negative")
				}
				b, err := draw(t, n)
				if err != nil {
					return object.Unset, err
				}
				return object.NewBig(b), nil
			}),
			object.MN("seed", 0, -1, func(t *object.Thread, args []object.Value) (object.Value, error) { return object.None, nil }),
			object.MN("getstate", 0, -1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				return object.Unset, object.NotImplementedErrorf(t, "System entropy source does not have state.")
			}),
			object.MN("setstate", 0, -1, func(t *object.Thread, args []object.Value) (object.Value, error) {
				return object.Unset, object.NotImplementedErrorf(t, "System entropy source does not have state.")
			}),
		)
		return x.Ready(in)
	})
}
