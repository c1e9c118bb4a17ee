// Package stmutil has what Vars like to hold: immutable maps and sets, and a context as a Var.
//
// The API is that of github.com/anacrolix/stm/stmutil v0.5.0, so that programs that use it move over with the import
// line. A container here is a value: Set, Add and Delete return a new one that shares all but a path with the old. In a
// Var it is one unit of conflict; the containers of gilt/stm (Map, Set, OrderedMap) let transactions on different keys go on side
// by side and are the better choice for new programs.
package stmutil

import (
	"context"
	"hash/maphash"

	"gilt/stm"
)

// KeyConstraint is what keys have to be.
type KeyConstraint interface {
	comparable
}

// Callback is called with each element as long as it returns true.
type Callback = func(value any) (more bool)

// Iterable is what can be iterated over.
type Iterable interface {
	Iter(Callback)
}

// Lenner has a length.
type Lenner interface {
	Len() int
}

// Mappish is an immutable map.
type Mappish[K, V any] interface {
	Set(K, V) Mappish[K, V]
	Delete(key K) Mappish[K, V]
	Get(key K) (V, bool)
	Range(func(K, V) bool)
	Len() int
	Iterable
}

// Settish is an immutable set.
type Settish[K KeyConstraint] interface {
	Add(K) Settish[K]
	Delete(K) Settish[K]
	Contains(K) bool
	Range(func(K) bool)
	Iterable
	Len() int
}

// Map is an immutable map in no particular order: a treap sorted by the keys' hashes. Make it with NewMap.
type Map[K KeyConstraint, V any] struct {
	seed maphash.Seed
	root *node[hashed[K], V]
}

// hashed is a key with its hash.
type hashed[K KeyConstraint] struct {
	hash uint64
	key  K
}

// NewMap makes an empty Map.
func NewMap[K KeyConstraint, V any]() Mappish[K, V] {
	return Map[K, V]{seed: maphash.MakeSeed()}
}

func (m Map[K, V]) hashed(k K) hashed[K] {
	return hashed[K]{maphash.Comparable(m.seed, k), k}
}

// byHash orders keys by their hashes. Different keys with equal hashes are neither smaller nor larger nor equal: they are
// found by following both sides (see alike).
func byHash[K KeyConstraint](a, b hashed[K]) int {
	switch {
	case a.hash < b.hash:
		return -1
	case a.hash > b.hash:
		return 1
	case a.key == b.key:
		return 0
	}
	return alike
}

// Set is m with v for key.
func (m Map[K, V]) Set(key K, v V) Mappish[K, V] {
	m.root = m.root.set(byHash[K], m.hashed(key), v)
	return m
}

// Delete is m without key.
func (m Map[K, V]) Delete(key K) Mappish[K, V] {
	m.root = m.root.remove(byHash[K], m.hashed(key))
	return m
}

// Get is the value of key, and whether there is one.
func (m Map[K, V]) Get(key K) (V, bool) { return m.root.get(byHash[K], m.hashed(key)) }

// Range calls f with each key and value as long as it returns true.
func (m Map[K, V]) Range(f func(K, V) bool) {
	m.root.each(func(k hashed[K], v V) bool { return f(k.key, v) })
}

// Iter calls cb with each key.
func (m Map[K, V]) Iter(cb Callback) { m.Range(func(k K, _ V) bool { return cb(k) }) }

// Len is the number of keys.
func (m Map[K, V]) Len() int { return m.root.len() }

// SortedMap is an immutable map in the order of its keys. Make it with NewSortedMap.
type SortedMap[K KeyConstraint, V any] struct {
	less func(l, r K) bool
	root *node[K, V]
}

// NewSortedMap makes an empty SortedMap in the order of less.
func NewSortedMap[K KeyConstraint, V any](less func(l, r K) bool) Mappish[K, V] {
	return SortedMap[K, V]{less: less}
}

func (m SortedMap[K, V]) compare(a, b K) int {
	switch {
	case m.less(a, b):
		return -1
	case m.less(b, a):
		return 1
	}
	return 0
}

// Set is m with v for key.
func (m SortedMap[K, V]) Set(key K, v V) Mappish[K, V] {
	m.root = m.root.set(m.compare, key, v)
	return m
}

// Delete is m without key.
func (m SortedMap[K, V]) Delete(key K) Mappish[K, V] {
	m.root = m.root.remove(m.compare, key)
	return m
}

// Get is the value of key, and whether there is one.
func (m SortedMap[K, V]) Get(key K) (V, bool) { return m.root.get(m.compare, key) }

// Range calls f with each key and value in order as long as it returns true.
func (m SortedMap[K, V]) Range(f func(K, V) bool) { m.root.each(f) }

// Iter calls cb with each key in order.
func (m SortedMap[K, V]) Iter(cb Callback) { m.Range(func(k K, _ V) bool { return cb(k) }) }

// Len is the number of keys.
func (m SortedMap[K, V]) Len() int { return m.root.len() }

type mapToSet[K KeyConstraint] struct{ m Mappish[K, struct{}] }

// NewSet makes an empty set in no particular order.
func NewSet[K KeyConstraint]() Settish[K] { return mapToSet[K]{NewMap[K, struct{}]()} }

// NewSortedSet makes an empty set in the order of lesser.
func NewSortedSet[K KeyConstraint](lesser func(l, r K) bool) Settish[K] {
	return mapToSet[K]{NewSortedMap[K, struct{}](lesser)}
}

func (s mapToSet[K]) Add(k K) Settish[K] { return mapToSet[K]{s.m.Set(k, struct{}{})} }

func (s mapToSet[K]) Delete(k K) Settish[K] { return mapToSet[K]{s.m.Delete(k)} }

func (s mapToSet[K]) Contains(k K) bool {
	_, ok := s.m.Get(k)
	return ok
}

func (s mapToSet[K]) Range(f func(K) bool) { s.m.Range(func(k K, _ struct{}) bool { return f(k) }) }

func (s mapToSet[K]) Iter(cb Callback) { s.m.Iter(cb) }

func (s mapToSet[K]) Len() int { return s.m.Len() }

// GetLeft is its first argument.
func GetLeft(l, _ any) any { return l }

// ContextDoneVar is a Var that becomes true when ctx is done, and a function to be called when nobody needs the Var any
// more. [stm.AtomicallyContext] needs no such Var.
func ContextDoneVar(ctx context.Context) (*stm.Var[bool], func()) {
	v := stm.NewBuiltinEqVar(ctx.Err() != nil)
	stop := context.AfterFunc(ctx, func() { stm.AtomicSet(v, true) })
	return v, func() { stop() }
}
