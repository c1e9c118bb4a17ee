package object

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"testing"

	"gilt/internal/machine"
	"gilt/stm"
)

// Threads on a simulated machine that switches at every shared access do random slices over one shared container. Each
// committed slice is noted with its key, what it did and what it saw. Doing the same on a private container in the order
// of the keys must show the same: the containers are serialisable, results, order of iteration and all.

// simOp is one operation with its arguments; do performs it and says what it saw.
type simOp struct{ code, a, b int64 }

type doOp func(t *Thread, v Value, o simOp) (string, error)

func doDict(t *Thread, v Value, o simOp) (string, error) {
	d, key := selfDict(v), Int(o.a)
	if o.a%5 == 0 {
		key = str(fmt.Sprint("s", o.a))
	}
	switch o.code % 10 {
	case 0, 1, 2:
		return "", d.Set(t, key, Int(o.b))
	case 3, 4:
		x, ok, err := d.Del(t, key)
		return fmt.Sprint(x.Bits, ok), err
	case 5, 6:
		x, ok, err := d.Get(t, key)
		return fmt.Sprint(x.Bits, ok), err
	case 7:
		x, err := d.SetDefault(t, key, Int(o.b))
		return fmt.Sprint(x.Bits), err
	case 8:
		if o.b%4 == 0 {
			k, x, ok, err := d.PopItem(t)
			return fmt.Sprint(k.Kind(), x.Bits, ok), err
		}
		n, err := d.Len(t)
		return fmt.Sprint(n), err
	}
	return Repr(t, v)
}

func doList(t *Thread, v Value, o simOp) (string, error) {
	l := selfList(v)
	n, err := l.Len(t)
	if err != nil {
		return "", err
	}
	switch o.code % 10 {
	case 0, 1:
		return "", l.Append(t, Int(o.b))
	case 2:
		if n > 0 {
			x, err := l.Pop(t, -1)
			return fmt.Sprint(x.Bits), err
		}
	case 3:
		if n > 0 {
			x, err := l.Pop(t, o.a%int64(n))
			return fmt.Sprint(x.Bits), err
		}
	case 4:
		return "", l.Insert(t, o.a%50, Int(o.b))
	case 5, 6:
		if n > 0 {
			return "", l.SetIndex(t, o.a%int64(n), Int(o.b))
		}
	case 7, 8:
		x, ok, err := l.Get(t, int(o.a%60))
		return fmt.Sprint(x.Bits, ok), err
	}
	return Repr(t, v)
}

func doSet(t *Thread, v Value, o simOp) (string, error) {
	s := selfSet(v)
	switch o.code % 10 {
	case 0, 1, 2, 3:
		ok, err := s.Add(t, Int(o.a*8))
		return fmt.Sprint(ok), err
	case 4, 5:
		ok, err := s.Discard(t, Int(o.a*8))
		return fmt.Sprint(ok), err
	case 6, 7:
		ok, err := s.Has(t, Int(o.a*8))
		return fmt.Sprint(ok), err
	case 8:
		if o.b%4 == 0 {
			x, ok, err := s.Pop(t)
			return fmt.Sprint(x.Bits, ok), err
		}
		n, err := s.Len(t)
		return fmt.Sprint(n), err
	}
	return Repr(t, v)
}

func doDeque(t *Thread, v Value, o simOp) (string, error) {
	d := selfDeque(v)
	switch o.code % 10 {
	case 0, 1, 2, 3:
		return "", d.Push(t, Int(o.b), o.a&1 == 0)
	case 4, 5, 6, 7:
		x, ok, err := d.Pop(t, o.a&1 == 0)
		return fmt.Sprint(x.Bits, ok), err
	case 8:
		n, err := d.Len(t)
		return fmt.Sprint(n), err
	}
	items, err := d.Items(t)
	return fmt.Sprint(items), err
}

var simContainers = []struct {
	name string
	make func(t *Thread, n int) Value
	do   doOp
}{
	{"dict", func(t *Thread, n int) Value {
		d := t.NewDict()
		for i := range n {
			d.Set(t, Int(int64(i)), Int(0))
		}
		return d.Value()
	}, doDict},
	{"list", func(t *Thread, n int) Value {
		l := t.MakeList(nil)
		for i := range n {
			l.Append(t, Int(int64(i)))
		}
		return l.Value()
	}, doList},
	{"set", func(t *Thread, n int) Value {
		s := t.NewSet()
		for i := range n {
			s.Add(t, Int(int64(8*i)))
		}
		return s.Value()
	}, doSet},
	{"deque", func(t *Thread, n int) Value {
		d := t.NewDeque(-1)
		for i := range n {
			d.Push(t, Int(int64(i)), false)
		}
		return d.Value()
	}, doDeque},
}

// doneSlice is a committed slice.
type doneSlice struct {
	key uint64
	ops []simOp
	saw []string
}

func TestSerialisable(tt *testing.T) {
	seeds := 12
	if testing.Short() {
		seeds = 3
	}
	policies := []machine.Policy{machine.Random, machine.Sticky, machine.VirtualTime}
	for _, c := range simContainers {
		for _, alg := range []string{"lazy", "norec", "eager", "tl2"} {
			tt.Run(c.name+"/"+alg, func(tt *testing.T) {
				for seed := range seeds {
					g := granularities[seed%3]
					n := []int{0, 5, 40, 70}[seed%4]
					err := simRun(tt, alg, g, newSim(policies[seed%len(policies)], uint64(seed)), uint64(seed), 14, n, c.make, c.do)
					if err != nil {
						tt.Fatalf("seed %d, granularity %d, %d elements: %v", seed, g, n, err)
					}
				}
			})
		}
	}
}

const simThreads = 3

func newSim(policy machine.Policy, seed uint64) *machine.Machine {
	return machine.NewSim(machine.SimConfig{Cores: simThreads, Seed: seed, Policy: policy})
}

// TestSerialisableHammer is TestSerialisable on real cores, for the race detector.
func TestSerialisableHammer(tt *testing.T) {
	slices := 1500
	if testing.Short() {
		slices = 150
	}
	for _, c := range simContainers {
		for i, alg := range []string{"lazy", "norec", "eager"} {
			tt.Run(c.name+"/"+alg, func(tt *testing.T) {
				m := machine.NewReal(machine.RealConfig{Seed: 1})
				if err := simRun(tt, alg, granularities[i], m, 7, slices, 60, c.make, c.do); err != nil {
					tt.Fatal(err)
				}
			})
		}
	}
}

// simRun runs threads over one container on a machine, and replays what they committed.
func simRun(tt *testing.T, alg string, g Granularity, m *machine.Machine, seed uint64, slices, n int, mk func(*Thread, int) Value, do doOp) error {
	const threads = simThreads
	w := newWorld(tt, stm.Options{Algorithm: alg, Keys: true, Machine: m}, m)
	w.in.Granularity = g
	done := make([][]doneSlice, threads)
	var v Value
	body := func(p *machine.Proc, i int) {
		t := w.thread(p, uint64(i))
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		for range slices {
			ops := make([]simOp, 1+rng.IntN(5))
			for k := range ops {
				ops[k] = simOp{rng.Int64N(100), rng.Int64N(30), rng.Int64N(1000)}
			}
			s := doneSlice{ops: ops}
			if err := t.slice(func() error {
				s.saw = s.saw[:0]
				for _, o := range ops {
					x, err := do(t, v, o)
					if err != nil {
						return err
					}
					s.saw = append(s.saw, x)
				}
				return nil
			}); err != nil {
				panic(fmt.Sprint("slice failed: ", err))
			}
			s.key = t.Tx.Key()
			done[i] = append(done[i], s)
		}
		t.Tx.Close()
	}
	if err := m.Run(func(p *machine.Proc) {
		t := w.thread(p, 9)
		t.Regime = RegimePlain
		v = mk(t, n)
		Publish(t, v)
		for i := range threads {
			m.Go("worker", func(p *machine.Proc) { body(p, i) })
		}
	}); err != nil {
		return err
	}
	var all []doneSlice
	for _, d := range done {
		all = append(all, d...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].key < all[j].key })
	t := &Thread{Interp: NewInterp(nil), VM: testVM{}}
	r := mk(t, n)
	for _, s := range all {
		for k, o := range s.ops {
			x, err := do(t, r, o)
			if err != nil {
				return err
			}
			if x != s.saw[k] {
				return fmt.Errorf("slice with key %d saw %q at %v, the replay %q", s.key, s.saw[k], o, x)
			}
		}
	}
	plain := &Thread{Interp: w.in, VM: testVM{}, Tx: nil}
	if a, b := show(plain, v), show(t, r); a != b {
		return fmt.Errorf("in the end %s, the replay %s", a, b)
	}
	return nil
}
