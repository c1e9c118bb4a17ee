package object

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gilt/stm"
)

// Threads that fill in places of one chunk do not disturb each other; who adds or removes elements disturbs them.
func TestStoresSideBySide(t *testing.T) {
	w, a := adopted(t, stm.Options{})
	b := w.thread(w.m.Adopt("other"), 1)
	l := a.MakeList(make([]Value, 3*chunkLen))
	Publish(a, l.Value())
	get := func(i int) (v Value) {
		require.NoError(t, a.slice(func() (err error) {
			v, _, err = l.Get(a, i)
			return err
		}))
		return v
	}
	for _, c := range []struct {
		name     string
		other    func() error // what another thread does in the middle of a slice that stores into element 3
		attempts int
	}{
		{"store", func() error { return l.SetIndex(b, 5, Int(50)) }, 1},
		{"append", func() error { return l.Append(b, Int(7)) }, 2},
		{"pop", func() error { _, err := l.Pop(b, -1); return err }, 2},
	} {
		attempts := 0
		require.NoError(t, a.slice(func() error {
			attempts++
			err := l.SetIndex(a, 3, Int(int64(100+attempts)))
			if attempts == 1 {
				require.NoError(t, b.slice(c.other))
			}
			return err
		}))
		require.Equal(t, c.attempts, attempts, c.name)
		require.Equal(t, Int(int64(100+attempts)), get(3), c.name)
		require.Equal(t, Int(50), get(5), c.name)
	}
	require.NoError(t, a.slice(func() error {
		require.ErrorContains(t, l.SetIndex(a, 3*chunkLen, Int(0)), "out of range")
		return nil
	}))
}

// What a slice puts into a shared list is public when it has committed, wherever it goes and however the list is written.
func TestInsertedIsPublished(t *testing.T) {
	_, a := adopted(t, stm.Options{})
	for _, n := range []int{0, 3, 9, 16, 40, chunkLen, 3 * chunkLen} {
		for lo := range n + 1 {
			for hi := lo; hi <= min(n, lo+2); hi++ {
				l := a.MakeList(make([]Value, n))
				Publish(a, l.Value())
				one, two := a.MakeList(nil), a.MakeList(nil)
				require.NoError(t, a.slice(func() error {
					return l.Splice(a, lo, hi, []Value{Int(1), one.Value(), two.Value()})
				}))
				require.NotZero(t, one.Meta&FlagShared, "%d elements, [%d:%d]", n, lo, hi)
				require.NotZero(t, two.Meta&FlagShared, "%d elements, [%d:%d]", n, lo, hi)
				require.NoError(t, a.slice(func() error {
					items, err := l.Copy(a)
					require.Len(t, items, n+3-(hi-lo))
					require.Equal(t, []Value{Int(1), one.Value(), two.Value()}, items[lo:lo+3])
					return err
				}))
			}
		}
	}
}

// A list that has grown lies in several arrays, under one record or many.
func TestGrownListIsReadAgain(t *testing.T) {
	for _, g := range granularities {
		w, a := adopted(t, stm.Options{})
		w.in.Granularity = g
		l := a.MakeList(make([]Value, 10))
		Publish(a, l.Value())
		require.NoError(t, a.slice(func() error {
			for i := range int64(500) {
				require.NoError(t, l.Append(a, Int(i)))
			}
			return nil
		}))
		require.NoError(t, a.slice(func() error {
			for range 3 {
				for i := range int64(500) {
					v, ok, err := l.Get(a, int(10+i))
					require.NoError(t, err)
					require.True(t, ok)
					require.Equal(t, Int(i), v, "granularity %v, element %d", g, 10+i)
				}
			}
			return nil
		}))
	}
}
