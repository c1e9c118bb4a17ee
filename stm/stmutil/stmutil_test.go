package stmutil

import (
	"context"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gilt/stm"
)

// clashing orders numbers by their eights only: the others are keys with equal hashes.
func clashing(a, b int) int {
	switch {
	case a/8 < b/8:
		return -1
	case a/8 > b/8:
		return 1
	case a == b:
		return 0
	}
	return alike
}

// TestMaps compares with Go's maps, and checks that no version changes when later ones are made of it.
func TestMaps(t *testing.T) {
	less := func(a, b int) bool { return a < b }
	rapid.Check(t, func(t *rapid.T) {
		type version struct {
			maps  []Mappish[int, int]
			set   Settish[int]
			tree  *node[int, int]
			model map[int]int
		}
		v := version{[]Mappish[int, int]{NewMap[int, int](), NewSortedMap[int, int](less)}, NewSet[int](), nil, map[int]int{}}
		if rapid.Bool().Draw(t, "sorted set") {
			v.set = NewSortedSet(less)
		}
		versions := []version{v}
		for range rapid.IntRange(0, 60).Draw(t, "operations") {
			k := rapid.IntRange(0, 30).Draw(t, "k")
			n := version{slices.Clone(v.maps), v.set, v.tree, maps.Clone(v.model)}
			if rapid.IntRange(0, 2).Draw(t, "what") > 0 {
				x := rapid.Int().Draw(t, "v")
				for i := range n.maps {
					n.maps[i] = n.maps[i].Set(k, x)
				}
				n.set, n.tree, n.model[k] = n.set.Add(k), n.tree.set(clashing, k, x), x
			} else {
				for i := range n.maps {
					n.maps[i] = n.maps[i].Delete(k)
				}
				n.set, n.tree = n.set.Delete(k), n.tree.remove(clashing, k)
				delete(n.model, k)
			}
			v = n
			versions = append(versions, v)
		}
		for _, v := range versions {
			for i, m := range v.maps {
				got := map[int]int{}
				var order []int
				m.Range(func(k, x int) bool { got[k] = x; order = append(order, k); return true })
				if !maps.Equal(got, v.model) || m.Len() != len(v.model) {
					t.Fatalf("map %d: %v, want %v", i, got, v.model)
				}
				if i == 1 && !slices.IsSorted(order) {
					t.Fatalf("not sorted: %v", order)
				}
			}
			tree := map[int]int{}
			v.tree.each(func(k, x int) bool { tree[k] = x; return true })
			if !maps.Equal(tree, v.model) || v.tree.len() != len(v.model) {
				t.Fatalf("clashing keys: %v, want %v", tree, v.model)
			}
			n := 0
			v.set.Iter(func(any) bool { n++; return true })
			if n != len(v.model) || v.set.Len() != n {
				t.Fatalf("set of %d, want %d", n, len(v.model))
			}
			for k := range 31 {
				want, had := v.model[k]
				x, ok := v.maps[0].Get(k)
				y, _ := v.tree.get(clashing, k)
				if ok != had || x != want || y != want || v.set.Contains(k) != had {
					t.Fatalf("key %d: %d %v %d, want %d %v", k, x, ok, y, want, had)
				}
			}
		}
	})
}

func TestEarlyEnd(t *testing.T) {
	s := NewSortedSet(func(a, b int) bool { return a < b }).Add(3).Add(1).Add(2)
	var got []int
	s.Range(func(k int) bool { got = append(got, k); return k < 2 })
	if !slices.Equal(got, []int{1, 2}) || GetLeft(1, 2) != 1 {
		t.Errorf("%v", got)
	}
}

func TestContextDoneVar(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	v, stop := ContextDoneVar(ctx)
	defer stop()
	if stm.AtomicGet(v) {
		t.Error("done at the beginning")
	}
	go cancel()
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) { tx.Assert(v.Get(tx)) }))
	v, _ = ContextDoneVar(ctx)
	if !stm.AtomicGet(v) {
		t.Error("not done at the end")
	}
}
