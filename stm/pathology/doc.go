// Package pathology provokes the ways in which transactional memories fail under contention, and detects them while
// they happen. The names are those of Bobba, Moore, Volos, Yen, Hill, Swift, Wood: "Performance pathologies in
// hardware transactional memory", ISCA 2007; each has the smallest program that provokes it, in a file of its own.
//
// Run runs programs under algorithms and managers on simulated cores, so the same configuration gives the same table,
// byte for byte. Every program also runs under one global lock, with the same accesses and the same private work:
// what transactions must not be worse than.
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
package pathology
