package contention

import "gilt/internal/machine"

// Hourglass: a neck that everybody must pass when somebody starves. A transaction that has aborted more than twice in
// a row takes a global token with one CAS; while it is held nobody begins an attempt; it is given back at commit. So
// the holder soon runs alone. From RSTM, release 7. Variants: strong (a starving transaction waits until it gets the
// token, instead of trying once at each begin) and with randomised backoff after aborts.
type hourglass struct {
	base
	neck
	aborts  int
	strong  bool
	backoff bool
}

const (
	hourglassAborts     = 2 // more than so many in a row
	hourglassBackoffMin = 3
	hourglassBackoffMax = 16
)

func hourglassPolicy() policy {
	return policy{
		Info: Info{Name: "hourglass", Summary: "after more than 2 aborts in a row take a token; while it is held nobody else begins",
			Paper: "RSTM 7, 2013",
			Parameters: []Parameter{
				{"aborts", hourglassAborts, "take the token after more than so many aborts in a row"},
				{"strong", 0, "1: wait until the token is obtained"},
				{"backoff", 0, "1: randomised exponential backoff after aborts"}}},
		make: func(v values) Manager {
			return &hourglass{base: base{"hourglass"}, aborts: v.int("aborts"), strong: v.is("strong"), backoff: v.is("backoff")}
		},
	}
}

// Begin waits while somebody else has the token, and takes it when the transaction starves.
func (m *hourglass) Begin(p *machine.Proc, s *State) {
	m.pass(p, s)
	if s.Aborts() <= m.aborts {
		return
	}
	for !m.take(p, s) && m.strong {
		m.pass(p, s)
	}
}

// Aborted backs off, if asked to.
func (m *hourglass) Aborted(p *machine.Proc, s *State, _ *State) {
	if m.backoff && !m.held(s) {
		backOff(p, min(hourglassBackoffMax, s.Aborts()+hourglassBackoffMin))
	}
}

// Committed gives the token back.
func (m *hourglass) Committed(p *machine.Proc, s *State) {
	if s.Aborts() > m.aborts {
		m.leave(p, s)
	}
}

// Retrying gives the token back: the sleeper may wait for those whom the token keeps from beginning.
func (m *hourglass) Retrying(p *machine.Proc, s *State) { m.leave(p, s) }

// Traits are those of a serialiser.
func (m *hourglass) Traits() Traits { return Traits{Serialises: true, BacksOff: m.backoff} }
