// Package history checks transactional memories by what their transactions have read and written, whatever
// the algorithm: serialisability in the order of the commit keys, real-time order, and opacity, which means that the
// attempts that failed have seen consistent memory too. Package porcupine gives a second opinion that does not trust
// the keys.
//
// A history is recorded by the threads themselves (Recorder), each attempt with its reads, its writes and a count of
// events at its begin and at its end. The memory is cells with 64-bit values; a checker finds most when every value
// is written only once.
package history

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Kind says what an Op is.
type Kind uint8

// The kinds.
const (
	Read  Kind = iota
	Write      // of a pending value
	Undo       // writes since the Op with index Value are taken back (closed nesting)
)

// Op is one access.
type Op struct {
	Kind  Kind   `json:"k"`
	Cell  int    `json:"c"`
	Value uint64 `json:"v"`
}

// Attempt is one attempt of a transaction.
type Attempt struct {
	Thread    int    `json:"thread"`
	Begin     int64  `json:"begin"` // events before it began
	End       int64  `json:"end"`   // events when it had ended
	Committed bool   `json:"committed"`
	Key       uint64 `json:"key"` // of a committed one: even and unique if it wrote, else odd
	Ops       []Op   `json:"ops"`
	Note      string `json:"note,omitempty"` // reason of the abort, ...
}

// History is what the threads of one run have done.
type History struct {
	Initial  []uint64  `json:"initial"`
	Final    []uint64  `json:"final,omitempty"` // memory at the end, if it is to be checked
	Attempts []Attempt `json:"attempts"`
}

// Violation is what a checker has found.
type Violation struct {
	Rule    string // serializability, opacity, real time, ...
	Attempt int    // index, -1 if it concerns none alone
	Detail  string
}

func (v *Violation) Error() string {
	if v.Attempt < 0 {
		return v.Rule + ": " + v.Detail
	}
	return fmt.Sprintf("%s: attempt %d: %s", v.Rule, v.Attempt, v.Detail)
}

// effects separates what the attempt has read from outside from what it leaves behind, and checks that it has seen
// its own writes.
func (a *Attempt) effects() (reads []Op, writes map[int]uint64, err string) {
	writes = map[int]uint64{}
	for i, op := range a.Ops {
		switch op.Kind {
		case Read:
			if v, own := writes[op.Cell]; !own {
				reads = append(reads, op)
			} else if v != op.Value {
				return nil, nil, fmt.Sprintf("op %d reads %d from cell %d, its own write was %d", i, op.Value, op.Cell, v)
			}
		case Write:
			writes[op.Cell] = op.Value
		case Undo:
			writes = replayWrites(a.Ops[:i], op.Value)
		}
	}
	return reads, writes, ""
}

// replayWrites is what is pending after ops, of which those from index cut on are taken back.
func replayWrites(ops []Op, cut uint64) map[int]uint64 {
	w := map[int]uint64{}
	for _, op := range ops[:cut] {
		switch op.Kind {
		case Write:
			w[op.Cell] = op.Value
		case Undo:
			w = replayWrites(ops[:cut], op.Value)
		}
	}
	return w
}

// Wrote says whether the attempt leaves a write behind.
func (a *Attempt) Wrote() bool {
	_, w, _ := a.effects()
	return len(w) != 0
}

// Check runs all the checkers that rely on the commit keys.
func (h *History) Check() error {
	for _, f := range []func() error{h.RealTime, h.Serializable, h.Opaque} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// committed are the indices of the committed attempts in the order of their keys.
func (h *History) committed() []int {
	var c []int
	for i := range h.Attempts {
		if h.Attempts[i].Committed {
			c = append(c, i)
		}
	}
	slices.SortStableFunc(c, func(i, j int) int { return cmp.Compare(h.Attempts[i].Key, h.Attempts[j].Key) })
	return c
}

// Serializable executes the committed attempts one after the other in the order of their keys: each must read what
// it has read, and memory must end as it did.
func (h *History) Serializable() error {
	state := slices.Clone(h.Initial)
	var last uint64
	for _, i := range h.committed() {
		a := &h.Attempts[i]
		reads, writes, bad := a.effects()
		if bad != "" {
			return &Violation{"serializability", i, bad}
		}
		if len(writes) != 0 && a.Key&1 == 0 {
			if a.Key == last {
				return &Violation{"serializability", i, fmt.Sprintf("key %d was given twice", a.Key)}
			}
			last = a.Key
		}
		for _, op := range reads {
			if state[op.Cell] != op.Value {
				return &Violation{"serializability", i, fmt.Sprintf(
					"with key %d it read %d from cell %d, which held %d", a.Key, op.Value, op.Cell, state[op.Cell])}
			}
		}
		for c, v := range writes {
			state[c] = v
		}
	}
	for c := range h.Final {
		if h.Final[c] != state[c] {
			return &Violation{"serializability", -1, fmt.Sprintf("cell %d ends as %d, the commits make it %d", c, h.Final[c], state[c])}
		}
	}
	return nil
}

// RealTime checks that keys agree with real time: what begins after another has ended has no smaller key, and a
// greater one if it wrote.
func (h *History) RealTime() error {
	var byBegin, byEnd []int
	for i := range h.Attempts {
		if h.Attempts[i].Committed {
			byBegin = append(byBegin, i)
			byEnd = append(byEnd, i)
		}
	}
	slices.SortFunc(byBegin, func(i, j int) int { return cmp.Compare(h.Attempts[i].Begin, h.Attempts[j].Begin) })
	slices.SortFunc(byEnd, func(i, j int) int { return cmp.Compare(h.Attempts[i].End, h.Attempts[j].End) })
	e, top := 0, -1 // top: the ended attempt with the largest key
	for _, i := range byBegin {
		a := &h.Attempts[i]
		for ; e < len(byEnd) && h.Attempts[byEnd[e]].End <= a.Begin; e++ {
			if top < 0 || h.Attempts[byEnd[e]].Key > h.Attempts[top].Key {
				top = byEnd[e]
			}
		}
		if top >= 0 && a.Key < h.Attempts[top].Key {
			return &Violation{"real time", i, fmt.Sprintf("its key %d is smaller than %d of attempt %d, which had ended before it began",
				a.Key, h.Attempts[top].Key, top)}
		}
	}
	return nil
}

// version is one value of a cell: it holds from the commit with key from on.
type version struct{ from, value uint64 }

// Opaque checks the attempts that failed (and, again, the others): everything that an attempt has read from outside
// must have been in memory at one time, not before the last commit that had ended when the attempt began, and not after
// the commits that began before it ended.
func (h *History) Opaque() error {
	cells := make([][]version, len(h.Initial))
	for c, v := range h.Initial {
		cells[c] = []version{{0, v}}
	}
	type ended struct {
		end int64
		key uint64
	}
	var ends, begins []ended
	for _, i := range h.committed() {
		a := &h.Attempts[i]
		_, writes, bad := a.effects()
		if bad != "" {
			return &Violation{"opacity", i, bad}
		}
		for c, v := range writes {
			cells[c] = append(cells[c], version{a.Key, v})
		}
		ends = append(ends, ended{a.End, a.Key})
		begins = append(begins, ended{a.Begin, a.Key})
	}
	for _, e := range [][]ended{ends, begins} {
		slices.SortFunc(e, func(a, b ended) int { return cmp.Compare(a.end, b.end) })
		for i := range e { // running maximum of the keys
			if i > 0 {
				e[i].key = max(e[i].key, e[i-1].key)
			}
		}
	}
	last := func(e []ended, t int64) uint64 { // greatest key up to event t
		n, _ := slices.BinarySearchFunc(e, t+1, func(e ended, t int64) int { return cmp.Compare(e.end, t) })
		if n == 0 {
			return 0
		}
		return e[n-1].key
	}
	for i := range h.Attempts {
		a := &h.Attempts[i]
		reads, _, bad := a.effects()
		if bad != "" {
			return &Violation{"opacity", i, bad}
		}
		since := last(ends, a.Begin)
		if op, ok := consistent(cells, reads, span{since, max(since, last(begins, a.End)) + 1}); !ok {
			return &Violation{"opacity", i, fmt.Sprintf("what it read up to %d from cell %d (%q, commits up to key %d had ended) was never in memory together: %v",
				op.Value, op.Cell, a.Note, since, reads)}
		}
	}
	return nil
}

// span is a range of keys, to excluded.
type span struct{ from, to uint64 }

// consistent says whether some state within the span of keys contains all the reads; if not, it returns the first read
// that does not fit with those before it.
func consistent(cells [][]version, reads []Op, in span) (Op, bool) {
	times := []span{in}
	for _, op := range reads {
		var next []span
		vs := cells[op.Cell]
		// The version that holds at the beginning of the first span, and those that begin before the end of the last one.
		k, found := slices.BinarySearchFunc(vs, times[0].from, func(v version, t uint64) int { return cmp.Compare(v.from, t) })
		if !found && k > 0 {
			k--
		}
		for ; k < len(vs) && vs[k].from < times[len(times)-1].to; k++ {
			v := vs[k]
			if v.value != op.Value {
				continue
			}
			to := ^uint64(0)
			if k+1 < len(vs) {
				to = vs[k+1].from
			}
			for _, t := range times {
				// A snapshot "since" key k includes the commit with key k: its states lie in [k, ...].
				if f, e := max(t.from, v.from), min(t.to, to); f < e {
					next = append(next, span{f, e})
				}
			}
		}
		if times = next; len(times) == 0 {
			return op, false
		}
	}
	return Op{}, true
}

// Save writes the history, so that a failure can be looked at later.
func (h *History) Save(w io.Writer) error {
	return json.NewEncoder(w).Encode(h)
}

// Load reads what Save has written.
func Load(r io.Reader) (*History, error) {
	h := new(History)
	if err := json.NewDecoder(r).Decode(h); err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	for i := range h.Attempts {
		for _, op := range h.Attempts[i].Ops {
			if op.Kind > Undo || op.Kind != Undo && (op.Cell < 0 || op.Cell >= len(h.Initial)) {
				return nil, fmt.Errorf("history: attempt %d has a bad operation %+v", i, op)
			}
		}
	}
	return h, nil
}
