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
// # Costs
//
// One thread, ns per transaction, the fastest batch of 100 on a busy two-core virtual machine (BenchmarkCore); r reads and
// w writes of different records:
//
//	             1r 1w   10r 2w   10r 10w   100r 10w   16r   256r
//	lazy            35       88       200        609    69    920
//	tl2             55      165       310        990   143   2030
//	norec           46      140       255        975   170   2170
//	tml             46      120       250        830   130   1690
//	gencounter      44      125       240        785   140   1620
//	eager           70      200       390       1330   200   2390
//	fair            64      200       370       1390   220   2680
//	swiss           81      240       460       1500   230   2670
//	anacrolix     1190     3980      7290      42200  5020 166000
//
// lazy is called directly, and on real cores reads without the simulator's hooks; the others go through an interface,
// which costs them 3 to 5 ns a read. How the clocks scale stands in clock.go.
//
// # Reading the source
//
// word.go, tx.go and log.go first; then clock.go (why snapshots are consistent), orecs.go (why commits neither deadlock
// nor livelock) and lazy.go, the default; irrevocable.go, wait.go and savepoint.go; then the other algorithms, a file
// each. The proof kit is in stm/history.
package stm
