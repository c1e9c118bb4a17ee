// Package experiments measures the claims that this project tests, writes what it finds as data, and draws the data.
//
// An [Experiment] is a value: the factors whose combinations are its points, a function that measures one point once, and
// functions that turn the data into figures and verdicts on claims. The rest is the same for all of them:
//
//	run.go       the schedule: repetitions interleaved over the points, shards, resuming, progress
//	data.go      files: Go benchmark format with a checksum after each record; reading, merging, damage
//	csv.go       the same data as tidy CSV, for other tools
//	summary.go   medians with confidence intervals
//	claims.go    the claims, who made them, and the table of verdicts
//	workload.go  Python programs (workloads/*.py) run in the VM, or by an installed python3
//	report.go    tables and figures from data files, without measuring
//	figure/      how figures look
//
// and one file per experiment (exp_*.go), listed in list.go.
//
// Invariants:
//   - Figures, tables and verdicts are functions of data files alone.
//   - An experiment that says Simulated runs in virtual time only: its data are byte-identical on every machine, so its files
//     say nothing of the machine that wrote them.
//   - A file is replaced by renaming a complete, synced one. A record that does not fit its checksum is an error that
//     names it; nothing is computed from a damaged file.
//   - Real points are measured in turn, in another order in each repetition, so that what disturbs the machine disturbs
//     all of them alike; a shard of a real experiment takes whole repetitions, so that points are compared within one machine.
package experiments
