package object

import (
	"slices"
	"strings"
)

// This file has the operations and methods of class list.

func selfList(v Value) *List { return (*List)(v.Ref) }

func (in *Interp) initList() {
	cls := in.Types.List
	o := cls.Ops
	o.New = func(t *Thread, cls *Type, args []Value, kw *Kwargs) (Value, error) { return t.NewList(nil), nil }
	o.Init = listInit
	o.Repr = listRepr
	o.Hash = nil
	o.Compare = listCompare
	o.Sequence = true
	o.Len = func(t *Thread, v Value) (int, error) { return selfList(v).Len(t) }
	o.Bool = func(t *Thread, v Value) (bool, error) {
		n, err := selfList(v).Len(t)
		return n != 0, err
	}
	o.GetItem = listGetItem
	o.SetItem = listSetItem
	o.DelItem = listDelItem
	o.Contains = func(t *Thread, v, x Value) (bool, error) {
		i, err := selfList(v).find(t, x, 0, maxItems)
		return i >= 0, err
	}
	o.Iter = func(t *Thread, v Value) (Value, error) {
		return t.newIter(&listIter, t.Interp.Types.ListIterator, v).Value(), nil
	}
	o.Binary[OpAdd] = listConcat
	o.Binary[OpMul] = listRepeat
	o.InPlace[OpAdd] = func(t *Thread, a, b Value) (Value, error) {
		l, ok := AsList(a)
		if !ok {
			return NotImplemented, nil
		}
		return a, l.extend(t, b)
	}
	o.InPlace[OpMul] = listInPlaceRepeat
	in.addMethods(cls, []methodDef{
		{"append", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			return None, selfList(self).Append(t, args[0])
		}},
		{"extend", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			return None, selfList(self).extend(t, args[0])
		}},
		{"insert", exactly(2), func(t *Thread, self Value, args []Value) (Value, error) {
			i, err := indexArg(t, args[0])
			if err != nil {
				return Unset, err
			}
			return None, selfList(self).Insert(t, i, args[1])
		}},
		{"pop", between(0, 1), func(t *Thread, self Value, args []Value) (Value, error) {
			i := int64(-1)
			if len(args) > 0 {
				var err error
				if i, err = indexArg(t, args[0]); err != nil {
					return Unset, err
				}
			}
			return selfList(self).Pop(t, i)
		}},
		{"remove", exactly(1), func(t *Thread, self Value, args []Value) (Value, error) {
			l := selfList(self)
			i, err := l.find(t, args[0], 0, maxItems)
			if err != nil {
				return Unset, err
			}
			if i < 0 {
				return Unset, ValueErrorf(t, "list.remove(x): x not in list")
			}
			return None, l.Splice(t, i, i+1, nil)
		}},
		{"clear", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			return None, selfList(self).Assign(t, nil)
		}},
		{"copy", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			items, err := selfList(self).Copy(t)
			return t.NewList(items), err
		}},
		{"count", exactly(1), listCount},
		{"index", between(1, 3), listIndex},
		{"reverse", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			l := selfList(self)
			if l.private() {
				l.saveAll(t)
				slices.Reverse(l.Items)
				return None, nil
			}
			t.lockPair(&l.Mut, &l.Mut)
			defer t.unlockPair(&l.Mut, &l.Mut)
			items, err := l.Copy(t)
			if err != nil {
				return Unset, err
			}
			slices.Reverse(items)
			return None, l.Assign(t, items)
		}},
		{"__reversed__", exactly(0), func(t *Thread, self Value, _ []Value) (Value, error) {
			it, _, err := Reversed(t, self)
			return it, err
		}},
	})
	in.addKwMethod(cls, "sort", func(t *Thread, self Value, args []Value, kw *Kwargs) (Value, error) {
		if len(args) > 0 && !t.Interp.Dialect2 {
			return Unset, TypeErrorf(t, "sort() takes no positional arguments")
		}
		a, err := sortArgs(t, args, kw)
		if err != nil {
			return Unset, err
		}
		return None, selfList(self).sort(t, a.key, a.reverse, a.lt)
	})
}

// sorting is what the arguments of list.sort and sorted say.
type sorting struct {
	key     Value
	reverse bool
	lt      lessFn // from Python 2's cmp; nil: <
}

// sortArgs reads the arguments of list.sort and sorted. Python 2 has a cmp function before key, and allows them by position.
func sortArgs(t *Thread, args []Value, kw *Kwargs) (a sorting, err error) {
	a.key = None
	set := func(name string, v Value) error {
		switch {
		case name == "key":
			a.key = v
		case name == "reverse":
			a.reverse, err = Truth(t, v)
			return err
		case name == "cmp" && t.Interp.Dialect2:
			if !v.IsNone() {
				a.lt = byCmp(v)
			}
		default:
			return TypeErrorf(t, "sort() got an unexpected keyword argument '%s'", name)
		}
		return nil
	}
	if len(args) > 3 {
		return a, TypeErrorf(t, "sort() takes at most 3 arguments (%d given)", len(args))
	}
	for i, v := range args {
		if err := set([...]string{"cmp", "key", "reverse"}[i], v); err != nil {
			return a, err
		}
	}
	if kw != nil {
		for i, name := range kw.Names {
			if err := set(name, kw.Values[i]); err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

// Sorted is sorted(iterable, key=, reverse=); kw may be nil. args are what Python 2 allows after the iterable.
func Sorted(t *Thread, iterable Value, kw *Kwargs, args ...Value) (Value, error) {
	a, err := sortArgs(t, args, kw)
	if err != nil {
		return Unset, err
	}
	items, err := ToSlice(t, iterable)
	if err != nil {
		return Unset, err
	}
	l := t.MakeList(items)
	return l.Value(), l.sort(t, a.key, a.reverse, a.lt)
}

func listInit(t *Thread, self Value, args []Value, kw *Kwargs) error {
	l, _ := AsList(self)
	if kw != nil && len(kw.Names) > 0 {
		return TypeErrorf(t, "list() takes no keyword arguments")
	}
	if len(args) > 1 {
		return TypeErrorf(t, "list expected at most 1 argument, got %d", len(args))
	}
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := l.Assign(t, nil); err != nil {
			return err
		}
	}
	if len(args) == 0 {
		return nil
	}
	return l.extend(t, args[0])
}

// extend is Extend as one operation of the list and of the list that it takes from.
func (l *List) extend(t *Thread, from Value) error {
	if o, ok := AsList(from); ok {
		t.lockPair(&l.Mut, &o.Mut)
		defer t.unlockPair(&l.Mut, &o.Mut)
	}
	return l.Extend(t, from)
}

// find is the index of the first element in [lo, hi) equal to x, -1 if there is none. The list may change meanwhile.
func (l *List) find(t *Thread, x Value, lo, hi int) (int, error) {
	for i := lo; i < hi; i++ {
		var y Value
		if l.private() {
			if i >= len(l.Items) {
				return -1, nil
			}
			y = l.Items[i]
		} else {
			v, ok, err := l.sharedGet(t, i)
			if err != nil || !ok {
				return -1, err
			}
			y = v
		}
		eq, err := sameOrEqual(t, y, x)
		if err != nil {
			return -1, err
		}
		if eq {
			return i, nil
		}
	}
	return -1, nil
}

func listCount(t *Thread, self Value, args []Value) (Value, error) {
	l, n := selfList(self), int64(0)
	for i := 0; ; i++ {
		var err error
		if i, err = l.find(t, args[0], i, maxItems); err != nil {
			return Unset, err
		}
		if i < 0 {
			return Int(n), nil
		}
		n++
	}
}

func listIndex(t *Thread, self Value, args []Value) (Value, error) {
	l := selfList(self)
	lo, hi := 0, maxItems
	if len(args) > 1 {
		n, err := l.Len(t)
		if err != nil {
			return Unset, err
		}
		if lo, hi, err = indexRange(t, args[1:], n); err != nil {
			return Unset, err
		}
	}
	i, err := l.find(t, args[0], lo, hi)
	if err != nil {
		return Unset, err
	}
	if i < 0 {
		s, err := Repr(t, args[0])
		if err != nil {
			return Unset, err
		}
		return Unset, ValueErrorf(t, "%s is not in list", s)
	}
	return Int(int64(i)), nil
}

func listRepr(t *Thread, v Value) (string, error) {
	l := selfList(v)
	if !t.enterRepr(v) {
		return "[...]", nil
	}
	defer t.leaveRepr()
	if err := t.reprDepth(); err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteByte('[')
	for i := 0; ; i++ {
		x, ok, err := l.Get(t, i)
		if err != nil {
			return "", err
		}
		if !ok {
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		s, err := Repr(t, x)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	b.WriteByte(']')
	return b.String(), nil
}

// listCompare is rich comparison: by the first elements that differ. Comparing elements may change the lists.
func listCompare(t *Thread, op CmpOp, a, b Value) (Value, error) {
	x, ok := AsList(a)
	y, ok2 := AsList(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	n, err := x.Len(t)
	if err != nil {
		return Unset, err
	}
	m, err := y.Len(t)
	if err != nil {
		return Unset, err
	}
	if n != m && (op == CmpEq || op == CmpNe) {
		return Bool(op == CmpNe), nil
	}
	if err := t.enterCompare(); err != nil {
		return Unset, err
	}
	defer t.leaveCompare()
	for i := 0; ; i++ {
		p, ok, err := x.Get(t, i)
		if err != nil {
			return Unset, err
		}
		q, ok2, err := y.Get(t, i)
		if err != nil {
			return Unset, err
		}
		if !ok || !ok2 {
			break
		}
		eq, err := sameOrEqual(t, p, q)
		if err != nil {
			return Unset, err
		}
		if !eq {
			switch op {
			case CmpEq:
				return False, nil
			case CmpNe:
				return True, nil
			}
			return Compare(t, op, p, q)
		}
	}
	if n, err = x.Len(t); err != nil {
		return Unset, err
	}
	if m, err = y.Len(t); err != nil {
		return Unset, err
	}
	return Bool(compareInts(op, n, m)), nil
}

func listGetItem(t *Thread, v, key Value) (Value, error) {
	l := selfList(v)
	if key.Kind() == KindSlice {
		t.lockPair(&l.Mut, &l.Mut)
		defer t.unlockPair(&l.Mut, &l.Mut)
		n, err := l.Len(t)
		if err != nil {
			return Unset, err
		}
		s, err := (*Slice)(key.Ref).Indices(t, n)
		if err != nil {
			return Unset, err
		}
		if err := t.Room(s.Len * valueSize); err != nil {
			return Unset, err
		}
		if l.private() {
			return t.NewList(sliceItems(l.Items, s)), nil
		}
		out := make([]Value, 0, s.Len)
		for k := range s.Len {
			x, ok, err := l.sharedGet(t, s.Start+k*s.Step)
			if err != nil {
				return Unset, err
			}
			if ok {
				out = append(out, x)
			}
		}
		return t.NewList(out), nil
	}
	i, err := subscript(t, key, "list")
	if err != nil {
		return Unset, err
	}
	return l.GetIndex(t, i)
}

func listSetItem(t *Thread, v, key, x Value) error {
	l := selfList(v)
	if key.Kind() == KindSlice {
		return l.assignSlice(t, (*Slice)(key.Ref), x)
	}
	i, err := subscript(t, key, "list")
	if err != nil {
		return err
	}
	return l.SetIndex(t, i, x)
}

// assignSlice is l[s] = iterable.
func (l *List) assignSlice(t *Thread, s *Slice, x Value) error {
	simple := s.Step.IsNone()
	if !simple {
		step, err := clampIndex(t, s.Step)
		if err != nil {
			return err
		}
		simple = step == 1
	}
	if !iterable(t, TypeOf(t, x)) {
		return TypeErrorf(t, "must assign iterable to extended slice")
	}
	with, err := ToSlice(t, x)
	if err != nil {
		return err
	}
	t.lockPair(&l.Mut, &l.Mut)
	defer t.unlockPair(&l.Mut, &l.Mut)
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	r, err := s.Indices(t, n)
	if err != nil {
		return err
	}
	if simple {
		return l.Splice(t, r.Start, r.Start+r.Len, with)
	}
	if len(with) != r.Len {
		return ValueErrorf(t, "attempt to assign sequence of size %d to extended slice of size %d", len(with), r.Len)
	}
	for k, v := range with {
		if err := l.SetIndex(t, int64(r.Start+k*r.Step), v); err != nil {
			return err
		}
	}
	return nil
}

func listDelItem(t *Thread, v, key Value) error {
	l := selfList(v)
	t.lockPair(&l.Mut, &l.Mut)
	defer t.unlockPair(&l.Mut, &l.Mut)
	if key.Kind() != KindSlice {
		i, err := subscript(t, key, "list")
		if err != nil {
			return err
		}
		n, err := l.Len(t)
		if err != nil {
			return err
		}
		if i < 0 {
			i += int64(n)
		}
		if uint64(i) >= uint64(n) {
			return IndexErrorf(t, "list assignment index out of range")
		}
		_, err = l.Pop(t, i)
		return err
	}
	n, err := l.Len(t)
	if err != nil {
		return err
	}
	s, err := (*Slice)(key.Ref).Indices(t, n)
	if err != nil || s.Len == 0 {
		return err
	}
	s = s.ascending()
	if s.Step == 1 {
		return l.Splice(t, s.Start, s.Start+s.Len, nil)
	}
	items, err := l.Copy(t)
	if err != nil {
		return err
	}
	out := items[:s.Start]
	for i := s.Start; i < n; i++ {
		if k := i - s.Start; k%s.Step != 0 || k/s.Step >= s.Len {
			out = append(out, items[i])
		}
	}
	return l.Splice(t, s.Start, n, out[s.Start:])
}

func listConcat(t *Thread, a, b Value) (Value, error) {
	x, ok := AsList(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := AsList(b)
	if !ok {
		return Unset, TypeErrorf(t, "can only concatenate list (not \"%s\") to list", TypeName(t, b))
	}
	t.lockPair(&x.Mut, &y.Mut)
	defer t.unlockPair(&x.Mut, &y.Mut)
	p, err := x.View(t)
	if err != nil {
		return Unset, err
	}
	q, err := y.View(t)
	if err != nil {
		return Unset, err
	}
	if err := t.Room((len(p) + len(q)) * valueSize); err != nil {
		return Unset, err
	}
	return t.NewList(slices.Concat(p, q)), nil
}

func listRepeat(t *Thread, a, b Value) (Value, error) {
	seq, n, ok, err := repeatOperands(t, a, b, KindList)
	if err != nil || !ok {
		return NotImplemented, err
	}
	items, err := selfList(seq).View(t)
	if err != nil {
		return Unset, err
	}
	if items, err = repeatItems(t, items, n); err != nil {
		return Unset, err
	}
	return t.NewList(items), nil
}

func listInPlaceRepeat(t *Thread, a, b Value) (Value, error) {
	l, ok := AsList(a)
	if !ok {
		return NotImplemented, nil
	}
	_, n, ok, err := repeatOperands(t, l.Value(), b, KindList)
	if err != nil || !ok {
		return NotImplemented, err
	}
	t.lockPair(&l.Mut, &l.Mut)
	defer t.unlockPair(&l.Mut, &l.Mut)
	items, err := l.View(t)
	if err != nil {
		return Unset, err
	}
	if n <= 0 {
		return a, l.Assign(t, nil)
	}
	k := len(items)
	if items, err = repeatItems(t, items, n); err != nil {
		return Unset, err
	}
	return a, l.Splice(t, k, k, items[min(k, len(items)):])
}
