package contention

import (
	"unsafe"

	"gilt/internal/machine"
)

// Delay: abort self, and restart only when the lock that was fought about is free, so that the next attempt does not
// run into the same owner again. Felber, Fetzer, Riegel, PPoPP 2008 (TinySTM's CM_DELAY).
type delay struct {
	base
	rounds int
}

// delayRounds bounds the wait: an owner that keeps its lock for longer than this has probably lost its core.
const delayRounds = 10000

func delayPolicy() policy {
	return policy{
		Info: Info{Name: "delay", Summary: "abort self, restart only when the contended lock is free",
			Paper:      "Felber, Fetzer, Riegel, PPoPP 2008 (TinySTM)",
			Parameters: []Parameter{{"rounds", delayRounds, "give up waiting after so many looks"}}},
		make: func(v values) Manager { return &delay{base{"delay"}, v.int("rounds")} },
	}
}

// Aborted waits until the lock of the last conflict is free or, without locks, until the enemy's attempt has ended.
func (m *delay) Aborted(p *machine.Proc, s *State, enemy *State) {
	obj, word := s.cold.object, s.cold.enemyWord
	for i := 0; i < m.rounds; i++ {
		switch {
		case s.free != nil && obj != nil:
			if s.free(p, obj) {
				return
			}
		case enemy != nil && enemy == s.cold.enemy:
			p.Read(unsafe.Pointer(&enemy.word))
			if w := enemy.Word(); w.Epoch() != word.Epoch() || !w.Live() {
				return
			}
		default:
			return
		}
		p.Spin(i)
	}
}

func (*delay) Traits() Traits { return Traits{Deadline: true} }
