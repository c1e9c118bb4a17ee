package object

// This file has the operations of sets (set_class.go makes methods and operators of them). Which operand is iterated, and when tables are
// resized, is as in CPython: it decides the order of the result.

func selfSet(v Value) *Set { return (*Set)(v.Ref) }

// hashElems is a frozenset's hash: independent of the order.
func (s *Set) frozenHash(t *Thread) (int64, error) {
	const mask = 0x5bd1e995deadbeef
	if c := s.cached.v.Load(); c != 0 {
		return int64(c ^ mask), nil
	}
	shuffle := func(h uint64) uint64 { return ((h ^ 89869747) ^ (h << 16)) * 3644798167 }
	h := uint64(0)
	for pos := 0; ; {
		e := s.next(&pos)
		if e == nil {
			break
		}
		h ^= shuffle(e.tag - 1)
	}
	h ^= (uint64(s.used) + 1) * 1927868237
	h ^= (h >> 11) ^ (h >> 25)
	h = h*69069 + 907133923
	if h == ^uint64(0) {
		h = 590923713
	}
	if h^mask != 0 {
		s.cached.v.Store(h ^ mask)
	}
	return int64(h), nil
}

// keyForLookup replaces an unhashable set by a frozenset of the same elements, as `in`, remove and discard do.
func keyForLookup(t *Thread, x Value) (Value, error) {
	s, ok := AsSet(x)
	if !ok || Kind(s.Meta) != KindSet {
		return x, nil
	}
	f := t.NewFrozenSet()
	return f.Value(), f.merge(t, s)
}

// intersection is s & other for any iterable.
func (s *Set) intersection(t *Thread, other Value) (*Set, error) {
	r := s.like(t)
	o, ok := AsSet(other)
	if !ok {
		p, err := s.plain(t)
		if err != nil {
			return nil, err
		}
		return r, Iterate(t, other, func(x Value) error {
			h, err := hashKey(t, x)
			if err != nil {
				return err
			}
			in, err := p.hasHashed(t, x, h)
			if in && err == nil {
				_, err = r.addHashed(t, x, h)
			}
			return err
		})
	}
	if o == s {
		return s.Copy(t)
	}
	t.lockPair(&s.Mut, &o.Mut)
	defer t.unlockPair(&s.Mut, &o.Mut)
	p, err := s.plain(t)
	if err != nil {
		return nil, err
	}
	q, err := o.plain(t)
	if err != nil {
		return nil, err
	}
	if q.used > p.used {
		p, q = q, p
	}
	for pos := 0; ; {
		e := q.next(&pos)
		if e == nil {
			return r, nil
		}
		key, h := e.key, int64(e.tag-1)
		in, err := p.hasHashed(t, key, h)
		if err != nil {
			return nil, err
		}
		if in {
			if _, err := r.addHashed(t, key, h); err != nil {
				return nil, err
			}
		}
	}
}

// difference is s - other for any iterable.
func (s *Set) difference(t *Thread, other Value) (*Set, error) {
	var has func(x Value, h int64) (bool, error)
	n := 0
	if o, ok := AsSet(other); ok {
		t.lockPair(&s.Mut, &o.Mut)
		defer t.unlockPair(&s.Mut, &o.Mut)
		q, err := o.plain(t)
		if err != nil {
			return nil, err
		}
		n = q.used
		has = func(x Value, h int64) (bool, error) { return q.hasHashed(t, x, h) }
	} else if d, ok := AsDict(other); ok && other.Kind() == KindDict {
		var err error
		if n, err = d.Len(t); err != nil {
			return nil, err
		}
		has = func(x Value, h int64) (bool, error) {
			_, ok, err := d.getHashed(t, x, h)
			return ok, err
		}
	}
	p, err := s.plain(t)
	if err != nil {
		return nil, err
	}
	if has == nil || p.used>>2 > n {
		r, err := p.Copy(t)
		if err != nil {
			return nil, err
		}
		return r, r.differenceUpdate(t, other)
	}
	r := s.like(t)
	for pos := 0; ; {
		e := p.next(&pos)
		if e == nil {
			return r, nil
		}
		key, h := e.key, int64(e.tag-1)
		in, err := has(key, h)
		if err != nil {
			return nil, err
		}
		if !in {
			if _, err := r.addHashed(t, key, h); err != nil {
				return nil, err
			}
		}
	}
}

// differenceUpdate is s -= other for any iterable.
func (s *Set) differenceUpdate(t *Thread, other Value) error {
	o, ok := AsSet(other)
	if ok && o == s {
		return s.Clear(t)
	}
	return s.change(t, func(c *Set) error {
		if ok {
			n, err := o.Len(t)
			if err != nil {
				return err
			}
			src := o
			if n>>3 > c.used {
				if src, err = c.intersection(t, other); err != nil {
					return err
				}
			}
			items, err := src.Items(t)
			if err != nil {
				return err
			}
			for _, x := range items {
				if _, err := c.Discard(t, x); err != nil {
					return err
				}
			}
		} else if err := Iterate(t, other, func(x Value) error {
			_, err := c.Discard(t, x)
			return err
		}); err != nil {
			return err
		}
		if c.fill-c.used > (c.size()-1)/4 {
			c.resize(t, setGrowth(c.used))
		}
		return nil
	})
}

// symmetricUpdate is s ^= other for any iterable.
func (s *Set) symmetricUpdate(t *Thread, other Value) error {
	o, ok := AsSet(other)
	if ok && o == s {
		return s.Clear(t)
	}
	if !ok {
		o = s.like(t)
		if err := o.Update(t, other); err != nil {
			return err
		}
	}
	items, err := o.Items(t)
	if err != nil {
		return err
	}
	for _, x := range items {
		removed, err := s.Discard(t, x)
		if err == nil && !removed {
			_, err = s.Add(t, x)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// union is a copy of s with what the others give.
func (s *Set) union(t *Thread, others []Value) (*Set, error) {
	r, err := s.Copy(t)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		if x, ok := AsSet(o); ok && x == s {
			continue
		}
		if err := r.Update(t, o); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// subset says whether all elements of s are in o.
func (s *Set) subset(t *Thread, o *Set) (bool, error) {
	t.lockPair(&s.Mut, &o.Mut)
	defer t.unlockPair(&s.Mut, &o.Mut)
	p, err := s.plain(t)
	if err != nil {
		return false, err
	}
	q, err := o.plain(t)
	if err != nil || p.used > q.used {
		return false, err
	}
	for pos := 0; ; {
		e := p.next(&pos)
		if e == nil {
			return true, nil
		}
		in, err := q.hasHashed(t, e.key, int64(e.tag-1))
		if err != nil || !in {
			return false, err
		}
	}
}

// toSet is the set that other is, or a new one of what it gives.
func toSet(t *Thread, other Value) (*Set, error) {
	if o, ok := AsSet(other); ok {
		return o, nil
	}
	s := t.NewSet()
	return s, s.Update(t, other)
}

func (s *Set) intersectionUpdate(t *Thread, other Value) error {
	r, err := s.intersection(t, other)
	if err != nil {
		return err
	}
	if s.private() {
		s.resetPrivate(t, r)
		return nil
	}
	return s.sharedReset(t, r)
}

func (s *Set) symmetric(t *Thread, other Value) (*Set, error) {
	r := s.like(t)
	if err := r.Update(t, other); err != nil {
		return nil, err
	}
	return r, r.symmetricUpdate(t, s.Value())
}
