package builtin

import (
	"crypto/rand"
	"os"
	"runtime"
	"sort"
	"syscall"

	"gilt/vm/object"
)

// Module posix: what the operating system does for os. Every function that touches the outside makes the slice irrevocable first.

func init() {
	register("posix", makePosix)
	register("errno", makeErrno)
	register("gc", makeGC)
}

// outside is a function of the operating system: the slice is irrevocable when f runs.
func outside(name string, lo, hi int, f func(t *object.Thread, a []object.Value) (object.Value, error)) def {
	return fixed(name, lo, hi, func(t *object.Thread, a []object.Value) (object.Value, error) {
		if err := t.VM.Irrevocable(t); err != nil {
			return object.Unset, err
		}
		return f(t, a)
	})
}

// onPath is a function of a path and further arguments that returns nothing.
func onPath(name string, lo, hi int, f func(path string, rest []int) error) def {
	return outside(name, lo, hi, func(t *object.Thread, a []object.Value) (object.Value, error) {
		p, err := pathArg(t, name, a[0])
		if err != nil {
			return object.Unset, err
		}
		var rest []int
		for _, v := range a[1:] {
			n, err := object.IndexInt(t, v)
			if err != nil {
				return object.Unset, err
			}
			rest = append(rest, n)
		}
		if err := f(p, rest); err != nil {
			return object.Unset, osError(t, err, a[0])
		}
		return object.None, nil
	})
}

// onTwoPaths is a function of two paths that returns nothing.
func onTwoPaths(name string, f func(a, b string) error) def {
	return outside(name, 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		p, err := pathArg(t, name, a[0])
		if err != nil {
			return object.Unset, err
		}
		q, err := pathArg(t, name, a[1])
		if err != nil {
			return object.Unset, err
		}
		if err := f(p, q); err != nil {
			return object.Unset, osError(t, err, a[0], a[1])
		}
		return object.None, nil
	})
}

func intFn(name string, f func() int) def {
	return fixed(name, 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) { return object.Int(int64(f())), nil })
}

func makePosix(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "posix", "Functions of the operating system.",
		intFn("getpid", os.Getpid), intFn("getppid", os.Getppid), intFn("getuid", os.Getuid), intFn("geteuid", os.Geteuid),
		intFn("getgid", os.Getgid), intFn("getegid", os.Getegid),
		fixed("cpu_count", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			if c, ok := t.VM.(interface{ Cores() int }); ok {
				return object.Int(int64(c.Cores())), nil
			}
			return object.Int(int64(runtime.NumCPU())), nil
		}),
		outside("getcwd", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			d, err := os.Getwd()
			if err != nil {
				return object.Unset, osError(t, err)
			}
			return object.NewStr(d), nil
		}),
		outside("listdir", 0, 1, posixListdir),
		onPath("chdir", 1, 1, func(p string, _ []int) error { return os.Chdir(p) }),
		onPath("rmdir", 1, 1, func(p string, _ []int) error { return syscall.Rmdir(p) }),
		onPath("unlink", 1, 1, func(p string, _ []int) error { return syscall.Unlink(p) }),
		onPath("remove", 1, 1, func(p string, _ []int) error { return syscall.Unlink(p) }),
		onPath("mkdir", 1, 2, func(p string, rest []int) error {
			mode := 0o777
			if len(rest) > 0 {
				mode = rest[0]
			}
			return syscall.Mkdir(p, uint32(mode))
		}),
		onPath("chmod", 2, 2, func(p string, rest []int) error { return syscall.Chmod(p, uint32(rest[0])) }),
		onPath("truncate", 2, 2, func(p string, rest []int) error { return os.Truncate(p, int64(rest[0])) }),
		onTwoPaths("rename", os.Rename), onTwoPaths("replace", os.Rename),
		onTwoPaths("link", os.Link), onTwoPaths("symlink", os.Symlink),
		outside("readlink", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			p, err := pathArg(t, "readlink", a[0])
			if err != nil {
				return object.Unset, err
			}
			s, err := os.Readlink(p)
			if err != nil {
				return object.Unset, osError(t, err, a[0])
			}
			return object.NewStr(s), nil
		}),
		outside("stat", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return posixStat(t, a[0], true) }),
		outside("lstat", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return posixStat(t, a[0], false) }),
		outside("fstat", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) { return posixStat(t, a[0], true) }),
		outside("access", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			p, err := pathArg(t, "access", a[0])
			if err != nil {
				return object.Unset, err
			}
			n, err := object.IndexInt(t, a[1])
			return object.Bool(err == nil && syscall.Access(p, uint32(n)) == nil), err
		}),
		outside("utime", 1, 2, posixUtime),
		outside("urandom", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			if n < 0 {
				return object.Unset, object.ValueErrorf(t, "negative argument not allowed")
			}
			b := make([]byte, n)
			rand.Read(b)
			if t.Proc.Simulated() {
				for i := range b {
					b[i] = byte(t.Proc.Rand())
				}
			}
			return object.NewBytes(string(b)), nil
		}),
		outside("putenv", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
			k, err := strArg(t, "putenv", 1, a[0])
			if err != nil {
				return object.Unset, err
			}
			v, err := strArg(t, "putenv", 2, a[1])
			if err != nil {
				return object.Unset, err
			}
			if err := os.Setenv(k, v); err != nil {
				return object.Unset, osError(t, err)
			}
			return object.None, nil
		}),
		outside("unsetenv", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			k, err := strArg(t, "unsetenv", 1, a[0])
			if err == nil {
				err = os.Unsetenv(k)
			}
			return none(err)
		}),
		outside("_exit", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			os.Exit(n & 0xff)
			return object.None, nil
		}),
		fixed("strerror", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			return object.NewStr(strerror(syscall.Errno(n))), err
		}),
		fixed("times", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			var r syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
				return object.Unset, osError(t, err)
			}
			sec := func(v syscall.Timeval) object.Value { return object.Float(float64(v.Nano()) / 1e9) }
			return structType(t, "posix", "times_result", "user", "system", "children_user", "children_system", "elapsed").make(t,
				sec(r.Utime), sec(r.Stime), object.Float(0), object.Float(0), object.Float(float64(t.VM.Now(t))/1e9)), nil
		}),
		fixed("uname", 0, 0, posixUname),
		fixed("getloadavg", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return t.NewTuple(object.Float(0), object.Float(0), object.Float(0)), nil
		}),
		fixed("umask", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			n, err := object.IndexInt(t, a[0])
			if err != nil {
				return object.Unset, err
			}
			return object.Int(int64(syscall.Umask(n))), nil
		}),
	)
	for _, d := range posixDescriptors {
		addFunc(t, m, d)
	}
	env := t.NewDict()
	for _, kv := range os.Environ() {
		for i := 1; i < len(kv); i++ {
			if kv[i] == '=' {
				if err := env.Set(t, object.NewStr(kv[:i]), object.NewStr(kv[i+1:])); err != nil {
					return nil, err
				}
				break
			}
		}
	}
	set(t, m, "environ", env.Value())
	for n, v := range map[string]int{"O_RDONLY": os.O_RDONLY, "O_WRONLY": os.O_WRONLY, "O_RDWR": os.O_RDWR, "O_APPEND": os.O_APPEND,
		"O_CREAT": os.O_CREATE, "O_EXCL": os.O_EXCL, "O_TRUNC": os.O_TRUNC, "O_SYNC": os.O_SYNC, "O_NONBLOCK": syscall.O_NONBLOCK,
		"O_CLOEXEC": syscall.O_CLOEXEC, "F_OK": 0, "R_OK": 4, "W_OK": 2, "X_OK": 1, "WNOHANG": syscall.WNOHANG} {
		set(t, m, n, object.Int(int64(v)))
	}
	set(t, m, "stat_result", statResult(t).typ.Value())
	return m, nil
}

var posixDescriptors = []def{
	outside("open", 2, 3, func(t *object.Thread, a []object.Value) (object.Value, error) {
		p, err := pathArg(t, "open", a[0])
		if err != nil {
			return object.Unset, err
		}
		flags, err := object.IndexInt(t, a[1])
		if err != nil {
			return object.Unset, err
		}
		mode := 0o777
		if len(a) > 2 {
			if mode, err = object.IndexInt(t, a[2]); err != nil {
				return object.Unset, err
			}
		}
		fd, err := syscall.Open(p, flags|syscall.O_CLOEXEC, uint32(mode))
		if err != nil {
			return object.Unset, osError(t, err, a[0])
		}
		return object.Int(int64(fd)), nil
	}),
	outside("close", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		if err := syscall.Close(fd); err != nil {
			return object.Unset, osError(t, err)
		}
		return object.None, nil
	}),
	outside("read", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		n, err := object.IndexInt(t, a[1])
		if err != nil {
			return object.Unset, err
		}
		b := make([]byte, max(n, 0))
		n, err = syscall.Read(fd, b)
		if err != nil {
			return object.Unset, osError(t, err)
		}
		return object.NewBytes(string(b[:n])), nil
	}),
	outside("write", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		b, ok := object.AsBytesLike(t, a[1])
		if !ok {
			return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, a[1]))
		}
		if fd == 1 || fd == 2 {
			return object.Int(int64(len(b))), output(t, fd, b)
		}
		n, err := syscall.Write(fd, []byte(b))
		if err != nil {
			return object.Unset, osError(t, err)
		}
		return object.Int(int64(n)), nil
	}),
	outside("lseek", 3, 3, func(t *object.Thread, a []object.Value) (object.Value, error) {
		var n [3]int
		for i := range n {
			var err error
			if n[i], err = object.IndexInt(t, a[i]); err != nil {
				return object.Unset, err
			}
		}
		p, err := syscall.Seek(n[0], int64(n[1]), n[2])
		if err != nil {
			return object.Unset, osError(t, err)
		}
		return object.Int(p), nil
	}),
	outside("ftruncate", 2, 2, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		n, err := object.IndexInt(t, a[1])
		if err != nil {
			return object.Unset, err
		}
		if err := syscall.Ftruncate(fd, int64(n)); err != nil {
			return object.Unset, osError(t, err)
		}
		return object.None, nil
	}),
	outside("fsync", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		if err := syscall.Fsync(fd); err != nil {
			return object.Unset, osError(t, err)
		}
		return object.None, nil
	}),
	outside("dup", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		n, err := syscall.Dup(fd)
		if err != nil {
			return object.Unset, osError(t, err)
		}
		return object.Int(int64(n)), nil
	}),
	outside("pipe", 0, 0, func(t *object.Thread, a []object.Value) (object.Value, error) {
		var p [2]int
		if err := syscall.Pipe(p[:]); err != nil {
			return object.Unset, osError(t, err)
		}
		return t.NewTuple(object.Int(int64(p[0])), object.Int(int64(p[1]))), nil
	}),
	fixed("isatty", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
		fd, err := object.IndexInt(t, a[0])
		if err != nil {
			return object.Unset, err
		}
		var st syscall.Stat_t
		err = syscall.Fstat(fd, &st)
		return object.Bool(err == nil && st.Mode&syscall.S_IFMT == syscall.S_IFCHR && st.Rdev>>8 != 1), nil
	}),
}

func posixListdir(t *object.Thread, a []object.Value) (object.Value, error) {
	p, name := ".", object.Unset
	if len(a) > 0 && !a[0].IsNone() {
		var err error
		if p, err = pathArg(t, "listdir", a[0]); err != nil {
			return object.Unset, err
		}
		name = a[0]
	}
	f, err := os.Open(p)
	if err != nil {
		return object.Unset, osError(t, err, name)
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return object.Unset, osError(t, err, name)
	}
	sort.Strings(names)
	out := make([]object.Value, len(names))
	for i, n := range names {
		out[i] = object.NewStr(n)
	}
	return t.NewList(out), nil
}

func statResult(t *object.Thread) *structSeq {
	return structType(t, "os", "stat_result", "st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime",
		"st_ctime", "+st_atime_ns", "+st_mtime_ns", "+st_ctime_ns", "+st_blksize", "+st_blocks", "+st_rdev")
}

func posixStat(t *object.Thread, v object.Value, follow bool) (object.Value, error) {
	var st syscall.Stat_t
	var err error
	if object.IsIntValue(v) {
		fd, _ := object.AsInt64(v)
		if err = syscall.Fstat(int(fd), &st); err != nil {
			return object.Unset, osError(t, err)
		}
	} else {
		p, e := pathArg(t, "stat", v)
		if e != nil {
			return object.Unset, e
		}
		if follow {
			err = syscall.Stat(p, &st)
		} else {
			err = syscall.Lstat(p, &st)
		}
	}
	if err != nil {
		return object.Unset, osError(t, err, v)
	}
	i := func(n int64) object.Value { return object.Int(n) }
	at, mt, ct := st.Atim.Nano(), st.Mtim.Nano(), st.Ctim.Nano()
	sec := func(n int64) object.Value { return object.Float(float64(n) / 1e9) }
	return statResult(t).make(t, i(int64(st.Mode)), i(int64(st.Ino)), i(int64(st.Dev)), i(int64(st.Nlink)), i(int64(st.Uid)), i(int64(st.Gid)),
		i(st.Size), sec(at), sec(mt), sec(ct), i(at), i(mt), i(ct), i(int64(st.Blksize)), i(st.Blocks), i(int64(st.Rdev))), nil
}

func posixUtime(t *object.Thread, a []object.Value) (object.Value, error) {
	p, err := pathArg(t, "utime", a[0])
	if err != nil {
		return object.Unset, err
	}
	now := wall(t) + t.VM.Now(t)
	ns := [2]int64{now, now}
	if len(a) > 1 && !a[1].IsNone() {
		ts, err := object.ToSlice(t, a[1])
		if err != nil {
			return object.Unset, err
		}
		if len(ts) != 2 {
			return object.Unset, object.TypeErrorf(t, "utime: 'times' must be either a tuple of two ints or None")
		}
		for i, v := range ts {
			f, err := object.FloatArg(t, v)
			if err != nil {
				return object.Unset, err
			}
			ns[i] = int64(f * 1e9)
		}
	}
	tv := []syscall.Timespec{syscall.NsecToTimespec(ns[0]), syscall.NsecToTimespec(ns[1])}
	if err := syscall.UtimesNano(p, tv); err != nil {
		return object.Unset, osError(t, err, a[0])
	}
	return object.None, nil
}

func posixUname(t *object.Thread, _ []object.Value) (object.Value, error) {
	var u syscall.Utsname
	if err := syscall.Uname(&u); err != nil {
		return object.Unset, osError(t, err)
	}
	s := func(chars []int8) object.Value {
		var b []byte
		for _, c := range chars {
			if c == 0 {
				break
			}
			b = append(b, byte(c))
		}
		return object.NewStr(string(b))
	}
	return structType(t, "posix", "uname_result", "sysname", "nodename", "release", "version", "machine").make(t,
		s(u.Sysname[:]), s(u.Nodename[:]), s(u.Release[:]), s(u.Version[:]), s(u.Machine[:])), nil
}

// errnoNames are the names of the error numbers of Linux, by number.
var errnoNames = [...]string{
	"", "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN", "ENOMEM", "EACCES",
	"EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY",
	"EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE", "EDEADLOCK", "ENAMETOOLONG", "ENOLCK", "ENOSYS",
	"ENOTEMPTY", "ELOOP", "", "ENOMSG", "EIDRM", "ECHRNG", "EL2NSYNC", "EL3HLT", "EL3RST", "ELNRNG", "EUNATCH", "ENOCSI", "EL2HLT",
	"EBADE", "EBADR", "EXFULL", "ENOANO", "EBADRQC", "EBADSLT", "", "EBFONT", "ENOSTR", "ENODATA", "ETIME", "ENOSR", "ENONET", "ENOPKG",
	"EREMOTE", "ENOLINK", "EADV", "ESRMNT", "ECOMM", "EPROTO", "EMULTIHOP", "EDOTDOT", "EBADMSG", "EOVERFLOW", "ENOTUNIQ", "EBADFD",
	"EREMCHG", "ELIBACC", "ELIBBAD", "ELIBSCN", "ELIBMAX", "ELIBEXEC", "EILSEQ", "ERESTART", "ESTRPIPE", "EUSERS", "ENOTSOCK",
	"EDESTADDRREQ", "EMSGSIZE", "EPROTOTYPE", "ENOPROTOOPT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "ENOTSUP", "EPFNOSUPPORT",
	"EAFNOSUPPORT", "EADDRINUSE", "EADDRNOTAVAIL", "ENETDOWN", "ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNRESET", "ENOBUFS",
	"EISCONN", "ENOTCONN", "ESHUTDOWN", "ETOOMANYREFS", "ETIMEDOUT", "ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH", "EALREADY",
	"EINPROGRESS", "ESTALE", "EUCLEAN", "ENOTNAM", "ENAVAIL", "EISNAM", "EREMOTEIO", "EDQUOT", "ENOMEDIUM", "EMEDIUMTYPE", "ECANCELED",
	"ENOKEY", "EKEYEXPIRED", "EKEYREVOKED", "EKEYREJECTED", "EOWNERDEAD", "ENOTRECOVERABLE", "ERFKILL",
}

func makeErrno(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "errno", "Error numbers of the operating system.")
	codes := t.NewDict()
	for n, name := range errnoNames {
		if name == "" {
			continue
		}
		set(t, m, name, object.Int(int64(n)))
		if err := codes.Set(t, object.Int(int64(n)), object.NewStr(name)); err != nil {
			return nil, err
		}
	}
	set(t, m, "EWOULDBLOCK", object.Int(int64(syscall.EWOULDBLOCK)))
	set(t, m, "errorcode", codes.Value())
	return m, nil
}

// makeGC makes module gc. The collector is Go's: collect runs it, the rest has no effect.
func makeGC(t *object.Thread) (*object.Module, error) {
	nothing := func(v object.Value) func(*object.Thread, []object.Value) (object.Value, error) {
		return func(*object.Thread, []object.Value) (object.Value, error) { return v, nil }
	}
	list := func(t *object.Thread, _ []object.Value) (object.Value, error) { return t.NewList(nil), nil }
	m := newModule(t, "gc", "The garbage collector is the host's; these functions let programs run that tune CPython's.",
		vary("collect", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			if !t.Proc.Simulated() {
				runtime.GC()
			}
			return object.Int(0), nil
		}),
		fixed("enable", 0, 0, nothing(object.None)), fixed("disable", 0, 0, nothing(object.None)), fixed("isenabled", 0, 0, nothing(object.True)),
		fixed("freeze", 0, 0, nothing(object.None)), fixed("unfreeze", 0, 0, nothing(object.None)),
		fixed("set_threshold", 1, 3, nothing(object.None)), fixed("set_debug", 1, 1, nothing(object.None)), fixed("get_debug", 0, 0, nothing(object.Int(0))),
		fixed("get_threshold", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return t.NewTuple(object.Int(2000), object.Int(10), object.Int(0)), nil
		}),
		fixed("get_count", 0, 0, func(t *object.Thread, _ []object.Value) (object.Value, error) {
			return t.NewTuple(object.Int(0), object.Int(0), object.Int(0)), nil
		}),
		vary("get_objects", func(t *object.Thread, a []object.Value, _ *object.Kwargs) (object.Value, error) { return list(t, a) }),
		fixed("get_referrers", 0, -1, list), fixed("get_referents", 0, -1, list), fixed("get_stats", 0, 0, list),
		fixed("is_tracked", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.Bool(a[0].Kind() >= object.KindList), nil
		}),
	)
	set(t, m, "garbage", t.NewList(nil))
	set(t, m, "callbacks", t.NewList(nil))
	return m, nil
}
