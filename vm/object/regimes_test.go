package object

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gilt/internal/machine"
)

// hammer runs f in several threads of a machine on real cores, under RegimeLocks.
func hammer(tt *testing.T, g Granularity, mk func(t *Thread) Value, f func(t *Thread, v Value, me int) error) (*Thread, Value) {
	tt.Helper()
	const threads = 4
	m := machine.NewReal(machine.RealConfig{})
	in := NewInterp(nil)
	in.Granularity = g
	var v Value
	errs := make([]error, threads)
	err := m.Run(func(p *machine.Proc) {
		t := &Thread{Interp: in, VM: testVM{}, Proc: p, Num: 99, Regime: RegimeLocks}
		v = mk(t)
		Publish(t, v)
		for i := range threads {
			m.Go("worker", func(p *machine.Proc) {
				t := &Thread{Interp: in, VM: testVM{}, Proc: p, Num: uint64(i), Regime: RegimeLocks}
				errs[i] = f(t, v, i)
				if len(t.containers.latched) != 0 {
					panic("a latch is still held")
				}
			})
		}
	})
	if err != nil {
		tt.Fatal(err)
	}
	for _, err := range errs {
		if err != nil {
			tt.Fatal(err)
		}
	}
	return &Thread{Interp: in, VM: testVM{}}, v
}

// TestLocksDict: with a latch per operation, threads on keys of their own see only their own changes, and nothing is lost.
func TestLocksDict(tt *testing.T) {
	n := 3000
	if testing.Short() {
		n = 500
	}
	t, v := hammer(tt, GranChunk, func(t *Thread) Value { return t.NewDict().Value() }, func(t *Thread, v Value, me int) error {
		d := selfDict(v)
		for i := range n {
			key := NewTuple(Int(int64(me)), Int(int64(i)))
			if err := d.Set(t, key, Int(int64(i))); err != nil {
				return err
			}
			if i%3 == 0 {
				if _, ok, err := d.Del(t, key); !ok || err != nil {
					return fmt.Errorf("own key %d is gone: %v", i, err)
				}
			}
			x, ok, err := d.Get(t, key)
			if err != nil || ok == (i%3 == 0) || ok && x.AsInt() != int64(i) {
				return fmt.Errorf("own key %d: %v %v", i, ok, err)
			}
			if i%500 == 0 {
				if _, err := d.Items(t); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if got, want := must(selfDict(v).Len(t)), 4*(n-(n+2)/3); got != want {
		tt.Errorf("%d items, want %d", got, want)
	}
}

// TestLocksSwap: pops from one list and appends to another keep the multiset, and set and deque lose nothing either.
func TestLocksSwap(tt *testing.T) {
	n := 4000
	if testing.Short() {
		n = 600
	}
	mk := func(t *Thread) Value {
		a, b := t.MakeList(nil), t.MakeList(nil)
		for i := range 200 {
			a.Append(t, Int(int64(i)))
		}
		return NewTuple(a.Value(), b.Value(), t.NewSet().Value(), t.NewDeque(-1).Value())
	}
	t, v := hammer(tt, GranSlot, mk, func(t *Thread, v Value, me int) error {
		items := (*Tuple)(v.Ref).Items
		from, to := selfList(items[me&1]), selfList(items[1-me&1])
		s, q := selfSet(items[2]), selfDeque(items[3])
		rng := rand.New(rand.NewPCG(1, uint64(me)))
		for i := range n {
			k := int64(-1)
			if rng.IntN(4) == 0 {
				k = 0
			}
			x, err := from.Pop(t, k)
			if err == nil {
				err = to.Append(t, x)
			} else if _, empty := Catch(t, err, t.Interp.Types.IndexError); empty {
				err = nil
			}
			if err == nil {
				_, err = s.Add(t, Int(int64(me*n+i)))
			}
			if err == nil {
				err = q.Push(t, Int(int64(i)), me&2 == 0)
			}
			if err == nil && i&1 == 1 {
				_, _, err = q.Pop(t, me&1 == 0)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	items := (*Tuple)(v.Ref).Items
	seen := map[int64]bool{}
	for _, l := range items[:2] {
		for _, x := range must(selfList(l).Copy(t)) {
			if seen[x.AsInt()] {
				tt.Fatalf("%d is there twice", x.AsInt())
			}
			seen[x.AsInt()] = true
		}
	}
	if len(seen) != 200 {
		tt.Errorf("%d elements, want 200", len(seen))
	}
	if k := must(selfSet(items[2]).Len(t)); k != 4*n {
		tt.Errorf("the set has %d elements, want %d", k, 4*n)
	}
	if k := must(selfDeque(items[3]).Len(t)); k != 2*n {
		tt.Errorf("the deque has %d elements, want %d", k, 2*n)
	}
}

// TestIteratorsAcrossPublication: iterators that began on a private container go on after it has been published, and notice
// changes as before.
func TestIteratorsAcrossPublication(tt *testing.T) {
	t := newTestThread()
	drain := func(it Value) string {
		out := ""
		for {
			v, ok, err := Next(t, it)
			if err != nil {
				return out + "!" + err.Error()
			}
			if !ok {
				return out
			}
			out += show(t, v) + " "
		}
	}
	advance := func(it Value, n int) {
		for range n {
			if _, ok, err := Next(t, it); !ok || err != nil {
				tt.Fatal("too short", err)
			}
		}
	}
	d := t.NewDict()
	for i := range 6 {
		d.Set(t, Int(int64(i)), Int(int64(i*i)))
	}
	d.Del(t, Int(1))
	keys, items := must(newDictIter(t, d.Value(), iterKeys, false)), must(newDictIter(t, d.Value(), iterItems, true))
	late := must(newDictIter(t, d.Value(), iterValues, false))
	advance(keys, 2)
	advance(items, 2)
	advance(late, 1)
	Publish(t, NewTuple(d.Value(), keys, items, late))
	if got := drain(keys); got != "3 4 5 " {
		tt.Errorf("keys went on with %q", got)
	}
	if got := drain(items); got != "(3, 9) (2, 4) (0, 0) " {
		tt.Errorf("reversed items went on with %q", got)
	}
	d.Set(t, Int(77), Int(1))
	if got := drain(late); got != "!RuntimeError: dictionary changed size during iteration" {
		tt.Errorf("values went on with %q", got)
	}
	if got := drain(late); got != "!RuntimeError: dictionary changed size during iteration" {
		tt.Errorf("and again with %q", got)
	}
	swap := must(newDictIter(t, d.Value(), iterKeys, false))
	advance(swap, 1)
	d.Del(t, Int(0))
	d.Set(t, Int(88), Int(1))
	if got := drain(swap); got != "2 3 4 5 77 !RuntimeError: dictionary keys changed during iteration" {
		tt.Errorf("after a swap: %q", got)
	}

	s := t.NewSet()
	for i := range 5 {
		s.Add(t, Int(int64(i)))
	}
	it := must(t.Interp.Types.Set.Ops.Iter(t, s.Value()))
	advance(it, 2)
	Publish(t, NewTuple(s.Value(), it))
	if got := drain(it); got != "2 3 4 " {
		tt.Errorf("set went on with %q", got)
	}

	q := t.NewDeque(-1)
	for i := range 5 {
		q.Push(t, Int(int64(i)), false)
	}
	a, b := must(q.iter(t, false)), must(q.iter(t, true))
	advance(a, 1)
	advance(b, 1)
	Publish(t, NewTuple(q.Value(), a, b))
	if got := drain(a); got != "1 2 3 4 " {
		tt.Errorf("deque went on with %q", got)
	}
	q.Push(t, Int(9), true)
	q.Pop(t, true)
	if got := drain(b); got != "!RuntimeError: deque mutated during iteration" {
		tt.Errorf("changed deque went on with %q", got)
	}

	l := t.MakeList([]Value{Int(1), Int(2), Int(3)})
	li := must(Iter(t, l.Value()))
	advance(li, 1)
	Publish(t, NewTuple(l.Value(), li))
	l.Append(t, Int(4))
	if got := drain(li); got != "2 3 4 " {
		tt.Errorf("list went on with %q", got)
	}
}

// TestPublishDeep: publishing needs no Go stack, converts everything once, and is taken back by a rollback.
func TestPublishDeep(tt *testing.T) {
	t := newTestThread()
	t.Epoch = 1 << epochShift
	inner := t.MakeList(nil)
	v := inner.Value()
	for i := range 200_000 {
		switch i % 3 {
		case 0:
			v = t.NewList([]Value{v})
		case 1:
			v = NewTuple(v, Int(1))
		case 2:
			d := t.NewDict()
			d.Set(t, Int(1), v)
			v = d.Value()
		}
	}
	inner.Append(t, v) // a cycle
	t.Epoch += 1 << epochShift
	inner.Append(t, Int(5))
	Publish(t, v)
	if inner.private() || must(inner.Len(t)) != 2 {
		tt.Fatal("the innermost list is not shared")
	}
	t.Undo.Rollback()
	if !inner.private() || len(inner.Items) != 1 {
		tt.Fatal("the rollback did not take the publication back")
	}
	Publish(t, v)
	t.Undo.Reset()
	if inner.private() || inner.Items != nil || must(inner.Len(t)) != 1 {
		tt.Fatal("the second publication is wrong")
	}
}
