// Work of several kinds at once, and the account of all private work of a simulated run.

package machine

// Work is an amount of private work: for each kind how many units, in 1/WorkUnit. An interpreter makes one for each
// stretch of code and charges it whenever that has been executed.
type Work [numCosts]int32

// WorkUnit is what a unit counts in a Work.
const WorkUnit = 256

// Add adds n units of a kind.
func (w *Work) Add(kind Cost, n float64) { w[kind] += int32(n*WorkUnit + 0.5) }

// ChargeWork is Charge for several kinds at once.
func (p *Proc) ChargeWork(w *Work) {
	if p.sim != nil {
		p.sim.chargeWork(w)
	}
}

// Account is what a simulated run consists of: the units of private work by kind, and what its accesses to shared words took
// altogether. The sum of units times prices and of accesses is what its threads have spent running.
type Account struct {
	Units    [NumCosts]float64
	Accesses float64 // ns
	Hooks    int64   // number of accesses
}

// account collects an Account.
type account struct {
	units    [numCosts]int64 // in 1/WorkUnit
	accesses int64           // ticks
	hooks    int64
}

func (t *simProc) chargeWork(w *Work) {
	sum := int64(0)
	cost := &t.m.cost
	for i, n := range w {
		if n != 0 {
			sum += cost[i] * int64(n)
			t.m.account.units[i] += int64(n)
		}
	}
	t.work(sum / WorkUnit)
}

// Account is what a simulated run consists of so far; false on real cores. Ask from one of its threads, or when it has ended.
func (m *Machine) Account() (Account, bool) {
	s, ok := m.impl.(*sim)
	if !ok {
		return Account{}, false
	}
	a := Account{Accesses: float64(s.account.accesses) / ticksPerNS, Hooks: s.account.hooks}
	for i, n := range s.account.units {
		a.Units[i] = float64(n) / WorkUnit
	}
	return a, true
}
