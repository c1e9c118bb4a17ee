package stm

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"time"
)

// Who sleeps in Retry, and what for.

// sleepRecord is what is known about a sleeping transaction, for others. Its owner changes it only while it is empty;
// whoever reads it holds it, and the owner, when it wakes, waits for that.
type sleepRecord struct {
	state atomic.Uint32
	names []string // the session's own: it does not change while the transaction sleeps
	reads int
	since int64 // in cycles
	code  uintptr
}

// States of a record.
const (
	recordEmpty uint32 = iota
	recordFull
	recordHeld // by Blocked
)

// Blocked describes a transaction that sleeps because its operation has called Retry.
type Blocked struct {
	Operation string        // the operation's function
	For       time.Duration // how long it has slept
	Vars      []string      // the named Vars that it has read, each once, in alphabetical order
	Reads     int           // how many reads it depends on, named or not
}

// String is one line.
func (b Blocked) String() string {
	on := "no named Var"
	if len(b.Vars) != 0 {
		on = strings.Join(b.Vars, ", ")
	}
	return fmt.Sprintf("%s blocked for %s on %s (%d reads)", b.Operation, b.For.Round(time.Microsecond), on, b.Reads)
}

// Blocked lists the transactions of goroutines that sleep in Retry now, the one that has slept longest first.
func (s *System) Blocked() []Blocked {
	m := s.goPool().machine
	t := s.table.Load()
	if t == nil {
		return nil
	}
	var out []Blocked
	for _, tx := range *t {
		if tx == nil {
			continue
		}
		if r := &tx.lib.record; r.hold() {
			b := Blocked{For: time.Duration(max(0, m.Nanoseconds(tx.p.Cycles()-r.since))), Vars: slices.Sorted(slices.Values(r.names)), Reads: r.reads,
				Operation: "an operation"}
			if f := runtime.FuncForPC(r.code); f != nil {
				b.Operation = f.Name()
			}
			out = append(out, b)
			r.state.Store(recordFull)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].For != out[j].For {
			return out[i].For > out[j].For
		}
		return out[i].String() < out[j].String()
	})
	return out
}

// DumpBlocked writes Blocked, a line each.
func (s *System) DumpBlocked(w io.Writer) error {
	for _, b := range s.Blocked() {
		if _, err := fmt.Fprintln(w, b); err != nil {
			return err
		}
	}
	return nil
}

// noteName notes that a named Var was read.
func (l *session) noteName(name string) {
	for _, n := range l.names {
		if n == name {
			return
		}
	}
	l.names = append(l.names, name)
}

// sleeps records that the transaction is about to sleep.
func (r *sleepRecord) sleeps(tx *Tx, code uintptr) {
	r.names, r.reads, r.since, r.code = tx.lib.names, tx.ReadSet(), tx.p.Cycles(), code
	publish32(&r.state, recordFull)
}

// wakes records that it has woken.
func (r *sleepRecord) wakes() {
	for !r.state.CompareAndSwap(recordFull, recordEmpty) {
		runtime.Gosched() // somebody is reading it
	}
}

// hold keeps the record as it is, until its state is full again; false means that the transaction does not sleep.
func (r *sleepRecord) hold() bool {
	for {
		switch r.state.Load() {
		case recordEmpty:
			return false
		case recordFull:
			if r.state.CompareAndSwap(recordFull, recordHeld) {
				return true
			}
		default:
			runtime.Gosched()
		}
	}
}
