package vm

import (
	"io"
	"sort"
	"strings"
	"sync"

	"github.com/google/pprof/profile"

	"gilt/stm"
	"gilt/vm/code"
	"gilt/vm/object"
)

// The abort profile: for every attempt that is rolled back, the Python line whose read or write failed, the reason, and where the
// enemy wrote what it failed of. It is written in pprof's format with Python functions and lines as locations, so `go tool
// pprof -list` shows which lines abort and what that wastes.
//
// While a profile is taken every logged read of a shared word notes the line that did it (in the order of the read log, so that a
// failed validation is charged to the line that read), and every commit notes which line wrote each record. That costs some
// tens of nanoseconds per access; without a profile it costs one comparison.

// site is a place in a program.
type site struct {
	code *code.Code
	pc   int32
}

func (s site) position() (file string, line int, fn string) {
	if s.code == nil {
		return "", 0, ""
	}
	p := s.code.Trace(int(s.pc))
	return p.File, p.Line, p.Func
}

// abortKey is what samples are added up by.
type abortKey struct {
	victim, enemy site
	reason        stm.Reason
	what          string
}

type abortCount struct {
	stack          []site
	aborts, wasted int64
}

// abortProfile collects where attempts are rolled back. Threads add to it under a lock, which only profiles pay for.
type abortProfile struct {
	mu      sync.Mutex
	samples map[abortKey]*abortCount
	writers map[*stm.Orec]site // who committed a write to a record last
}

// accessLog is what a thread notes of its attempt while a profile is taken.
type accessLog struct {
	t      *Thread
	reads  []site
	writes []writtenAt
}

type writtenAt struct {
	o  *stm.Orec
	at site
}

// Read implements object.AccessLog.
func (l *accessLog) Read() {
	n := l.t.Tx.ReadSet()
	at := l.t.site()
	for len(l.reads) < n {
		l.reads = append(l.reads, at)
	}
}

// Write implements object.AccessLog.
func (l *accessLog) Write(o *stm.Orec) {
	if n := len(l.writes); n > 0 && l.writes[n-1].o == o {
		return
	}
	l.writes = append(l.writes, writtenAt{o, l.t.site()})
}

func (l *accessLog) reset() { l.reads, l.writes = l.reads[:0], l.writes[:0] }

// site is the place that the thread executes.
func (t *Thread) site() site {
	f := t.top
	for f.code != nil && internal(f.code) {
		f = f.prev
	}
	if f.code == nil {
		return site{}
	}
	return site{f.code, int32(f.pc())}
}

// committed notes what a slice that has just committed has written.
func (p *abortProfile) committed(l *accessLog) {
	if len(l.writes) > 0 {
		p.mu.Lock()
		for _, w := range l.writes {
			p.writers[w.o] = w.at
		}
		p.mu.Unlock()
	}
	l.reset()
}

// abort notes an attempt that is about to be rolled back.
func (p *abortProfile) abort(t *Thread) {
	l := t.accesses
	c := t.Tx.Conflict()
	victim := t.site()
	if c.Index >= 0 && c.Index < len(l.reads) {
		victim = l.reads[c.Index]
	}
	k := abortKey{victim: victim, reason: c.Reason, what: victim.what()}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c.Orec != nil {
		k.enemy = p.writers[c.Orec]
	}
	n := p.samples[k]
	if n == nil {
		n = &abortCount{stack: t.stack(victim)}
		p.samples[k] = n
	}
	n.aborts++
	n.wasted += int64(t.slice.used + max(0, t.slice.given-t.left()))
	l.reset()
}

// stack is the victim's line and the lines that called it, innermost first.
func (t *Thread) stack(victim site) []site {
	out := []site{victim}
	for f := t.top; f.code != nil && len(out) < 32; f = f.prev {
		if internal(f.code) || f.code == victim.code {
			continue
		}
		out = append(out, site{f.code, int32(f.pc())})
	}
	return out
}

// what names the thing that the instruction at s accesses.
func (s site) what() string {
	if s.code == nil || s.pc < 0 || int(s.pc) >= len(s.code.Instrs) {
		return ""
	}
	in := s.code.Instrs[s.pc]
	info := &code.Table[in.Op]
	for _, o := range []struct {
		kind code.OperandKind
		v    uint16
	}{{info.A, in.A}, {info.B, in.B}, {info.C, in.C}} {
		if o.kind == code.Site && int(o.v) < len(s.code.Sites) {
			return info.Name + " " + s.code.Sites[o.v].Name.S
		}
	}
	return info.Name
}

// WriteAbortProfile writes the profile in pprof's format. Sample types: aborts, and instructions wasted.
func (vm *VM) WriteAbortProfile(w io.Writer) error {
	p := &profile.Profile{
		SampleType:        []*profile.ValueType{{Type: "aborts", Unit: "count"}, {Type: "wasted", Unit: "bytecodes"}},
		DefaultSampleType: "wasted",
		PeriodType:        &profile.ValueType{Type: "aborts", Unit: "count"},
		Period:            1,
	}
	if vm.profile == nil {
		return p.Write(w)
	}
	b := builder{p: p, functions: map[string]*profile.Function{}, locations: map[site]*profile.Location{}}
	for _, k := range vm.profile.sorted() {
		n := vm.profile.samples[k]
		s := &profile.Sample{Value: []int64{n.aborts, n.wasted}, Label: map[string][]string{"reason": {k.reason.String()}}}
		if k.what != "" {
			s.Label["access"] = []string{k.what}
		}
		if file, line, fn := k.enemy.position(); file != "" {
			s.Label["enemy"] = []string{sprintf("%s:%d %s", file, line, fn)}
		}
		for _, at := range n.stack {
			if at.code != nil {
				s.Location = append(s.Location, b.location(at))
			}
		}
		p.Sample = append(p.Sample, s)
	}
	if err := p.CheckValid(); err != nil {
		return err
	}
	return p.Write(w)
}

// sorted lists the samples' keys in an order that does not depend on addresses.
func (p *abortProfile) sorted() []abortKey {
	keys := make([]abortKey, 0, len(p.samples))
	for k := range p.samples {
		keys = append(keys, k)
	}
	text := func(k abortKey) string {
		vf, vl, _ := k.victim.position()
		ef, el, _ := k.enemy.position()
		return strings.Join([]string{vf, sprintf("%09d", vl), sprintf("%09d", k.victim.pc), ef, sprintf("%09d %09d", el, k.enemy.pc), k.reason.String()}, "\x00")
	}
	sort.Slice(keys, func(i, j int) bool { return text(keys[i]) < text(keys[j]) })
	return keys
}

// builder makes the tables of a profile.
type builder struct {
	p         *profile.Profile
	functions map[string]*profile.Function
	locations map[site]*profile.Location
}

func (b *builder) location(at site) *profile.Location {
	file, line, fn := at.position()
	key := site{at.code, int32(line)}
	if l := b.locations[key]; l != nil {
		return l
	}
	name := file + "\x00" + fn
	f := b.functions[name]
	if f == nil {
		f = &profile.Function{ID: uint64(len(b.p.Function) + 1), Name: fn, SystemName: fn, Filename: file, StartLine: int64(at.code.FirstLine)}
		b.functions[name] = f
		b.p.Function = append(b.p.Function, f)
	}
	l := &profile.Location{ID: uint64(len(b.p.Location) + 1), Line: []profile.Line{{Function: f, Line: int64(line)}}}
	b.locations[key] = l
	b.p.Location = append(b.p.Location, l)
	return l
}

var _ object.AccessLog = (*accessLog)(nil)
