package contention

import (
	"sync/atomic"
	"unsafe"

	"gilt/internal/machine"
)

// Shrink: prevent conflicts by predicting them. A thread predicts what its next attempt will read: what it has read
// often in its last transactions (a window of Bloom filters, the recent ones with more weight), and what it will write:
// what its aborted attempt wrote. When its success rate is low and somebody writes into the prediction, it runs through
// one queue, with a probability that grows with the number of threads that already stand there. Dragojevic, Guerraoui,
// Singh, Singh: "Preventing versus curing: avoiding conflicts in transactional memories", PODC 2009. The weights of
// the window are ours; who writes what is seen in a table of counters, hashed by key.
type shrink struct {
	base
	queue   fifo
	success float64
	window  int
	writers [shrinkTable]atomic.Int32
}

const (
	shrinkSuccess    = 0.5  // serialise only threads whose success rate is below
	shrinkWindow     = 4    // transactions remembered
	shrinkConfidence = 3    // sum of weights (window, window-1, ..., 1) at which a read is predicted
	shrinkTable      = 4096 // writers are counted in so many classes of keys
	shrinkFilter     = 1024 // bits of a Bloom filter
	shrinkCap        = 256  // keys predicted at most
	shrinkAffinity   = 32   // the probability is (queue length + 1) / affinity
)

func shrinkPolicy() policy {
	return policy{
		Info: Info{Name: "shrink", Summary: "predict what will be read and written; queue up when others write it now",
			Paper: "Dragojevic, Guerraoui, Singh, Singh, PODC 2009",
			Parameters: []Parameter{
				{"success", shrinkSuccess, "predict for threads whose success rate is below"},
				{"window", shrinkWindow, "transactions remembered (1 to 8)"}}},
		make: func(v values) Manager {
			return &shrink{base: base{"shrink"}, success: v["success"], window: min(8, max(1, v.int("window")))}
		},
	}
}

// filter is a Bloom filter of the keys read.
type filter [shrinkFilter / 64]uint64

func (f *filter) add(key uint64) {
	h := hashKey(key)
	f[h>>58%uint64(len(f))] |= 1 << (h >> 40 & 63)
	f[h>>20%uint64(len(f))] |= 1 << (h >> 30 & 63)
}

func (f *filter) has(key uint64) bool {
	h := hashKey(key)
	return f[h>>58%uint64(len(f))]&(1<<(h>>40&63)) != 0 && f[h>>20%uint64(len(f))]&(1<<(h>>30&63)) != 0
}

// forecast is what a thread remembers.
type forecast struct {
	rate    float64  // success rate
	past    []filter // past[at] is the running attempt's, older ones before it
	at      int
	reads   []uint64 // keys that the running attempt read and that will probably be read again
	writes  []uint64 // keys that the running attempt has written: counted in writers
	predict []uint64 // what the next attempt is expected to touch
	serial  bool
}

func (m *shrink) forecastOf(s *State) *forecast {
	f, _ := s.cold.ext.(*forecast)
	if f == nil {
		f = &forecast{rate: 1, past: make([]filter, m.window+1)}
		s.cold.ext = f
	}
	return f
}

// Begin queues up when the prediction is being written by others.
func (m *shrink) Begin(p *machine.Proc, s *State) {
	f := m.forecastOf(s)
	if f.rate >= m.success || f.serial || !m.written(p, f) {
		return
	}
	if p.Randn(shrinkAffinity) <= uint64(m.queue.length()) {
		m.queue.enter(p, s)
		f.serial = true
	}
}

// written says whether somebody writes into the prediction.
func (m *shrink) written(p *machine.Proc, f *forecast) bool {
	for _, k := range f.predict {
		w := m.class(k)
		p.Read(unsafe.Pointer(w))
		if w.Load() > 0 {
			return true
		}
	}
	return false
}

func (m *shrink) class(key uint64) *atomic.Int32 { return &m.writers[hashKey(key)>>52%shrinkTable] }

// Open records the access.
func (m *shrink) Open(s *State, key uint64, write bool) {
	f := m.forecastOf(s)
	if write {
		w := m.class(key)
		s.proc.RMW(unsafe.Pointer(w))
		w.Add(1)
		f.writes = append(f.writes, key)
		return
	}
	weight := 0
	for age := 1; age <= m.window; age++ {
		if f.past[(f.at+len(f.past)-age)%len(f.past)].has(key) {
			weight += m.window + 1 - age
		}
	}
	if weight >= shrinkConfidence && len(f.reads) < shrinkCap {
		f.reads = append(f.reads, key)
	}
	f.past[f.at].add(key)
}

// turn closes an attempt: withdraws its writes, and starts a new filter.
func (m *shrink) turn(p *machine.Proc, f *forecast) {
	for _, k := range f.writes {
		w := m.class(k)
		p.RMW(unsafe.Pointer(w))
		w.Add(-1)
	}
	f.at = (f.at + 1) % len(f.past)
	f.past[f.at] = filter{}
	f.predict = append(f.predict[:0], f.reads...)
	f.reads = f.reads[:0]
}

// Aborted lowers the success rate; the attempt's writes are predicted to be written again.
func (m *shrink) Aborted(p *machine.Proc, s *State, _ *State) {
	f := m.forecastOf(s)
	f.rate /= 2
	m.turn(p, f)
	f.predict = append(f.predict, f.writes...)
	f.writes = f.writes[:0]
}

// Committed raises the success rate and hands the turn on.
func (m *shrink) Committed(p *machine.Proc, s *State) {
	f := m.forecastOf(s)
	f.rate = (1 + f.rate) / 2
	m.turn(p, f)
	f.writes = f.writes[:0]
	if f.serial {
		f.serial = false
		m.queue.leave(p, s)
	}
}

// Retrying hands the turn on and withdraws the writes.
func (m *shrink) Retrying(p *machine.Proc, s *State) {
	f := m.forecastOf(s)
	m.turn(p, f)
	f.writes = f.writes[:0]
	if f.serial {
		f.serial = false
		m.queue.leave(p, s)
	}
}

func (*shrink) Traits() Traits {
	return Traits{WantsBegin: true, WantsOpen: true, WantsCommitted: true, Serialises: true}
}
