package machine

import (
	"math"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// refLine is the slow, obvious version of a cache line.
type refLine struct {
	owner   int // -1 = none
	sharers map[int]bool
	busy    int64
}

func (l *refLine) access(pr *linePrices, kind accessKind, core int, now int64) (took int64, moved bool) {
	hit := pr.hit[kind]
	if l.owner == core || kind == accessRead && l.sharers[core] {
		return hit, false
	}
	untouched := l.owner < 0 && len(l.sharers) == 0
	shared := l.sharers[core]
	if kind == accessRead && !untouched {
		if l.owner >= 0 {
			l.sharers[l.owner] = true
		}
		l.owner = -1
		l.sharers[core] = true
	} else {
		l.owner, l.sharers = core, map[int]bool{}
	}
	if untouched {
		return hit + pr.cold, false
	}
	start := max(now, l.busy)
	l.busy = start + pr.occupancy
	if shared {
		return start - now + pr.upgrade + hit, true
	}
	return start - now + pr.transfer + hit, true
}

func TestLinesAgainstReference(t *testing.T) {
	words := make([]uint64, 3000)
	rapid.Check(t, func(t *rapid.T) {
		cores := rapid.SampledFrom([]int{1, 2, 64, 65, 200}).Draw(t, "cores")
		pr := &linePrices{hit: [3]int64{1, 10, 12}, transfer: 100, upgrade: 30, occupancy: 40, cold: 5}
		var lt lineTable
		lt.init(cores, 8, 1<<20)
		ref := map[int]*refLine{}
		serials := map[int]uint32{}
		now := int64(0)
		rng := Proc{rng: rapid.Uint64().Draw(t, "seed")}
		spread := rapid.SampledFrom([]uint64{1, 3, 3000}).Draw(t, "words")
		for range 2000 {
			w, core := int(rng.Randn(spread)), int(rng.Randn(uint64(cores)))
			kind := accessKind(rng.Randn(3))
			now += int64(rng.Randn(50))
			l := ref[w]
			if l == nil {
				l = &refLine{owner: -1, sharers: map[int]bool{}}
				ref[w] = l
				serials[w] = uint32(len(ref))
			}
			wantTook, wantMoved := l.access(pr, kind, core, now)
			serial, took, moved := lt.access(pr, ptr(&words[w]), kind, int64(core), now)
			if took != wantTook || moved != wantMoved || serial != serials[w] {
				t.Fatalf("line %d, core %d, kind %d: took %d, moved %v, number %d; want %d, %v, %d", w, core, kind, took,
					moved, serial, wantTook, wantMoved, serials[w])
			}
		}
	})
}

func TestTreeAgainstReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 130).Draw(t, "cores")
		var v vcores
		v.init(n)
		ref := make([]int64, n)
		for i := range ref {
			ref[i] = idleKey
		}
		rng := Proc{rng: rapid.Uint64().Draw(t, "seed")}
		for range 500 {
			c := int64(rng.Randn(uint64(n)))
			key := int64(rng.Randn(100))<<coreBits | c
			if rng.Randn(5) == 0 {
				key = idleKey
			}
			v.set(c, key)
			ref[c] = key
			smallest, others := int64(math.MaxInt64), int64(math.MaxInt64)
			for i, k := range ref {
				smallest = min(smallest, k)
				if int64(i) != c {
					others = min(others, k)
				}
			}
			if v.tree[1] != smallest || v.others(c) != others {
				t.Fatalf("smallest %d, others %d; want %d, %d", v.tree[1], v.others(c), smallest, others)
			}
		}
	})
}

func TestTimersAgainstReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h timerHeap
		var in []*simProc
		rng := Proc{rng: rapid.Uint64().Draw(t, "seed")}
		for range 300 {
			switch {
			case len(in) == 0 || rng.Randn(3) > 0:
				p := &simProc{deadline: int64(rng.Randn(20)), timerPlace: -1}
				h.add(p)
				in = append(in, p)
			case rng.Randn(2) == 0: // cancel one
				i := int(rng.Randn(uint64(len(in))))
				h.remove(in[i])
				h.remove(in[i]) // twice is harmless
				in = append(in[:i], in[i+1:]...)
			default: // fire the first
				first := 0
				for i, p := range in {
					if p.deadline < in[first].deadline ||
						p.deadline == in[first].deadline && p.timerSeq < in[first].timerSeq {
						first = i
					}
				}
				if h.heap[0] != in[first] {
					t.Fatalf("first is %d, want %d", h.heap[0].deadline, in[first].deadline)
				}
				h.remove(h.heap[0])
				in = append(in[:first], in[first+1:]...)
			}
		}
	})
}

// In virtual time shared accesses happen in the order of their times.
func TestVirtualTimeOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cores := rapid.IntRange(1, 9).Draw(t, "cores")
		threads := rapid.IntRange(1, 12).Draw(t, "threads")
		free := DefaultCosts() // accesses take no time: the clock after one is that at which it happened
		free.Load, free.RMW, free.LineTransfer, free.LineUpgrade, free.LineOccupancy = 1, 0, 0, 0, 0
		m := NewSim(SimConfig{Cores: cores, Seed: rapid.Uint64().Draw(t, "seed"), TimeSlice: 2000, Costs: free})
		var words [4]atomic.Uint64
		last := int64(-1)
		err := m.Run(func(p *Proc) {
			for range threads {
				m.Go("worker", func(p *Proc) {
					for range 50 {
						p.RMW(ptr(&words[p.Randn(4)]))
						if now := p.sim.clock; now < last {
							t.Errorf("an access at %d after one at %d", now, last)
						} else {
							last = now
						}
						p.Charge(CostNanosecond, int(p.Randn(500)))
						if p.Randn(8) == 0 {
							p.Sleep(100)
						}
					}
				})
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A hand-off of a word is a transfer to the reader and an upgrade when it writes: the simulation must put them together again.
func TestSimHandOff(t *testing.T) {
	m := NewSim(SimConfig{Cores: 2})
	const rounds = 1000
	var word atomic.Uint64
	start, end := int64(0), int64(0)
	noError(t, m.Run(func(p *Proc) {
		for i := range uint64(2) {
			m.Go("player", func(p *Proc) {
				if i == 1 {
					start = p.Now()
				}
				for range rounds {
					for p.Read(ptr(&word)); word.Load()&1 != i; p.Read(ptr(&word)) {
						continue
					}
					p.Write(ptr(&word))
					word.Add(1)
				}
				end = p.Now()
			})
		}
	}))
	per := float64(end-start) / (2 * rounds)
	c := DefaultCosts()
	if want := c.LineTransfer + c.LineUpgrade + c.Load + c.Store; per < 0.6*want || per > 1.4*want {
		t.Errorf("a simulated hand-off takes %v ns, its parts %v", per, want)
	}
}

// The hooks must be inlined, or they cost more than what they stand before.
func TestHooksAreInlined(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the compiler")
	}
	out, err := exec.Command("go", "build", "-gcflags=-m", ".").CombinedOutput()
	if err != nil {
		t.Skipf("no compiler: %v", err)
	}
	for _, name := range []string{"Read", "Write", "RMW", "Charge", "Rand", "EnterSlice", "LeaveSlice"} {
		if !strings.Contains(string(out), "can inline (*Proc)."+name+"\n") {
			t.Errorf("%s is not inlined", name)
		}
	}
}

// False sharing shows at a granularity of real lines, and does not at the default.
func TestGranularity(t *testing.T) {
	block := new([32]uint64)
	base := (64 - int(uintptr(unsafe.Pointer(block))&63)) & 63 / 8
	for granularity, want := range map[int]int64{8: 0, 64: 3} {
		m := NewSim(SimConfig{Cores: 1, Granularity: granularity})
		s := m.impl.(*sim)
		moved := int64(0)
		for k := range 4 {
			if _, _, mv := s.lines.access(&s.prices, ptr(&block[base+k]), accessWrite, int64(k), 0); mv {
				moved++
			}
		}
		equal(t, want, moved)
	}
}
