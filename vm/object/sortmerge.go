package object

import (
	"math/bits"
	"slices"
)

// This file has the merge sort behind list.sort: stable, over natural runs (Peters, listsort, 2002), in the order of merges of
// powersort (Munro and Wild, "Nearly-Optimal Mergesorts", 2018), with galloping. A program can count and order the comparisons
// of its keys, so they are those of CPython 3.13, one by one: runs that begin with equal elements may still descend, a short run
// is extended by binary insertion, and the readiness to gallop is kept from merge to merge.
//
// When a comparison fails, the rest of them answers "not less" without being made, which ends the sort soon; xs is a permutation of
// itself at every time at which nothing is in tmp, and so at the end.

const (
	maxMinRun = 64 // shorter lists are sorted by insertion altogether
	minGallop = 7  // wins in a row after which a merge gallops
)

// pendingRun is a run that is not merged yet.
type pendingRun struct {
	at, n int
	power int // of the boundary to the run that follows
}

// sorter sorts xs by less, which may fail.
type sorter[T any] struct {
	xs, tmp []T
	less    func(a, b *T) bool
	failed  func() bool // says whether less has failed; nil: never does
	runs    []pendingRun
	gallop  int // wins in a row after which the next merge gallops
}

func (s *sorter[T]) sort() {
	n := len(s.xs)
	if n < 2 {
		return
	}
	s.gallop = minGallop
	var stack [16]pendingRun
	s.runs = stack[:0]
	least := minRunOf(n)
	for lo := 0; lo < n; {
		k := s.run(lo)
		if k < least {
			force := min(least, n-lo)
			s.insertion(s.xs[lo:lo+force], k)
			k = force
		}
		if s.failed != nil && s.failed() {
			return
		}
		s.found(k)
		s.runs = append(s.runs, pendingRun{at: lo, n: k})
		lo += k
	}
	for len(s.runs) > 1 {
		i := len(s.runs) - 2
		if i > 0 && s.runs[i-1].n < s.runs[i+1].n {
			i--
		}
		s.mergeAt(i)
	}
}

// minRunOf is the length to which short runs are extended: n divided by a power of 2, rounded up, at least half of maxMinRun.
func minRunOf(n int) int {
	r := 0
	for n >= maxMinRun {
		r |= n & 1
		n >>= 1
	}
	return n + r
}

// run is the length of the run that begins at lo. A descending one is reversed; its equal elements keep their order.
func (s *sorter[T]) run(lo int) int {
	xs := s.xs[lo:]
	n := 1
	for n < len(xs) && !s.less(&xs[n], &xs[n-1]) {
		n++
	}
	if n == len(xs) {
		return n
	}
	if n > 1 {
		if s.less(&xs[0], &xs[n-1]) {
			return n
		}
		slices.Reverse(xs[:n]) // all equal so far
	}
	n++
	same := 0 // elements that are equal to the one before
	flush := func() {
		if same > 0 {
			slices.Reverse(xs[n-same-1 : n])
			same = 0
		}
	}
	for ; n < len(xs); n++ {
		if s.less(&xs[n], &xs[n-1]) {
			flush()
			continue
		}
		if s.less(&xs[n-1], &xs[n]) {
			break
		}
		same++
	}
	flush()
	slices.Reverse(xs[:n])
	for n < len(xs) && !s.less(&xs[n], &xs[n-1]) {
		n++
	}
	return n
}

// insertion sorts xs, of which xs[:ok] is sorted.
func (s *sorter[T]) insertion(xs []T, ok int) {
	for ; ok < len(xs); ok++ {
		x := xs[ok]
		a, b := 0, ok
		for a < b {
			m := int(uint(a+b) >> 1)
			if s.less(&x, &xs[m]) {
				b = m
			} else {
				a = m + 1
			}
		}
		copy(xs[a+1:ok+1], xs[a:ok])
		xs[a] = x
	}
}

// found merges what must be merged before a run of n elements that follows the last one.
func (s *sorter[T]) found(n int) {
	if len(s.runs) == 0 {
		return
	}
	last := s.runs[len(s.runs)-1]
	p := power(last.at, last.n, n, len(s.xs))
	for len(s.runs) > 1 && s.runs[len(s.runs)-2].power > p {
		s.mergeAt(len(s.runs) - 2)
	}
	s.runs[len(s.runs)-1].power = p
}

// power is the depth in the nearly balanced tree of merges over n elements at which the runs at..at+n1 and the n2 elements behind it
// meet: the first bit after the point in which their middles, as fractions of n, differ.
func power(at, n1, n2, n int) int {
	a := uint(2*at + n1)
	b := a + uint(n1+n2)
	for p := 1; ; p++ {
		switch {
		case a >= uint(n):
			a -= uint(n)
			b -= uint(n)
		case b >= uint(n):
			return p
		case p > 2*bits.UintSize:
			panic("object: runs have no power")
		}
		a <<= 1
		b <<= 1
	}
}

// mergeAt merges pending runs i and i+1. What is in its place already is cut off first.
func (s *sorter[T]) mergeAt(i int) {
	l, r := s.runs[i], s.runs[i+1]
	s.runs[i].n = l.n + r.n
	s.runs = append(s.runs[:i+1], s.runs[i+2:]...)
	a, b := s.xs[l.at:l.at+l.n], s.xs[r.at:r.at+r.n]
	k := s.gallopRight(&b[0], a, 0)
	if a = a[k:]; len(a) == 0 {
		return
	}
	if b = b[:s.gallopLeft(&a[len(a)-1], b, len(b)-1)]; len(b) == 0 {
		return
	}
	if both := s.xs[l.at+k : l.at+k+len(a)+len(b)]; len(a) <= len(b) {
		s.mergeLow(both, len(a))
	} else {
		s.mergeHigh(both, len(a))
	}
}

// gallopLeft is the place of key in the sorted a, before all that are equal: found from hint by doubling steps, then by halving.
func (s *sorter[T]) gallopLeft(key *T, a []T, hint int) int {
	last, ofs := 0, 1
	if s.less(&a[hint], key) {
		most := len(a) - hint
		for ofs < most && s.less(&a[hint+ofs], key) {
			last, ofs = ofs, ofs<<1+1
		}
		last, ofs = last+hint, min(ofs, most)+hint
	} else {
		most := hint + 1
		for ofs < most && !s.less(&a[hint-ofs], key) {
			last, ofs = ofs, ofs<<1+1
		}
		last, ofs = hint-min(ofs, most), hint-last
	}
	for last++; last < ofs; {
		m := last + (ofs-last)>>1
		if s.less(&a[m], key) {
			last = m + 1
		} else {
			ofs = m
		}
	}
	return ofs
}

// gallopRight is gallopLeft behind all that are equal.
func (s *sorter[T]) gallopRight(key *T, a []T, hint int) int {
	last, ofs := 0, 1
	if s.less(key, &a[hint]) {
		most := hint + 1
		for ofs < most && s.less(key, &a[hint-ofs]) {
			last, ofs = ofs, ofs<<1+1
		}
		last, ofs = hint-min(ofs, most), hint-last
	} else {
		most := len(a) - hint
		for ofs < most && !s.less(key, &a[hint+ofs]) {
			last, ofs = ofs, ofs<<1+1
		}
		last, ofs = last+hint, min(ofs, most)+hint
	}
	for last++; last < ofs; {
		m := last + (ofs-last)>>1
		if s.less(key, &a[m]) {
			ofs = m
		} else {
			last = m + 1
		}
	}
	return ofs
}

// mergeLow merges xs[:na] with the rest, from the left; the left part goes through tmp. The first of the right part is less than the
// first of the left, and the last of the left greater than all of the right.
func (s *sorter[T]) mergeLow(xs []T, na int) {
	s.tmp = append(s.tmp[:0], xs[:na]...)
	a, b := s.tmp, xs[na:] // what is left; xs[d:] up to b is free
	d := 0
	takeA := func() { xs[d], a, d = a[0], a[1:], d+1 }
	takeB := func() { xs[d], b, d = b[0], b[1:], d+1 }
	defer func() { // what is left of a goes behind all of b, or there is no b
		copy(xs[d:], b)
		copy(xs[d+len(b):], a)
	}()
	takeB()
	if len(b) == 0 || len(a) == 1 {
		return
	}
	for {
		wonA, wonB := 0, 0
		for wonA < s.gallop && wonB < s.gallop {
			if s.less(&b[0], &a[0]) {
				takeB()
				wonA, wonB = 0, wonB+1
				if len(b) == 0 {
					return
				}
			} else {
				takeA()
				wonA, wonB = wonA+1, 0
				if len(a) == 1 {
					return
				}
			}
		}
		for s.gallop++; ; {
			s.gallop = max(s.gallop-1, 1)
			wonA = s.gallopRight(&b[0], a, 0)
			d += copy(xs[d:], a[:wonA])
			if a = a[wonA:]; len(a) <= 1 && wonA > 0 {
				return
			}
			if takeB(); len(b) == 0 {
				return
			}
			wonB = s.gallopLeft(&a[0], b, 0)
			d += copy(xs[d:], b[:wonB])
			if b = b[wonB:]; len(b) == 0 {
				return
			}
			if takeA(); len(a) == 1 {
				return
			}
			if wonA < minGallop && wonB < minGallop {
				break
			}
		}
		s.gallop++
	}
}

// mergeHigh is mergeLow from the right; the right part goes through tmp.
func (s *sorter[T]) mergeHigh(xs []T, na int) {
	s.tmp = append(s.tmp[:0], xs[na:]...)
	a, b := xs[:na], s.tmp // what is left; xs[:d] down to a is free
	d := len(xs)
	takeA := func() { d--; xs[d], a = a[len(a)-1], a[:len(a)-1] }
	takeB := func() { d--; xs[d], b = b[len(b)-1], b[:len(b)-1] }
	defer func() { // what is left of b goes before all of a, or there is no a
		copy(xs[len(b):d], a)
		copy(xs, b)
	}()
	takeA()
	if len(a) == 0 || len(b) == 1 {
		return
	}
	for {
		wonA, wonB := 0, 0
		for wonA < s.gallop && wonB < s.gallop {
			if s.less(&b[len(b)-1], &a[len(a)-1]) {
				takeA()
				wonA, wonB = wonA+1, 0
				if len(a) == 0 {
					return
				}
			} else {
				takeB()
				wonA, wonB = 0, wonB+1
				if len(b) == 1 {
					return
				}
			}
		}
		for s.gallop++; ; {
			s.gallop = max(s.gallop-1, 1)
			k := s.gallopRight(&b[len(b)-1], a, len(a)-1)
			wonA = len(a) - k
			d -= wonA
			copy(xs[d:], a[k:])
			if a = a[:k]; len(a) == 0 {
				return
			}
			if takeB(); len(b) == 1 {
				return
			}
			k = s.gallopLeft(&a[len(a)-1], b, len(b)-1)
			wonB = len(b) - k
			d -= wonB
			copy(xs[d:], b[k:])
			if b = b[:k]; len(b) <= 1 && wonB > 0 {
				return
			}
			if takeA(); len(a) == 0 {
				return
			}
			if wonA < minGallop && wonB < minGallop {
				break
			}
		}
		s.gallop++
	}
}
