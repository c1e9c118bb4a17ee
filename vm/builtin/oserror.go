package builtin

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"gilt/vm/object"
)

// Errors of the operating system as Python's OSErrors.

// strerror is the C library's text for an error number.
func strerror(n syscall.Errno) string {
	s := n.Error()
	switch {
	case strings.HasPrefix(s, "errno "):
		return "Unknown error " + s[6:]
	case s == "":
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// errorClass is the subclass of OSError that stands for an error number.
func errorClass(t *object.Thread, n syscall.Errno) *object.Type {
	e := &t.Interp.Types.Exc
	switch n {
	case syscall.EAGAIN, syscall.EALREADY, syscall.EINPROGRESS:
		return e.BlockingIOError
	case syscall.EPIPE, syscall.ESHUTDOWN:
		return e.BrokenPipeError
	case syscall.ECHILD:
		return e.ChildProcessError
	case syscall.ECONNABORTED:
		return e.ConnectionAbortedError
	case syscall.ECONNREFUSED:
		return e.ConnectionRefusedError
	case syscall.ECONNRESET:
		return e.ConnectionResetError
	case syscall.EEXIST:
		return e.FileExistsError
	case syscall.ENOENT:
		return e.FileNotFoundError
	case syscall.EINTR:
		return e.InterruptedError
	case syscall.EISDIR:
		return e.IsADirectoryError
	case syscall.ENOTDIR:
		return e.NotADirectoryError
	case syscall.EACCES, syscall.EPERM:
		return e.PermissionError
	case syscall.ESRCH:
		return e.ProcessLookupError
	case syscall.ETIMEDOUT:
		return e.TimeoutError
	}
	return e.OSError
}

// errnoOf is the error number behind an error of Go's.
func errnoOf(err error) syscall.Errno {
	var n syscall.Errno
	switch {
	case errors.As(err, &n):
		return n
	case errors.Is(err, fs.ErrNotExist):
		return syscall.ENOENT
	case errors.Is(err, fs.ErrExist):
		return syscall.EEXIST
	case errors.Is(err, fs.ErrPermission):
		return syscall.EACCES
	case errors.Is(err, fs.ErrClosed):
		return syscall.EBADF
	}
	return syscall.EIO
}

// osError makes the OSError for an error of Go's; names are the file names that it is about, at most two.
func osError(t *object.Thread, err error, names ...object.Value) error {
	n := errnoOf(err)
	args := []object.Value{object.Int(int64(n)), object.NewStr(strerror(n))}
	if len(names) > 0 && !names[0].IsUnset() {
		args = append(args, names[0])
		if len(names) > 1 {
			args = append(args, object.None, names[1])
		}
	}
	return object.NewRaise(t, errorClass(t, n), args...)
}

// OSError is the exception for an error of the host.
func OSError(t *object.Thread, err error) error { return osError(t, err) }

// osErrorNumber is osError for an error number.
func osErrorNumber(t *object.Thread, n syscall.Errno, names ...object.Value) error {
	return osError(t, n, names...)
}
