//go:build stm_mutants

package stm

// mutants says whether this build can misbehave on purpose: tests set System.mutant to one of the injected bugs and
// assert that the proof kit finds it. Builds without the tag contain nothing of that.
const mutants = true

// Inject makes the system commit without validating what was read, for the tests of what stands above.
func (s *System) Inject() { s.mutant = mutNoCommitValidation }
