package main

import (
	"os/exec"
	"strings"
	"testing"
)

// forbidden: the arrows between packages point one way. No package below a key may depend on one below its values.
var forbidden = map[string][]string{
	"gilt/internal/machine": {"gilt/stm", "gilt/gil", "gilt/contention", "gilt/vm", "gilt/experiments"},
	"gilt/contention":       {"gilt/stm", "gilt/gil", "gilt/vm", "gilt/experiments"},
	"gilt/gil":              {"gilt/stm", "gilt/contention", "gilt/vm", "gilt/experiments"},
	"gilt/stm":              {"gilt/gil", "gilt/vm", "gilt/experiments"},
	"gilt/vm/syntax":        {"gilt/stm", "gilt/gil", "gilt/contention", "gilt/internal", "gilt/vm/object", "gilt/vm/code", "gilt/experiments"},
	"gilt/vm/object":        {"gilt/gil", "gilt/vm/syntax", "gilt/vm/compile", "gilt/vm/code", "gilt/vm/builtin", "gilt/experiments"},
	"gilt/vm/code":          {"gilt/gil", "gilt/vm/syntax", "gilt/vm/compile", "gilt/vm/builtin", "gilt/experiments"},
	"gilt/vm/compile":       {"gilt/gil", "gilt/vm/builtin", "gilt/experiments"},
	"gilt/vm/builtin":       {"gilt/vm/syntax", "gilt/vm/compile", "gilt/experiments"},
	"gilt/vm":               {"gilt/experiments"},
}

// below says whether path is root or something below it.
func below(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

func TestArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		pkg, deps, _ := strings.Cut(line, " ")
		for from, tos := range forbidden {
			if !below(pkg, from) {
				continue
			}
			seen[from] = true
			for _, dep := range strings.Fields(deps) {
				for _, to := range tos {
					if below(dep, to) && !below(dep, from) {
						t.Errorf("%s depends on %s", pkg, dep)
					}
				}
			}
		}
	}
	for from := range forbidden {
		if !seen[from] {
			t.Errorf("there is no package %s: has it moved?", from)
		}
	}
}
