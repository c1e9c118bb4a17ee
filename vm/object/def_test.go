package object

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSlotsOfARepeatedSlice: what the only thread defines in a slice that is rolled back is defined once more as if for the
// first time, so that its slots are stable; caches filled in between are out of date.
func TestSlotsOfARepeatedSlice(tt *testing.T) {
	t := newTestThread()
	t.Epoch = 1 << epochShift
	s := t.NewSlot("f", false)
	before := t.Interp.DefVersion()
	require.NoError(tt, t.StoreSlot(s, Int(1), false))
	require.True(tt, s.Stable())
	require.True(tt, t.Undo.RollbackAlone())
	t.Redefine()
	require.False(tt, s.Stable())
	require.NotEqual(tt, before, t.Interp.DefVersion())
	require.NoError(tt, t.StoreSlot(s, Int(2), false))
	require.True(tt, s.Stable(), "the second definition is the first that counts")
	v, err := t.LoadSlot(s)
	require.NoError(tt, err)
	require.Equal(tt, Int(2), v)

	// With other threads about, the mark stays, and the second definition makes the slot a variable.
	s = t.NewSlot("g", false)
	require.NoError(tt, t.StoreSlot(s, Int(1), false))
	t.Undo.Rollback()
	require.True(tt, s.Stable())
	require.NoError(tt, t.StoreSlot(s, Int(2), false))
	require.False(tt, s.Stable())
}
