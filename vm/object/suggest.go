package object

// This file has the suggestions of tracebacks ("Did you mean: 'x'?"): the closest name by an edit distance in which changing
// the case of a letter costs half of any other change.

const (
	suggestMaxItems = 750
	suggestMaxLen   = 40
	suggestMove     = 2
	suggestCase     = 1
)

// Suggestion is the candidate closest to name, "" if none is close.
func Suggestion(name string, candidates []string) string {
	if len(candidates) > suggestMaxItems || len(name) > suggestMaxLen {
		return ""
	}
	best, found := len(name), ""
	for _, c := range candidates {
		if c == name {
			continue
		}
		limit := min((len(c)+len(name)+3)*suggestMove/6, best-1)
		d := editDistance(name, c, limit)
		if d > limit {
			continue
		}
		if found == "" || d < best {
			found, best = c, d
		}
	}
	return found
}

// editDistance is the distance of two names, or something above limit.
func editDistance(a, b string, limit int) int {
	if a == b {
		return 0
	}
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if a == "" || b == "" {
		return suggestMove * (len(a) + len(b))
	}
	if len(a) > suggestMaxLen || len(b) > suggestMaxLen {
		return limit + 1
	}
	if len(b) < len(a) {
		a, b = b, a
	}
	if (len(b)-len(a))*suggestMove > limit {
		return limit + 1
	}
	row := make([]int, len(a))
	for i := range row {
		row[i] = (i + 1) * suggestMove
	}
	result := 0
	for j := 0; j < len(b); j++ {
		distance := j * suggestMove
		result = distance
		least := 1 << 30
		for i := 0; i < len(a); i++ {
			substitute := distance
			if x, y := b[j], a[i]; x != y {
				if lowerByte(x) == lowerByte(y) {
					substitute += suggestCase
				} else {
					substitute += suggestMove
				}
			}
			distance = row[i]
			result = min(min(result, distance)+suggestMove, substitute)
			row[i] = result
			least = min(least, result)
		}
		if least > limit {
			return limit + 1
		}
	}
	return result
}

// Suggest is the suggestion for an AttributeError, NameError or ImportError that goes uncaught, "" if there is none. locals are the
// variables of the frame that raised it, or nil.
func Suggest(t *Thread, exc Value) string {
	ts := &t.Interp.Types
	typ := TypeOf(t, exc)
	switch {
	case typ.IsSubtype(ts.ImportError):
		name, _ := ExcField(t, exc, "name_from")
		mod, _ := ExcField(t, exc, "name")
		n, ok := AsStr(name)
		m, ok2 := AsStr(mod)
		if !ok || !ok2 || t.Interp.Modules == nil {
			return ""
		}
		v, found, err := t.Interp.Modules.GetStr(t, t.Intern(m.S))
		if err != nil || !found {
			return ""
		}
		return Suggestion(n.S, dirNames(t, v, n.S, false))
	case typ.IsSubtype(ts.AttributeError):
		name, _ := ExcField(t, exc, "name")
		obj, _ := ExcField(t, exc, "obj")
		n, ok := AsStr(name)
		if !ok {
			return ""
		}
		return Suggestion(n.S, dirNames(t, obj, n.S, innermostSelf(t, exc) == obj && !obj.IsNone()))
	case typ.IsSubtype(ts.NameError):
		name, _ := ExcField(t, exc, "name")
		n, ok := AsStr(name)
		if !ok {
			return ""
		}
		return suggestName(t, exc, n.S)
	}
	return ""
}

// dirNames is dir(v) without the names that begin with an underscore, unless the wrong name does or all is said.
func dirNames(t *Thread, v Value, wrong string, all bool) []string {
	l, err := Dir(t, v)
	if err != nil {
		return nil
	}
	items, err := ToSlice(t, l)
	if err != nil {
		return nil
	}
	var out []string
	for _, x := range items {
		s, ok := AsStr(x)
		if !ok {
			continue
		}
		if !all && s.S != "" && s.S[0] == '_' && (wrong == "" || wrong[0] != '_') {
			continue
		}
		out = append(out, s.S)
	}
	return out
}

// FrameSource is implemented by VMs that can tell of the running frame's variables.
type FrameSource interface {
	// FrameNames gives the variable self of the running frame, or Unset; and if all is set the names of its variables, its
	// globals and the builtins, in that order.
	FrameNames(t *Thread, all bool) (names []string, self Value)
}

func innermost(t *Thread, exc Value) *Traceback {
	v := TracebackOf(t, exc)
	var last *Traceback
	for v.Kind() == KindTraceback {
		last = (*Traceback)(v.Ref)
		v = last.Next
	}
	return last
}

func innermostSelf(t *Thread, exc Value) Value {
	if tb := innermost(t, exc); tb != nil && tb.Vars != nil {
		return tb.Vars.Self
	}
	return Unset
}

func suggestName(t *Thread, exc Value, wrong string) string {
	tb := innermost(t, exc)
	if tb == nil || tb.Vars == nil {
		return ""
	}
	names, self := tb.Vars.Names, tb.Vars.Self
	if !self.IsUnset() {
		if ok, err := HasAttr(t, self, t.Intern(wrong)); err == nil && ok {
			return "self." + wrong
		}
	}
	return Suggestion(wrong, names)
}

// stdlibModules are names that a NameError suggests to import.
var stdlibModules = map[string]bool{}

func init() {
	for _, n := range [...]string{"abc", "argparse", "array", "ast", "asyncio", "atexit", "base64", "bisect", "builtins", "bz2", "calendar", "cmath",
		"cmd", "code", "codecs", "collections", "colorsys", "concurrent", "configparser", "contextlib", "contextvars", "copy", "copyreg", "csv",
		"ctypes", "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "doctest", "email", "encodings", "enum", "errno",
		"faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch", "fractions", "ftplib", "functools", "gc", "getopt", "getpass", "gettext",
		"glob", "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib", "importlib", "inspect", "io",
		"ipaddress", "itertools", "json", "keyword", "linecache", "locale", "logging", "lzma", "mailbox", "marshal", "math", "mimetypes", "mmap",
		"modulefinder", "multiprocessing", "netrc", "ntpath", "numbers", "opcode", "operator", "optparse", "os", "pathlib", "pdb", "pickle",
		"pickletools", "pkgutil", "platform", "plistlib", "poplib", "posix", "posixpath", "pprint", "profile", "pstats", "pty", "pwd", "py_compile",
		"pyclbr", "pydoc", "queue", "quopri", "random", "re", "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "secrets",
		"select", "selectors", "shelve", "shlex", "shutil", "signal", "site", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "stat",
		"statistics", "string", "stringprep", "struct", "subprocess", "symtable", "sys", "sysconfig", "syslog", "tabnanny", "tarfile",
		"tempfile", "termios", "textwrap", "this", "threading", "time", "timeit", "tkinter", "token", "tokenize", "tomllib", "trace", "traceback",
		"tracemalloc", "tty", "turtle", "turtledemo", "types", "typing", "unicodedata", "unittest", "urllib", "uuid", "venv", "warnings", "wave",
		"weakref", "webbrowser", "wsgiref", "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo"} {
		stdlibModules[n] = true
	}
}
