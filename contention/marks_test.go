package contention

import (
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"gilt/internal/machine"
)

func forms() map[string]func() *Marks {
	return map[string]func() *Marks{
		"records":       func() *Marks { return NewMarks(RecordBits) },
		"small records": func() *Marks { return NewMarks(4) },
		"bloom":         func() *Marks { return NewBloomMarks(10) },
		"small bloom":   func() *Marks { return NewBloomMarks(5) },
	}
}

// TestMarksAgainstAModel: marks have no false negatives, and none are left when everybody has left.
func TestMarksAgainstAModel(t *testing.T) {
	for name, make := range forms() {
		t.Run(name, func(t *testing.T) {
			onMachine(t, func(p *machine.Proc) {
				rapid.Check(t, func(rt *rapid.T) {
					m := make()
					var states [4]State
					var ks [4]Marking
					marked := map[int]map[uint64]bool{}
					for i := range states {
						states[i].SetUserPriority(int64(1 + i))
					}
					n := rapid.IntRange(1, 60).Draw(rt, "steps")
					for range n {
						i := rapid.IntRange(0, 3).Draw(rt, "who")
						switch rapid.IntRange(0, 4).Draw(rt, "what") {
						case 0:
							if !ks[i].Enter(p, m, &states[i]) {
								rt.Fatal("no slot")
							}
							if marked[i] == nil {
								marked[i] = map[uint64]bool{}
							}
						case 1:
							ks[i].Leave(p)
							delete(marked, i)
						default:
							key := rapid.Uint64Range(0, 50).Draw(rt, "key")
							ks[i].Mark(p, key)
							if marked[i] != nil {
								marked[i][key] = true
							}
						}
						if m.Active(p) != (len(marked) > 0) {
							rt.Fatal("Active is wrong")
						}
						for key := uint64(0); key <= 50; key++ {
							top := -1
							for j := range marked {
								if marked[j][key] {
									top = max(top, j)
								}
							}
							writer := new(State) // priority 0
							above := m.Above(p, m.Readers(p, key), writer)
							if top >= 0 && above == nil {
								rt.Fatalf("key %d: reader %d is not seen", key, top)
							}
							writer.SetUserPriority(4)
							if m.Above(p, m.Readers(p, key), writer) != nil {
								rt.Fatal("nobody is above the highest priority")
							}
						}
					}
					for i := range ks {
						ks[i].Leave(p)
					}
					for key := uint64(0); key <= 50; key++ {
						if m.Readers(p, key) != 0 {
							rt.Fatal("marks are left")
						}
					}
				})
			})
		})
	}
}

func TestMarksAreExactWhenTheTableIsLarge(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := NewMarks(RecordBits)
		var s State
		var k Marking
		s.SetUserPriority(1)
		k.Enter(p, m, &s)
		for key := uint64(0); key < 1000; key += 2 {
			k.Mark(p, key)
		}
		for key := uint64(0); key < 1000; key++ {
			equal(t, key%2 == 0, m.Readers(p, key) != 0, key)
		}
		equal(t, (*State)(nil), m.Above(p, m.Readers(p, 0), &s), "nobody gives way to itself")
	})
}

func TestMarksHaveSixtyFourSlots(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := NewMarks(8)
		ks := make([]Marking, 65)
		states := make([]State, 65)
		for i := range ks {
			equal(t, i < 64, ks[i].Enter(p, m, &states[i]), i)
		}
		equal(t, false, ks[64].Entered())
		ks[64].Mark(p, 1) // without a slot: nothing
		equal(t, uint64(0), m.Readers(p, 1))
		ks[17].Leave(p)
		equal(t, true, ks[64].Enter(p, m, &states[64]))
	})
}

func TestWaitersAreFoundByTheirMarks(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := NewMarks(10)
		var sleeper, runner, writer State
		var k1, k2 Marking
		sleeper.SetUserPriority(PriorityWaiting)
		runner.SetUserPriority(1)
		k1.Enter(p, m, &sleeper)
		k2.Enter(p, m, &runner)
		k1.Mark(p, 5)
		k2.Mark(p, 5)
		var found []*State
		m.Waiters(p, m.Readers(p, 5), func(s *State) { found = append(found, s) })
		equal(t, 1, len(found))
		equal(t, &sleeper, found[0])
		equal(t, &runner, m.Above(p, m.Readers(p, 5), &writer), "a writer does not give way to a sleeper")
		equal(t, 0, countWaiters(p, m, 6))
	})
}

func countWaiters(p *machine.Proc, m *Marks, key uint64) (n int) {
	m.Waiters(p, m.Readers(p, key), func(*State) { n++ })
	return n
}

func TestHeaderMarks(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		m := NewHeaderMarks()
		var s, w State
		var k Marking
		var header, other atomic.Uint64
		s.SetUserPriority(2)
		k.Enter(p, m, &s)
		k.MarkWord(p, &header)
		k.MarkWord(p, &header)
		equal(t, &s, m.Above(p, header.Load(), &w))
		equal(t, uint64(0), other.Load())
		k.Leave(p)
		equal(t, uint64(0), header.Load())
	})
}

// TestMarkFirstProtocol: either the reader sees the lock or the writer sees the mark. Both sides run at full speed; a
// round in which neither saw the other is the bug that the order of the two accesses excludes.
func TestMarkFirstProtocol(t *testing.T) {
	rounds := 20000
	if testing.Short() {
		rounds = 2000
	}
	for name, form := range forms() {
		t.Run(name, func(t *testing.T) {
			mm := machine.NewReal(machine.RealConfig{Seed: 1})
			var turn, done atomic.Int64
			var lock atomic.Bool
			var readerSaw, writerSaw atomic.Bool
			noErr(t, mm.Run(func(p *machine.Proc) {
				m := form()
				var r, w State
				r.SetUserPriority(1)
				var k Marking
				meet := func(p *machine.Proc, round int64) {
					turn.Add(1)
					for i := 0; turn.Load() < 2*round; i++ {
						p.Spin(i)
					}
				}
				mm.Go("writer", func(q *machine.Proc) {
					for i := int64(1); i <= int64(rounds); i++ {
						meet(q, 2*i-1)
						lock.Store(true)
						writerSaw.Store(m.Active(q) && m.Above(q, m.Readers(q, 7), &w) != nil)
						meet(q, 2*i)
					}
					done.Store(1)
				})
				for i := int64(1); i <= int64(rounds); i++ {
					lock.Store(false)
					meet(p, 2*i-1)
					k.Enter(p, m, &r)
					k.Mark(p, 7)
					readerSaw.Store(lock.Load())
					meet(p, 2*i)
					if !readerSaw.Load() && !writerSaw.Load() {
						t.Fatalf("round %d: neither saw the other", i)
					}
					k.Leave(p)
				}
			}))
		})
	}
}
