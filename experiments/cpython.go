package experiments

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// CPythons that are installed, to compare with. None is needed: what they would measure is skipped, and the verdicts say so.

// pythons are the names under which CPythons are looked for, by version; an environment variable names another one.
var pythons = map[string]struct {
	variable string
	names    []string
}{
	"python3": {"GILT_PYTHON3", these("python3.14", "python3.13", "python3")},
	"python2": {"GILT_PYTHON2", these("python2.7", "python2")},
}

// installed finds executables when they are first asked for.
type installed struct {
	mu    sync.Mutex
	scale Scale
	found map[string]string // "" is one that is not there
}

func newInstalled(s Scale) *installed { return &installed{scale: s, found: map[string]string{}} }

// find is the executable of a version, "" if there is none. What is found must run: version managers leave stand-ins on
// the path for versions that they do not have. Tests look at nothing outside unless the variable tells them to.
func (in *installed) find(version string) string {
	in.mu.Lock()
	defer in.mu.Unlock()
	if exe, ok := in.found[version]; ok {
		return exe
	}
	in.found[version] = ""
	names := pythons[version].names
	if v := os.Getenv(pythons[version].variable); v != "" {
		names = these(v)
	} else if in.scale == Tiny {
		return ""
	}
	for _, n := range names {
		if exe, err := exec.LookPath(n); err == nil && exec.Command(exe, "-c", "pass").Run() == nil {
			in.found[version] = exe
			break
		}
	}
	return in.found[version]
}

// versions are those of all CPythons there are.
func (in *installed) versions() string {
	var out []string
	for _, v := range these("python2", "python3") {
		if exe := in.find(v); exe != "" {
			if text, err := exec.Command(exe, "-c", "import sys; print(sys.version.split()[0])").Output(); err == nil {
				out = append(out, strings.TrimSpace(string(text)))
			}
		}
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, ", ")
}

// python runs a workload under an installed interpreter; ErrSkip when there is none, or none that has what the workload imports.
func (e *Env) python(version, name string, knobs ...string) (Result, error) {
	return e.pythonTo(io.Discard, version, name, knobs...)
}

// pythonTo does so, and out gets what it prints as it comes.
func (e *Env) pythonTo(to io.Writer, version, name string, knobs ...string) (Result, error) {
	exe := e.pythons.find(version)
	if exe == "" {
		return Result{}, ErrSkip
	}
	ctx, cancel := context.WithTimeout(e, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, append([]string{"-B", filepath.Join(e.Dir, name+".py")}, knobs...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&out, to), &errs
	err := cmd.Run()
	if err == nil {
		r, err := figures(out.String())
		r.Switches = switchesOf(cmd.ProcessState)
		return r, err
	}
	var ee *exec.ExitError
	if !errors.As(err, &ee) {
		return Result{}, err
	}
	for _, missing := range these("\nImportError", "\nModuleNotFoundError") {
		if bytes.Contains(errs.Bytes(), []byte(missing)) {
			return Result{}, ErrSkip
		}
	}
	return Result{}, fmt.Errorf("%s %s %s: %w\n%s", version, name, strings.Join(knobs, " "), err, errs.String())
}
