package builtin

import (
	"math"
	"net"
	"syscall"
	"time"
	"unsafe"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Module _socket: TCP and UDP over IPv4, as functions of file descriptors that never block in the kernel. Module socket is
// written in Python on top of it.
//
// An operation first makes its slice irrevocable, then tries; if it would block, the slice ends and the thread waits for the
// descriptor with nothing held, then the operation is executed again.

func init() { register("_socket", makeSocket) }

const pollPiece = 50 * time.Millisecond // an interrupt is noticed that soon

func sockError(t *object.Thread, e error) error {
	n, ok := e.(syscall.Errno)
	if !ok {
		return object.NewOSError(t, int(syscall.EIO), e.Error(), object.Unset)
	}
	return object.NewOSError(t, int(n), strerror(n), object.Unset)
}

type pollFd struct {
	fd              int32
	events, revents int16
}

// poll waits at most ns nanoseconds (< 0: for ever) for descriptors, and says how many are ready.
func poll(fds []pollFd, ns int64) int {
	var p *pollFd
	if len(fds) > 0 {
		p = &fds[0]
	}
	ts := syscall.NsecToTimespec(max(ns, 0))
	n, _, e := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(p)), uintptr(len(fds)), uintptr(unsafe.Pointer(&ts)), 0, 0, 0)
	if e != 0 {
		return 0
	}
	return int(n)
}

const (
	pollIn  = 1
	pollOut = 4
)

// timeout is an optional time in seconds, in nanoseconds; < 0: none.
func sockTimeout(t *object.Thread, v object.Value) (int64, error) {
	if v.IsNone() {
		return -1, nil
	}
	f, err := object.FloatArg(t, v)
	if err != nil {
		return 0, err
	}
	if f < 0 || math.IsNaN(f) {
		return 0, object.ValueErrorf(t, "Timeout value out of range")
	}
	return int64(math.Ceil(min(f, 1e9) * 1e9)), nil
}

// await waits until the descriptors have something to say, the deadline has come (0: none) or the user interrupts.
func await(t *object.Thread, what string, fds []pollFd, end int64) error {
	vm := concurrency(t)
	w := machine.Wait{What: what, Owner: -1, Where: vm.Where(t)}
	return t.VM.Wait(t, w, func(p *machine.Proc) {
		if p.Simulated() { // one thread at a time: it may not wait in the kernel for another one
			for poll(fds, 0) == 0 && !vm.Interrupted(t) && (end == 0 || p.Now() < end) {
				p.Sleep(20 * time.Microsecond)
			}
			return
		}
		p.Block(w, func() {
			for !vm.Interrupted(t) {
				ns := int64(pollPiece)
				if end != 0 {
					ns = min(ns, end-p.Now())
				}
				if poll(fds, ns) > 0 || ns <= 0 {
					return
				}
			}
		})
	})
}

// attempt executes op, which returns EAGAIN when it would block, until it succeeds, fails, or the timeout has passed. op must touch
// nothing of the interpreter's: where slices are not rolled back it runs, and waits, without the interpreter's lock, as in CPython: once
// given up, whether the call would have blocked or not (the convoy effect rests on that).
func attempt(t *object.Thread, what string, fd int, events int16, ns int64, op func() error) error {
	var end int64
	if ns > 0 {
		end = t.VM.Deadline(t, ns)
	}
	outside := t.Tx == nil && !rollsBack(t) && !t.Proc.Simulated() // with transactions Wait may execute the instruction again
	for {
		var e error
		if outside {
			done := false
			if err := sockReleased(t, what, fd, events, ns, end, func() error { done, e = true, op(); return e }); err != nil {
				return err
			}
			if !done { // a replay does not wait
				e = op()
			}
		} else {
			if err := t.VM.Irrevocable(t); err != nil {
				return err
			}
			e = op()
		}
		switch {
		case e == nil:
			return nil
		case e == syscall.EINTR:
			continue
		case !wouldBlock(e):
			return sockError(t, e)
		case ns == 0:
			return sockError(t, e)
		case ns > 0 && t.VM.Now(t) >= end:
			return object.NewError(t, t.Interp.Types.TimeoutError, "timed out")
		}
		if outside {
			continue
		}
		if err := await(t, what, []pollFd{{fd: int32(fd), events: events}}, end); err != nil {
			return err
		}
	}
}

func wouldBlock(e error) bool {
	return e == syscall.EAGAIN || e == syscall.EINPROGRESS || e == syscall.EALREADY
}

// sockReleased executes op without the interpreter's lock until it does not want to wait any more, the deadline has come or the user
// interrupts.
func sockReleased(t *object.Thread, what string, fd int, events int16, ns, end int64, op func() error) error {
	vm := concurrency(t)
	w := machine.Wait{What: what, Owner: -1, Where: vm.Where(t)}
	return t.VM.Wait(t, w, func(p *machine.Proc) {
		p.Block(w, func() {
			for {
				if e := op(); !wouldBlock(e) || ns == 0 || vm.Interrupted(t) {
					return
				}
				piece := int64(pollPiece)
				if end != 0 {
					piece = min(piece, end-p.Now())
				}
				if piece <= 0 {
					return
				}
				poll([]pollFd{{fd: int32(fd), events: events}}, piece)
			}
		})
	})
}

// address reads a host and a port.
func address(t *object.Thread, host, port object.Value) (*syscall.SockaddrInet4, error) {
	h, err := strArg(t, "address", 1, host)
	if err != nil {
		return nil, err
	}
	n, err := object.IndexInt(t, port)
	if err != nil {
		return nil, err
	}
	if n < 0 || n > 65535 {
		return nil, object.OverflowErrorf(t, "port must be 0-65535.")
	}
	a := &syscall.SockaddrInet4{Port: n}
	switch h {
	case "":
	case "localhost":
		a.Addr = [4]byte{127, 0, 0, 1}
	default:
		ip := net.ParseIP(h).To4()
		if ip == nil {
			return nil, object.NewOSError(t, -2, "Name or service not known", object.Unset)
		}
		a.Addr = [4]byte(ip)
	}
	return a, nil
}

// pair is a host and a port as Python has them.
func pair(t *object.Thread, sa syscall.Sockaddr) object.Value {
	a, ok := sa.(*syscall.SockaddrInet4)
	if !ok {
		return object.None
	}
	return t.NewTuple(object.NewStr(net.IP(a.Addr[:]).String()), object.Int(int64(a.Port)))
}

func makeSocket(t *object.Thread) (*object.Module, error) {
	type args = []object.Value
	type th = *object.Thread
	fd := func(v object.Value) int { return int(v.AsInt()) }
	// now is a call that does not block.
	now := func(name string, n int, f func(t th, a args) (object.Value, error)) def {
		return fixed(name, n, n, func(t th, a args) (object.Value, error) {
			if err := t.VM.Irrevocable(t); err != nil {
				return object.Unset, err
			}
			return f(t, a)
		})
	}
	simple := func(t th, e error) (object.Value, error) {
		if e != nil {
			return object.Unset, sockError(t, e)
		}
		return object.None, nil
	}
	receive := func(t th, a args, what string) (data []byte, from syscall.Sockaddr, err error) {
		size, err := object.IndexInt(t, a[1])
		if err != nil {
			return nil, nil, err
		}
		if size < 0 {
			return nil, nil, object.ValueErrorf(t, "negative buffersize in %s", what)
		}
		ns, err := sockTimeout(t, a[2])
		if err != nil {
			return nil, nil, err
		}
		buf, n := make([]byte, size), 0
		err = attempt(t, "data", fd(a[0]), pollIn, ns, func() (e error) {
			n, from, e = syscall.Recvfrom(fd(a[0]), buf, 0)
			return e
		})
		return buf[:max(n, 0)], from, err
	}
	return newModule(t, "_socket", "Sockets as functions of file descriptors.",
		now("open", 1, func(t th, a args) (object.Value, error) {
			s, e := syscall.Socket(syscall.AF_INET, fd(a[0])|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
			if e != nil {
				return object.Unset, sockError(t, e)
			}
			return object.Int(int64(s)), nil
		}),
		now("bind", 3, func(t th, a args) (object.Value, error) {
			sa, err := address(t, a[1], a[2])
			if err != nil {
				return object.Unset, err
			}
			return simple(t, syscall.Bind(fd(a[0]), sa))
		}),
		now("listen", 2, func(t th, a args) (object.Value, error) { return simple(t, syscall.Listen(fd(a[0]), fd(a[1]))) }),
		now("close", 1, func(t th, a args) (object.Value, error) { return simple(t, syscall.Close(fd(a[0]))) }),
		now("shutdown", 2, func(t th, a args) (object.Value, error) { return simple(t, syscall.Shutdown(fd(a[0]), fd(a[1]))) }),
		now("setsockopt", 4, func(t th, a args) (object.Value, error) {
			return simple(t, syscall.SetsockoptInt(fd(a[0]), fd(a[1]), fd(a[2]), fd(a[3])))
		}),
		now("getsockopt", 3, func(t th, a args) (object.Value, error) {
			n, e := syscall.GetsockoptInt(fd(a[0]), fd(a[1]), fd(a[2]))
			if e != nil {
				return object.Unset, sockError(t, e)
			}
			return object.Int(int64(n)), nil
		}),
		now("getsockname", 1, func(t th, a args) (object.Value, error) {
			sa, e := syscall.Getsockname(fd(a[0]))
			if e != nil {
				return object.Unset, sockError(t, e)
			}
			return pair(t, sa), nil
		}),
		now("getpeername", 1, func(t th, a args) (object.Value, error) {
			sa, e := syscall.Getpeername(fd(a[0]))
			if e != nil {
				return object.Unset, sockError(t, e)
			}
			return pair(t, sa), nil
		}),
		fixed("connect", 4, 4, func(t th, a args) (object.Value, error) {
			sa, err := address(t, a[1], a[2])
			if err != nil {
				return object.Unset, err
			}
			ns, err := sockTimeout(t, a[3])
			if err != nil {
				return object.Unset, err
			}
			return none(attempt(t, "a connection", fd(a[0]), pollOut, ns, func() error {
				e := syscall.Connect(fd(a[0]), sa)
				if e == syscall.EISCONN {
					return nil
				}
				return e
			}))
		}),
		fixed("accept", 2, 2, func(t th, a args) (object.Value, error) {
			ns, err := sockTimeout(t, a[1])
			if err != nil {
				return object.Unset, err
			}
			var s int
			var sa syscall.Sockaddr
			if err := attempt(t, "a connection", fd(a[0]), pollIn, ns, func() (e error) {
				s, sa, e = syscall.Accept4(fd(a[0]), syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC)
				return e
			}); err != nil {
				return object.Unset, err
			}
			return t.NewTuple(object.Int(int64(s)), pair(t, sa)), nil
		}),
		fixed("send", 3, 3, func(t th, a args) (object.Value, error) {
			data, ok := object.AsBytesLike(t, a[1])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, a[1]))
			}
			ns, err := sockTimeout(t, a[2])
			if err != nil {
				return object.Unset, err
			}
			n := 0
			err = attempt(t, "room to send", fd(a[0]), pollOut, ns, func() (e error) {
				n, e = syscall.SendmsgN(fd(a[0]), []byte(data), nil, nil, syscall.MSG_NOSIGNAL)
				return e
			})
			return object.Int(int64(n)), err
		}),
		fixed("sendto", 5, 5, func(t th, a args) (object.Value, error) {
			data, ok := object.AsBytesLike(t, a[1])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, a[1]))
			}
			sa, err := address(t, a[2], a[3])
			if err != nil {
				return object.Unset, err
			}
			ns, err := sockTimeout(t, a[4])
			if err != nil {
				return object.Unset, err
			}
			return object.Int(int64(len(data))), attempt(t, "room to send", fd(a[0]), pollOut, ns, func() error {
				return syscall.Sendto(fd(a[0]), []byte(data), syscall.MSG_NOSIGNAL, sa)
			})
		}),
		fixed("recv", 3, 3, func(t th, a args) (object.Value, error) {
			data, _, err := receive(t, a, "recv")
			if err != nil {
				return object.Unset, err
			}
			return object.NewBytes(string(data)), nil
		}),
		fixed("recvfrom", 3, 3, func(t th, a args) (object.Value, error) {
			data, from, err := receive(t, a, "recvfrom")
			if err != nil {
				return object.Unset, err
			}
			return t.NewTuple(object.NewBytes(string(data)), pair(t, from)), nil
		}),
		fixed("poll", 2, 2, sockPoll),
	), nil
}

// sockPoll is poll([(fd, events), ...], timeout): the events that have come, in the same order.
func sockPoll(t *object.Thread, a []object.Value) (object.Value, error) {
	items, err := object.ToSlice(t, a[0])
	if err != nil {
		return object.Unset, err
	}
	fds := make([]pollFd, len(items))
	for i, v := range items {
		p, ok := object.AsTuple(v)
		if !ok || len(p.Items) != 2 {
			return object.Unset, object.TypeErrorf(t, "poll() needs pairs of a descriptor and its events")
		}
		fds[i] = pollFd{fd: int32(p.Items[0].AsInt()), events: int16(p.Items[1].AsInt())}
	}
	ns, err := sockTimeout(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	var end int64
	if ns > 0 {
		end = t.VM.Deadline(t, ns)
	}
	for {
		if err := t.VM.Irrevocable(t); err != nil {
			return object.Unset, err
		}
		if poll(fds, 0) > 0 || ns == 0 || ns > 0 && t.VM.Now(t) >= end {
			break
		}
		if err := await(t, "descriptors", fds, end); err != nil {
			return object.Unset, err
		}
	}
	out := make([]object.Value, len(fds))
	for i := range fds {
		out[i] = object.Int(int64(fds[i].revents))
	}
	return t.NewList(out), nil
}
