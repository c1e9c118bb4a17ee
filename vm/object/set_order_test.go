package object

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// setOrder does a fixed sequence of operations on sets of ints and digests the order of iteration every hundred steps.
// testdata/set_order.txt is what CPython 3.13 gives for the same sequence.
func setOrder(t *Thread, share func(*Set)) []int64 {
	x := int64(12345)
	rnd := func(n int64) int64 {
		x = (x*1103515245 + 12345) % (1 << 31)
		return (x >> 8) % n
	}
	digest := func(s *Set) int64 {
		a := int64(0)
		for _, v := range must(s.Items(t)) {
			a = mulMod(a, 1000003, 1<<61)
			a = ((a+v.AsInt()+7)%(1<<61) + 1<<61) % (1 << 61)
		}
		return a
	}
	list := func(s *Set) Value { return t.NewList(must(s.Items(t))) }
	binary := func(op BinOp, a, b *Set) *Set {
		r, _ := AsSet(must(t.Interp.Types.Set.Ops.Binary[op](t, a.Value(), b.Value())))
		share(r)
		return r
	}
	inPlace := func(op BinOp, a, b *Set) { must(t.Interp.Types.Set.Ops.InPlace[op](t, a.Value(), b.Value())) }
	from := func(v Value) *Set {
		s := t.NewSet()
		share(s)
		if err := s.Update(t, v); err != nil {
			panic(err)
		}
		return s
	}
	var out []int64
	for _, rng := range []int64{10, 50, 1000, 100000, 1e12} {
		s, o := from(NewTuple()), from(NewTuple())
		for i := range 3000 {
			switch op := rnd(12); op {
			case 0, 1, 2, 3, 4, 5:
				must(s.Add(t, Int(rnd(rng)-rng/3)))
			case 6, 7:
				must(s.Discard(t, Int(rnd(rng)-rng/3)))
			case 8:
				if must(s.Len(t)) > 0 {
					if _, _, err := s.Pop(t); err != nil {
						panic(err)
					}
				}
			case 9:
				must(o.Add(t, Int(rnd(rng))))
			case 10:
				switch rnd(40) {
				case 0:
					inPlace(OpOr, s, o)
				case 1:
					s = binary(OpOr, s, o)
				case 2:
					s = binary(OpOr, binary(OpAnd, s, o), s)
				case 3:
					inPlace(OpSub, s, o)
				case 4:
					s = binary(OpSub, s, o)
				case 5:
					s = binary(OpXor, s, o)
				case 6:
					inPlace(OpXor, s, o)
				case 7:
					s = from(s.Value())
				case 8:
					s = from(list(s))
				case 9:
					inPlace(OpAnd, s, binary(OpOr, o, s))
				case 10:
					s = must(s.difference(t, list(o)))
					share(s)
				case 11:
					d := t.NewDict()
					for _, v := range must(o.Items(t)) {
						d.Set(t, v, Int(1))
					}
					if err := s.Update(t, d.Value()); err != nil {
						panic(err)
					}
				case 12:
					r := must(o.intersection(t, list(s)))
					share(r)
					s = binary(OpOr, r, s)
				}
			}
			if i%100 == 0 {
				out = append(out, digest(s))
			}
		}
	}
	return out
}

// mulMod is a*b mod m for m a power of two up to 1<<61.
func mulMod(a, b, m int64) int64 { return int64(uint64(a) * uint64(b) & uint64(m-1)) }

func setOrderGolden(tt *testing.T) []int64 {
	text, err := os.ReadFile("testdata/set_order.txt")
	if err != nil {
		tt.Fatal(err)
	}
	var want []int64
	for _, f := range strings.Fields(string(text)) {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			tt.Fatal(err)
		}
		want = append(want, n)
	}
	return want
}

func compareOrders(tt *testing.T, got, want []int64) {
	tt.Helper()
	if len(got) != len(want) {
		tt.Fatalf("%d digests, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			tt.Fatalf("digest %d is %d, want %d", i, got[i], want[i])
		}
	}
}

// TestSetOrder: private sets of ints are iterated in CPython's order, whatever was done to them.
func TestSetOrder(tt *testing.T) {
	compareOrders(tt, setOrder(newTestThread(), func(*Set) {}), setOrderGolden(tt))
}

// TestSetOrderShared: so are shared ones.
func TestSetOrderShared(tt *testing.T) {
	for _, regime := range []Regime{RegimePlain, RegimeWrite} {
		t := newTestThread()
		t.Regime = regime
		compareOrders(tt, setOrder(t, func(s *Set) { Publish(t, s.Value()) }), setOrderGolden(tt))
	}
}
