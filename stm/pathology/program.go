package pathology

import (
	"fmt"
	"sort"
	"strings"
)

// access is memory as a transaction sees it: a transactional memory's, or plain memory under a lock. False means
// that the attempt is doomed: the body returns false at once.
type access interface {
	load(i int) (uint64, bool)
	store(i int, v uint64) bool
	work(ns int) // private work
	code(n int)  // n bytecodes of an interpreter
}

// Bytecodes of an interpreter that one access to an attribute or an element takes, and one round of a loop beside it:
// without them, the lock's plain accesses would be nearly free, as in no program that anybody runs.
const (
	codeAccess = 2
	codeLoop   = 3
)

// add adds d to a cell: an attribute's +=.
func add(m access, i int, d uint64) bool {
	m.code(2 * codeAccess)
	v, ok := m.load(i)
	return ok && m.store(i, v+d)
}

// role is what one thread does again and again.
type role struct {
	name string
	// body is one attempt; choice is a random number that stays the same for all attempts of one transaction.
	body func(m access, choice uint64) bool
	// elder marks the role whose starvation the program is about.
	elder bool
}

// program is one provocation.
type program struct {
	Info
	threads int // exactly so many; 0 = as many as there are
	cells   func(threads int) int
	role    func(thread, threads int) role
	// verify checks the memory at the end, given the commits of each thread.
	verify func(cells []uint64, commits []int64) error
}

// Info describes a program for lists.
type Info struct {
	Name    string
	Summary string // what goes wrong
	Code    string // the program, in a line or two of Python
	Home    string // the kind of system it is at home in
}

// programs is the one list.
func programs() []program {
	return []program{friendlyFire(), starvingWriter(), serializedCommit(), futileStall(), starvingElder(),
		restartConvoy(), duelingUpgrades()}
}

// Programs describes the suite.
func Programs() []Info {
	var out []Info
	for _, p := range programs() {
		out = append(out, p.Info)
	}
	return out
}

func programNamed(name string) (program, error) {
	var known []string
	for _, p := range programs() {
		if p.Name == name {
			return p, nil
		}
		known = append(known, p.Name)
	}
	sort.Strings(known)
	return program{}, fmt.Errorf("unknown pathology %q (known: %s)", name, strings.Join(known, ", "))
}

// sumIs is a verify: the cells from..to add up to the number of commits of the given threads, times each.
func sumIs(cells []uint64, want int64) error {
	var sum uint64
	for _, c := range cells {
		sum += c
	}
	if sum != uint64(want) {
		return fmt.Errorf("the cells add up to %d instead of %d: updates were lost or repeated", sum, want)
	}
	return nil
}

func total(commits []int64) (n int64) {
	for _, c := range commits {
		n += c
	}
	return n
}
