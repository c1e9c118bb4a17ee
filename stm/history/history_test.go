package history

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

// attempt builds an attempt from ops written r cell value, w cell value, u mark.
func attempt(begin, end int64, key uint64, committed bool, ops ...Op) Attempt {
	return Attempt{Begin: begin, End: end, Key: key, Committed: committed, Ops: ops}
}

func r(c int, v uint64) Op { return Op{Read, c, v} }
func w(c int, v uint64) Op { return Op{Write, c, v} }
func u(mark uint64) Op     { return Op{Undo, -1, mark} }

// TestCheckers: hand-made histories, right and wrong, with the rule that each breaks.
func TestCheckers(t *testing.T) {
	initial := []uint64{1, 2}
	for _, c := range []struct {
		name   string
		rule   string // "" = right
		final  []uint64
		linear bool // porcupine's verdict
		as     []Attempt
	}{
		{"serial", "", []uint64{10, 2}, true, []Attempt{
			attempt(1, 2, 2, true, r(0, 1), w(0, 10)), attempt(3, 4, 3, true, r(0, 10), r(1, 2))}},
		{"wrong final state", "serializability", []uint64{1, 2}, true, []Attempt{
			attempt(1, 2, 2, true, r(0, 1), w(0, 10))}},
		{"lost update", "serializability", nil, false, []Attempt{
			attempt(1, 4, 2, true, r(0, 1), w(0, 10)), attempt(2, 5, 4, true, r(0, 1), w(0, 20))}},
		{"write skew", "serializability", nil, false, []Attempt{
			attempt(1, 4, 2, true, r(0, 1), r(1, 2), w(0, 10)), attempt(2, 5, 4, true, r(0, 1), r(1, 2), w(1, 20))}},
		{"right outcome, wrong keys", "serializability", nil, true, []Attempt{
			attempt(1, 4, 4, true, r(0, 1), w(1, 20)), attempt(2, 5, 2, true, w(0, 10))}},
		{"key given twice", "serializability", nil, true, []Attempt{
			attempt(1, 4, 2, true, w(0, 10)), attempt(2, 5, 2, true, w(1, 20))}},
		{"own write not read", "serializability", nil, false, []Attempt{
			attempt(1, 2, 2, true, w(0, 10), r(0, 1))}},
		{"undone write is not read", "", nil, true, []Attempt{
			attempt(1, 2, 2, true, w(0, 10), w(0, 11), u(1), r(0, 10), w(1, 5), u(0), r(1, 2), r(0, 1))}},
		{"nested undo", "", []uint64{12, 2}, true, []Attempt{
			attempt(1, 2, 2, true, w(0, 10), w(1, 11), u(1), w(0, 12), r(1, 2), r(0, 12))}},
		{"keys against real time", "real time", nil, false, []Attempt{
			attempt(1, 2, 4, true, w(0, 10)), attempt(3, 4, 3, true, r(0, 1))}},
		{"zombie", "opacity", nil, true, []Attempt{
			attempt(1, 4, 2, true, w(0, 10), w(1, 20)), attempt(2, 5, 0, false, r(0, 1), r(1, 20))}},
		{"zombie of a value that never was", "opacity", nil, true, []Attempt{
			attempt(2, 5, 0, false, r(0, 77))}},
		{"stale abort", "opacity", nil, true, []Attempt{
			attempt(1, 2, 2, true, w(0, 10)), attempt(3, 5, 0, false, r(0, 1))}},
		{"aborts may be old if they began early", "", nil, true, []Attempt{
			attempt(1, 4, 2, true, w(0, 10)), attempt(3, 5, 0, false, r(0, 1), r(1, 2))}},
		{"value that comes back", "", nil, true, []Attempt{
			attempt(1, 2, 2, true, w(0, 10)), attempt(3, 4, 4, true, w(0, 1), w(1, 20)),
			attempt(2, 6, 0, false, r(0, 1), r(1, 20))}},
		{"own write of a doomed attempt", "opacity", nil, true, []Attempt{
			attempt(1, 2, 0, false, w(0, 10), r(0, 11))}},
	} {
		h := &History{Initial: initial, Final: c.final, Attempts: c.as}
		err := h.Check()
		var v *Violation
		switch {
		case c.rule == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.rule != "" && (!errors.As(err, &v) || v.Rule != c.rule):
			t.Errorf("%s: %v, want a violation of %s", c.name, err, c.rule)
		}
		if ok, known := h.Linearizable(time.Second); !known || ok != c.linear {
			t.Errorf("%s: porcupine says %v (%v), want %v", c.name, ok, known, c.linear)
		}
	}
}

// TestRecorder: what is recorded is what was done, over the ends of arenas too.
func TestRecorder(t *testing.T) {
	var clock int64
	rec := NewRecorder(3, func() int64 { clock++; return clock })
	const n = 3000
	for i := range n {
		rec.Begin()
		for k := range i % 90 {
			rec.Read(k, uint64(i))
		}
		m := rec.Mark()
		rec.Write(1, uint64(i))
		rec.Undo(m)
		if i%3 == 0 {
			rec.Abort("because")
		} else {
			rec.Commit(uint64(2 * i))
		}
	}
	h := Join([]uint64{0, 0}, nil, rec)
	for i, a := range h.Attempts {
		if len(a.Ops) != i%90+2 || a.Thread != 3 || a.Committed != (i%3 != 0) || a.Begin != int64(2*i+1) || a.End != a.Begin+1 || a.Wrote() {
			t.Fatalf("attempt %d is %+v", i, a)
		}
		for k := range i % 90 {
			if a.Ops[k] != (Op{Read, k, uint64(i)}) {
				t.Fatalf("attempt %d, op %d: %+v", i, k, a.Ops[k])
			}
		}
	}
}

// TestSaveLoad: a saved history comes back; a damaged one is an error.
func TestSaveLoad(t *testing.T) {
	h := &History{Initial: []uint64{1, 2}, Final: []uint64{3, 2}, Attempts: []Attempt{attempt(1, 2, 2, true, r(0, 1), w(0, 3), u(2))}}
	var b bytes.Buffer
	if err := h.Save(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	back, err := Load(&b)
	if err != nil || !reflect.DeepEqual(h, back) {
		t.Errorf("%+v, %v", back, err)
	}
	for _, bad := range []string{"", text[:len(text)/2], strings.Replace(text, `"c":0`, `"c":9`, 1), strings.Replace(text, `"k":1`, `"k":7`, 1)} {
		if _, err := Load(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken for a history", bad)
		}
	}
}
