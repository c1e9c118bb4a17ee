package contention

import "gilt/internal/machine"

// base is the policy that does nothing: files embed it and override the hooks that their rule needs.
type base struct{ name string }

func (b *base) Name() string                               { return b.name }
func (b *base) Begin(*machine.Proc, *State)                {}
func (b *base) Open(*State, uint64, bool)                  {}
func (b *base) Conflict(*machine.Proc, *Conflict) Decision { return Decision{Action: AbortSelf} }
func (b *base) Aborted(*machine.Proc, *State, *State)      {}
func (b *base) Committed(*machine.Proc, *State)            {}
func (b *base) Retrying(*machine.Proc, *State)             {}
func (b *base) Traits() Traits                             { return Traits{} }

// expBackoff waits a random time below 2^exp ns.
func expBackoff(p *machine.Proc, exp int) {
	if ns := int64(p.Randn(1 << uint(exp))); ns > 0 {
		p.Delay(ns)
	}
}
