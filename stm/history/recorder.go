package history

// Recorder records the attempts of one thread.
type Recorder struct {
	Thread   int
	Attempts []Attempt
	now      func() int64
	arena    []Op
}

// NewRecorder records for a thread. now counts events: every call must give a larger number, over all threads.
func NewRecorder(thread int, now func() int64) *Recorder {
	return &Recorder{Thread: thread, now: now}
}

// Begin is called before an attempt begins.
func (r *Recorder) Begin() {
	if cap(r.arena)-len(r.arena) < 64 {
		r.arena = make([]Op, 0, 4096)
	}
	r.Attempts = append(r.Attempts, Attempt{Thread: r.Thread, Begin: r.now(), Ops: r.arena[len(r.arena):len(r.arena)]})
}

func (r *Recorder) add(op Op) {
	a := r.Current()
	a.Ops = append(a.Ops, op)
}

// Current is the running attempt.
func (r *Recorder) Current() *Attempt { return &r.Attempts[len(r.Attempts)-1] }

// Read notes that value was read.
func (r *Recorder) Read(cell int, value uint64) { r.add(Op{Read, cell, value}) }

// Write notes that value was written.
func (r *Recorder) Write(cell int, value uint64) { r.add(Op{Write, cell, value}) }

// Mark is the place to which Undo can go back.
func (r *Recorder) Mark() int { return len(r.Current().Ops) }

// Undo notes that all writes since mark were taken back.
func (r *Recorder) Undo(mark int) { r.add(Op{Undo, -1, uint64(mark)}) }

// Commit is called after the attempt has committed.
func (r *Recorder) Commit(key uint64) {
	a := r.Current()
	a.Committed, a.Key = true, key
	r.end(a)
}

// Abort is called after the attempt has been rolled back.
func (r *Recorder) Abort(note string) {
	a := r.Current()
	a.Note = note
	r.end(a)
}

func (r *Recorder) end(a *Attempt) {
	a.End = r.now()
	if cap(a.Ops) > 0 && len(a.Ops) <= cap(r.arena)-len(r.arena) {
		r.arena = r.arena[:len(r.arena)+len(a.Ops)]
	}
}

// Join puts the records of several threads together.
func Join(initial, final []uint64, rs ...*Recorder) *History {
	h := &History{Initial: initial, Final: final}
	for _, r := range rs {
		h.Attempts = append(h.Attempts, r.Attempts...)
	}
	return h
}
