package builtin

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm/object"
)

// Locks of the program: _thread.lock and _thread.RLock.
//
// A lock's word is state of the program like any other: 0 when it is free, else the number of its holder. Under regimes that
// roll back a slice that takes a free public lock only reads the word, and notes that it holds the lock (object.Thread.Hold);
// see there. A taken lock ends the slice and waits (object.VM.Wait).
//
// Waiters are kept outside of what rolls back. No wake-up is lost: a waiter enters the queue first and then looks at the
// committed word (or enters while nobody else can write it); whoever frees the lock writes the word, commits, and then wakes. A
// thread that is woken executes its acquire again, so being woken for nothing is harmless. Where slices elide locks, a
// woken thread may take the lock and give it back without anybody else seeing it: so all are woken there.

// pyLock is a lock.
type pyLock struct {
	object.Mut
	word      object.Value // 0, or the holder's processor number + 1
	count     object.Value // recursive locks: how many times over
	recursive bool
	what      string // for reports of deadlocks
	queue     lockQueue
}

type lockWaiter struct {
	p     *machine.Proc
	woken atomic.Bool
	next  *lockWaiter
}

// lockQueue are the threads that wait for a lock, first come first.
type lockQueue struct {
	n    atomic.Int32
	mu   sync.Mutex
	head *lockWaiter
	tail *lockWaiter
}

func (q *lockQueue) add(w *lockWaiter) {
	w.p.RMW(unsafe.Pointer(&q.n))
	q.mu.Lock()
	if q.tail == nil {
		q.head = w
	} else {
		q.tail.next = w
	}
	q.tail = w
	q.n.Add(1)
	q.mu.Unlock()
}

// remove takes a waiter out, if it is still there.
func (q *lockQueue) remove(w *lockWaiter) {
	w.p.RMW(unsafe.Pointer(&q.n))
	q.mu.Lock()
	defer q.mu.Unlock()
	for prev, x := (*lockWaiter)(nil), q.head; x != nil; prev, x = x, x.next {
		if x != w {
			continue
		}
		if prev == nil {
			q.head = x.next
		} else {
			prev.next = x.next
		}
		if q.tail == x {
			q.tail = prev
		}
		q.n.Add(-1)
		return
	}
}

// wake wakes the first waiter, or all that wait now: one that comes back while it is under way must not keep it busy for ever.
func (q *lockQueue) wake(p *machine.Proc, all bool) {
	p.Read(unsafe.Pointer(&q.n))
	if q.n.Load() == 0 {
		return
	}
	p.RMW(unsafe.Pointer(&q.n))
	q.mu.Lock()
	w := q.head
	if all {
		q.head, q.tail = nil, nil
		q.n.Store(0)
	} else if w != nil {
		if q.head = w.next; q.head == nil {
			q.tail = nil
		}
		w.next = nil
		q.n.Add(-1)
	}
	q.mu.Unlock()
	for w != nil {
		next := w.next
		w.woken.Store(true)
		w.p.Unpark(p)
		w = next
	}
}

// me is what a lock's word holds when the thread has the lock.
func me(t *object.Thread) int64 { return int64(t.Proc.ID()) + 1 }

// rollsBack says whether slices of the present regime can be rolled back.
func rollsBack(t *object.Thread) bool {
	return t.Regime == object.RegimeSTM || t.Regime == object.RegimeRead || t.Regime == object.RegimeWrite
}

// try takes the lock if it can; otherwise it says who holds it.
func (l *pyLock) try(t *object.Thread) (ok bool, holder int64, err error) {
	self := me(t)
	if l.plain(t) {
		if holder = int64(l.word.Bits); holder != 0 {
			return false, holder, nil
		}
		atomic.StoreUint64(&l.word.Bits, uint64(self))
		return true, self, nil
	}
	elide := l.Shared() && rollsBack(t) && !t.Interp.Without(object.OffElision)
	if elide {
		if i := t.HeldIndex(&l.Mut); i >= 0 {
			if l.recursive {
				t.Held[i].Count++
			}
			return l.recursive, self, nil
		}
	} else {
		defer unlock(t, lock(t, &l.Mut))
	}
	var v object.Value
	if elide && t.Interp.Is(object.MutLockUnread) {
		v, err = t.LoadUnlogged(&l.Orec, &l.word)
	} else {
		v, err = t.Load(&l.Mut, &l.word)
	}
	if err != nil {
		return false, 0, err
	}
	holder = v.AsInt()
	switch {
	case holder == 0 && elide:
		t.Hold(&l.Mut, l, 1)
		return true, self, nil
	case holder == 0:
		return true, self, l.WriteHeld(t, 1)
	case l.recursive && holder == self:
		n, err := t.Load(&l.Mut, &l.count)
		if err != nil {
			return false, 0, err
		}
		return true, self, t.Store(&l.Mut, &l.count, object.Int(n.AsInt()+1))
	}
	return false, holder, nil
}

// plain says whether the thread, which has the interpreter's lock in a solo phase, may use the word as it is: nobody else writes
// it, and those who wait for the lock only look. Numbers leave the word's pointer nil.
func (l *pyLock) plain(t *object.Thread) bool { return t.Mixed && !l.recursive && l.Shared() }

// WriteHeld implements object.SliceLock.
func (l *pyLock) WriteHeld(t *object.Thread, count int64) error {
	if err := t.Store(&l.Mut, &l.word, object.Int(me(t))); err != nil {
		return err
	}
	if !l.recursive {
		return nil
	}
	return t.Store(&l.Mut, &l.count, object.Int(count))
}

// acquire takes the lock, waiting at most ns nanoseconds; ns < 0, or object.Never: for ever.
func (l *pyLock) acquire(t *object.Thread, ns int64) (bool, error) {
	var end int64
	if ns > 0 {
		if end = t.VM.Deadline(t, ns); end == object.Never {
			ns, end = -1, 0
		}
	}
	for {
		ok, holder, err := l.try(t)
		if ok || err != nil {
			return ok, err
		}
		if ns == 0 || ns > 0 && t.VM.Now(t) >= end {
			return false, nil
		}
		if concurrency(t).Atomic(t) > 0 {
			return false, object.RuntimeErrorf(t, "deadlock: an atomic block waits for a lock that another thread holds")
		}
		if err := l.wait(t, holder, end); err != nil {
			return false, err
		}
	}
}

// wait waits until the lock may have become free.
func (l *pyLock) wait(t *object.Thread, holder, end int64) error {
	vm := concurrency(t)
	w := machine.Wait{What: l.what, Owner: int(holder) - 1, Where: vm.Where(t)}
	if l.what == bell {
		w.Owner = -1
	}
	n, deaf := &lockWaiter{p: t.Proc}, vm.Deaf()
	regime := t.Regime
	early := regime != object.RegimeSTM && regime != object.RegimeLocks
	if early {
		l.queue.add(n) // whoever frees the lock has to wait for what this thread holds now
	}
	return t.VM.Wait(t, w, func(p *machine.Proc) {
		if !early {
			l.queue.add(n)
			if l.committed(t, regime) != holder { // free, or another's: who waits is to know for whom
				l.queue.remove(n)
				return
			}
		}
		for !n.woken.Load() && (deaf || !vm.Interrupted(t)) {
			if end == 0 {
				p.Park(w)
			} else if left := end - p.Now(); left <= 0 {
				break
			} else {
				p.ParkTimeout(w, time.Duration(left))
			}
		}
		if !n.woken.Load() {
			l.queue.remove(n)
		}
		if n.woken.Load() && !deaf && vm.Interrupted(t) {
			l.queue.wake(p, false) // this thread will not take the lock: it must not keep the news to itself
		}
	})
}

// committed is the lock's word as others see it. The thread is between slices.
func (l *pyLock) committed(t *object.Thread, regime object.Regime) int64 {
	if regime != object.RegimeSTM || !l.Shared() {
		t.Proc.Read(unsafe.Pointer(&l.word))
		return int64(atomic.LoadUint64(&l.word.Bits))
	}
	for {
		t.Tx.Begin()
		w, ok := t.Tx.Load(&l.Orec, (*stm.Word)(unsafe.Pointer(&l.word)))
		if ok && t.Tx.Commit() {
			return int64(w.B)
		}
		t.Tx.Rollback()
	}
}

// release gives the lock back, n times over (n < 0: wholly), and says how often it was held.
func (l *pyLock) release(t *object.Thread, n int64) (int64, error) {
	if i := t.HeldIndex(&l.Mut); i >= 0 {
		count := t.Held[i].Count
		if n < 0 || count <= n {
			t.Unhold(i)
		} else {
			t.Held[i].Count -= n
		}
		return count, nil
	}
	m := lock(t, &l.Mut)
	count, freed, err := l.releaseWord(t, n)
	unlock(t, m)
	if err != nil || !freed {
		return count, err
	}
	if rollsBack(t) {
		p := t.Proc
		t.VM.OnCommit(t, func() { l.queue.wake(p, true) })
	} else {
		// In a solo phase the woken thread may come to a slice that elides the lock.
		l.queue.wake(t.Proc, t.Mixed)
	}
	return count, nil
}

func (l *pyLock) releaseWord(t *object.Thread, n int64) (count int64, freed bool, err error) {
	if l.plain(t) && l.word.Bits != 0 {
		atomic.StoreUint64(&l.word.Bits, 0) // a full barrier: the queue is looked at next
		return 1, true, nil
	}
	v, err := t.Load(&l.Mut, &l.word)
	if err != nil {
		return 0, false, err
	}
	if !l.recursive {
		if v.AsInt() == 0 {
			return 0, false, object.RuntimeErrorf(t, "release unlocked lock")
		}
		return 1, true, t.Store(&l.Mut, &l.word, object.Int(0))
	}
	if v.AsInt() != me(t) {
		return 0, false, object.RuntimeErrorf(t, "cannot release un-acquired lock")
	}
	c, err := t.Load(&l.Mut, &l.count)
	if err != nil {
		return 0, false, err
	}
	count = c.AsInt()
	if n > 0 && count > n {
		return count, false, t.Store(&l.Mut, &l.count, object.Int(count-n))
	}
	if err := t.Store(&l.Mut, &l.count, object.Int(0)); err != nil {
		return 0, false, err
	}
	return count, true, t.Store(&l.Mut, &l.word, object.Int(0))
}

// holder is the processor number + 1 of the thread that holds the lock, 0 if it is free, and how often.
func (l *pyLock) holder(t *object.Thread) (who, count int64, err error) {
	if i := t.HeldIndex(&l.Mut); i >= 0 {
		return me(t), t.Held[i].Count, nil
	}
	defer unlock(t, lock(t, &l.Mut))
	v, err := t.Load(&l.Mut, &l.word)
	if err != nil {
		return 0, 0, err
	}
	c, err := t.Load(&l.Mut, &l.count)
	return v.AsInt(), c.AsInt(), err
}

// lockTimeout reads the arguments blocking and timeout. Those that may have called Python code are not asked again when the call is
// executed again after a wait: so they get a deadline also when there is none.
func lockTimeout(t *object.Thread, args []object.Value, kw *object.Kwargs) (int64, error) {
	if len(args) == 0 && kw == nil {
		return -1, nil
	}
	var a [2]object.Value
	if err := object.ParseArgs(t, "acquire", args, kw, []string{"blocking", "timeout"}, 0, a[:]); err != nil {
		return 0, err
	}
	blocking, asked := true, a[0].Kind() == object.KindInstance
	if !a[0].IsUnset() && !(asked && t.VM.Resumed(t)) {
		var err error
		if blocking, err = object.Truth(t, a[0]); err != nil {
			return 0, err
		}
	}
	timeout := int64(forEver)
	if !a[1].IsUnset() {
		var err error
		if timeout, err = secondsArg(t, a[1]); err != nil {
			return 0, err
		}
		asked = asked || a[1].Kind() == object.KindInstance
	}
	switch {
	case !blocking && timeout != forEver:
		return 0, object.ValueErrorf(t, "can't specify a timeout for a non-blocking call")
	case !blocking:
		return 0, nil
	case timeout == forEver && asked:
		return object.Never, nil
	case timeout == forEver:
		return -1, nil
	case timeout < 0:
		return 0, object.ValueErrorf(t, "timeout value must be a non-negative number")
	}
	return timeout, nil
}

// forEver is the timeout of -1 seconds.
const forEver = -1_000_000_000

// timeoutMax is _thread.TIMEOUT_MAX, in seconds.
const timeoutMax = math.MaxInt64 / 1e9

// bell is what a waiter of a condition waits for: a lock of its own that somebody is to release.
const bell = "a notification"

func asLock(v object.Value) *pyLock { return (*pyLock)(v.Ref) }

// newLockType makes _thread.lock or _thread.RLock.
func newLockType(t *object.Thread, name string, recursive bool) *object.Type {
	x := newType(t, "_thread", name, nil, object.TypeNoSubclass)
	x.Ops.Publish = func(*object.Thread, object.Value, func(object.Value)) {}
	x.Ops.New = func(t *object.Thread, cls *object.Type, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if !recursive { // RLock takes any arguments, and does nothing with them
			if err := wantArgs(t, name, 0, 0, args, kw); err != nil {
				return object.Unset, err
			}
		}
		return newLock(t, x, recursive), nil
	}
	x.Ops.InitIsNew = true
	x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
		l := asLock(v)
		who, count, err := l.holder(t)
		if err != nil {
			return "", err
		}
		state := "unlocked"
		if who != 0 {
			state = "locked"
		}
		if recursive {
			return sprintf("<%s _thread.RLock object owner=%d count=%d at 0x%012x>", state, who, count, l.ID), nil
		}
		return sprintf("<%s _thread.lock object at 0x%012x>", state, l.ID), nil
	}
	acquire := func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		ns, err := lockTimeout(t, args[1:], kw)
		if err != nil {
			return object.Unset, err
		}
		ok, err := asLock(args[0]).acquire(t, ns)
		return object.Bool(ok), err
	}
	release := func(t *object.Thread, self object.Value) (object.Value, error) {
		_, err := asLock(self).release(t, 1)
		return none(err)
	}
	locked := func(t *object.Thread, self object.Value) (object.Value, error) {
		who, _, err := asLock(self).holder(t)
		return object.Bool(who != 0), err
	}
	x.Methods(t.Interp,
		object.MK("acquire", acquire), object.M0("release", release),
		object.M0("__enter__", func(t *object.Thread, self object.Value) (object.Value, error) {
			ok, err := asLock(self).acquire(t, -1)
			return object.Bool(ok), err
		}),
		object.MN("__exit__", 0, 3, func(t *object.Thread, args []object.Value) (object.Value, error) { return release(t, args[0]) }),
		object.M0("_at_fork_reinit", func(*object.Thread, object.Value) (object.Value, error) { return object.None, nil }),
		object.M0("_adopt", lockAdopt),
	)
	if !recursive {
		x.Methods(t.Interp, object.MK("acquire_lock", acquire), object.M0("release_lock", release),
			object.M0("locked", locked), object.M0("locked_lock", locked))
		return x
	}
	x.Methods(t.Interp,
		object.M0("_is_owned", func(t *object.Thread, self object.Value) (object.Value, error) {
			who, _, err := asLock(self).holder(t)
			return object.Bool(who == me(t)), err
		}),
		object.M0("_recursion_count", func(t *object.Thread, self object.Value) (object.Value, error) {
			who, n, err := asLock(self).holder(t)
			if who != me(t) {
				n = 0
			}
			return object.Int(n), err
		}),
		object.M0("_release_save", func(t *object.Thread, self object.Value) (object.Value, error) {
			n, err := asLock(self).release(t, -1)
			return object.Int(n), err
		}),
		object.M1("_acquire_restore", func(t *object.Thread, self, state object.Value) (object.Value, error) {
			l := asLock(self)
			if _, err := l.acquire(t, -1); err != nil || state.AsInt() <= 1 {
				return none(err)
			}
			if i := t.HeldIndex(&l.Mut); i >= 0 {
				t.Held[i].Count = state.AsInt()
				return object.None, nil
			}
			return none(t.Store(&l.Mut, &l.count, state))
		}),
	)
	return x
}

// lockAdopt makes the calling thread the holder of a lock that is held, and the lock one for joining: what waits for it waits for
// the thread's end.
func lockAdopt(t *object.Thread, self object.Value) (object.Value, error) {
	l := asLock(self)
	if err := l.WriteHeld(t, 1); err != nil {
		return object.Unset, err
	}
	p := t.Proc
	t.VM.OnCommit(t, func() { l.queue.wake(p, true) }) // who waits already is to know for whom
	return object.None, nil
}

func newLock(t *object.Thread, x *object.Type, recursive bool) object.Value {
	l := &pyLock{Mut: t.NewMut(object.KindNative, x), word: object.Int(0), count: object.Int(0), recursive: recursive, what: "a lock"}
	return object.FromPointer(unsafe.Pointer(l))
}
