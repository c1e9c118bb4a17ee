package stmutil

// The persistent tree under the containers: a treap (Seidel, Aragon, "Randomized search trees", Algorithmica 1996)
// whose operations copy the path from the root. The priorities are random numbers of the nodes' own, so the depth is
// logarithmic whatever the keys are.
//
// compare is negative, zero or positive as usual, or alike, for different keys that have no order: those may stand on either
// side of each other.

import "math/rand/v2"

// alike is what compare returns for different keys without an order.
const alike = 2

type node[K, V any] struct {
	key         K
	val         V
	prio        uint64
	size        int
	left, right *node[K, V]
}

func (n *node[K, V]) len() int {
	if n == nil {
		return 0
	}
	return n.size
}

// with is a copy of n with other children.
func (n *node[K, V]) with(left, right *node[K, V]) *node[K, V] {
	c := *n
	c.left, c.right, c.size = left, right, left.len()+right.len()+1
	return &c
}

func (n *node[K, V]) find(compare func(a, b K) int, k K) *node[K, V] {
	for n != nil {
		switch compare(k, n.key) {
		case 0:
			return n
		case -1:
			n = n.left
		case alike:
			if l := n.left.find(compare, k); l != nil {
				return l
			}
			n = n.right
		default:
			n = n.right
		}
	}
	return nil
}

func (n *node[K, V]) get(compare func(a, b K) int, k K) (v V, ok bool) {
	if n = n.find(compare, k); n == nil {
		return v, false
	}
	return n.val, true
}

func (n *node[K, V]) set(compare func(a, b K) int, k K, v V) *node[K, V] {
	return n.remove(compare, k).insert(compare, &node[K, V]{key: k, val: v, prio: rand.Uint64(), size: 1})
}

// insert adds a node whose key is not there.
func (n *node[K, V]) insert(compare func(a, b K) int, x *node[K, V]) *node[K, V] {
	if n == nil {
		return x
	}
	if x.prio > n.prio {
		l, r := n.split(compare, x.key)
		return x.with(l, r)
	}
	if compare(x.key, n.key) == -1 {
		return n.with(n.left.insert(compare, x), n.right)
	}
	return n.with(n.left, n.right.insert(compare, x))
}

// split is what stands before k, and the rest; k is not there.
func (n *node[K, V]) split(compare func(a, b K) int, k K) (l, r *node[K, V]) {
	if n == nil {
		return nil, nil
	}
	if compare(k, n.key) == -1 {
		l, r = n.left.split(compare, k)
		return l, n.with(r, n.right)
	}
	l, r = n.right.split(compare, k)
	return n.with(n.left, l), r
}

// remove is the tree without k; the same tree if k is not there.
func (n *node[K, V]) remove(compare func(a, b K) int, k K) *node[K, V] {
	if n == nil {
		return nil
	}
	switch compare(k, n.key) {
	case 0:
		return join(n.left, n.right)
	case -1:
		if l := n.left.remove(compare, k); l != n.left {
			return n.with(l, n.right)
		}
		return n
	case alike:
		if l := n.left.remove(compare, k); l != n.left {
			return n.with(l, n.right)
		}
	}
	if r := n.right.remove(compare, k); r != n.right {
		return n.with(n.left, r)
	}
	return n
}

// join is the tree of two, the first of which stands before the second.
func join[K, V any](l, r *node[K, V]) *node[K, V] {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.prio > r.prio:
		return l.with(l.left, join(l.right, r))
	}
	return r.with(join(l, r.left), r.right)
}

// each calls f in order until it returns false; it says whether it got to the end.
func (n *node[K, V]) each(f func(K, V) bool) bool {
	return n == nil || n.left.each(f) && f(n.key, n.val) && n.right.each(f)
}
