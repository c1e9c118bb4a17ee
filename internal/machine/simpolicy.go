// The policies of the step engine.
//
// Uniform choice finds missing validation best; staying with a thread for a while (sticky) finds narrow windows; PCT
// (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized scheduler with probabilistic guarantees of finding
// bugs", ASPLOS 2010) finds a bug that needs d ordering constraints with probability at least 1/(n*k^(d-1)) for n
// threads and k steps. A portfolio of them beats each.
//
// All of them treat a yield or a round of spinning as what it says: the thread waits for others. Without that, PCT would run a
// spinning thread of high priority for ever.

package machine

import (
	"fmt"
	"strings"
	"time"
)

// Policy is how a simulated machine chooses who goes on.
type Policy uint8

// The policies.
const (
	VirtualTime Policy = iota // the core with the smallest clock
	Random                    // any runnable thread at every step, uniformly
	Sticky                    // the same thread, but with probability 1/16 another one
	PCT                       // the thread of highest priority; priorities change at PCTDepth-1 random steps
	Replay                    // what a Schedule says
)

var policyNames = [...]string{"time", "random", "sticky", "pct", "replay"}

// String is the policy's name.
func (p Policy) String() string {
	if int(p) < len(policyNames) {
		return policyNames[p]
	}
	return fmt.Sprintf("Policy(%d)", uint8(p))
}

// PolicyNames are the names that ParsePolicy knows.
func PolicyNames() []string { return policyNames[:] }

// ParsePolicy is the policy of that name.
func ParsePolicy(name string) (Policy, error) {
	for i, n := range policyNames {
		if n == name {
			return Policy(i), nil
		}
	}
	return 0, fmt.Errorf("no scheduling policy %q: there are %s", name, strings.Join(policyNames[:], ", "))
}

// Portfolio is a configuration of each policy: together they find what each alone misses. Virtual time without
// jitter finds livelock, with jitter narrow windows between real costs.
func Portfolio(cores int, seed uint64) []SimConfig {
	return []SimConfig{
		{Cores: cores, Seed: seed, Policy: Random},
		{Cores: cores, Seed: seed, Policy: Sticky},
		{Cores: cores, Seed: seed, Policy: PCT, PCTSteps: 2000},
		{Cores: cores, Seed: seed},
		{Cores: cores, Seed: seed, Jitter: 20 * time.Nanosecond},
	}
}

func newPolicy(c *SimConfig, rng *Proc) stepPolicy {
	if c.explorer != nil {
		return c.explorer
	}
	switch c.Policy {
	case Random:
		return uniform{}
	case Sticky:
		return sticky{}
	case PCT:
		return newPCT(c, rng)
	case Replay:
		return &replayer{steps: c.Schedule.Steps, strict: c.Strict}
	}
	panic("machine: policy " + c.Policy.String() + " takes no steps")
}

// uniform is Random.
type uniform struct{}

func (uniform) started(*simProc) {}

func (uniform) pick(s *sim, ready []*simProc, _ *simProc, _ pointKind) *simProc {
	if len(ready) == 1 {
		return ready[0]
	}
	return ready[s.rng.Randn(uint64(len(ready)))]
}

// sticky switches with probability 1/16, at yields and when it must.
type sticky struct{}

func (sticky) started(*simProc) {}

func (sticky) pick(s *sim, ready []*simProc, cur *simProc, why pointKind) *simProc {
	if len(ready) == 1 {
		return ready[0]
	}
	r := s.rng.Rand()
	if cur == nil {
		return ready[s.rng.Randn(uint64(len(ready)))]
	}
	if why != pointYield && r&15 != 0 {
		return cur
	}
	i := int(s.rng.Randn(uint64(len(ready) - 1))) // any but cur
	if i >= cur.place {
		i++
	}
	return ready[i]
}

// pct runs the thread of highest priority. New threads get random priorities above all that have been lowered; at each change
// point the running thread falls below everybody, and so does one that yields.
type pct struct {
	changes []int64 // steps, ascending
	rng     *Proc
	lowest  int64
}

func newPCT(c *SimConfig, rng *Proc) *pct {
	p := &pct{rng: rng}
	for range max(c.PCTDepth-1, 0) {
		p.changes = append(p.changes, 1+int64(rng.Randn(uint64(c.PCTSteps))))
	}
	sortInts(p.changes)
	return p
}

func sortInts(a []int64) {
	for i := range a {
		for j := i; j > 0 && a[j] < a[j-1]; j-- {
			a[j], a[j-1] = a[j-1], a[j]
		}
	}
}

func (p *pct) started(t *simProc) { t.priority = 1 + int64(p.rng.Rand()>>2) }

func (p *pct) pick(s *sim, ready []*simProc, cur *simProc, why pointKind) *simProc {
	fall := why == pointYield
	for len(p.changes) > 0 && s.steps >= p.changes[0] {
		p.changes = p.changes[1:]
		fall = true
	}
	if fall && cur != nil {
		p.lowest--
		cur.priority = p.lowest
	}
	best := ready[0]
	for _, t := range ready[1:] {
		if t.priority > best.priority || t.priority == best.priority && t.p.id < best.p.id {
			best = t
		}
	}
	return best
}
