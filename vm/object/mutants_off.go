//go:build !stm_mutants

package object

// Mutants says whether this build can misbehave on purpose; see Mutant. It cannot.
const Mutants = false
