package object

import (
	"math"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"
)

// TestSortModel: sorting is stable, by every way of comparing, forwards and reversed.
func TestSortModel(tt *testing.T) {
	t := newTestThread()
	makers := map[string]func(n int64) Value{
		"int":   func(n int64) Value { return Int(n) },
		"float": func(n int64) Value { return Float(float64(n) / 2) },
		"zeros": func(n int64) Value { return Float(math.Copysign(0, float64(n))) },
		"str":   func(n int64) Value { return str(string(rune('a' + n%26))) },
		"tuple": func(n int64) Value { return NewTuple(Int(n/3), Int(n)) },
		"mixed": func(n int64) Value {
			if n&1 == 0 {
				return Float(float64(n))
			}
			return Int(n)
		},
	}
	for name, mk := range makers {
		tt.Run(name, func(tt *testing.T) {
			rapid.Check(tt, func(rt *rapid.T) {
				shape := rapid.IntRange(0, 3).Draw(rt, "shape")
				ns := rapid.SliceOfN(rapid.Int64Range(0, 200), 0, 300).Draw(rt, "keys")
				switch shape {
				case 1:
					slices.Sort(ns)
				case 2:
					slices.Sort(ns)
					slices.Reverse(ns)
				}
				reverse := rapid.Bool().Draw(rt, "reverse")
				keys, vals := make([]Value, len(ns)), make([]Value, len(ns))
				want := make([]int, len(ns))
				for i, n := range ns {
					keys[i], vals[i], want[i] = mk(n), Int(int64(i)), i
				}
				sorted := slices.Clone(keys)
				sort.SliceStable(want, func(i, j int) bool {
					a, b := sorted[want[i]], sorted[want[j]]
					if reverse {
						a, b = b, a
					}
					return must(Compare(t, CmpLt, a, b)) == True
				})
				own := slices.Clone(keys)
				if err := SortValues(t, keys, vals, reverse); err != nil {
					rt.Fatal(err)
				}
				for i := range want {
					if int(vals[i].AsInt()) != want[i] {
						rt.Fatalf("element %d comes from %d, want %d", i, vals[i].AsInt(), want[i])
					}
				}
				l := t.MakeList(own)
				if err := l.Sort(t, None, reverse); err != nil {
					rt.Fatal(err)
				}
				for i, v := range l.Items {
					if v != sorted[want[i]] {
						rt.Fatalf("sorted without keys: element %d is wrong", i)
					}
				}
			})
		})
	}
}
