package object

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"gilt/stm"
	"pgregory.net/rapid"
)

// The shared containers against the same models as the private ones, in transactions that are aborted at random, by the
// program and by injected faults.

var granularities = []Granularity{GranChunk, GranObject, GranSlot}

// sharedWorld draws an algorithm, a granularity and a rate of faults.
func sharedWorld(rt *rapid.T, tt *testing.T) *Thread {
	o := stm.Options{
		Algorithm:  rapid.SampledFrom([]string{"lazy", "norec", "eager"}).Draw(rt, "algorithm"),
		AbortEvery: rapid.SampledFrom([]int{0, 37, 400}).Draw(rt, "faults"),
	}
	w, t := adopted(tt, o)
	w.in.Granularity = rapid.SampledFrom(granularities).Draw(rt, "granularity")
	return t
}

// steps runs slices of random steps over the container v, which is published at some time, and returns the last model that
// was committed. compare compares the container with a model.
func steps[M any](rt *rapid.T, t *Thread, v Value, model M, step func(M) M, compare func(M)) {
	publishAt := rapid.IntRange(0, 2).Draw(rt, "publish at")
	for n := range rapid.IntRange(3, 6).Draw(rt, "slices") {
		next := model
		giveUp := rapid.Bool().Draw(rt, "give up")
		err := t.slice(func() error {
			next = model
			for range rapid.IntRange(0, 12).Draw(rt, "ops") {
				next = step(next)
			}
			compare(next)
			if n == publishAt {
				Publish(t, v) // as the commit of a reference to it would
			}
			if giveUp {
				return errGiveUp
			}
			return nil
		})
		if err == nil {
			model = next
		}
		check(rt, t.slice(func() error { compare(model); return nil }))
	}
}

func TestSharedList(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := sharedWorld(rt, tt)
		l := t.MakeList(nil)
		var model []int64
		for i := range rapid.IntRange(0, 200).Draw(rt, "n") {
			l.Append(t, Int(int64(i)))
			model = append(model, int64(i))
		}
		steps(rt, t, l.Value(), model, func(m []int64) []int64 { return listStep(rt, t, l, m) }, func(m []int64) {
			items := must(l.Copy(t))
			got := make([]int64, len(items))
			for i, v := range items {
				got[i] = v.AsInt()
			}
			if !slices.Equal(got, m) {
				rt.Fatalf("list is %v, want %v", got, m)
			}
			// Read again, as the interpreter's loop does: what is remembered of a list must not outlive the slice's own changes.
			for i := range min(len(m), 3) {
				for range 2 * int(l.Meta&FlagShared/FlagShared) {
					if v, ok := l.QuickItem(t, int64(i)); ok && v.AsInt() != m[i] {
						rt.Fatalf("element %d is %v, want %v", i, v, m[i])
					}
				}
			}
			if n := must(l.Len(t)); n != len(m) {
				rt.Fatalf("the length is %d, want %d", n, len(m))
			}
		})
	})
}

func TestSharedDict(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := sharedWorld(rt, tt)
		d := t.NewDict()
		var model []modelItem
		for i := range rapid.IntRange(0, 120).Draw(rt, "n") {
			d.Set(t, Int(int64(1000+i)), Int(int64(i)))
			model = append(model, modelItem{fmt.Sprint(1000 + i), int64(i)})
		}
		steps(rt, t, d.Value(), model, func(m []modelItem) []modelItem { return dictStep(rt, t, d, m) },
			func(m []modelItem) { checkDict(rt, t, d, m) })
	})
}

func TestSharedSet(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := sharedWorld(rt, tt)
		s, twin := t.NewSet(), t.NewSet()
		model := map[string]bool{}
		for i := range rapid.IntRange(0, 200).Draw(rt, "n") {
			s.Add(t, Int(int64(i*7)))
			twin.Add(t, Int(int64(i*7)))
			model[fmt.Sprint(i*7)] = true
		}
		steps(rt, t, s.Value(), model, func(m map[string]bool) map[string]bool {
			m = maps.Clone(m)
			setStep(rt, t, s, m)
			return m
		}, func(m map[string]bool) {
			items := must(s.Items(t))
			if len(m) != must(s.Len(t)) || len(items) != len(m) {
				rt.Fatalf("len %d, %d items, want %d", must(s.Len(t)), len(items), len(m))
			}
			for _, v := range items {
				if !m[canon(v)] {
					rt.Fatalf("%v is in the set", canon(v))
				}
			}
		})
	})
}

func TestSharedDeque(tt *testing.T) {
	rapid.Check(tt, func(rt *rapid.T) {
		t := sharedWorld(rt, tt)
		d := t.NewDeque(rapid.SampledFrom([]int{-1, -1, 0, 1, 5, 40}).Draw(rt, "maxlen"))
		var model []int64
		for range rapid.IntRange(0, 60).Draw(rt, "n") {
			model = dequeStep(rt, t, d, model)
		}
		steps(rt, t, d.Value(), model, func(m []int64) []int64 { return dequeStep(rt, t, d, m) },
			func(m []int64) { checkDeque(rt, t, d, m) })
	})
}

// TestSharedSetOrder: a set in transactions goes through the same tables as a private one.
func TestSharedSetOrder(tt *testing.T) {
	for _, g := range granularities {
		w, t := adopted(tt, stm.Options{})
		w.in.Granularity = g
		var got []int64
		if err := t.slice(func() error {
			got = setOrder(t, func(s *Set) { Publish(t, s.Value()) })
			return nil
		}); err != nil {
			tt.Fatal(err)
		}
		compareOrders(tt, got, setOrderGolden(tt))
	}
}
