//go:build stm_mutants

package object

// Mutants says whether this build can misbehave on purpose; see Mutant.
const Mutants = true
