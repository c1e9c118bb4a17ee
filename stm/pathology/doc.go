// Package pathology provokes the ways in which transactional memories fail under contention, and detects them while
// they happen. The names are those of Bobba, Moore, Volos, Yen, Hill, Swift, Wood: "Performance pathologies in
// hardware transactional memory", ISCA 2007; each has the smallest program that provokes it, in a file of its own.
//
// Run runs programs under algorithms and managers on simulated cores, so the same configuration gives the same table,
// byte for byte. Every program also runs under one global lock, with the same accesses and the same private work:
// what transactions must not be worse than. RunDuels is the counterpart on two real cores.
//
// # How it is measured
//
// Threads repeat their transaction until a horizon of virtual time. Throughput is useful work: the sum over committed
// transactions of the time that the same transaction takes alone and without any synchronisation, divided by the
// horizon. It is 1 when one core is always doing something useful. A thread's share is its number of commits, divided
// by the number that it would have if all threads took turns on one core.
//
// The detectors (detect.go) know nothing of the programs: they watch kills, waits, aborts and begins. So a program
// made for one pathology may be found to show another one too.
//
// # What it shows
//
// On 4 simulated cores, with the manager "comprehensive": throughput over that of one global lock, and the largest
// number of aborts in a row of any transaction.
//
//	                 lazy      fair      tl2       eager     swiss     norec     tml       gencounter
//	FriendlyFire     1.22  19  1.21  16  1.22  19  1.08  16  1.10  17  1.23  19  1.23  18  1.23  19
//	StarvingWriter   1.04  19  1.00  16  1.04  19  0.96  17  1.00  19  1.05  19  1.05  18  1.05  19
//	SerializedCommit 1.78   0  1.78   0  1.79   0  1.78   0  1.48   0  1.32   0  0.63  19  0.61  20
//	FutileStall      1.55  19  1.55  16  1.46  20  1.47  16  1.42  16  1.34  19  1.25  20  0.49  19
//	StarvingElder    1.33  18  1.20  16  1.11  19  1.26  18  1.13  18  1.13  18  0.73  21  0.72  21
//	RestartConvoy    1.17  21  1.16  17  1.16  22  1.15  21  1.13  21  1.17  21  1.17  21  1.17  21
//	DuelingUpgrades  1.24  19  1.23  16  1.24  19  1.23  19  1.21  19  1.24  19  1.25  19  1.25  19
//
// The bound on the aborts is the manager's escalate + 2*threads (18 + 8 here); it holds for every algorithm, since it
// rests on nobody else beginning, and on the senior of the starving having a priority above all. Without it, backoff alone starves its victims (130 aborts in a row and more), and
// suicide for as long as the run lasts. The price is throughput where one long transaction meets many short ones that
// do not need each other: StarvingElder, 1.65 under backoff with a share of 0.01 for the elder, against 1.33 with 0.03 (under
// fair, whose visible reads stop the writers for the elder as well, 1.20 with 0.04). How often an elder is served is set by the
// largest backoff: with 2^16 ns instead of 2^18 it is 1.08 with 0.04, and the writer's time in LongReader, below, goes
// from 0.92 to 0.82 of the best (two simulated cores).
//
// Whose trouble is whose: eager and swiss show FriendlyFire under suicide, randomized, kindergarten, hourglass,
// twophase and shrink, not under greedy, timestamp, karma and polka; karma, eruption, killblocked and polite starve
// writers and wait for each other; polite waits so long that a run ends before two of its transactions have
// given way. An enemy that has committed cannot be managed: under lazy, tl2, norec, tml and gencounter twelve of the
// managers cannot matter (contention.Matters), and the others act at begin or after aborts. ats serialises the victims,
// not those who abort them, so it starves them further. One reader that kills a writer under eager kills itself: the
// rollback gives the record a new version.
//
// No algorithm here has visible readers that lock, so DuelingUpgrades is at home in none; under committer-wins it turns
// into the starvation of one of the two, and where writers wait for each other (FriendlyFire under polite or
// kindergarten) the detector finds it.
//
// On two real cores (BenchmarkDuels, lazy, all 21 managers in one run, medians of 31 rounds of 3 ms, AMD EPYC, a busy
// host; with the backoff of 2^16): comprehensive has 0.90 of the best commits/s on HotCounter (16.1 of 17.9 million, backoff
// 16.1), 0.91 on LongReader (9.8 of 10.7 million, with the reader served), 1.00 on OppositeWriters; against backoff, split and
// twophase alone, on a quieter host, 0.98, 0.96 and 1.00. (split is the same policy as backoff here, and scatters between 0.70
// and 1.00 of it on the busy host: differences below that mean nothing there. The benchmark counts the disturbed rounds, and
// its verdict comes from a second measurement of the best.) Its aborts per commit are 0.01 and less, suicide's 0.2 to 0.6. What
// wins such duels is one thread sleeping while the other one runs: fairness shows in the least share. Under fair it is
// 0.91, 0.77 and 0.85.
package pathology
