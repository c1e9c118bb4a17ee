package object

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The private containers against simple Go models, with slices that are rolled back at random: after a rollback everything
// must be as at the slice's begin.

// drawKey draws keys of several kinds, many of them equal to one another across kinds.
func drawKey(rt *rapid.T) Value {
	n := rapid.Int64Range(-3, 40).Draw(rt, "n")
	switch rapid.IntRange(0, 9).Draw(rt, "kind") {
	case 0:
		return Float(float64(n))
	case 1:
		return Bool(n&1 == 1)
	case 2:
		return NewTuple(Int(n), Int(1))
	case 3, 4:
		return str(fmt.Sprint("k", n))
	case 5:
		return Int(n << 40)
	}
	return Int(n)
}

// noAbort unwinds the test's slice when it is doomed.
func noAbort(err error) {
	if IsAbort(err) {
		panic(err)
	}
}

// check is for operations that must succeed.
func check(rt *rapid.T, err error) {
	noAbort(err)
	if err != nil {
		rt.Helper()
		rt.Fatal(err)
	}
}

// canon is what equal keys have in common.
func canon(v Value) string {
	switch {
	case v.IsInt(), v.IsBool():
		return fmt.Sprint(v.AsInt())
	case v.IsFloat():
		return fmt.Sprint(int64(v.AsFloat()))
	case v.Kind() == KindStr:
		return (*Str)(v.Ref).S
	}
	return "t" + fmt.Sprint((*Tuple)(v.Ref).Items[0].AsInt())
}

type modelItem struct {
	key string
	val int64
}

// checkDict compares a dict with its model, from outside.
func checkDict(rt *rapid.T, t *Thread, d *Dict, model []modelItem) {
	items := must(d.Items(t))
	got := make([]modelItem, len(items))
	for i, it := range items {
		got[i] = modelItem{canon(it.Key), it.Val.AsInt()}
		v, ok, err := d.Get(t, it.Key)
		noAbort(err)
		if err != nil || !ok || v != it.Val {
			rt.Fatalf("item %v not found: %v %v %v", got[i], v, ok, err)
		}
	}
	if !slices.Equal(got, model) {
		rt.Fatalf("dict is %v, want %v", got, model)
	}
	if n := must(d.Len(t)); n != len(model) {
		rt.Fatalf("len %d, want %d", n, len(model))
	}
}

func TestDictModel(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := newTestThread()
		big := rapid.IntRange(0, 120).Draw(rt, "big")
		d := t.NewDict()
		var model []modelItem
		for i := range big {
			d.Set(t, Int(int64(1000+i)), Int(int64(i)))
			model = append(model, modelItem{fmt.Sprint(1000 + i), int64(i)})
		}
		for range rapid.IntRange(1, 6).Draw(rt, "slices") {
			t.Epoch += 1 << epochShift
			before := slices.Clone(model)
			for range rapid.IntRange(0, 30).Draw(rt, "ops") {
				model = dictStep(rt, t, d, model)
			}
			checkDict(rt, t, d, model)
			if rapid.Bool().Draw(rt, "rollback") {
				t.Undo.Rollback()
				model = before
			} else {
				t.Undo.Reset()
			}
			checkDict(rt, t, d, model)
		}
	})
}

// dictStep does one random operation on a dict and on its model, which it returns.
func dictStep(rt *rapid.T, t *Thread, d *Dict, model []modelItem) []modelItem {
	model = slices.Clone(model)
	find := func(k string) int {
		return slices.IndexFunc(model, func(m modelItem) bool { return m.key == k })
	}
	k := drawKey(rt)
	if len(model) > 0 && rapid.Bool().Draw(rt, "old") {
		k = must(d.Items(t))[rapid.IntRange(0, len(model)-1).Draw(rt, "which")].Key
	}
	i := find(canon(k))
	switch op := rapid.IntRange(0, 9).Draw(rt, "op"); op {
	case 0, 1, 2, 3:
		n := rapid.Int64().Draw(rt, "v")
		check(rt, d.Set(t, k, Int(n)))
		if i >= 0 {
			model[i].val = n
		} else {
			model = append(model, modelItem{canon(k), n})
		}
	case 4, 5:
		v, ok, err := d.Del(t, k)
		noAbort(err)
		if err != nil || ok != (i >= 0) || ok && v.AsInt() != model[i].val {
			rt.Fatalf("del: %v %v %v", v, ok, err)
		}
		if ok {
			model = slices.Delete(slices.Clone(model), i, i+1)
		}
	case 6:
		v, err := d.SetDefault(t, k, Int(7))
		noAbort(err)
		if err != nil {
			rt.Fatal(err)
		}
		if i < 0 {
			model = append(model, modelItem{canon(k), 7})
			i = len(model) - 1
		}
		if v.AsInt() != model[i].val {
			rt.Fatalf("setdefault %v", v)
		}
	case 7:
		_, v, ok, err := d.PopItem(t)
		noAbort(err)
		if err != nil || ok != (len(model) > 0) || ok && v.AsInt() != model[len(model)-1].val {
			rt.Fatalf("popitem: %v %v %v", v, ok, err)
		}
		if ok {
			model = model[:len(model)-1]
		}
	case 8:
		v, ok, err := d.Get(t, k)
		noAbort(err)
		if err != nil || ok != (i >= 0) || ok && v.AsInt() != model[i].val {
			rt.Fatalf("get: %v %v %v", v, ok, err)
		}
	case 9:
		if rapid.IntRange(0, 9).Draw(rt, "clear") == 0 {
			check(rt, d.Clear(t))
			model = nil
		}
	}
	return model
}

func TestListModel(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := newTestThread()
		l := t.MakeList(nil)
		var model []int64
		for i := range rapid.IntRange(0, 200).Draw(rt, "n") {
			l.Append(t, Int(int64(i)))
			model = append(model, int64(i))
		}
		compare := func() {
			items := must(l.Copy(t))
			got := make([]int64, len(items))
			for i, v := range items {
				got[i] = v.AsInt()
			}
			if !slices.Equal(got, model) {
				rt.Fatalf("list is %v, want %v", got, model)
			}
		}
		for range rapid.IntRange(1, 6).Draw(rt, "slices") {
			t.Epoch += 1 << epochShift
			before := slices.Clone(model)
			for range rapid.IntRange(0, 20).Draw(rt, "ops") {
				model = listStep(rt, t, l, model)
			}
			compare()
			if rapid.Bool().Draw(rt, "rollback") {
				t.Undo.Rollback()
				model = before
			} else {
				t.Undo.Reset()
			}
			compare()
		}
	})
}

// listStep does one random operation on a list and on its model, which it returns.
func listStep(rt *rapid.T, t *Thread, l *List, model []int64) []int64 {
	model = slices.Clone(model)
	n := len(model)
	v := rapid.Int64Range(0, 99).Draw(rt, "v")
	i := rapid.IntRange(-n-1, n).Draw(rt, "i")
	at := i
	if at < 0 {
		at += n
	}
	in := at >= 0 && at < n
	switch rapid.IntRange(0, 10).Draw(rt, "op") {
	case 0, 1:
		check(rt, l.Append(t, Int(v)))
		return append(model, v)
	case 2, 3:
		err := l.SetIndex(t, int64(i), Int(v))
		noAbort(err)
		if (err == nil) != in {
			rt.Fatalf("set %d of %d: %v", i, n, err)
		}
		if in {
			model[at] = v
		}
	case 4, 5:
		if rapid.Bool().Draw(rt, "end") {
			i, at, in = -1, n-1, n > 0
		}
		x, err := l.Pop(t, int64(i))
		noAbort(err)
		if (err == nil) != in || in && x.AsInt() != model[at] {
			rt.Fatalf("pop %d: %v %v", i, x, err)
		}
		if in {
			model = slices.Delete(model, at, at+1)
		}
	case 6:
		check(rt, l.Insert(t, int64(i), Int(v)))
		model = slices.Insert(model, min(max(at, 0), n), v)
	case 7:
		lo := rapid.IntRange(0, n).Draw(rt, "lo")
		hi := rapid.IntRange(lo, n).Draw(rt, "hi")
		with := rapid.SliceOfN(rapid.Int64Range(100, 110), 0, 80).Draw(rt, "with")
		vs := make([]Value, len(with))
		for k, x := range with {
			vs[k] = Int(x)
		}
		check(rt, l.Splice(t, lo, hi, vs))
		model = slices.Replace(model, lo, hi, with...)
	case 8:
		x, err := l.GetIndex(t, int64(i))
		noAbort(err)
		if (err == nil) != in || in && x.AsInt() != model[at] {
			rt.Fatalf("get %d: %v %v", i, x, err)
		}
	case 9:
		check(rt, l.Sort(t, None, rapid.Bool().Draw(rt, "reverse")))
		items := must(l.Copy(t))
		for k, x := range items {
			model[k] = x.AsInt()
		}
		if !slices.IsSorted(model) {
			slices.Reverse(model)
			if !slices.IsSorted(model) {
				rt.Fatalf("not sorted: %v", model)
			}
			slices.Reverse(model)
		}
	case 10:
		// Pops and pushes at the front: queues.
		for range rapid.IntRange(0, 70).Draw(rt, "shift") {
			if len(model) == 0 {
				break
			}
			x, err := l.Pop(t, 0)
			noAbort(err)
			if err != nil || x.AsInt() != model[0] {
				rt.Fatalf("pop(0): %v %v", x, err)
			}
			model = model[1:]
			check(rt, l.Append(t, Int(v)))
			model = append(model, v)
		}
	}
	return model
}

// TestSetModel compares contents with a Go map and, after rollbacks, the whole table with what it was.
func TestSetModel(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := newTestThread()
		s := t.NewSet()
		model := map[string]bool{}
		for i := range rapid.IntRange(0, 200).Draw(rt, "n") {
			s.Add(t, Int(int64(i*7)))
			model[fmt.Sprint(i*7)] = true
		}
		for range rapid.IntRange(1, 5).Draw(rt, "slices") {
			t.Epoch += 1 << epochShift
			table, fill, used, finger := slices.Clone(s.table), s.fill, s.used, s.finger
			before := map[string]bool{}
			for k := range model {
				before[k] = true
			}
			for range rapid.IntRange(0, 40).Draw(rt, "ops") {
				setStep(rt, t, s, model)
			}
			if len(model) != must(s.Len(t)) {
				rt.Fatalf("len %d, want %d", s.used, len(model))
			}
			for _, v := range must(s.Items(t)) {
				if !model[canon(v)] {
					rt.Fatalf("%v is in the set", canon(v))
				}
			}
			if rapid.Bool().Draw(rt, "rollback") {
				t.Undo.Rollback()
				if !slices.Equal(s.table, table) || s.fill != fill || s.used != used || s.finger != finger {
					rt.Fatalf("rollback left another table")
				}
				model = before
			} else {
				t.Undo.Reset()
			}
		}
	})
}

func setStep(rt *rapid.T, t *Thread, s *Set, model map[string]bool) {
	k := drawKey(rt)
	c := canon(k)
	switch rapid.IntRange(0, 8).Draw(rt, "op") {
	case 0, 1, 2, 3:
		added, err := s.Add(t, k)
		noAbort(err)
		if err != nil || added == model[c] {
			rt.Fatalf("add %s: %v %v", c, added, err)
		}
		model[c] = true
	case 4, 5:
		removed, err := s.Discard(t, k)
		noAbort(err)
		if err != nil || removed != model[c] {
			rt.Fatalf("discard %s: %v %v", c, removed, err)
		}
		delete(model, c)
	case 6:
		v, ok, err := s.Pop(t)
		noAbort(err)
		if err != nil || ok != (len(model) > 0) || ok && !model[canon(v)] {
			rt.Fatalf("pop: %v %v", ok, err)
		}
		if ok {
			delete(model, canon(v))
		}
	case 7:
		has, err := s.Has(t, k)
		noAbort(err)
		if err != nil || has != model[c] {
			rt.Fatalf("has %s: %v %v", c, has, err)
		}
	case 8:
		if rapid.IntRange(0, 9).Draw(rt, "clear") == 0 {
			check(rt, s.Clear(t))
			clear(model)
		}
	}
}

func TestDequeModel(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := newTestThread()
		maxlen := rapid.SampledFrom([]int{-1, -1, 0, 1, 5, 40}).Draw(rt, "maxlen")
		d := t.NewDeque(maxlen)
		var model []int64
		for range rapid.IntRange(0, 100).Draw(rt, "n") {
			model = dequeStep(rt, t, d, model)
		}
		for range rapid.IntRange(1, 5).Draw(rt, "slices") {
			t.Epoch += 1 << epochShift
			before := slices.Clone(model)
			for range rapid.IntRange(0, 40).Draw(rt, "ops") {
				model = dequeStep(rt, t, d, model)
			}
			checkDeque(rt, t, d, model)
			if rapid.Bool().Draw(rt, "rollback") {
				t.Undo.Rollback()
				model = before
			} else {
				t.Undo.Reset()
			}
			checkDeque(rt, t, d, model)
		}
	})
}

func checkDeque(rt *rapid.T, t *Thread, d *Deque, model []int64) {
	items := must(d.Items(t))
	got := make([]int64, len(items))
	for i, v := range items {
		got[i] = v.AsInt()
	}
	if !slices.Equal(got, model) {
		rt.Fatalf("deque is %v, want %v", got, model)
	}
}

func dequeStep(rt *rapid.T, t *Thread, d *Deque, model []int64) []int64 {
	model = slices.Clone(model)
	n := len(model)
	v := rapid.Int64Range(0, 999).Draw(rt, "v")
	left := rapid.Bool().Draw(rt, "left")
	push := func(left bool) {
		check(rt, d.Push(t, Int(v), left))
		if left {
			model = slices.Insert(model, 0, v)
		} else {
			model = append(model, v)
		}
		if d.maxlen >= 0 && len(model) > d.maxlen {
			if left {
				model = model[:d.maxlen]
			} else {
				model = model[len(model)-d.maxlen:]
			}
		}
	}
	switch rapid.IntRange(0, 9).Draw(rt, "op") {
	case 0, 1, 2:
		push(left)
	case 3, 4:
		for range rapid.IntRange(0, 40).Draw(rt, "many") {
			push(left)
		}
	case 5, 6:
		x, ok, err := d.Pop(t, left)
		noAbort(err)
		if err != nil || ok != (n > 0) {
			rt.Fatalf("pop: %v %v", ok, err)
		}
		if ok {
			i := n - 1
			if left {
				i = 0
			}
			if x.AsInt() != model[i] {
				rt.Fatalf("pop gave %d, want %d", x.AsInt(), model[i])
			}
			model = slices.Delete(model, i, i+1)
		}
	case 7:
		if n > 0 {
			i := rapid.IntRange(0, n-1).Draw(rt, "i")
			ok, err := d.Set(t, i, Int(v))
			noAbort(err)
			if !ok || err != nil {
				rt.Fatalf("set: %v %v", ok, err)
			}
			model[i] = v
		}
	case 8:
		k := rapid.IntRange(-5, 5).Draw(rt, "rotate")
		check(rt, d.rotate(t, int64(k)))
		if n > 0 {
			k = ((k % n) + n) % n
			model = slices.Concat(model[n-k:], model[:n-k])
		}
	case 9:
		if n > 0 {
			i := rapid.IntRange(0, n-1).Draw(rt, "i")
			check(rt, d.deleteAt(t, i))
			model = slices.Delete(model, i, i+1)
		}
	}
	return model
}
