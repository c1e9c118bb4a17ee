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
