// What a simulated run amounts to.

package machine

import "fmt"

// Report sums up a simulated run, after Run has returned or from one of its threads. Two runs of the same program with the same configuration have
// equal reports; if they have not, something outside the machine has had a say.
type Report struct {
	Policy    Policy
	Cores     int
	Seed      uint64
	Time      int64  // virtual, in ns: of the thread that ran last
	Steps     int64  // hooks, waits and wake-ups
	Switches  int64  // between threads
	Lines     int64  // different cache lines touched (again after they had decayed); 0 under the step policies
	Transfers int64  // of cache lines between cores
	Hash      uint64 // of everything that has happened, in order
	Costs     Costs  // the prices that it was computed with
}

// Report sums up a simulated run; false on real cores.
func (m *Machine) Report() (Report, bool) {
	s, ok := m.impl.(*sim)
	if !ok {
		return Report{}, false
	}
	return Report{Policy: s.config.Policy, Cores: s.config.Cores, Seed: s.config.Seed, Time: s.now(), Steps: s.steps,
		Switches: s.switches, Lines: int64(s.lines.serial), Transfers: s.transfers, Hash: s.hash, Costs: s.config.Costs}, true
}

// String is one line for people.
func (r Report) String() string {
	return fmt.Sprintf("%v, %s, seed %d: %d ns, %d steps, %d switches, %d lines, %d transfers, hash %016x, costs: %s",
		r.Policy, count(r.Cores, "core"), r.Seed, r.Time, r.Steps, r.Switches, r.Lines, r.Transfers, r.Hash,
		r.Costs.Title())
}
