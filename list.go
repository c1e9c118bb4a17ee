package main

import (
	"fmt"
	"strings"

	"gilt/contention"
	"gilt/experiments"
	"gilt/gil"
	"gilt/stm"
	"gilt/vm"
)

// listCmd is gilt list.
type listCmd struct{}

// Run lists what can be chosen by name, a line each.
func (listCmd) Run(s *streams) error {
	row := func(name, doc string) { fmt.Fprintf(s.out, "  %-16s %s\n", name, doc) }
	fmt.Fprintln(s.out, "regimes (-mode)")
	row("gil", "one thread at a time holds the interpreter lock")
	row("stm", "slices of bytecode are transactions")
	row("rw", "slices are readers of a reader-writer lock until they write")
	row("locks", "each builtin operation locks its objects")
	fmt.Fprintln(s.out, "optimisations (-off)")
	for _, o := range vm.Optimisations() {
		row(o.Name, o.Doc)
	}
	fmt.Fprintln(s.out, "interpreter locks (-gil)")
	for _, i := range gil.List() {
		row(i.Name, i.Doc)
	}
	fmt.Fprintln(s.out, "algorithms (-stm)")
	for _, i := range stm.Algorithms() {
		row(i.Name, i.Summary)
	}
	fmt.Fprintln(s.out, "contention managers (-cm)")
	for _, i := range contention.List() {
		doc := i.Summary
		if where := mattersFor(i.Name); where != "" {
			doc += "; " + where
		}
		row(i.Name, doc)
	}
	fmt.Fprintln(s.out, "workloads (experiments/workloads)")
	for _, w := range experiments.Workloads() {
		row(w.Name, w.Doc)
	}
	fmt.Fprintln(s.out, "experiments (gilt experiment)")
	for _, e := range experiments.All() {
		row(e.Name, e.Title)
	}
	return nil
}

// mattersFor says under which algorithms a manager's conflicts decide anything, when that is not all of them.
func mattersFor(name string) string {
	m, err := contention.New(name)
	if err != nil {
		return ""
	}
	var yes []string
	all := true
	for _, a := range stm.Algorithms() {
		if a.Foreign {
			continue
		}
		if ok, _ := contention.Matters(a.Traits, m); ok {
			yes = append(yes, a.Name)
		} else {
			all = false
		}
	}
	switch {
	case all:
		return ""
	case len(yes) == 0:
		return "decides nothing under any algorithm here: enemies have committed already"
	}
	return "matters under " + strings.Join(yes, ", ")
}
