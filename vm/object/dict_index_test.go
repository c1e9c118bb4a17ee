package object

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// checkIndex fails if a lookup in the dict might not end, or the count that keeps it from that is wrong.
func checkIndex(rt *rapid.T, d *Dict) {
	if d.index == nil {
		return
	}
	taken := 0
	for _, ix := range d.index {
		if ix != 0 {
			taken++
		}
	}
	if taken > int(d.spent) || int(d.spent) > d.limit() {
		rt.Fatalf("%d of the index's %d positions are taken; counted %d, limit %d", taken, len(d.index), d.spent, d.limit())
	}
}

// Deleting at a dict's end cuts the entries off, but the index fills with deleted positions: insertions and deletions in turn, and
// slices that are rolled back among them, must leave empty ones.
func TestDictIndexNeverFills(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		th := newTestThread()
		d := th.NewDict()
		next := int64(0)
		var live []int64
		steps := func() {
			for range rapid.IntRange(1, 60).Draw(rt, "steps") {
				if len(live) < rapid.IntRange(0, 40).Draw(rt, "size") {
					check(rt, d.Set(th, Int(next), Int(next)))
					live = append(live, next)
					next++
				} else if len(live) > 0 {
					k := len(live) - 1
					if rapid.IntRange(0, 4).Draw(rt, "first") == 0 {
						k = 0
					}
					if _, found, err := d.Del(th, Int(live[k])); !found || err != nil {
						rt.Fatalf("%d is not there: %v", live[k], err)
					}
					live = append(live[:k:k], live[k+1:]...)
				}
				checkIndex(rt, d)
			}
		}
		for range rapid.IntRange(1, 8).Draw(rt, "slices") {
			saved, before := next, append([]int64(nil), live...)
			abort := rapid.Bool().Draw(rt, "abort")
			th.Epoch += 1 << epochShift
			steps()
			if abort {
				th.Undo.Rollback()
				next, live = saved, before
			} else {
				th.Undo.Reset()
			}
			checkIndex(rt, d)
		}
	})
}

// TestNodeSize: a look-up of a shared dict touches one cache line of the node.
func TestNodeSize(t *testing.T) { require.EqualValues(t, 64, unsafe.Sizeof(dictNode{})) }
