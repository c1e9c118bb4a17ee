package calibration

import (
	"bytes"
	"math"
	"testing"

	"gilt/internal/machine"
)

// near says whether x is within a share of want.
func near(x, want, share float64) bool { return math.Abs(x-want) <= share*want }

// Whatever runs in transactions is behind the same program without, and nothing runs twice.
func TestInOrder(t *testing.T) {
	given := []Program{{Name: "both", Source: []byte("1"), Size: 3}, {Name: "both", Source: []byte("1"), Size: 3, Shared: true},
		{Name: "transactions only", Source: []byte("2"), Shared: true}, {Name: "plain only", Source: []byte("3")}}
	turns := inOrder(given)
	seen := map[string]int{}
	for i := range turns {
		p := &turns[i]
		if p.Shared {
			if i == 0 {
				t.Fatal("the first turn is in transactions")
			}
			if q := &turns[i-1]; q.Shared || q.Name != p.Name || !bytes.Equal(q.Source, p.Source) || q.kernel != p.kernel {
				t.Errorf("%s in transactions is behind %s (shared: %v)", p.Name, q.Name, q.Shared)
			}
		} else if p.twin && (i+1 == len(turns) || !turns[i+1].Shared) {
			t.Errorf("%s is there for nothing", p.Name)
		}
		seen[p.Name]++
	}
	for name, want := range map[string]int{"both": 2, "transactions only": 2, "plain only": 1, "ring of 4": 2, "moves": 1} {
		if seen[name] != want {
			t.Errorf("%s: %d turns, want %d", name, seen[name], want)
		}
	}
}

// A machine that is twice as fast in some turns: the times are the fast ones', and the quotient is what both were in the same turns, although
// what runs in transactions has had fewer undisturbed runs.
func TestPaired(t *testing.T) {
	speed := func(rep int) float64 { return 1 + float64(rep/8%2) } // for some turns
	run := func(ns float64) func(int) (float64, error) {
		rep, calls := 0, 0
		return func(n int) (float64, error) {
			x := ns * float64(n) * speed(rep)
			if rep%5 == 3 && ns > 10 {
				x *= 3 // disturbed
			}
			if calls++; calls%2 == 0 {
				rep++
			}
			return 1000 + x, nil
		}
	}
	list := []measurable{{name: "p", size: 400, ns: run(10)}, {name: "p", size: 400, ns: run(12), behind: true}}
	s, err := samples(list, 24, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if !near(s[0].NS, 10, 1e-9) || !near(s[1].NS, 12, 1e-9) || s[1].plain != &s[0] {
		t.Errorf("%v and %v", s[0].NS, s[1].NS)
	}
	for i, p := range s[1].Part {
		if !near(p, 1.2*s[0].Part[i], 1e-9) {
			t.Errorf("part %d: %v and %v", i, s[0].Part[i], p)
		}
	}
}

// consisting is what an iteration of a kernel consists of in transactions.
func consisting(t *testing.T, name string) machine.Account {
	t.Helper()
	for i := range kernels {
		if kernels[i].name == name {
			p := kernels[i].program()
			p.Size = 2048
			c := machine.DefaultCosts()
			a, err := p.consists(&c)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
	}
	t.Fatalf("no kernel is called %s", name)
	return machine.Account{}
}

// The rings are of the same instructions, and of different reads: first ones in the long ring, repeated ones in the short one. Their accesses
// to shared words are the same.
func TestRings(t *testing.T) {
	few, many := consisting(t, "ring of 4, short slices"), consisting(t, "ring of 256, short slices")
	for k := machine.CostBytecode; k < machine.CostSlice; k++ {
		if few.Units[k] != many.Units[k] {
			t.Errorf("%v: %v and %v units", k, few.Units[k], many.Units[k])
		}
	}
	for _, c := range []struct {
		name       string
		a          machine.Account
		first, old float64
	}{{"ring of 4", few, 0, 4}, {"ring of 256", many, 4, 0}} {
		if first, again := c.a.Units[machine.CostSharedRead], c.a.Units[machine.CostSharedAgain]; math.Abs(first-c.first) > 0.2 || math.Abs(again-c.old) > 0.2 {
			t.Errorf("%s: %v first reads and %v repeated ones, want about %v and %v", c.name, first, again, c.first, c.old)
		}
	}
	if few.Hooks != many.Hooks {
		t.Errorf("%d accesses in the short ring, %d in the long one", few.Hooks, many.Hooks)
	}
}

// The kernels tell the prices of barriers apart, even if the prices of instructions explain little of the programs' times: times that are
// made from known prices, and several times of what the instructions explain, give those prices again.
func TestFitFindsBarriers(t *testing.T) {
	c := machine.DefaultCosts()
	truth := c
	truth.Kind[machine.CostSlice], truth.Kind[machine.CostUndo] = 50, 30
	truth.Kind[machine.CostSharedRead], truth.Kind[machine.CostSharedAgain], truth.Kind[machine.CostSharedWrite] = 13, 4, 21
	truth.Kind[machine.CostSharedRewrite] = 7
	var pairs [][2]Sample
	names := map[string]bool{}
	turns := inOrder(nil)
	for i := range turns {
		if !turns[i].Shared {
			continue
		}
		var pair [2]Sample
		for j := range pair {
			p := turns[i-1+j].Program
			p.Size = 1024
			work, err := p.consists(&c)
			if err != nil {
				t.Fatal(err)
			}
			pair[j] = Sample{Name: p.Name, Work: work}
		}
		slow := 3 * pair[0].explained(&truth) // of which the prices know nothing
		pair[0].NS = pair[0].explained(&truth) + slow
		pair[1].NS = pair[1].explained(&truth) + slow
		names[pair[1].Name] = true
		pairs = append(pairs, pair)
	}
	var added []Sample
	for i := range pairs {
		pairs[i][1].plain = &pairs[i][0]
		added = append(added, pairs[i][1].added())
	}
	got := c
	fit(&got, added, -1, sharedKinds)
	for _, k := range sharedKinds {
		if !near(got.Kind[k], truth.Kind[k], 0.02) {
			t.Errorf("%v: %v, want %v", k, got.Kind[k], truth.Kind[k])
		}
	}
	if !names["ring of 256"] {
		t.Error("the rings are not there")
	}
}
