package contention

import "gilt/internal/machine"

// base is the policy that does nothing: files embed it and override the hooks that their rule needs.
type base struct{ name string }

// Name is the policy's name.
func (b *base) Name() string { return b.name }

// Begin does nothing.
func (b *base) Begin(*machine.Proc, *State) {}

// Open does nothing.
func (b *base) Open(*State, uint64, bool) {}

// Conflict is timid.
func (b *base) Conflict(*machine.Proc, *Conflict) Decision { return Decision{Action: AbortSelf} }

// Aborted does nothing.
func (b *base) Aborted(*machine.Proc, *State, *State) {}

// Committed does nothing.
func (b *base) Committed(*machine.Proc, *State) {}

// Retrying does nothing.
func (b *base) Retrying(*machine.Proc, *State) {}

// Traits are those of a rule that knows nobody.
func (b *base) Traits() Traits { return Traits{} }

// randomWait is a random time below 2^exp ns.
func randomWait(p *machine.Proc, exp int) int64 { return int64(p.Randn(1 << uint(min(exp, 62)))) }

// backOff waits a random time below 2^exp ns.
func backOff(p *machine.Proc, exp int) {
	if ns := randomWait(p, exp); ns > 0 {
		p.Delay(ns)
	}
}

// watch asks for the calls of Begin and Committed that a quiet transaction does without, or does without them again.
func (s *State) watch(on bool) {
	if on {
		s.trouble |= troubleBegin | troubleCommitted
		return
	}
	t := s.m.Traits()
	if !t.WantsBegin {
		s.trouble &^= troubleBegin
	}
	if !t.WantsCommitted {
		s.trouble &^= troubleCommitted
	}
}
