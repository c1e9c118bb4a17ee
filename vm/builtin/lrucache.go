package builtin

import "gilt/vm/object"

// functools.lru_cache: a dict from keys to links of a ring in order of use. Everything is in cells and a dict, so that a cache works
// under every regime; hits of a bounded cache write its order and so conflict.

// Cells of a cache.
const (
	lruFn = iota
	lruDict
	lruRoot // the ring's anchor: its next is the oldest link
	lruHits
	lruMisses
	lruMax // None: unbounded
	lruTyped
	lruAttrs
	lruCells
)

// Cells of a link.
const (
	linkPrev = iota
	linkNext
	linkKey
	linkResult
)

type lruTypes struct{ cache, link *object.Type }

func makeLRU(t *object.Thread, m *object.Module) {
	in := t.Interp
	k := &lruTypes{cache: newType(t, "functools", "_lru_cache_wrapper", nil, object.TypeNoSubclass), link: newType(t, "functools", "_lru_list_elem", nil, object.TypeNoSubclass)}
	k.link.Ready(in)
	x := k.cache
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if err := wantArgs(t, "_lru_cache_wrapper", 3, 3, args, kw); err != nil {
			return object.Unset, err
		}
		c := make([]object.Value, lruCells)
		root := newCells(t, k.link, object.Unset, object.Unset, object.Unset, object.Unset)
		root.c[linkPrev], root.c[linkNext] = root.value(), root.value()
		c[lruFn], c[lruMax], c[lruTyped] = args[0], args[1], args[2]
		c[lruDict], c[lruRoot], c[lruAttrs] = t.NewDict().Value(), root.value(), t.NewDict().Value()
		c[lruHits], c[lruMisses] = object.Int(0), object.Int(0)
		return newCells(t, x, c...).value(), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Call = func(t *object.Thread, v object.Value, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		return k.call(t, asCells(v), args, kw)
	}
	x.Ops.DescrGet = func(t *object.Thread, d, self object.Value, typ *object.Type) (object.Value, error) {
		if self.IsUnset() || self.IsNone() {
			return d, nil
		}
		return object.NewMethod(t, d, self), nil
	}
	attrDict(x, lruAttrs)
	x.Methods(in,
		object.M0("_stats", func(t *object.Thread, self object.Value) (object.Value, error) {
			o := asCells(self)
			h, err := o.load(t, lruHits)
			if err != nil {
				return h, err
			}
			miss, err := o.load(t, lruMisses)
			if err != nil {
				return h, err
			}
			d, _ := object.AsDict(o.c[lruDict])
			n, err := d.Len(t)
			return t.NewTuple(h, miss, o.c[lruMax], object.Int(int64(n))), err
		}),
		object.M0("cache_clear", func(t *object.Thread, self object.Value) (object.Value, error) {
			o := asCells(self)
			d, _ := object.AsDict(o.c[lruDict])
			if err := d.Clear(t); err != nil {
				return object.Unset, err
			}
			root := asCells(o.c[lruRoot])
			for _, step := range []error{o.store(t, lruHits, object.Int(0)), o.store(t, lruMisses, object.Int(0)),
				root.store(t, linkPrev, root.value()), root.store(t, linkNext, root.value())} {
				if step != nil {
					return object.Unset, step
				}
			}
			return object.None, nil
		}),
		object.M0("cache_parameters", func(t *object.Thread, self object.Value) (object.Value, error) {
			o := asCells(self)
			d := t.NewDict()
			if err := d.SetStr(t, t.Intern("maxsize"), o.c[lruMax]); err != nil {
				return object.Unset, err
			}
			return d.Value(), d.SetStr(t, t.Intern("typed"), o.c[lruTyped])
		}),
		object.M0("__copy__", func(t *object.Thread, self object.Value) (object.Value, error) { return self, nil }),
		object.M1("__deepcopy__", func(t *object.Thread, self, _ object.Value) (object.Value, error) { return self, nil }),
	)
	ready(t, m, x)
}

// key is what a call is remembered under.
func (k *lruTypes) key(t *object.Thread, args []object.Value, kw *object.Kwargs, typed bool) object.Value {
	if kw == nil && len(args) == 1 && !typed {
		if v := args[0]; v.IsInt() || v.Kind() == object.KindStr {
			return v
		}
	}
	items := append(make([]object.Value, 0, len(args)), args...)
	if kw != nil {
		items = append(items, k.cache.Value())
		for i, n := range kw.Names {
			items = append(items, t.Intern(n).Value(), kw.Values[i])
		}
	}
	if typed {
		for _, a := range args {
			items = append(items, object.TypeOf(t, a).Value())
		}
		if kw != nil {
			for _, v := range kw.Values {
				items = append(items, object.TypeOf(t, v).Value())
			}
		}
	}
	return t.NewTuple(items...)
}

func (o *cells) count(t *object.Thread, i int) error {
	n, err := o.loadInt(t, i)
	if err != nil {
		return err
	}
	return o.store(t, i, object.Int(n+1))
}

// unlink takes a link out of the ring.
func unlink(t *object.Thread, l *cells) error {
	p, err := l.load(t, linkPrev)
	if err != nil {
		return err
	}
	n, err := l.load(t, linkNext)
	if err != nil {
		return err
	}
	if err := asCells(p).store(t, linkNext, n); err != nil {
		return err
	}
	return asCells(n).store(t, linkPrev, p)
}

// linkLast puts a link at the newest end.
func linkLast(t *object.Thread, root, l *cells) error {
	last, err := root.load(t, linkPrev)
	if err != nil {
		return err
	}
	for _, e := range []error{asCells(last).store(t, linkNext, l.value()), l.store(t, linkPrev, last), l.store(t, linkNext, root.value()),
		root.store(t, linkPrev, l.value())} {
		if e != nil {
			return e
		}
	}
	return nil
}

func (k *lruTypes) call(t *object.Thread, o *cells, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	if kw != nil && len(kw.Names) == 0 {
		kw = nil
	}
	max := int64(-1)
	if m := o.c[lruMax]; !m.IsNone() {
		max = m.AsInt()
	}
	fn := o.c[lruFn]
	if max == 0 {
		if err := o.count(t, lruMisses); err != nil {
			return object.Unset, err
		}
		return t.VM.Call(t, fn, args, kw)
	}
	key := k.key(t, args, kw, o.c[lruTyped].AsBool())
	d, _ := object.AsDict(o.c[lruDict])
	root := asCells(o.c[lruRoot])
	held := lock(t, &o.Mut)
	v, ok, err := d.Get(t, key)
	if err == nil && ok {
		err = o.count(t, lruHits)
		if err == nil && max > 0 {
			l := asCells(v)
			v = l.c[linkResult]
			last, e := root.load(t, linkPrev)
			if err = e; err == nil && last != l.value() {
				if err = unlink(t, l); err == nil {
					err = linkLast(t, root, l)
				}
			}
		}
		unlock(t, held)
		return v, err
	}
	if err == nil {
		err = o.count(t, lruMisses)
	}
	unlock(t, held)
	if err != nil {
		return object.Unset, err
	}
	r, err := t.VM.Call(t, fn, args, kw)
	if err != nil {
		return object.Unset, err
	}
	held = lock(t, &o.Mut)
	defer unlock(t, held)
	if max < 0 {
		return r, d.Set(t, key, r)
	}
	if _, ok, err := d.Get(t, key); err != nil || ok {
		return r, err // a recursive call or another thread was faster
	}
	n, err := d.Len(t)
	if err != nil {
		return object.Unset, err
	}
	if int64(n) >= max {
		old, err := root.load(t, linkNext)
		if err != nil {
			return object.Unset, err
		}
		if err := unlink(t, asCells(old)); err != nil {
			return object.Unset, err
		}
		if _, _, err := d.Del(t, asCells(old).c[linkKey]); err != nil {
			return object.Unset, err
		}
	}
	l := newCells(t, k.link, object.Unset, object.Unset, key, r)
	if err := linkLast(t, root, l); err != nil {
		return object.Unset, err
	}
	return r, d.Set(t, key, l.value())
}
