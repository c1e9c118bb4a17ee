package contention

// Enemies says how much a transaction knows about its enemy when it finds a conflict.
type Enemies uint8

// The kinds of knowledge.
const (
	EnemiesCommitted Enemies = iota // the enemy has committed, or is unknown: nothing is left to decide
	EnemiesClash                    // two committers can meet at a lock for a moment; all other enemies have committed
	EnemiesLive                     // the enemy is alive, known and can be killed
)

// AlgorithmTraits is what an algorithm offers to managers.
type AlgorithmTraits struct {
	Name           string
	Aborts         bool    // its transactions can abort at all (one global lock: no)
	Enemies        Enemies // for conflicts with writers
	VisibleReaders bool    // it sees live readers as enemies
	Marks          bool    // it honours State.Priority through Marks
	Manages        bool    // it calls the State's hooks; baselines with a policy of their own do not
}

// Matters says whether the choice of the manager m makes a difference under an algorithm, and why not, or what
// remains of it.
func Matters(alg AlgorithmTraits, m Manager) (bool, string) {
	t := m.Traits()
	switch {
	case !alg.Manages:
		return false, alg.Name + " has a policy of its own and asks no manager"
	case !alg.Aborts:
		return false, alg.Name + " never aborts"
	case m.Name() == "suicide":
		return true, "the rule that all others are compared with"
	}
	if t.Prioritises && alg.Marks {
		return true, "its priorities are honoured by visible reads"
	}
	if t.KnownEnemy && alg.Enemies == EnemiesLive {
		if t.VisibleReaders && !alg.VisibleReaders {
			return true, "for writers only: readers are invisible"
		}
		return true, "enemies are alive and known"
	}
	switch {
	case t.Serialises && t.BacksOff:
		return true, "at begin and after aborts"
	case t.Serialises:
		return true, "at begin only"
	case t.Splits:
		return true, "by shortening slices after aborts"
	case t.BacksOff:
		return true, "after aborts only"
	case alg.Enemies == EnemiesClash && (t.KnownEnemy || t.Deadline):
		return false, "enemies have committed when they are found, but for lock clashes of two committers: as good as suicide"
	case t.Deadline && alg.Enemies == EnemiesLive:
		return true, "waits for the contended lock"
	}
	return false, "the enemy has already committed when it is found: as good as suicide"
}
