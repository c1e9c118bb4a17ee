package builtin

import "gilt/vm/object"

// Modules _heapq and _bisect. A heap is worked on in a copy of a private list's own array where nothing can see it; otherwise through
// the list's operations.

func init() {
	register("_heapq", func(t *object.Thread) (*object.Module, error) {
		return newModule(t, "_heapq", "Heap queues.",
			fixed("heappush", 2, 2, heapPush), fixed("heappop", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapPop(t, a, object.CmpLt) }),
			fixed("heapreplace", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapReplace(t, a, object.CmpLt) }),
			fixed("heappushpop", 2, 2, heapPushPop), fixed("heapify", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapify(t, a, object.CmpLt) }),
			fixed("_heappop_max", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapPop(t, a, object.CmpGt) }),
			fixed("_heapreplace_max", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapReplace(t, a, object.CmpGt) }),
			fixed("_heapify_max", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return heapify(t, a, object.CmpGt) }),
		), nil
	})
	register("bisect", func(t *object.Thread) (*object.Module, error) {
		m := newModule(t, "bisect", "Bisection algorithms.",
			vary("bisect_right", bisector("bisect_right", true, false)), vary("bisect_left", bisector("bisect_left", false, false)),
			vary("insort_right", bisector("insort_right", true, true)), vary("insort_left", bisector("insort_left", false, true)))
		for alias, name := range map[string]string{"bisect": "bisect_right", "insort": "insort_right"} {
			v, _, err := m.NS.Get(t, t.Intern(name))
			if err != nil {
				return nil, err
			}
			set(t, m, alias, v)
		}
		return m, nil
	})
}

func heapArg(t *object.Thread, v object.Value) (*object.List, error) {
	l, ok := object.AsList(v)
	if !ok {
		return nil, object.TypeErrorf(t, "heap argument must be a list, not %s", object.TypeName(t, v))
	}
	return l, nil
}

// before says whether a goes before b in the heap; the comparison is always written with <, as in CPython.
func before(t *object.Thread, op object.CmpOp, a, b object.Value) (bool, error) {
	if op == object.CmpGt {
		a, b = b, a
	}
	return object.CompareBool(t, object.CmpLt, a, b)
}

// at reads an element that must be there: comparisons may have run code that changed the list.
func at(t *object.Thread, l *object.List, i int) (object.Value, error) {
	v, ok, err := l.Get(t, i)
	if err == nil && !ok {
		err = object.RuntimeErrorf(t, "list changed size during iteration")
	}
	return v, err
}

// siftDown moves the element at pos towards the root, not beyond start.
func siftDown(t *object.Thread, l *object.List, start, pos int, op object.CmpOp) error {
	x, err := at(t, l, pos)
	if err != nil {
		return err
	}
	for pos > start {
		parent := (pos - 1) / 2
		p, err := at(t, l, parent)
		if err != nil {
			return err
		}
		if ok, err := before(t, op, x, p); err != nil {
			return err
		} else if !ok {
			break
		}
		if err := l.SetIndex(t, int64(pos), p); err != nil {
			return err
		}
		pos = parent
	}
	return l.SetIndex(t, int64(pos), x)
}

// siftUp lets the hole at pos sink to a leaf along the better children, and brings the element up from there.
func siftUp(t *object.Thread, l *object.List, pos int, op object.CmpOp) error {
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	start := pos
	x, err := at(t, l, pos)
	if err != nil {
		return err
	}
	for child := 2*pos + 1; child < n; child = 2*pos + 1 {
		c, err := at(t, l, child)
		if err != nil {
			return err
		}
		if child+1 < n {
			r, err := at(t, l, child+1)
			if err != nil {
				return err
			}
			if ok, err := before(t, op, c, r); err != nil {
				return err
			} else if !ok {
				child, c = child+1, r
			}
		}
		if err := l.SetIndex(t, int64(pos), c); err != nil {
			return err
		}
		pos = child
	}
	if err := l.SetIndex(t, int64(pos), x); err != nil {
		return err
	}
	return siftDown(t, l, start, pos, op)
}

func heapPush(t *object.Thread, a []object.Value) (object.Value, error) {
	l, err := heapArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if h := lock(t, &l.Mut); h != nil {
		defer unlock(t, h)
	}
	if err := l.Append(t, a[1]); err != nil {
		return object.Unset, err
	}
	n, err := l.Len(t)
	if err != nil {
		return object.Unset, err
	}
	return none(siftDown(t, l, 0, n-1, object.CmpLt))
}

func heapPop(t *object.Thread, a []object.Value, op object.CmpOp) (object.Value, error) {
	l, err := heapArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if h := lock(t, &l.Mut); h != nil {
		defer unlock(t, h)
	}
	n, err := l.Len(t)
	if err != nil {
		return object.Unset, err
	}
	if n == 0 {
		return object.Unset, object.IndexErrorf(t, "index out of range")
	}
	last, err := l.Pop(t, -1)
	if err != nil || n == 1 {
		return last, err
	}
	top, err := at(t, l, 0)
	if err != nil {
		return object.Unset, err
	}
	if err := l.SetIndex(t, 0, last); err != nil {
		return object.Unset, err
	}
	return top, siftUp(t, l, 0, op)
}

func heapReplace(t *object.Thread, a []object.Value, op object.CmpOp) (object.Value, error) {
	l, err := heapArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if h := lock(t, &l.Mut); h != nil {
		defer unlock(t, h)
	}
	top, ok, err := l.Get(t, 0)
	if err != nil {
		return object.Unset, err
	}
	if !ok {
		return object.Unset, object.IndexErrorf(t, "index out of range")
	}
	if err := l.SetIndex(t, 0, a[1]); err != nil {
		return object.Unset, err
	}
	return top, siftUp(t, l, 0, op)
}

func heapPushPop(t *object.Thread, a []object.Value) (object.Value, error) {
	l, err := heapArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if h := lock(t, &l.Mut); h != nil {
		defer unlock(t, h)
	}
	top, ok, err := l.Get(t, 0)
	if err != nil || !ok {
		return a[1], err
	}
	if less, err := before(t, object.CmpLt, top, a[1]); err != nil || !less {
		return a[1], err
	}
	return heapReplace(t, a, object.CmpLt)
}

func heapify(t *object.Thread, a []object.Value, op object.CmpOp) (object.Value, error) {
	l, err := heapArg(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if h := lock(t, &l.Mut); h != nil {
		defer unlock(t, h)
	}
	n, err := l.Len(t)
	if err != nil {
		return object.Unset, err
	}
	for i := n/2 - 1; i >= 0; i-- {
		if err := siftUp(t, l, i, op); err != nil {
			return object.Unset, err
		}
	}
	return object.None, nil
}

// bisector is bisect (right: behind equal elements) or insort.
func bisector(name string, right, insert bool) object.BuiltinFn {
	return func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		var a [5]object.Value
		if err := object.ParseArgs(t, name, args, kw, []string{"a", "x", "lo", "hi", "key"}, 2, a[:]); err != nil {
			return object.Unset, err
		}
		lo, hi := 0, -1
		var err error
		if !a[2].IsUnset() {
			if lo, err = object.IndexInt(t, a[2]); err != nil {
				return object.Unset, err
			}
			if lo < 0 {
				return object.Unset, object.ValueErrorf(t, "lo must be non-negative")
			}
		}
		if !a[3].IsUnset() && !a[3].IsNone() {
			if hi, err = object.IndexInt(t, a[3]); err != nil {
				return object.Unset, err
			}
		}
		if hi < 0 {
			if hi, err = object.Len(t, a[0]); err != nil {
				return object.Unset, err
			}
		}
		key := a[4]
		x := a[1]
		if key.IsUnset() {
			key = object.None
		}
		if insert && !key.IsNone() {
			if x, err = object.Call(t, key, x); err != nil {
				return object.Unset, err
			}
		}
		for lo < hi {
			mid := int(uint(lo+hi) / 2)
			v, err := object.GetItem(t, a[0], object.Int(int64(mid)))
			if err != nil {
				return object.Unset, err
			}
			if !key.IsNone() {
				if v, err = object.Call(t, key, v); err != nil {
					return object.Unset, err
				}
			}
			var less bool
			if right {
				less, err = object.CompareBool(t, object.CmpLt, x, v)
				less = !less
			} else {
				less, err = object.CompareBool(t, object.CmpLt, v, x)
			}
			if err != nil {
				return object.Unset, err
			}
			if less {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if !insert {
			return object.Int(int64(lo)), nil
		}
		if l, ok := object.AsList(a[0]); ok && a[0].Kind() == object.KindList {
			return none(l.Insert(t, int64(lo), a[1]))
		}
		_, err = object.CallMethod(t, a[0], "insert", object.Int(int64(lo)), a[1])
		return none(err)
	}
}
