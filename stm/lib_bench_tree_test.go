package stm

import (
	"math/rand/v2"
	"sort"
	"testing"
)

// sortedTree is what the ordered map is compared with: a sorted structure too, without transactions, for use under a lock. It is a
// B+ tree with pages of the same size that are changed where they are; deleting does not merge them.
type sortedTree struct{ root *sortedPage }

type sortedPage struct {
	n    int
	keys [orderedCap]int
	vals [orderedCap]int         // in leaves
	kids [orderedCap]*sortedPage // above; the first key means nothing then
	leaf bool
}

func newSortedTree() *sortedTree { return &sortedTree{&sortedPage{leaf: true}} }

// below counts the keys that are smaller than k.
func (p *sortedPage) below(from, k int) int {
	base, n := from, p.n-from
	for n > 1 {
		half := n >> 1
		if p.keys[base+half-1] < k {
			base += half
		}
		n -= half
	}
	if n == 1 && p.keys[base] < k {
		base++
	}
	return base
}

func (t *sortedTree) find(k int) (p *sortedPage, i int, ok bool) {
	for p = t.root; !p.leaf; {
		p = p.kids[p.below(1, k+1)-1]
	}
	i = p.below(0, k)
	return p, i, i < p.n && p.keys[i] == k
}

func (t *sortedTree) get(k int) (int, bool) {
	if p, i, ok := t.find(k); ok {
		return p.vals[i], true
	}
	return 0, false
}

func (t *sortedTree) set(k, v int) {
	if r := t.root.set(k, v); r != nil {
		t.root = &sortedPage{n: 2, keys: [orderedCap]int{0, r.keys[0]}, kids: [orderedCap]*sortedPage{t.root, r}}
	}
}

// set returns the right half when the page was split; its first key is the separator.
func (p *sortedPage) set(k, v int) *sortedPage {
	i := 0
	var kid *sortedPage
	if p.leaf {
		if i = p.below(0, k); i < p.n && p.keys[i] == k {
			p.vals[i] = v
			return nil
		}
	} else {
		j := p.below(1, k+1) - 1
		if kid = p.kids[j].set(k, v); kid == nil {
			return nil
		}
		i, k = j+1, kid.keys[0]
	}
	var right *sortedPage
	q := p
	if p.n == orderedCap {
		const half = orderedCap / 2
		right = &sortedPage{n: half, leaf: p.leaf}
		copy(right.keys[:], p.keys[half:])
		copy(right.vals[:], p.vals[half:])
		copy(right.kids[:], p.kids[half:])
		if p.n = half; i > half {
			q, i = right, i-half
		}
	}
	copy(q.keys[i+1:q.n+1], q.keys[i:])
	copy(q.vals[i+1:q.n+1], q.vals[i:])
	copy(q.kids[i+1:q.n+1], q.kids[i:])
	q.keys[i], q.vals[i], q.kids[i] = k, v, kid
	q.n++
	return right
}

func (t *sortedTree) remove(k int) {
	if p, i, ok := t.find(k); ok {
		copy(p.keys[i:], p.keys[i+1:p.n])
		copy(p.vals[i:], p.vals[i+1:p.n])
		p.n--
	}
}

// TestSortedTree: what is compared with must be right.
func TestSortedTree(t *testing.T) {
	tree, model, r := newSortedTree(), map[int]int{}, rand.New(rand.NewPCG(3, 4))
	for i := range 20000 {
		k := r.IntN(3000)
		if r.IntN(3) == 0 {
			tree.remove(k)
			delete(model, k)
		} else {
			tree.set(k, i)
			model[k] = i
		}
		v, ok := tree.get(k)
		if want, there := model[k]; ok != there || v != want {
			t.Fatalf("step %d: key %d is %d %v, want %d %v", i, k, v, ok, want, there)
		}
	}
	keys := make([]int, 0, len(model))
	for k := range model {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	for _, k := range keys {
		if v, ok := tree.get(k); !ok || v != model[k] {
			t.Fatalf("key %d is %d %v, want %d", k, v, ok, model[k])
		}
	}
}
