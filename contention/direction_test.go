package contention

import (
	"testing"
	"unsafe"

	"gilt/internal/machine"
)

// onMachine runs f as the only thread of a machine on real cores.
func onMachine(t *testing.T, f func(p *machine.Proc)) {
	t.Helper()
	m := machine.NewReal(machine.RealConfig{Seed: 1})
	noErr(t, m.Run(f))
}

func manager(t *testing.T, name string) Manager {
	t.Helper()
	m, err := New(name)
	noErr(t, err)
	return m
}

// pair is two transactions under one manager, begun in this order: a is the older.
type pair struct {
	p    *machine.Proc
	m    Manager
	a, b *State
}

func newPair(t *testing.T, p *machine.Proc, name string) *pair {
	x := &pair{p: p, m: manager(t, name), a: new(State), b: new(State)}
	x.a.Bind(x.m, 0, true, nil, nil)
	x.b.Bind(x.m, 1, true, nil, nil)
	x.a.Begin(p)
	x.b.Begin(p)
	return x
}

var someObject int

// decide asks the policy alone: nothing is carried out.
func (x *pair) decide(me, enemy *State, kind Kind, phase Phase, tries int) Decision {
	c := &Conflict{Me: me, Enemy: enemy, Kind: kind, Phase: phase, Object: unsafe.Pointer(&someObject), Tries: tries}
	if enemy != nil {
		c.Word = enemy.Word()
	}
	return x.m.Conflict(x.p, c)
}

// run asks the policy again and again, as an algorithm does that looks again after every wait, and returns the
// first other answer with the number of tries before it.
func (x *pair) run(me, enemy *State, kind Kind, phase Phase, limit int) (Action, int) {
	for tries := 0; tries < limit; tries++ {
		if d := x.decide(me, enemy, kind, phase, tries); d.Action != Wait {
			return d.Action, tries
		}
	}
	return Wait, limit
}

func open(s *State, reads, writes int) {
	for i := 0; i < reads; i++ {
		s.Open(uint64(i), false)
	}
	for i := 0; i < writes; i++ {
		s.Open(uint64(1000+i), true)
	}
}

// TestDirection holds, for each policy, who dies, who waits, what a tie is, and after how many tries. a is older.
func TestDirection(t *testing.T) {
	const a, b = 0, 1
	for _, c := range []struct {
		name    string
		setup   func(x *pair)
		me      int
		kind    Kind
		phase   Phase
		want    Action
		tries   int // decisions "wait" before want
		manager string
	}{
		{manager: "suicide", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "suicide", name: "whoever it is", me: b, want: AbortSelf},
		{manager: "delay", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "backoff", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "split", name: "the finder is cut", me: a, want: Split},
		{manager: "aggressive", name: "the enemy dies", me: a, want: AbortOther},
		{manager: "aggressive", name: "whoever it is", me: b, want: AbortOther},
		{manager: "polite", name: "22 waits, then the enemy dies", me: b, want: AbortOther, tries: 22},
		{manager: "stealonabort", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "hourglass", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "ats", name: "the finder dies", me: a, want: AbortSelf},
		{manager: "shrink", name: "the finder dies", me: a, want: AbortSelf},

		{manager: "karma", name: "the richer kills at once", me: b, want: AbortOther,
			setup: func(x *pair) { open(x.b, 3, 0); open(x.a, 2, 0) }},
		{manager: "karma", name: "a tie is decided at the second try", me: b, want: AbortOther, tries: 1,
			setup: func(x *pair) { open(x.b, 3, 0); open(x.a, 3, 0) }},
		{manager: "karma", name: "the poorer by 5 kills at its sixth wait's end", me: a, want: AbortOther, tries: 6,
			setup: func(x *pair) { open(x.b, 3, 4); open(x.a, 1, 1) }},
		{manager: "karma", name: "karma outlives aborts", me: a, want: AbortOther,
			setup: func(x *pair) { open(x.a, 5, 0); x.a.Aborted(x.p, nil); x.a.Begin(x.p); open(x.b, 4, 0) }},
		{manager: "karma", name: "karma is spent by commits", me: a, want: AbortOther, tries: 5,
			setup: func(x *pair) { open(x.a, 5, 0); x.a.Committed(x.p); x.a.Begin(x.p); open(x.b, 4, 0) }},
		{manager: "eruption", name: "the richer kills at once", me: b, want: AbortOther,
			setup: func(x *pair) { open(x.b, 3, 0); open(x.a, 2, 0) }},
		{manager: "eruption", name: "whoever waits makes the enemy richer, once", me: a, want: AbortOther, tries: 4 + 2 + 1 - 2,
			setup: func(x *pair) { open(x.b, 4, 0); open(x.a, 2, 0) }},
		{manager: "polka", name: "the richer kills at once", me: b, want: AbortOther,
			setup: func(x *pair) { open(x.b, 3, 0); open(x.a, 2, 0) }},
		{manager: "polka", name: "the poorer by 5", me: a, want: AbortOther, tries: 6,
			setup: func(x *pair) { open(x.b, 7, 0); open(x.a, 2, 0) }},

		{manager: "timestamp", name: "the older kills at once", me: a, want: AbortOther},
		{manager: "timestamp", name: "the younger kills an older without a sign of life after 8 waits", me: b, want: AbortOther, tries: 8},
		{manager: "timestamp", name: "the stamp outlives aborts", me: a, want: AbortOther,
			setup: func(x *pair) { x.a.Aborted(x.p, nil); x.a.Begin(x.p) }},
		{manager: "timestamp", name: "a commit makes young", me: b, want: AbortOther,
			setup: func(x *pair) { x.a.Committed(x.p); x.a.Begin(x.p) }},

		{manager: "greedy", name: "the older kills at once", me: a, want: AbortOther},
		{manager: "greedy", name: "the younger waits for ever", me: b, want: Wait, tries: 1000},
		{manager: "greedy", name: "the younger kills an older that waits", me: b, want: AbortOther,
			setup: func(x *pair) { x.a.waiting.Store(true) }},
		{manager: "greedy", name: "the number outlives aborts", me: a, want: AbortOther,
			setup: func(x *pair) { x.a.Aborted(x.p, nil); x.a.Begin(x.p) }},
		{manager: "greedy", name: "a commit makes young", me: a, want: Wait, tries: 1000,
			setup: func(x *pair) { x.a.Committed(x.p); x.a.Begin(x.p) }},

		{manager: "serializer", name: "the older kills", me: a, want: AbortOther},
		{manager: "serializer", name: "the younger dies", me: b, want: AbortSelf},
		{manager: "serializer", name: "an abort makes young", me: a, want: AbortSelf,
			setup: func(x *pair) { x.a.Aborted(x.p, nil); x.a.Begin(x.p) }},

		{manager: "kindergarten", name: "first meeting: 100 waits, then the finder dies", me: a, want: AbortSelf, tries: 100},
		{manager: "kindergarten", name: "second meeting: the enemy dies", me: a, want: AbortOther,
			setup: func(x *pair) { x.decide(x.a, x.b, WW, Executing, 100) }},
		{manager: "kindergarten", name: "and is forgotten", me: a, want: AbortSelf, tries: 100,
			setup: func(x *pair) {
				x.decide(x.a, x.b, WW, Executing, 100)
				x.decide(x.a, x.b, WW, Executing, 0)
			}},
		{manager: "kindergarten", name: "the other one owes nothing", me: b, want: AbortSelf, tries: 100,
			setup: func(x *pair) { x.decide(x.a, x.b, WW, Executing, 100) }},

		{manager: "killblocked", name: "17 waits, then the enemy dies", me: b, want: AbortOther, tries: 17},
		{manager: "killblocked", name: "an enemy that waits dies at once", me: b, want: AbortOther,
			setup: func(x *pair) { x.a.waiting.Store(true) }},

		{manager: "twophase", name: "9 writes: still timid", me: a, want: AbortSelf,
			setup: func(x *pair) { open(x.a, 50, 9) }},
		{manager: "twophase", name: "10 writes beat 9", me: a, want: AbortOther,
			setup: func(x *pair) { open(x.a, 0, 10); open(x.b, 0, 9) }},
		{manager: "twophase", name: "9 writes do not beat 10", me: b, want: AbortSelf,
			setup: func(x *pair) { open(x.a, 0, 10); open(x.b, 0, 9) }},
		{manager: "twophase", name: "the earlier number kills", me: b, want: AbortOther,
			setup: func(x *pair) { open(x.b, 0, 10); open(x.a, 0, 10) }},
		{manager: "twophase", name: "the later number dies", me: a, want: AbortSelf,
			setup: func(x *pair) { open(x.b, 0, 10); open(x.a, 0, 10) }},
		{manager: "twophase", name: "the number outlives aborts", me: a, want: AbortOther,
			setup: func(x *pair) { open(x.a, 0, 10); x.a.Aborted(x.p, nil); x.a.Begin(x.p); open(x.b, 0, 10) }},
		{manager: "twophase", name: "and not commits", me: a, want: AbortSelf,
			setup: func(x *pair) { open(x.a, 0, 10); x.a.Committed(x.p); x.a.Begin(x.p) }},

		{manager: "comprehensive", name: "a live equal: the finder dies", me: a, want: AbortSelf},
		{manager: "comprehensive", name: "a committer is waited for a little", me: a, want: AbortSelf, tries: comprehensiveTries,
			setup: func(x *pair) { x.b.EnterCommit(x.p) }},
		{manager: "comprehensive", name: "but never with locks held", me: a, phase: Committing, want: AbortSelf,
			setup: func(x *pair) { x.b.EnterCommit(x.p) }},
		{manager: "comprehensive", name: "the higher priority kills", me: b, want: AbortOther,
			setup: func(x *pair) { x.b.SetUserPriority(1) }},
		{manager: "comprehensive", name: "with locks held too", me: b, phase: Committing, want: AbortOther,
			setup: func(x *pair) { x.b.SetUserPriority(1) }},
		{manager: "comprehensive", name: "the lower priority never kills", me: a, want: AbortSelf,
			setup: func(x *pair) { x.b.SetUserPriority(1) }},
		{manager: "comprehensive", name: "nor a reader", me: a, kind: WR, want: AbortSelf, phase: Committing,
			setup: func(x *pair) { x.b.SetUserPriority(1) }},
		{manager: "comprehensive", name: "a writer wins against a reader of its rank", me: a, kind: WR, want: AbortOther},
		{manager: "comprehensive", name: "aborts in a row are priority", me: a, want: AbortOther,
			setup: func(x *pair) { x.abortA(comprehensiveFactor) }},
		{manager: "comprehensive", name: "but not one less", me: a, want: AbortSelf,
			setup: func(x *pair) { x.abortA(comprehensiveFactor - 1) }},
		{manager: "comprehensive", name: "a commit gives it up", me: a, want: AbortSelf,
			setup: func(x *pair) { x.abortA(comprehensiveFactor); x.a.Committed(x.p); x.a.Begin(x.p) }},
		{manager: "comprehensive", name: "work lost is priority", me: a, want: AbortOther,
			setup: func(x *pair) { x.a.cold.lost = comprehensiveWork; x.abortA(1) }},
	} {
		t.Run(c.manager+"/"+c.name, func(t *testing.T) {
			onMachine(t, func(p *machine.Proc) {
				x := newPair(t, p, c.manager)
				if c.setup != nil {
					c.setup(x)
				}
				me, enemy := x.a, x.b
				if c.me == b {
					me, enemy = x.b, x.a
				}
				limit := max(1000, c.tries)
				got, tries := x.run(me, enemy, c.kind, c.phase, limit)
				equal(t, c.want.String(), got.String())
				equal(t, c.tries, tries)
			})
		})
	}
}

func (x *pair) abortA(n int) {
	for i := 0; i < n; i++ {
		x.a.Aborted(x.p, nil)
		x.a.Begin(x.p)
	}
}

// TestUnknownEnemy: no policy needs the enemy to be known.
func TestUnknownEnemy(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		for _, name := range Names() {
			x := newPair(t, p, name)
			for phase := Executing; phase <= Committing; phase++ {
				for tries := 0; tries < 200; tries++ {
					x.decide(x.a, nil, WW, phase, tries) // whatever it says, it must not need the enemy
				}
			}
			if x.a.Conflict(p, nil, 0, WW, Committing, unsafe.Pointer(&someObject)) == Wait {
				t.Errorf("%s waits for nobody with locks held", name)
			}
		}
	})
}

func TestRandomizedTossesAFairCoin(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		x := newPair(t, p, "randomized")
		kills := 0
		const n = 4000
		for i := 0; i < n; i++ {
			switch x.decide(x.a, x.b, WW, Executing, 0).Action {
			case AbortOther:
				kills++
			case AbortSelf:
			default:
				t.Fatal("randomized neither kills nor dies")
			}
		}
		less(t, n/2-200, kills) // six standard deviations
		less(t, kills, n/2+200)
	})
}

// TestWaits holds how long the waits are.
func TestWaits(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		most := func(name string, tries int) int64 {
			x := newPair(t, p, name)
			open(x.b, 100, 0)
			var w int64
			for i := 0; i < 2000; i++ {
				w = max(w, x.decide(x.a, x.b, RW, Executing, tries).Wait)
			}
			return w
		}
		for tries := 0; tries < 22; tries++ {
			limit := int64(1) << (tries + 7)
			for _, name := range []string{"polite", "polka"} {
				w := most(name, tries)
				if name == "polka" {
					limit = min(limit, 1<<polkaMax)
				}
				less(t, w, limit, name, tries)
				less(t, limit*9/10, w, name, tries)
			}
		}
		equal(t, int64(1000), most("karma", 0))
		equal(t, int64(1000), most("eruption", 0))
		equal(t, int64(1000), most("kindergarten", 0))
		equal(t, int64(1000), most("killblocked", 0))
	})
}

// TestTimestampSignOfLife: an older enemy that opens objects is not killed at the eighth try; the limit doubles.
func TestTimestampSignOfLife(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		x := newPair(t, p, "timestamp")
		tries := 0
		step := func() Action {
			d := x.decide(x.b, x.a, WW, Executing, tries)
			tries++
			return d.Action
		}
		for i := 0; i < 8; i++ {
			equal(t, Wait, step())
			x.a.Open(uint64(i), false) // alive
		}
		waits := 0
		for step() == Wait {
			waits++
			less(t, waits, 100)
		}
		// One answer discovers the life sign (tries go back to 2), then 16-2 waits bring it to the doubled limit.
		equal(t, 16-2, waits)
	})
}

// TestEruptionGivesOnce: waiting gives what has not been given yet, and no more.
func TestEruptionGivesOnce(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		x := newPair(t, p, "eruption")
		open(x.a, 3, 0)
		open(x.b, 10, 0)
		x.decide(x.a, x.b, WW, Executing, 0)
		equal(t, int64(13), x.b.karma.Load())
		x.decide(x.a, x.b, WW, Executing, 1)
		equal(t, int64(13), x.b.karma.Load())
		open(x.a, 2, 0)
		x.decide(x.a, x.b, WW, Executing, 2)
		equal(t, int64(15), x.b.karma.Load())
		x.b.Committed(p)
		equal(t, int64(0), x.b.karma.Load())
	})
}
