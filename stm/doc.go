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
//	lazy            35       85       198        596    68    919
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
// # Go programs
//
// A [Var] is a variable that transactions share; [Atomically] runs a function as a transaction:
//
//	alice, bob := stm.NewVar(100), stm.NewVar(0)
//	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
//		tx.Assert(alice.Get(tx) >= 30) // sleeps until there is enough
//		alice.Set(tx, alice.Get(tx)-30)
//		bob.Set(tx, bob.Get(tx)+30)
//	}))
//
// The API contains that of github.com/anacrolix/stm v0.5.0 (packages stm, stmutil and rate): moving over is a change of import
// lines. What is different: attempts never see inconsistent values; a transaction inside a transaction panics, as does the use of a
// Tx after its end; readers lock nothing; nothing is polled, and no goroutine is started. Beyond that API there are
// contexts ([AtomicallyContext]), closed nesting ([Nest]), hooks ([Tx.OnCommit], [Tx.OnAbort]), read-only transactions
// that keep no log ([View]), irrevocable ones ([AtomicallyIrrevocable], [Tx.Irrevocably]), unrecorded reads and early
// release ([Var.Peek], [Var.Release]), names and a dump of who waits for what ([Var.Named], [System.Blocked]), and
// containers ([Map], [Set], [OrderedMap], [Queue], [Chan]).
//
// Operations may run several times, so they do nothing that cannot be repeated. Values in Vars are not changed in place. The
// methods of [Tx] that are named after steps of the protocol (Begin, Load, Store, Commit, Rollback, ...) are the core's, and not for
// operations. Package-level functions use [DefaultSystem]; those that end in In take another system, AtomicallyOn a descriptor of
// the caller's own.
//
// A transaction that only reads validates once more at its end, so that what it returns was current then; View does without, and
// returns what was current at some moment between its call and its return. A Tx that is used after its end is found as long as its
// descriptor is idle; using it in another goroutine is a data race, which the race detector finds.
//
// Progress: with the default manager a transaction aborts a bounded number of times in a row (18, and twice the number of
// threads); after that nobody else begins until it has ended. TestBoundedWorstCase shows it for a transaction that reads 10,000 Vars
// beside one that never stops updating them.
//
// Costs, on a virtual machine with two shared cores, in ns per transaction (the fastest of many batches; BenchmarkLibrary, which
// also runs anacrolix/stm and locks): a counter 43, 10 reads and 2 writes 91, 16 reads 88, 256 reads 1,073, 100 reads and 10 writes
// 581, the bank of 1,024 accounts with 10 % full sums 400 (mean of the best 5 ms), a list of 256 keys 440, a hash map of 64 K keys with
// 20 % updates 57 (a Go map under an RWMutex 34), with 2 % 51 (30), or 26
// when the look-ups are no transactions (Map.AtomicGet), an ordered map 160 (a B+ tree under an RWMutex 110). None of them
// allocates, except for what changes in the maps. anacrolix/stm takes 846, 2,281, 2,731,
// 63,988 and 28,572 for the first five, its garbage not counted. Two goroutines on disjoint data take as long as one. A hand-off
// by Retry to another goroutine and back takes 1.4 us, and up to twice as long on a busy machine; a quarter of it are the two panics that
// unwind the waiting operations. TestRatios prints all of it as a table, with what it is meant to be (RATIONALE.md has one of them):
//
//	go test ./stm -run TestRatios -ratios 100 -v
//
// The tests of anacrolix/stm v0.5.0 (stm, stmutil, rate) pass with the import paths changed, and its benchmarks are faster (medians of
// both in turns, on a machine that did nothing else; in brackets on one so busy that Go's collector, which anacrolix's library needs
// more, had no core of its own): AtomicGet 5 times (8), AtomicSet 7 (20), IncrementSTM 5.5 (17), ReadVarSTM 1.1 (1.4), PingPong 6 (9),
// PingPong4 3 (10), ThunderingHerd 5 (5), AllowN 11 (18), WaitNNoDelay 21 (41). The geometric mean of these nine is 5.5 (10.2). The
// tenth, InvertedThunderingHerd, panics in anacrolix's own hash function, so there is nothing to compare with; with that
// function repaired there it is 3.5 times as fast here (5), and the geometric mean of all ten is 5.2 (9.6). Half of them start a thousand
// goroutines or wake each other, which takes Go the time that is left: ReadVarSTM takes as long here as its variant with a mutex, and
// IncrementSTM not longer.
//
// # Reading the source
//
// word.go, tx.go and log.go first; then clock.go (why snapshots are consistent), orecs.go (why commits neither deadlock
// nor livelock) and lazy.go, the default; irrevocable.go, wait.go and savepoint.go; then the other algorithms, a file
// each. The proof kit is in stm/history. The library for Go programs stands on top: var.go and var_rep.go, atomically.go (attempts),
// atomically_pool.go (descriptors for goroutines), atomically_select.go, atomically_view.go, atomically_ante.go (herds of woken
// transactions), atomically_blocked.go, containers*.go.
package stm
