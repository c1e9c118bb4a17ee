package machine

import (
	"sync/atomic"
	"testing"
)

// Who looks for a deadlock, because nobody seemed active, may find threads whose waits at futexes have ended by themselves: they
// are active again, and on their way into other waits. What they wait for is read beside them. (A test for the race detector; and
// no deadlock may be reported.)
func TestLookBesideWaits(t *testing.T) {
	for name, c := range realConfigs() {
		t.Run(name, func(t *testing.T) {
			m := NewReal(c)
			rounds := hammer(20000)
			noError(t, m.Run(func(p *Proc) {
				var f Futex
				var over atomic.Bool
				sleeper := m.Go("sleeper", func(p *Proc) {
					for !over.Load() {
						p.Park(Wait{What: "turn"})
					}
				})
				for i := range rounds {
					f.Word().Store(uint32(i))
					sleeper.Unpark(p)
					for j := range 3 {
						f.Wait(p, Wait{What: [...]string{"one", "another", "a third"}[j], Owner: j}, uint32(i+1)) // ends at once
					}
				}
				over.Store(true)
				sleeper.Unpark(p)
			}))
		})
	}
}
