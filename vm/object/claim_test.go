package object

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gilt/stm"
)

// solo runs f as a solo phase of the interpreter in which claims may take so many ns.
func (t *Thread) solo(room int64, f func()) {
	regime, epoch := t.Regime, t.Epoch
	t.Regime, t.Epoch, t.Solo = RegimePlain, 0, true
	t.Interp.BeginSolo(room)
	f()
	t.Solo = false
	t.Reshare()
	t.Regime, t.Epoch = regime, epoch
}

// A list that changes in solo phases, claimed or not, and in slices is the list that it should be, whether its store serves
// again or not.
func TestListThroughPhases(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, th := adopted(t, stm.Options{})
		l, want := th.MakeList(nil), []int64{}
		Publish(th, l.Value())
		change := func() {
			n := int64(len(want))
			switch v := rapid.Int64Range(0, 1000).Draw(rt, "value"); rapid.IntRange(0, 5).Draw(rt, "operation") {
			case 0, 1, 2:
				require.NoError(t, l.Append(th, Int(v)))
				want = append(want, v)
			case 3:
				if n > 0 {
					at := rapid.Int64Range(0, n-1).Draw(rt, "at")
					require.Equal(t, Int(want[at]), must(l.Pop(th, at)))
					want = append(want[:at:at], want[at+1:]...)
				}
			case 4:
				if n > 0 {
					require.Equal(t, Int(want[0]), must(l.Pop(th, 0)))
					want = want[1:]
				}
			case 5:
				at := rapid.Int64Range(0, n).Draw(rt, "at")
				require.NoError(t, l.Insert(th, at, Int(v)))
				want = append(want[:at:at], append([]int64{v}, want[at:]...)...)
			}
		}
		throughPhases(t, rt, th, &l.Header, func() func() {
			before := append([]int64(nil), want...)
			return func() { want = append([]int64(nil), before...) }
		}, change, func() {
			require.Equal(t, len(want), must(l.Len(th)))
			for i, v := range want {
				got, ok, err := l.Get(th, i)
				require.True(t, ok && err == nil)
				require.Equal(t, Int(v), got)
			}
			_, ok, _ := l.Get(th, len(want))
			require.False(t, ok, "an element behind the end")
		})
	})
}

// A deque likewise; and who iterates over it notices changes, whatever the phase in which they were made.
func TestDequeThroughPhases(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, th := adopted(t, stm.Options{})
		d, want, changes := th.NewDeque(-1), []int64{}, uint64(0)
		Publish(th, d.Value())
		change := func() {
			left, v := rapid.Bool().Draw(rt, "left"), rapid.Int64Range(0, 1000).Draw(rt, "value")
			at := rapid.IntRange(0, len(want)).Draw(rt, "at")
			switch op := rapid.IntRange(0, 5).Draw(rt, "operation"); {
			case op <= 2:
				require.NoError(t, d.Push(th, Int(v), left))
				if changes++; left {
					want = append([]int64{v}, want...)
				} else {
					want = append(want[:len(want):len(want)], v)
				}
			case op <= 4:
				got, ok, err := d.Pop(th, left)
				require.NoError(t, err)
				require.Equal(t, len(want) != 0, ok)
				switch {
				case !ok:
				case left:
					require.Equal(t, Int(want[0]), got)
					want, changes = want[1:], changes+1
				default:
					require.Equal(t, Int(want[len(want)-1]), got)
					want, changes = want[:len(want)-1], changes+1
				}
			case at < len(want):
				require.True(t, must(d.Set(th, at, Int(v))))
				want = append([]int64(nil), want...)
				want[at] = v
			}
		}
		throughPhases(t, rt, th, &d.Header, func() func() {
			before, n := append([]int64(nil), want...), changes
			return func() { want, changes = append([]int64(nil), before...), n }
		}, change, func() {
			got := must(d.Items(th))
			require.Equal(t, len(want), len(got))
			for i, v := range want {
				require.Equal(t, Int(v), got[i])
			}
			require.Equal(t, changes, must(d.changesSoFar(th)))
		})
	})
}

// throughPhases changes the published object in solo phases and in slices, and checks it after each. save is called at the beginning
// of a slice and returns what each attempt begins with.
func throughPhases(t *testing.T, rt *rapid.T, th *Thread, h *Header, save func() (restore func()), change, check func()) {
	for range rapid.IntRange(1, 12).Draw(rt, "phases") {
		changes := rapid.IntRange(0, 40).Draw(rt, "changes")
		if rapid.Bool().Draw(rt, "solo") {
			room := int64(0)
			if rapid.Bool().Draw(rt, "room") {
				room = 1 << 40
			}
			th.solo(room, func() {
				for range changes {
					change()
				}
			})
		} else {
			restore := save()
			_ = th.slice(func() error {
				restore()
				for range changes {
					change()
				}
				return nil
			})
		}
		require.NotZero(t, h.Meta&FlagShared, "private between phases")
		_ = th.slice(func() error {
			check()
			return nil
		})
	}
}

// A dict for which there is no room is claimed after as many operations as pay for it, in the same phase, and none of them takes
// time in proportion to the dict.
func TestRent(t *testing.T) {
	_, th := adopted(t, stm.Options{})
	const n = 5000
	d := th.NewDict()
	for i := range n {
		require.NoError(t, d.Set(th, Int(int64(i)), Int(1)))
	}
	Publish(th, d.Value())
	for phase := range 2 {
		th.solo(0, func() {
			looks := 0
			for ; d.Meta&FlagShared != 0; looks++ {
				_, found, err := d.Get(th, Int(int64(looks%n)))
				require.True(t, found && err == nil)
			}
			price := (claimObject + n*claimKey) / claimRent // an operation looks once, or twice
			require.Greater(t, looks, price/3, "phase %d", phase)
			require.LessOrEqual(t, looks, price+1, "phase %d", phase)
		})
		require.NotZero(t, d.Meta&FlagShared)
	}
	require.EqualValues(t, 2, th.Interp.Claims())
}

// What is exclusive and private leaves nothing to undo in a solo phase: the next slice's failure would take it back.
func TestExclusiveInSolo(t *testing.T) {
	_, th := adopted(t, stm.Options{})
	var l *List
	require.NoError(t, th.slice(func() error {
		l = th.MakeList(nil)
		return nil
	}))
	require.NotZero(t, l.Meta>>epochShift)
	th.solo(0, func() {
		require.NoError(t, th.Exclusive(&l.Mut, func() func() {
			t.Error("a state was saved")
			return func() {}
		}))
	})
	require.Zero(t, th.Undo.Len())
}
