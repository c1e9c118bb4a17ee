package vm_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"gilt/internal/machine"
	"gilt/vm"
)

// Conformance: the test methods of an installed CPython's own test files run one by one. Nothing of CPython's is kept here:
// the files are read where they are installed, cut into single methods by their indentation, and put behind a unittest of ours
// (testdata/unittest). testdata/ratchet.txt lists the methods that pass; one of them that fails is a regression. By default
// some 300 of those listed run, evenly spread; -conformance.all runs all of them, and -update tries everything and adds what passes.

var (
	conformanceAll    = flag.Bool("conformance.all", false, "run every method that the ratchet file lists")
	conformanceOnly   = flag.String("conformance.only", "", "try the methods whose names have this prefix, listed or not, and log why they fail; with -update, add those that pass")
	conformanceUpdate = flag.Bool("update", false, "try every method of CPython's test files (of those that -conformance.only selects) and add those that pass to the ratchet file")
	conformanceMode   = flag.String("conformance.mode", "gil", "the regime: gil, stm, rw, locks")
)

const ratchetFile = "testdata/ratchet.txt"

// conformanceFiles are the test files that are tried.
var conformanceFiles = strings.Fields(`
	test_int test_float test_bool test_complex test_long test_pow test_list test_tuple test_dict test_set test_range test_slice
	test_str test_bytes test_builtin test_generators test_exceptions test_scope test_grammar test_unpack test_augassign test_compare
	test_class test_descr test_decorators test_with test_raise test_format test_fstring test_string_literals test_iter test_itertools
	test_functools test_collections test_heapq test_bisect test_math test_operator test_enumerate test_sort test_contains
	test_contextlib test_dictviews test_keywordonlyarg test_positional_only_arg test_patma test_named_expressions test_property
	test_richcmp test_binop test_opcodes test_index test_hash test_deque test_defaultdict test_userdict test_userlist test_string
	test_isinstance test_funcattrs test_subclassinit test_super test_typechecks test_unary test_userstring test_numeric_tower
	test_int_literal test_extcall test_unpack_ex test_listcomps test_dictcomps test_setcomps test_genexps test_exception_variations
	test_baseexception test_call test_copy test_strtod test_global test_eof test_strftime test_random test_statistics test_dynamic
	test_ordered_dict test_decimal datetimetester test_pickle test_calendar test_difflib test_pprint test_reprlib test_cmath test_graphlib test_ipaddress
	test_unicodedata test_getopt test_keyword test_stat test_copyreg test_argparse test_optparse test_enum test_dataclasses test_abc
	test_re test_struct test_base64 test_binascii test_hashlib test_hmac test_zlib test_bz2 test_csv test_shlex test_fnmatch test_urlparse
	test_html test_secrets
	test_threading test_thread test_threading_local test_sched test_concurrent_futures
	test_ordered_dict test_queue test_types test_exception_hierarchy test_colorsys test_textwrap test_fractions test_yield_from
`)

// installedTests is the directory of an installed CPython's tests, or "".
func installedTests() string {
	var homes []string
	if exe, err := exec.LookPath("python3.13"); err == nil {
		if exe, err = filepath.EvalSymlinks(exe); err == nil {
			homes = append(homes, filepath.Dir(filepath.Dir(exe)))
		}
		if out, err := exec.Command("python3.13", "-c", "import sys; print(sys.prefix)").Output(); err == nil {
			homes = append(homes, strings.TrimSpace(string(out)))
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		versions, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.13*"))
		homes = append(homes, versions...)
	}
	for _, h := range append(homes, "/usr/local", "/usr") {
		dir := filepath.Join(h, "lib/python3.13/test")
		if _, err := os.Stat(filepath.Join(dir, "test_int.py")); err == nil {
			return dir
		}
	}
	return ""
}

// method is one test method of a file: the name that the ratchet file has, and the program that runs it.
type method struct {
	name    string
	program string
}

var (
	classLine  = regexp.MustCompile(`^class\s+(\w+)\s*[(:]`)
	methodLine = regexp.MustCompile(`^    def\s+(test\w*)\s*\(\s*self\s*\)`)
	memberLine = regexp.MustCompile(`^    (def|class|async|@)`)
	testBase   = regexp.MustCompile(`TestCase|Test\b|Tests\b|Mixin|Base`)
)

// block is a run of lines at the top level of a file, or a member of a class with its decorators.
type block struct {
	lines []string
	name  string // class name, or method name
}

// extract cuts a test file into methods. Each program has the file's top level without its other test classes' methods, so that
// what gilt lacks elsewhere in the file does not hide what it has.
func extract(file, source string) []method {
	base := strings.TrimSuffix(filepath.Base(file), ".py")
	if dir := filepath.Dir(file); filepath.Base(filepath.Dir(dir)) == "test" { // a package of tests
		source = relativeImport.ReplaceAllString(source, "from test."+filepath.Base(dir)+".$1 import")
	}
	top := topLevel(source)
	for i := range top {
		if top[i].name == "" {
			top[i].lines = tolerant(top[i].lines)
		}
	}
	family := newFamily(file, top)
	var out []method
	for i, b := range top {
		if b.name == "" || !testBase.MatchString(b.lines[0]) {
			continue
		}
		for _, m := range family.tests(i) {
			var w strings.Builder
			for j, o := range top {
				switch {
				case j == i || j == m.class:
					shared, _ := members(o)
					writeLines(&w, shared)
					if j == m.class {
						writeLines(&w, m.lines)
					} else {
						w.WriteString("    pass\n")
					}
				case o.name != "" && testBase.MatchString(o.lines[0]) && strings.Contains(o.lines[0], "TestCase"):
					s, _ := members(o)
					writeLines(&w, s)
					w.WriteString("    pass\n")
				default:
					writeLines(&w, o.lines)
				}
			}
			fmt.Fprintf(&w, "\nimport unittest as _u\n_u._run(%s, %q)\n", b.name, m.name)
			out = append(out, method{base + "." + b.name + "." + m.name, w.String()})
		}
	}
	return out
}

var (
	relativeImport = regexp.MustCompile(`(?m)^from \.(\w+) import`)
	basesOf        = regexp.MustCompile(`^class\s+\w+\s*\(([^)]*)\)`)
)

// family finds the test methods that classes of a file inherit.
type family struct {
	file   string
	top    []block
	byName map[string]int
}

func newFamily(file string, top []block) *family {
	f := &family{file, top, map[string]int{}}
	for i, b := range top {
		if b.name != "" {
			f.byName[b.name] = i
		}
	}
	return f
}

// inherited is a test method and the class of the file that defines it (-1: another file's).
type inherited struct {
	block
	class int
}

// tests are the test methods of class i: its own, and if it is a test case, those that it inherits from classes of the file or of modules
// beside it.
func (f *family) tests(i int) []inherited {
	var out []inherited
	seen := map[string]bool{}
	isCase := f.collect(i, seen, &out)
	if isCase {
		return out
	}
	own := out[:0]
	for _, m := range out {
		if m.class == i {
			own = append(own, m)
		}
	}
	return own
}

// collect adds the test methods of class i and of its bases that have not been seen, and says whether unittest.TestCase is among them.
func (f *family) collect(i int, seen map[string]bool, out *[]inherited) (isCase bool) {
	_, tests := members(f.top[i])
	for _, m := range tests {
		if !seen[m.name] {
			seen[m.name] = true
			*out = append(*out, inherited{m, i})
		}
	}
	bases := basesOf.FindStringSubmatch(f.top[i].lines[0])
	if bases == nil {
		return false
	}
	for _, base := range strings.Split(bases[1], ",") {
		base = strings.TrimSpace(base)
		module, class, qualified := strings.Cut(base, ".")
		switch j, here := f.byName[base]; {
		case base == "unittest.TestCase" || base == "TestCase":
			isCase = true
		case here && j != i:
			isCase = f.collect(j, seen, out) || isCase
		case qualified || f.imported(base) != "":
			if !qualified {
				module, class = f.imported(base), base
			}
			file := filepath.Join(filepath.Dir(f.file), module+".py")
			data, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			g := newFamily(file, topLevel(string(data)))
			if j, ok := g.byName[class]; ok {
				var theirs []inherited
				isCase = g.collect(j, seen, &theirs) || isCase
				for _, m := range theirs {
					*out = append(*out, inherited{block{name: m.name}, -1})
				}
			}
		}
	}
	return isCase
}

// imported is the module of the same package that a name comes from, or "".
func (f *family) imported(name string) string {
	for _, b := range f.top {
		if b.name != "" {
			continue
		}
		for _, l := range b.lines {
			if m := siblingImport.FindStringSubmatch(l); m != nil && strings.Contains(","+strings.ReplaceAll(m[2], " ", "")+",", ","+name+",") {
				return m[1]
			}
		}
	}
	return ""
}

var siblingImport = regexp.MustCompile(`^\s*from test\.(?:\w+\.)*(\w+) import (.*)$`)

var importLine = regexp.MustCompile(`^(import|from\s+(\S+)\s+import)\s+([^#(]+|\([^)#]*\))\s*(#.*)?$`)

// tolerant lets the imports at the top of a file fail one name at a time: a method that needs what is missing fails by itself.
func tolerant(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); i++ {
		l, first := lines[i], i
		for j := i; strings.HasPrefix(l, "from ") && strings.Contains(l, "(") && !strings.Contains(l, ")") && j+1 < len(lines); {
			j++
			code, _, _ := strings.Cut(lines[j], "#")
			l += " " + strings.TrimSpace(code)
			if strings.Contains(l, ")") {
				i = j
				break
			}
		}
		m := importLine.FindStringSubmatch(l)
		if m == nil || m[2] == "__future__" || strings.Contains(l, ";") || strings.HasSuffix(l, "\\") {
			out = append(out, lines[first:i+1]...)
			continue
		}
		for _, name := range strings.Split(strings.Trim(strings.TrimSpace(m[3]), "()"), ",") {
			if name = strings.TrimSpace(name); name != "" {
				out = append(out, "try:", "    "+m[1]+" "+name, "except ImportError:", "    pass")
			}
		}
	}
	return out
}

func writeLines(w *strings.Builder, lines []string) {
	for _, l := range lines {
		w.WriteString(l)
		w.WriteByte('\n')
	}
}

// topLevel cuts a source into classes and the rest; a guard for running as a program is left out.
func topLevel(source string) []block {
	var out []block
	var cur block
	quote := ""
	for _, l := range strings.Split(source, "\n") {
		inside := quote != ""
		quote = quoteState(quote, l)
		if !inside && l != "" && l[0] != ' ' && l[0] != '\t' && l[0] != '#' && l[0] != ')' && l[0] != ']' && l[0] != '}' {
			if strings.HasPrefix(l, "if __name__") {
				break
			}
			if m := classLine.FindStringSubmatch(l); m != nil || cur.name != "" {
				out = append(out, cur)
				cur = block{}
				if m != nil {
					cur.name = m[1]
				}
			}
		}
		cur.lines = append(cur.lines, l)
	}
	return append(out, cur)
}

// members cuts a class into its test methods and the rest.
func members(b block) (shared []string, tests []block) {
	var pending []string // decorators, which belong to the member that follows
	var cur *block
	quote := ""
	shared = append(shared, b.lines[0])
	for _, l := range b.lines[1:] {
		inside := quote != ""
		quote = quoteState(quote, l)
		starts := !inside && len(l) > 4 && strings.HasPrefix(l, "    ") && l[4] != ' ' && l[4] != ')' && l[4] != ']' && l[4] != '}' && l[4] != '#'
		if starts {
			if memberLine.MatchString(l) && l[4] == '@' {
				pending = append(pending, l)
				cur = nil
				continue
			}
			if m := methodLine.FindStringSubmatch(l); m != nil {
				tests = append(tests, block{name: m[1], lines: append(pending, l)})
				cur, pending = &tests[len(tests)-1], nil
				continue
			}
			shared = append(append(shared, pending...), l)
			cur, pending = nil, nil
			continue
		}
		switch {
		case len(pending) > 0:
			pending = append(pending, l)
		case cur != nil:
			cur.lines = append(cur.lines, l)
		default:
			shared = append(shared, l)
		}
	}
	return shared, tests
}

// quoteState follows triple-quoted strings over lines: the quote that is open after line l.
func quoteState(quote, l string) string {
	for {
		if quote != "" {
			i := strings.Index(l, quote)
			if i < 0 {
				return quote
			}
			l, quote = l[i+3:], ""
			continue
		}
		i, j := strings.Index(l, `"""`), strings.Index(l, "'''")
		switch {
		case i < 0 && j < 0:
			return ""
		case j < 0 || i >= 0 && i < j:
			l, quote = l[i+3:], `"""`
		default:
			l, quote = l[j+3:], "'''"
		}
	}
}

// library is a directory with our unittest and test.support, and links to the installed test files that others import.
func library(t testing.TB, dir string) string {
	root := t.TempDir()
	ours, err := filepath.Abs("testdata/unittest")
	if err == nil {
		err = os.CopyFS(root, os.DirFS(ours))
	}
	if err != nil {
		t.Fatal(err)
	}
	link(t, dir, filepath.Join(root, "test"))
	link(t, filepath.Join(dir, "test_concurrent_futures"), filepath.Join(root, "test", "test_concurrent_futures"))
	return root
}

// link makes links to the Python files of a directory that another one lacks.
func link(t testing.TB, from, to string) {
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := filepath.Join(to, e.Name())
		if _, err := os.Lstat(name); err != nil && strings.HasSuffix(e.Name(), ".py") {
			if err := os.Symlink(filepath.Join(from, e.Name()), name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var modes = map[string]vm.Mode{"gil": vm.ModeGIL, "stm": vm.ModeSTM, "rw": vm.ModeRW, "locks": vm.ModeLocks}

// conforms runs one method, under the interpreter lock by default; it has a time limit, at which the program is interrupted.
func conforms(t testing.TB, unit string, m method, limit time.Duration) (ok bool, why string) {
	var out, errs bytes.Buffer
	mach := machine.NewReal(machine.RealConfig{Seed: 1})
	v, err := vm.New(vm.Config{Mode: modes[*conformanceMode], NoBypass: *conformanceMode != "gil", Stdout: &out, Stderr: &errs, Stdin: strings.NewReader(""), Args: []string{m.name}, Path: []string{unit}, Machine: mach})
	if err != nil {
		t.Fatal(err)
	}
	type result struct {
		status int
		err    error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- result{1, fmt.Errorf("panic: %v", r)}
			}
		}()
		st, err := v.RunSource(m.name+".py", []byte(m.program))
		done <- result{st, err}
	}()
	select {
	case r := <-done:
		if r.err != nil {
			return false, r.err.Error()
		}
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		return r.status == 0, lines[len(lines)-1]
	case <-time.After(limit):
		v.Interrupt()
		return false, "no end in time"
	}
}

// ratchet reads the names that pass.
func ratchet(t testing.TB) map[string]bool {
	data, err := os.ReadFile(ratchetFile)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, l := range strings.Split(string(data), "\n") {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			names[l] = true
		}
	}
	return names
}

func TestConformance(t *testing.T) {
	dir := installedTests()
	if dir == "" {
		t.Skip("no CPython 3.13 with its tests is installed")
	}
	unit := library(t, dir)
	known := ratchet(t)
	var todo []method
	for _, f := range conformanceFiles {
		for _, file := range testFiles(dir, f) {
			data, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			todo = append(todo, extract(file, string(data))...)
		}
	}
	if *conformanceOnly != "" && !*conformanceUpdate {
		tryOnly(t, unit, todo, known)
		return
	}
	if *conformanceUpdate {
		todo = slices.DeleteFunc(todo, func(m method) bool { return !strings.HasPrefix(m.name, *conformanceOnly) })
		updateRatchet(t, unit, todo, known)
		return
	}
	names := make([]string, 0, len(known))
	for n := range known {
		names = append(names, n)
	}
	sort.Strings(names)
	programs := map[string]method{}
	for _, m := range todo {
		programs[m.name] = m
	}
	stride := max(1, len(names)/300)
	for i, n := range names {
		m, ok := programs[n]
		if !ok || !*conformanceAll && i%stride != 0 {
			continue // another patch release may lack a method
		}
		if ok, why := conforms(t, unit, m, 20*time.Second); !ok {
			t.Errorf("%s passed before: %s", n, why)
		}
	}
}

// tryOnly runs the methods that -conformance.only selects; -update adds those that pass to the ratchet file.
func tryOnly(t *testing.T, unit string, todo []method, known map[string]bool) {
	tried, passed := 0, 0
	for _, m := range todo {
		if !strings.HasPrefix(m.name, *conformanceOnly) {
			continue
		}
		tried++
		if ok, why := conforms(t, unit, m, 10*time.Second); ok {
			passed++
			known[m.name] = true
		} else {
			t.Logf("%s: %s", m.name, why)
		}
	}
	if *conformanceUpdate {
		writeRatchet(t, known)
	}
	t.Logf("%d of %d pass", passed, tried)
}

// testFiles are the files of a test: NAME.py, or those of the package NAME.
func testFiles(dir, name string) []string {
	if _, err := os.Stat(filepath.Join(dir, name+".py")); err == nil {
		return []string{filepath.Join(dir, name+".py")}
	}
	var out []string
	_ = filepath.WalkDir(filepath.Join(dir, name), func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(filepath.Base(p), "test_") && strings.HasSuffix(p, ".py") {
			out = append(out, p)
		}
		return nil
	})
	return out
}

// updateRatchet tries everything that the ratchet file does not list and writes the file anew, with what it listed before. The
// environment variable CONFORMANCE_REPORT names a file for the reasons of those that fail.
func updateRatchet(t *testing.T, unit string, todo []method, known map[string]bool) {
	var mu sync.Mutex
	var report strings.Builder
	var wg sync.WaitGroup
	work := make(chan method)
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range work {
				ok, why := conforms(t, unit, m, 2*time.Second)
				mu.Lock()
				if ok {
					known[m.name] = true
					if len(known)%50 == 0 {
						writeRatchet(t, known) // an interrupted run keeps what it found
					}
				} else {
					fmt.Fprintf(&report, "%s: %s\n", m.name, why)
				}
				mu.Unlock()
			}
		}()
	}
	for _, m := range todo {
		mu.Lock()
		skip := known[m.name] || !strings.HasPrefix(m.name, *conformanceOnly)
		mu.Unlock()
		if !skip {
			work <- m
		}
	}
	close(work)
	wg.Wait()
	names := writeRatchet(t, known)
	if f := os.Getenv("CONFORMANCE_REPORT"); f != "" {
		if err := os.WriteFile(f, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d methods pass", names, len(todo))
}

// writeRatchet writes the ratchet file and returns how many names it has.
func writeRatchet(t testing.TB, known map[string]bool) int {
	names := make([]string, 0, len(known))
	for n := range known {
		names = append(names, n)
	}
	sort.Strings(names)
	text := "# Test methods of CPython 3.13 that pass: FILE.CLASS.METHOD. A new one: go test -run Conformance -update\n" + strings.Join(names, "\n") + "\n"
	if err := os.WriteFile(ratchetFile, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return len(names)
}
