package object

import (
	"fmt"
	"runtime"
	"testing"

	"gilt/stm"
)

// heapOf is how much the heap has grown when f has returned, for what f returns.
func heapOf(f func() any) (bytes int64, keep any) {
	var a, b runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&a)
	keep = f()
	runtime.GC()
	runtime.ReadMemStats(&b)
	return int64(b.HeapAlloc) - int64(a.HeapAlloc), keep
}

// TestMemory holds the sizes of large private containers.
func TestMemory(tt *testing.T) {
	if testing.Short() {
		tt.Skip("allocates much")
	}
	const n = 1_000_000
	for _, c := range []struct {
		name  string
		limit int64
		f     func(t *Thread) any
	}{
		{"list", 24e6, func(t *Thread) any {
			l := t.MakeList(nil)
			for i := range n {
				l.Append(t, Int(int64(i)))
			}
			return l
		}},
		{"dict", 80e6, func(t *Thread) any {
			d := t.NewDict()
			for i := range n {
				d.Set(t, Int(int64(i)), Int(int64(i)))
			}
			return d
		}},
		{"set", 80e6, func(t *Thread) any {
			s := t.NewSet()
			for i := range n {
				s.Add(t, Int(int64(i)))
			}
			return s
		}},
	} {
		t := newTestThread()
		got, keep := heapOf(func() any { return c.f(t) })
		tt.Logf("%s of a million ints: %.1f MB", c.name, float64(got)/1e6)
		if got > c.limit {
			tt.Errorf("%s of a million ints takes %d bytes, more than %d", c.name, got, c.limit)
		}
		runtime.KeepAlive(keep)
	}
}

// TestAllocations: small writes allocate nothing in the steady state, undo entries included.
func TestAllocations(tt *testing.T) {
	t := newTestThread()
	small, big := t.MakeList(nil), t.MakeList(nil)
	d := t.NewDict()
	s := t.NewSet()
	for i := range 1000 {
		if i < 20 {
			small.Append(t, Int(int64(i)))
		}
		big.Append(t, Int(int64(i)))
		d.Set(t, Int(int64(i)), Int(0))
		s.Add(t, Int(int64(i)))
	}
	key := str("key")
	d.Set(t, key, Int(0))
	slice := func(f func()) func() {
		return func() {
			t.Epoch += 1 << epochShift
			f()
			if t.Epoch>>epochShift&1 == 0 {
				t.Undo.Rollback()
			} else {
				t.Undo.Reset()
			}
		}
	}
	for name, f := range map[string]func(){
		"small list set": slice(func() { small.SetIndex(t, 3, Int(9)) }),
		"big list set":   slice(func() { big.SetIndex(t, 500, Int(9)) }),
		"list push, pop": slice(func() { big.Append(t, Int(1)); big.Pop(t, -1) }),
		"dict replace":   slice(func() { d.Set(t, Int(7), Int(9)) }),
		"dict get":       slice(func() { d.Get(t, key); d.Get(t, Int(900)) }),
		"dict delete":    slice(func() { d.Del(t, Int(7)); t.Undo.Rollback() }),
		"set discard":    slice(func() { s.Discard(t, Int(7)); t.Undo.Rollback() }),
	} {
		for range 10 {
			f()
		}
		if n := testing.AllocsPerRun(100, f); n != 0 {
			tt.Errorf("%s: %v allocations", name, n)
		}
	}
}

// TestUndoCost: what a write to a large container adds to the undo log does not depend on its size.
func TestUndoCost(tt *testing.T) {
	t := newTestThread()
	items := make([]Value, 1_000_000)
	l := t.MakeList(items)
	d := t.NewDict()
	for i := range 100_000 {
		d.Set(t, Int(int64(i)), Int(0))
	}
	t.Epoch += 1 << epochShift
	l.SetIndex(t, 500_000, Int(1))
	l.Append(t, Int(2))
	l.Pop(t, -1)
	d.Set(t, Int(50_000), Int(1))
	d.Del(t, Int(50_001))
	if n := t.Undo.Len(); n > 8 {
		tt.Errorf("%d undo entries for five writes", n)
	}
	if len(t.Undo.arrays) != 0 || len(t.Undo.dicts) != 0 || len(t.Undo.vals) > 8 {
		tt.Errorf("a large container was saved as a whole")
	}
	t.Undo.Rollback()
	if l.Items[500_000] != Int(0) || len(l.Items) != len(items) || must(d.Len(t)) != 100_000 {
		tt.Errorf("rollback does not restore")
	}
}

// benchForms runs a benchmark on the private form, on the shared form in transactions of 100 operations, and on the shared form
// under the other regimes' plain accesses.
func benchForms(b *testing.B, mk func(t *Thread) Value, op func(t *Thread, v Value, i int) error) {
	b.Run("private", func(b *testing.B) {
		t := newTestThread()
		v := mk(t)
		b.ResetTimer()
		for i := 0; b.Loop(); i++ {
			if err := op(t, v, i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("undo", func(b *testing.B) {
		// Private, but older than the slice: every change is saved.
		t := newTestThread()
		v := mk(t)
		for i := 0; b.Loop(); i++ {
			if i%100 == 0 {
				t.Undo.Reset()
				t.Epoch += 1 << epochShift
			}
			if err := op(t, v, i); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, g := range granularities {
		b.Run(fmt.Sprint("shared/granularity=", [...]string{"chunk", "object", "slot"}[g]), func(b *testing.B) {
			w, t := adopted(b, stm.Options{})
			w.in.Granularity = g
			t.Regime = RegimePlain
			v := mk(t)
			Publish(t, v)
			t.Regime = RegimeSTM
			b.ResetTimer()
			for i := 0; i < b.N; {
				if err := t.slice(func() error {
					for k := 0; k < 100 && i < b.N; k++ {
						if err := op(t, v, i); err != nil {
							return err
						}
						i++
					}
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchList(n int) func(t *Thread) Value {
	return func(t *Thread) Value {
		items := make([]Value, n)
		for i := range items {
			items[i] = Int(int64(i))
		}
		return t.NewList(items)
	}
}

func benchDict(n int) func(t *Thread) Value {
	return func(t *Thread) Value {
		d := t.NewDict()
		for i := range n {
			d.Set(t, Int(int64(i)), Int(int64(i)))
		}
		return d.Value()
	}
}

func BenchmarkListGet(b *testing.B) {
	benchForms(b, benchList(1000), func(t *Thread, v Value, i int) error {
		_, err := selfList(v).GetIndex(t, int64(i%1000))
		return err
	})
}

func BenchmarkListSet(b *testing.B) {
	benchForms(b, benchList(1000), func(t *Thread, v Value, i int) error {
		return selfList(v).SetIndex(t, int64(i%1000), Int(int64(i)))
	})
}

func BenchmarkListAppendPop(b *testing.B) {
	benchForms(b, benchList(1000), func(t *Thread, v Value, i int) error {
		if i&1 == 0 {
			return selfList(v).Append(t, Int(1))
		}
		_, err := selfList(v).Pop(t, -1)
		return err
	})
}

func BenchmarkDictGet(b *testing.B) {
	benchForms(b, benchDict(1000), func(t *Thread, v Value, i int) error {
		_, _, err := selfDict(v).Get(t, Int(int64(i*7%1000)))
		return err
	})
}

func BenchmarkDictGetStr(b *testing.B) {
	names := make([]*Str, 64)
	mk := func(t *Thread) Value {
		d := t.NewDict()
		for i := range names {
			names[i] = t.Intern(fmt.Sprint("name", i))
			d.SetStr(t, names[i], Int(1))
		}
		return d.Value()
	}
	benchForms(b, mk, func(t *Thread, v Value, i int) error {
		_, _, err := selfDict(v).GetStr(t, names[i&63])
		return err
	})
}

func BenchmarkDictReplace(b *testing.B) {
	benchForms(b, benchDict(1000), func(t *Thread, v Value, i int) error {
		return selfDict(v).Set(t, Int(int64(i*7%1000)), Int(int64(i)))
	})
}

func BenchmarkDictInsertDelete(b *testing.B) {
	benchForms(b, benchDict(1000), func(t *Thread, v Value, i int) error {
		if i&1 == 0 {
			return selfDict(v).Set(t, Int(int64(100000+i*7%1000)), Int(1))
		}
		_, _, err := selfDict(v).Del(t, Int(int64(100000+(i-1)*7%1000)))
		return err
	})
}

func BenchmarkSetAddDiscard(b *testing.B) {
	mk := func(t *Thread) Value {
		s := t.NewSet()
		for i := range 1000 {
			s.Add(t, Int(int64(i)))
		}
		return s.Value()
	}
	benchForms(b, mk, func(t *Thread, v Value, i int) error {
		if i&1 == 0 {
			_, err := selfSet(v).Add(t, Int(int64(100000+i*7%1000)))
			return err
		}
		_, err := selfSet(v).Discard(t, Int(int64(100000+(i-1)*7%1000)))
		return err
	})
}

func BenchmarkDequeAppendPopleft(b *testing.B) {
	mk := func(t *Thread) Value {
		d := t.NewDeque(-1)
		for i := range 1000 {
			d.Push(t, Int(int64(i)), false)
		}
		return d.Value()
	}
	benchForms(b, mk, func(t *Thread, v Value, i int) error {
		if i&1 == 0 {
			return selfDeque(v).Push(t, Int(1), false)
		}
		_, _, err := selfDeque(v).Pop(t, true)
		return err
	})
}

func BenchmarkListSort(b *testing.B) {
	for _, n := range []int{100, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			t := newTestThread()
			items := make([]Value, n)
			x := uint64(1)
			for b.Loop() {
				for i := range items {
					x = x*6364136223846793005 + 1442695040888963407
					items[i] = Float(float64(x >> 40))
				}
				l := t.MakeList(items)
				if err := l.Sort(t, None, false); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/elem")
		})
	}
}
