package builtin

import (
	"math"
	"os"
	"runtime"
	"strings"

	"gilt/vm/object"
)

// Module sys.

func init() { register("sys", makeSys) }

// The Python whose language and library this is.
const (
	versionMajor, versionMinor, versionMicro = 3, 13, 0
	giltVersion                              = "3.13.0 (gilt)"
	hexVersion                               = 0x030d00f0
)

// sysModule is the module sys of the interpreter, nil before it has been imported.
func sysModule(t *object.Thread) *object.Module {
	v, ok, err := t.Interp.Modules.GetStr(t, t.Intern("sys"))
	if err != nil || !ok || v.Kind() != object.KindModule {
		return nil
	}
	return (*object.Module)(v.Ref)
}

func makeSys(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "sys", "What the interpreter tells about itself and lets programs change.",
		fixed("exit", 0, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Unset, object.NewRaise(t, t.Interp.Types.SystemExit, a...)
		}),
		fixed("exc_info", 0, 0, sysExcInfo),
		fixed("exception", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return handled(t), nil }),
		fixed("intern", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			if a[0].Kind() != object.KindStr {
				return object.Unset, object.TypeErrorf(t, "can't intern %s", object.TypeName(t, a[0]))
			}
			return t.Intern((*object.Str)(a[0].Ref).S).Value(), nil
		}),
		fixed("getsizeof", 1, 2, func(t *object.Thread, a []object.Value) (object.Value, error) { return sizeOf(t, a[0]) }),
		fixed("getdefaultencoding", 0, 0, text("utf-8")),
		fixed("getfilesystemencoding", 0, 0, text("utf-8")),
		fixed("getfilesystemencodeerrors", 0, 0, text("surrogateescape")),
		fixed("setdefaultencoding", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return object.None, nil }),
		fixed("is_finalizing", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return object.False, nil }),
		fixed("_is_gil_enabled", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Bool(t.Regime == object.RegimePlain), nil
		}),
		fixed("getrecursionlimit", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			if l, ok := t.VM.(Limits); ok {
				return object.Int(int64(l.RecursionLimit())), nil
			}
			return object.Int(1000), nil
		}),
		fixed("setrecursionlimit", 1, 1, sysSetRecursionLimit),
		fixed("getswitchinterval", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			if s, ok := t.VM.(Switching); ok {
				return object.Float(float64(s.SwitchInterval()) / 1e9), nil
			}
			return object.Float(0.005), nil
		}),
		fixed("setswitchinterval", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			f, err := object.FloatArg(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if f <= 0 {
				return object.Unset, object.ValueErrorf(t, "switch interval must be strictly positive")
			}
			if s, ok := t.VM.(Switching); ok {
				ns := int64(math.Min(f*1e9, 1<<62))
				t.VM.OnCommit(t, func() { s.SetSwitchInterval(ns) })
			}
			return object.None, nil
		}),
		fixed("getcheckinterval", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			if s, ok := t.VM.(Switching); ok {
				return object.Int(int64(s.CheckInterval())), nil
			}
			return object.Int(100), nil
		}),
		fixed("setcheckinterval", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if s, ok := t.VM.(Switching); ok {
				t.VM.OnCommit(t, func() { s.SetCheckInterval(n) })
			}
			return object.None, nil
		}),
		fixed("_getframe", 0, 1, sysGetframe),
		fixed("displayhook", 1, 1, sysDisplayhook),
		fixed("excepthook", 3, 3, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return none(t.VM.Output(t, 2, object.FormatException(t, a[1])))
		}),
		fixed("gettrace", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return object.None, nil }),
		fixed("getprofile", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return object.None, nil }),
		fixed("get_int_max_str_digits", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return object.Int(int64(t.Interp.StrDigitsLimit())), nil
		}),
		fixed("set_int_max_str_digits", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if n != 0 && n < 640 {
				return object.Unset, object.ValueErrorf(t, "maxdigits must be 0 or larger than 640")
			}
			t.VM.OnCommit(t, func() { t.Interp.SetStrDigitsLimit(n) })
			return object.None, nil
		}),
	)
	str := func(name, v string) { set(t, m, name, object.NewStr(v)) }
	num := func(name string, v int64) { set(t, m, name, object.Int(v)) }
	strs := func(name string, list []string) {
		vs := make([]object.Value, len(list))
		for i, s := range list {
			vs[i] = object.NewStr(s)
		}
		set(t, m, name, t.NewList(vs))
	}
	var argv, path []string
	if p, ok := t.VM.(Program); ok {
		argv, path = p.Argv(), p.SearchPath()
	}
	strs("argv", argv)
	strs("orig_argv", append([]string{"gilt"}, argv...))
	strs("path", path)
	strs("meta_path", nil)
	strs("path_hooks", nil)
	strs("warnoptions", nil)
	set(t, m, "path_importer_cache", t.NewDict().Value())
	set(t, m, "_xoptions", t.NewDict().Value())
	set(t, m, "modules", t.Interp.Modules.Value())
	exe, _ := os.Executable()
	str("executable", exe)
	for _, n := range []string{"prefix", "base_prefix", "exec_prefix", "base_exec_prefix"} {
		str(n, "/usr")
	}
	str("platlibdir", "lib")
	str("platform", runtime.GOOS)
	str("byteorder", "little")
	str("copyright", "Copyright (c) the authors of gilt.")
	str("float_repr_style", "short")
	str("pycache_prefix", "")
	set(t, m, "pycache_prefix", object.None)
	set(t, m, "dont_write_bytecode", object.True)
	num("maxsize", math.MaxInt64)
	if t.Interp.Dialect2 {
		num("maxint", math.MaxInt64)
		set(t, m, "platform", object.NewStr("linux2"))
		set(t, m, "subversion", object.NewTuple(object.NewStr("gilt"), object.NewStr(""), object.NewStr("")))
		addFunc(t, m, fixed("exc_clear", 0, 0, func(*object.Thread, []object.Value) (object.Value, error) { return object.None, nil }))
	}
	num("maxunicode", 0x10ffff)
	num("api_version", 1013)
	for fd, n := range []string{"stdin", "stdout", "stderr"} {
		f := newStandard(t, fd)
		set(t, m, n, f)
		set(t, m, "__"+n+"__", f)
	}
	for _, n := range []string{"displayhook", "excepthook"} {
		v, _, _ := m.NS.Get(t, t.Intern(n))
		set(t, m, "__"+n+"__", v)
	}
	return m, sysRecords(t, m)
}

// sysRecords adds the named tuples: version_info, float_info and their like.
func sysRecords(t *object.Thread, m *object.Module) error {
	i := func(n int64) object.Value { return object.Int(n) }
	f := object.Float
	s := object.NewStr
	major, minor := i(versionMajor), i(versionMinor)
	version := giltVersion
	hex := int64(hexVersion)
	if t.Interp.Dialect2 {
		major, minor, version, hex = i(2), i(7), "2.7.18 (gilt)", 0x020712f0
	}
	set(t, m, "version", s(version))
	set(t, m, "hexversion", i(hex))
	micro := i(versionMicro)
	if t.Interp.Dialect2 {
		micro = i(18)
	}
	versionInfo := structType(t, "sys", "version_info", "major", "minor", "micro", "releaselevel", "serial")
	version1 := versionInfo.make(t, major, minor, micro, s("final"), i(0))
	set(t, m, "version_info", version1)
	set(t, m, "float_info", structType(t, "sys", "float_info", "max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig",
		"epsilon", "radix", "rounds").make(t, f(math.MaxFloat64), i(1024), i(308), f(2.2250738585072014e-308), i(-1021), i(-307), i(15), i(53),
		f(2.220446049250313e-16), i(2), i(1)))
	set(t, m, "int_info", structType(t, "sys", "int_info", "bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold").make(t,
		i(30), i(4), i(4300), i(640)))
	set(t, m, "hash_info", structType(t, "sys", "hash_info", "width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff").make(t,
		i(64), i(1<<61-1), i(314159), i(0), i(1000003), s("xxhash64"), i(64), i(0), i(0)))
	set(t, m, "thread_info", structType(t, "sys", "thread_info", "name", "lock", "version").make(t, s("gilt"), s("futex"), object.None))
	zero := i(0)
	set(t, m, "flags", structType(t, "sys", "flags", "debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site",
		"ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding",
		"safe_path", "int_max_str_digits").make(t, zero, zero, zero, zero, i(1), zero, zero, zero, zero, zero, zero, zero, zero, object.False, zero, zero,
		object.False, i(4300)))
	impl, err := simpleNamespace(t, "name", s("gilt"), "cache_tag", object.None, "version", version1, "hexversion", i(hex), "_multiarch", s("x86_64-linux-gnu"))
	if err != nil {
		return err
	}
	set(t, m, "implementation", impl)
	names := Names()
	mods := make([]object.Value, len(names))
	for k, n := range names {
		mods[k] = s(n)
	}
	set(t, m, "builtin_module_names", t.NewTuple(mods...))
	return nil
}

func text(s string) func(*object.Thread, []object.Value) (object.Value, error) {
	return func(*object.Thread, []object.Value) (object.Value, error) { return object.NewStr(s), nil }
}

// handled is the exception that is being handled; None without.
func handled(t *object.Thread) object.Value {
	for i := len(t.Handled) - 1; i >= 0; i-- {
		if h := t.Handled[i]; !h.IsNone() && !h.IsUnset() {
			return h
		}
	}
	return object.None
}

func sysExcInfo(t *object.Thread, _ []object.Value) (object.Value, error) {
	exc := handled(t)
	if exc.IsNone() {
		return t.NewTuple(object.None, object.None, object.None), nil
	}
	return t.NewTuple(object.TypeOf(t, exc).Value(), exc, object.TracebackOf(t, exc)), nil
}

func sysSetRecursionLimit(t *object.Thread, a []object.Value) (object.Value, error) {
	n, err := object.IndexInt(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if n < 1 {
		return object.Unset, object.ValueErrorf(t, "recursion limit must be greater or equal than 1")
	}
	if l, ok := t.VM.(Limits); ok && !l.SetRecursionLimit(t, n) {
		return object.Unset, object.RecursionErrorf(t, "cannot set the recursion limit to %d at the recursion depth: the limit is too low", n)
	}
	return object.None, nil
}

func sysDisplayhook(t *object.Thread, a []object.Value) (object.Value, error) {
	if a[0].IsNone() {
		return object.None, nil
	}
	s, err := object.Repr(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	if err := t.Interp.Builtins.NS.Set(t, t.Intern("_"), a[0]); err != nil {
		return object.Unset, err
	}
	return none(WriteTo(t, object.None, s+"\n", false))
}

// sizeOf is what the object itself takes here, in bytes; not what it refers to.
func sizeOf(t *object.Thread, v object.Value) (object.Value, error) {
	switch v.Kind() {
	case object.KindInt, object.KindFloat, object.KindBool, object.KindNone:
		return object.Int(16), nil
	case object.KindStr:
		return object.Int(int64(56 + len((*object.Str)(v.Ref).S))), nil
	case object.KindBigInt:
		return object.Int(int64(40 + (*object.BigInt)(v.Ref).Int.BitLen()/8)), nil
	}
	if f := object.TypeOf(t, v).Ops.Len; f != nil && v.Kind() != object.KindInstance {
		n, err := f(t, v)
		return object.Int(int64(64 + 16*n)), err
	}
	return object.Int(64), nil
}

// sysGetframe makes an object with the attributes of a frame that programs look at.
func sysGetframe(t *object.Thread, a []object.Value) (object.Value, error) {
	depth := 0
	if len(a) > 0 {
		var err error
		if depth, err = object.IndexInt(t, a[0]); err != nil {
			return object.Unset, err
		}
	}
	v, ok, err := frameObject(t, depth, depth)
	if err == nil && !ok {
		err = object.ValueErrorf(t, "call stack is not deep enough")
	}
	return v, err
}

// frameObject makes the object for a frame and its callers; only the wanted one gets its local variables.
func frameObject(t *object.Thread, depth, want int) (object.Value, bool, error) {
	s, ok := t.VM.(Stack)
	if !ok {
		return object.None, false, nil
	}
	f, ok := s.FrameAt(t, depth)
	if !ok {
		return object.None, false, nil
	}
	name := f.Func[strings.LastIndexByte(f.Func, '.')+1:]
	code := f.Code
	if code.IsUnset() {
		var err error
		code, err = simpleNamespace(t, "co_name", object.NewStr(name), "co_filename", object.NewStr(f.File), "co_qualname", object.NewStr(f.Func))
		if err != nil {
			return object.Unset, false, err
		}
	}
	globals := object.None
	if f.Globals != nil {
		globals = f.Globals.Value()
	}
	back, _, err := frameObject(t, depth+1, want)
	if err != nil {
		return object.Unset, false, err
	}
	locals := object.None
	if f.Locals != nil && depth == want {
		if locals, err = f.Locals(); err != nil {
			return object.Unset, false, err
		}
	}
	v, err := simpleNamespace(t, "f_code", code, "f_lineno", object.Int(int64(f.Line)), "f_globals", globals, "f_locals", locals, "f_back", back)
	return v, true, err
}
