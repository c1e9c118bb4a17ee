package stm

import (
	"fmt"
	"io"
	"runtime"
	"sort"
	"strings"
	"time"
)

// Who sleeps in Retry, and what for.

// sleepRecord is what is known about a sleeping transaction; others may read it under the pool's lock.
type sleepRecord struct {
	names []string
	reads int
	since int64
	code  uintptr
}

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
	k := s.goPool()
	now := k.machine.Now()
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []Blocked
	for _, r := range k.asleep {
		b := Blocked{For: time.Duration(now - r.since), Vars: r.names, Reads: r.reads, Operation: "an operation"}
		if f := runtime.FuncForPC(r.code); f != nil {
			b.Operation = f.Name()
		}
		out = append(out, b)
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

// sleeps enters a transaction that is about to sleep.
func (k *pool) sleeps(tx *Tx, code uintptr) {
	tx.FlushStats() // a sleeper's counters should not be missing in the sum
	r := sleepRecord{reads: tx.ReadSet(), since: k.machine.Now(), code: code}
	if len(tx.lib.names) != 0 {
		r.names = append(r.names, tx.lib.names...)
		sort.Strings(r.names)
	}
	k.mu.Lock()
	k.asleep[tx] = r
	k.mu.Unlock()
}

// wakes takes it out again.
func (k *pool) wakes(tx *Tx) {
	k.mu.Lock()
	delete(k.asleep, tx)
	k.mu.Unlock()
}
