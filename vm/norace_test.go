//go:build !race

package vm_test

// underRace says whether the race detector watches.
const underRace = false
