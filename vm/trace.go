package vm

import (
	"bufio"
	"encoding/json"
	"io"
	"sort"
	"sync"

	"gilt/gil"
)

// Timelines: what each thread did when, in the JSON that Chrome, Perfetto and speedscope read. Each thread has a buffer of its own,
// bounded, so that a long run gives a file that can still be opened; what did not fit is counted.

// maxTraceEvents bounds a thread's buffer (a million events are some 200 MB of JSON).
const maxTraceEvents = 1 << 17

// span is something that a thread did from begin to end, in nanoseconds of the machine's clock.
type span struct {
	begin, end int64
	name, cat  string
	bytecodes  int
	line       int
	file       string
}

// timeline is one thread's buffer.
type timeline struct {
	id      uint64
	name    string
	spans   []span
	dropped int
	since   int64 // begin of the slice, of the wait or of holding the lock
}

func (l *timeline) add(s span) {
	if len(l.spans) >= maxTraceEvents {
		l.dropped++
		return
	}
	l.spans = append(l.spans, s)
}

// tracer keeps the timelines of all threads, the ended ones included.
type tracer struct {
	mu    sync.Mutex
	lines []*timeline
	byID  map[*gil.Member]*timeline
}

func (tr *tracer) join(t *Thread) *timeline {
	l := &timeline{id: t.Num, name: t.name}
	tr.mu.Lock()
	tr.lines = append(tr.lines, l)
	if t.member != nil {
		tr.byID[t.member] = l
	}
	tr.mu.Unlock()
	return l
}

func (tr *tracer) of(m *gil.Member) *timeline {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.byID[m]
}

// Ready implements gil.Events: the thread begins to wait for the lock.
func (tr *tracer) Ready(m *gil.Member, now int64) {
	if l := tr.of(m); l != nil {
		l.since = now
	}
}

// Running implements gil.Events.
func (tr *tracer) Running(m *gil.Member, now int64) {
	if l := tr.of(m); l != nil {
		if now > l.since && l.since > 0 {
			l.add(span{begin: l.since, end: now, name: "wait for the lock", cat: "wait"})
		}
		l.since = now
	}
}

// Suspended implements gil.Events.
func (tr *tracer) Suspended(m *gil.Member, now int64) {
	if l := tr.of(m); l != nil {
		l.add(span{begin: l.since, end: now, name: "holds the lock", cat: "run"})
		l.since = 0
	}
}

// traceBegin notes the begin of a slice.
func (t *Thread) traceBegin() {
	if t.timeline != nil {
		t.timeline.since = t.Proc.Now()
	}
}

// traceEnd notes the end of a slice: committed, or why not.
func (t *Thread) traceEnd(name, cat string) {
	l := t.timeline
	if l == nil {
		return
	}
	file, line, _ := t.site().position()
	l.add(span{begin: l.since, end: t.Proc.Now(), name: name, cat: cat, bytecodes: t.slice.used, line: line, file: file})
}

// traceEvent is an event of the Trace Event Format.
type traceEvent struct {
	Name string         `json:"name"`
	Cat  string         `json:"cat,omitempty"`
	Ph   string         `json:"ph"`
	Ts   float64        `json:"ts"`
	Dur  float64        `json:"dur,omitempty"`
	Pid  int            `json:"pid"`
	Tid  uint64         `json:"tid"`
	Args map[string]any `json:"args,omitempty"`
}

// WriteTrace writes the timeline of a run that has ended as Chrome trace JSON.
func (vm *VM) WriteTrace(w io.Writer) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"); err != nil {
		return err
	}
	first := true
	put := func(e traceEvent) error {
		data, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if !first {
			b.WriteString(",\n")
		}
		first = false
		_, err = b.Write(data)
		return err
	}
	if tr := vm.trace; tr != nil {
		sort.Slice(tr.lines, func(i, j int) bool { return tr.lines[i].id < tr.lines[j].id })
		for _, l := range tr.lines {
			meta := map[string]any{"name": l.name}
			if l.dropped > 0 {
				meta["dropped"] = l.dropped
			}
			if err := put(traceEvent{Name: "thread_name", Ph: "M", Pid: 1, Tid: l.id, Args: meta}); err != nil {
				return err
			}
			for i := range l.spans {
				s := &l.spans[i]
				e := traceEvent{Name: s.name, Cat: s.cat, Ph: "X", Ts: float64(s.begin) / 1e3, Dur: float64(s.end-s.begin) / 1e3, Pid: 1, Tid: l.id}
				if s.file != "" {
					e.Args = map[string]any{"bytecodes": s.bytecodes, "at": sprintf("%s:%d", s.file, s.line)}
				}
				if err := put(e); err != nil {
					return err
				}
			}
		}
	}
	if _, err := b.WriteString("\n]}\n"); err != nil {
		return err
	}
	return b.Flush()
}

// observe attaches what the run records to a thread that starts.
func (t *Thread) observe() {
	t.Undo.Mutant = t.Interp.Mutant
	if t.vm.trace != nil {
		t.timeline = t.vm.trace.join(t)
	}
	if t.vm.profile != nil && t.Tx != nil {
		t.accesses = &accessLog{t: t}
		t.Accesses = t.accesses
	}
}
