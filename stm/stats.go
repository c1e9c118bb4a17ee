package stm

// Stats counts what one descriptor, or all of them, has done.
type Stats struct {
	Commits     uint64 // committed transactions, read-only ones included
	ReadOnly    uint64 // committed transactions that wrote nothing
	Irrevocable uint64 // committed transactions that were irrevocable
	Aborts      [NumReasons]uint64
	Extensions  uint64 // successful extensions of a snapshot
	LockWaits   uint64 // times that a locked word was waited for
	Reads       uint64 // entries in the read logs of committed transactions
	Again       uint64 // reads of records, and writes of cells, that were in the logs already
	Writes      uint64 // entries in the write logs of committed transactions
	MaxReads    uint64 // largest read log of an attempt that ended
	MaxWrites   uint64 // largest write log of an attempt that ended
	Sleeps      uint64 // waits for a change (retry)
}

// TotalAborts is the sum of the aborts over all reasons but the program's own wish to wait.
func (s *Stats) TotalAborts() uint64 {
	var n uint64
	for r, v := range s.Aborts {
		if Reason(r) != RetryWait {
			n += v
		}
	}
	return n
}

// Attempts is the number of attempts that have ended.
func (s *Stats) Attempts() uint64 { return s.Commits + s.TotalAborts() + s.Aborts[RetryWait] }

// Add adds t to s.
func (s *Stats) Add(t *Stats) {
	s.Commits += t.Commits
	s.ReadOnly += t.ReadOnly
	s.Irrevocable += t.Irrevocable
	for r := range s.Aborts {
		s.Aborts[r] += t.Aborts[r]
	}
	s.Extensions += t.Extensions
	s.LockWaits += t.LockWaits
	s.Reads += t.Reads
	s.Again += t.Again
	s.Writes += t.Writes
	s.MaxReads = max(s.MaxReads, t.MaxReads)
	s.MaxWrites = max(s.MaxWrites, t.MaxWrites)
	s.Sleeps += t.Sleeps
}

// flushEvery is how many commits a descriptor's counters may lag behind in the system's sum.
const flushEvery = 256

// Stats is the descriptor's own counters: for its owner, or when its thread has ended.
func (tx *Tx) Stats() *Stats { return &tx.stats }

// FlushStats adds what the descriptor has counted since the last flush to the system's sum. It happens by itself
// every few hundred commits and at Close. Only the owner may call it.
func (tx *Tx) FlushStats() {
	s := tx.s
	s.statsMu.lock(tx.p)
	if d := &tx.flushed; tx.stats != *d {
		s.total.subtract(d)
		s.total.Add(&tx.stats)
		*d = tx.stats
	}
	s.statsMu.unlock(tx.p)
	tx.untilFlush = flushEvery
}

// subtract takes the counters of t out again; the maxima stay.
func (s *Stats) subtract(t *Stats) {
	s.Commits -= t.Commits
	s.ReadOnly -= t.ReadOnly
	s.Irrevocable -= t.Irrevocable
	for r := range s.Aborts {
		s.Aborts[r] -= t.Aborts[r]
	}
	s.Extensions -= t.Extensions
	s.LockWaits -= t.LockWaits
	s.Reads -= t.Reads
	s.Again -= t.Again
	s.Writes -= t.Writes
	s.Sleeps -= t.Sleeps
}

// Stats sums over all descriptors, as of their last flushes. It may be called from any thread, also within a transaction. What
// goroutines have done with functions like [Atomically] is included up to now, unless one is in a transaction just then or
// hundreds of them are about.
func (s *System) Stats() Stats {
	if k := s.pool.Load(); k != nil {
		k.flush()
	}
	s.statsMu.lock(nil)
	defer s.statsMu.unlock(nil)
	return s.total
}
