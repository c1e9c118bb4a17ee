// Package stm is software transactional memory: a word-level core for language runtimes, and on top of it Var[T] for
// Go programs. Nothing in it knows Python.
//
// # The machine
//
// Memory is cells of two words ([Word]) under ownership records ([Orec]); which cells share a record is the caller's
// choice. A [System] is one transactional memory: its clock, its algorithm ([Algorithms]), its contention manager.
// Each thread has one descriptor ([Tx]) and runs attempts on it: Begin, Load, Store, Commit; whenever something
// returns false the attempt is doomed, the caller unwinds and calls Rollback. Every wait, spin and clock goes through
// gilt/internal/machine, whose hooks stand before every access to shared memory.
//
// # The guarantees
//
//   - Opacity: all values that an attempt reads, doomed or not, belong to one snapshot.
//   - Strict serialisability: committed transactions have an order that agrees with what they read, with what they
//     wrote, and with real time; [Tx.Key] is the place in it.
//   - Irrevocable transactions: one at a time cannot abort.
//   - Read-only transactions commit without writing shared memory.
//   - Nothing is allocated in steady state, and nothing at all while commit locks are held.
//
// # Reading the source
//
// word.go, tx.go and log.go first; then clock.go (why snapshots are consistent), orecs.go (why commits neither deadlock
// nor livelock) and lazy.go, the default; irrevocable.go, wait.go and savepoint.go; then the other algorithms, a file
// each. The proof kit is in stm/history.
package stm
