package vm

import (
	"fmt"
	"sync"
	"sync/atomic"

	"gilt/stm"
	"gilt/stm/history"
)

// The opacity oracle (Guerraoui, Kapałka: "On the correctness of transactional memory", PPoPP 2008) over whole programs. A run
// with Config.Oracle records, for every attempt of every slice, aborted ones included, which words it has read and written, and
// with which values. Check then asks of the recorded history what a replay cannot ask: that also the attempts that
// failed have read nothing but one state of the shared memory, not older than their beginning; and once more that the committed
// ones, executed one by one in the order of their keys, read what they have read and leave what is in memory at the end.
//
// What a word held before the first recorded access is read from memory at that access: nobody can have changed it
// since it became public. An attempt that fails takes back what it had published, so the words that only it has seen
// are forgotten with it: they may be changed privately before they are published again. Words are known by address, and recorded ones are
// kept alive, so that no address is used twice.
//
// Solo phases (phase.go) change memory without transactions, and the representation of objects with it. So each parallel phase is a
// history of its own, which is closed when the phase ends, before anything is changed.
//
// A history has a bound. When it is reached, attempts that begin later are not recorded, and those that are under way note no more
// reads: what has been recorded until then is still complete in itself, and is checked.

// DefaultOracleLimit is the number of accesses after which an Oracle stops recording, if it is not told another one.
const DefaultOracleLimit = 1 << 20

// Oracle records the slices of one run, and checks them.
type Oracle struct {
	limit int

	deaf atomic.Bool // nothing is recorded any more: no need for the lock

	mu       sync.Mutex
	events   int64
	accesses int
	cut      bool // attempts that begin now are not recorded
	solo     bool // the same, until the solo phase ends
	cells    map[*stm.Word]*cell
	initial  []stm.Word
	words    []*stm.Word // by cell number
	current  map[*stm.Tx]*attempt
	threads  map[*stm.Tx]*Thread
	attempts []*attempt
	sealed   []segment
}

// segment is the history of one parallel phase.
type segment struct {
	h        *history.History
	attempts []*attempt
	words    int
}

// cell is a word that has been accessed.
type cell struct {
	number int
	finder *attempt // who has accessed it first, as long as nobody else has
}

// access is one access, as history.Op with the value as it stands.
type access struct {
	kind  history.Kind
	cell  int
	w     stm.Word
	stamp bool
}

// attempt is one attempt of a slice.
type attempt struct {
	thread     int
	where      string
	begin, end int64
	committed  bool
	reason     string
	key        uint64
	ops        []access
	found      []*stm.Word
}

// NewOracle makes an oracle for one run; limit is the number of accesses to record at most, 0 for the default.
func NewOracle(limit int) *Oracle {
	if limit == 0 {
		limit = DefaultOracleLimit
	}
	return &Oracle{limit: limit, cells: map[*stm.Word]*cell{}, current: map[*stm.Tx]*attempt{}, threads: map[*stm.Tx]*Thread{}}
}

// join tells whose descriptor tx is.
func (o *Oracle) join(t *Thread) {
	o.mu.Lock()
	o.threads[t.Tx] = t
	o.mu.Unlock()
}

// Begin implements stm.Recorder.
func (o *Oracle) Begin(tx *stm.Tx) {
	if o.deaf.Load() {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cut || o.solo {
		delete(o.current, tx)
		o.deaf.Store(o.cut && len(o.current) == 0)
		return
	}
	a := &attempt{begin: o.events, thread: tx.ID()}
	if t := o.threads[tx]; t != nil {
		a.thread, a.where = int(t.Num), t.where()
	}
	o.current[tx] = a
}

// Access implements stm.Recorder.
func (o *Oracle) Access(tx *stm.Tx, c *stm.Word) {
	if o.deaf.Load() {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	a := o.current[tx]
	if a == nil {
		return
	}
	if x := o.cells[c]; x == nil {
		o.cells[c] = &cell{len(o.initial), a}
		o.initial = append(o.initial, c.Get())
		o.words = append(o.words, c)
		a.found = append(a.found, c)
	} else if x.finder != a {
		x.finder = nil
	}
}

// Read implements stm.Recorder.
func (o *Oracle) Read(tx *stm.Tx, c *stm.Word, w stm.Word) { o.note(tx, history.Read, c, w, false) }

// Write implements stm.Recorder.
func (o *Oracle) Write(tx *stm.Tx, c *stm.Word, w stm.Word, stamped bool) {
	if stamped {
		w.B |= stm.PendingStamp << stm.StampBits // as the attempt reads it
	}
	o.note(tx, history.Write, c, w, stamped)
}

func (o *Oracle) note(tx *stm.Tx, k history.Kind, c *stm.Word, w stm.Word, stamped bool) {
	if o.deaf.Load() {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	a := o.current[tx]
	if a == nil || o.cut && k == history.Read {
		return
	}
	a.ops = append(a.ops, access{k, o.cells[c].number, w, stamped})
	if o.accesses++; o.accesses >= o.limit {
		o.cut = true
	}
}

// Mark implements stm.Recorder.
func (o *Oracle) Mark(tx *stm.Tx) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if a := o.current[tx]; a != nil {
		return len(a.ops)
	}
	return 0
}

// Undo implements stm.Recorder.
func (o *Oracle) Undo(tx *stm.Tx, mark int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if a := o.current[tx]; a != nil {
		a.ops = append(a.ops, access{kind: history.Undo, cell: -1, w: stm.Word{B: uint64(mark)}})
	}
}

// Commit implements stm.Recorder.
func (o *Oracle) Commit(tx *stm.Tx) {
	o.mu.Lock()
	defer o.mu.Unlock()
	a := o.finish(tx)
	if a == nil {
		return
	}
	a.committed, a.key, a.found = true, tx.Key(), nil
	for i := range a.ops {
		p := &a.ops[i]
		// Stamps have got their key, and what read one that was pending is one of these stores.
		if p.kind != history.Undo && p.w.B>>stm.StampBits == stm.PendingStamp && (p.stamp || a.stamps(p.cell)) {
			p.w.B = p.w.B&(1<<stm.StampBits-1) | a.key>>1<<stm.StampBits
		}
	}
}

// stamps says whether the attempt has stored a stamp in the cell.
func (a *attempt) stamps(cell int) bool {
	for i := range a.ops {
		if a.ops[i].stamp && a.ops[i].cell == cell {
			return true
		}
	}
	return false
}

// Abort implements stm.Recorder.
func (o *Oracle) Abort(tx *stm.Tx) {
	o.mu.Lock()
	defer o.mu.Unlock()
	a := o.finish(tx)
	if a == nil {
		return
	}
	a.reason = tx.Reason().String()
	for _, c := range a.found {
		if x := o.cells[c]; x != nil && x.finder == a {
			delete(o.cells, c)
			o.words[x.number] = nil
		}
	}
	a.found = nil
}

func (o *Oracle) finish(tx *stm.Tx) *attempt {
	a := o.current[tx]
	if a == nil {
		return nil
	}
	delete(o.current, tx)
	o.deaf.Store(o.cut && len(o.current) == 0)
	o.events++
	a.end = o.events
	o.attempts = append(o.attempts, a)
	return a
}

// Violation is what Check has found: a slice, and what is wrong with it.
type Violation struct {
	Rule   string // serializability, real time or opacity
	Slice  string // which one
	Detail string
}

func (v *Violation) Error() string {
	if v.Slice == "" {
		return v.Rule + ": " + v.Detail
	}
	return v.Rule + ": " + v.Slice + ": " + v.Detail
}

// Check checks what was recorded. The run must have ended.
func (o *Oracle) Check() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.sealed {
		if err := o.sealed[i].check(); err != nil {
			return err
		}
	}
	last := o.segment()
	return last.check()
}

func (s *segment) check() error {
	err := s.h.Check()
	if v, ok := err.(*history.Violation); ok {
		w := &Violation{Rule: v.Rule, Detail: v.Detail}
		if v.Attempt >= 0 {
			w.Slice = s.attempts[v.Attempt].String()
		}
		return w
	}
	return err
}

func (o *Oracle) segment() segment { return segment{o.history(), o.attempts, len(o.initial)} }

// seal closes the history of a parallel phase; no slice is under way. (Threads that wait for a lock of the program may just look
// at its word in a transaction: that is forgotten.) What has been seen of a word says nothing about what comes later.
func (o *Oracle) seal() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.solo = true
	clear(o.current)
	if len(o.attempts) == 0 {
		return
	}
	o.sealed = append(o.sealed, o.segment())
	o.cells = map[*stm.Word]*cell{}
	o.initial, o.words, o.attempts = nil, nil, nil
}

// resume begins the history of the next parallel phase.
func (o *Oracle) resume() {
	o.mu.Lock()
	o.solo = false
	o.mu.Unlock()
}

func (a *attempt) String() string {
	end := "committed"
	if !a.committed {
		end = "aborted: " + a.reason
	}
	return fmt.Sprintf("slice of thread %d that began at %s (%s)", a.thread, a.where, end)
}

// history is what was recorded in the form of package history: values are numbered.
func (o *Oracle) history() *history.History {
	numbers := map[stm.Word]uint64{}
	number := func(w stm.Word) uint64 {
		n, ok := numbers[w]
		if !ok {
			n = uint64(len(numbers))
			numbers[w] = n
		}
		return n
	}
	h := &history.History{}
	for _, w := range o.initial {
		h.Initial = append(h.Initial, number(w))
	}
	for _, a := range o.attempts {
		b := history.Attempt{Thread: a.thread, Begin: a.begin, End: a.end, Committed: a.committed, Key: a.key, Note: a.reason}
		for _, p := range a.ops {
			op := history.Op{Kind: p.kind, Cell: p.cell, Value: p.w.B}
			if p.kind != history.Undo {
				op.Value = number(p.w)
			}
			b.Ops = append(b.Ops, op)
		}
		h.Attempts = append(h.Attempts, b)
	}
	if o.cut || len(o.current) != 0 {
		return h // somebody may have written since, or be writing
	}
	final := make([]uint64, len(o.words))
	for i, c := range o.words {
		if final[i] = h.Initial[i]; c != nil {
			final[i] = number(c.Get())
		}
	}
	h.Final = final
	return h
}

// OracleStats says how much an oracle has seen.
type OracleStats struct {
	Attempts, Aborted, Accesses, Words int
	Cut                                bool // the history has reached its bound
}

// Stats is what was recorded.
func (o *Oracle) Stats() OracleStats {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := OracleStats{Accesses: o.accesses, Cut: o.cut}
	for _, g := range append(o.sealed[:len(o.sealed):len(o.sealed)], segment{nil, o.attempts, len(o.initial)}) {
		s.Attempts += len(g.attempts)
		s.Words += g.words
		for _, a := range g.attempts {
			if !a.committed {
				s.Aborted++
			}
		}
	}
	return s
}

var _ stm.Recorder = (*Oracle)(nil)
