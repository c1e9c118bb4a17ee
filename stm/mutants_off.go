//go:build !stm_mutants

package stm

// mutants says whether this build can misbehave on purpose; see mutants_on.go. It cannot: the compiler removes
// every test for it.
const mutants = false
