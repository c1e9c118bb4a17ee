package stm

import (
	"fmt"
	"sort"
	"strings"
	"sync/atomic"
	"unsafe"

	"gilt/contention"
	"gilt/internal/machine"
)

// Default is the algorithm that systems use when nobody asks for another.
const Default = "lazy"

// Options says how a System is to work. The zero value is ready for use.
type Options struct {
	Algorithm string           // one of Algorithms; "" is Default
	Manager   string           // as contention.New takes it; "" is contention.Default
	Machine   *machine.Machine // only read: its number of cores; may be nil
	// Clock is how lazy, eager, swiss and fair draw versions: striped (default), gv1, gv4 or gv5; see clock.go.
	// The other algorithms have the clocks that their papers give them.
	Clock string
	// Keys makes every commit draw a key for replay; see Tx.Key. Stamps work without it.
	Keys bool
	// Fences makes descriptors publish when they run, which System.Quiesce and Tx.Quiesce need: see there.
	Fences bool
	// Marks is how fair keeps visible reads: bits (default) or bloom.
	Marks string
	// Observer watches contention events; nil costs nothing.
	Observer contention.Observer
	// AbortEvery makes every n-th access or commit abort with the reason Forced, n > 0: fault injection for what
	// stands above, without any second thread. Irrevocable transactions are spared.
	AbortEvery int
	// Recorder is told of everything that attempts do, for checkers; nil costs nothing.
	Recorder Recorder
	// Ambient is a record that nearly every transaction reads and only irrevocable ones write (nil: none). Irrevocable
	// transactions do not lock it when they read it, so that they do not keep all others from beginning.
	Ambient *Orec
	// Repeats says that transactions read the same records many times over, as slices of an interpreter do: each is logged
	// once (see LoadOnce, which such callers use instead of Load).
	Repeats bool
	// Barriers says that accesses are an interpreter's read and write barriers. In virtual time they are then priced
	// as what stands around an access there, and not as a bare one.
	Barriers bool
}

// System is one transactional memory: its clock, its algorithm, its contention manager. Words must be used with one
// System only. A System is made by NewSystem and may be used by any number of threads, each with a Tx of its own.
type System struct {
	// Read by everybody, written never.
	alg        algorithm
	info       Info
	clk        clockKind
	keyed      bool
	seqKeys    bool // norec, tml, gencounter: keys come from the sequence lock
	fenced     bool
	attended   bool // fenced or recorded: something is to be done when attempts begin and end
	watched    bool // fault injection or recorded: something is to be done at every access
	killable   bool
	abortEvery int
	manager    contention.Manager
	marks      *contention.Marks
	obs        contention.Observer
	recorder   Recorder
	spinYield  int // rounds of spinning after which a waiter had better yield
	mutant     mutant
	repeats    bool
	ambient    *Orec
	prices     accessPrices

	_     [128]byte
	clock clocks // contended: padded by itself
	_     [128]byte
	keys  atomic.Uint64 // last commit key drawn
	_     [128]byte
	seq   atomic.Uint64 // norec, tml, gencounter: the sequence lock
	owner atomic.Int64  // norec, tml, gencounter: descriptor that holds seq, or held it last
	_     [128]byte
	token token // irrevocability
	_     [128]byte
	sleep sleepers // retry
	wlock []atomic.Uint64

	_       [128]byte
	mu      mutex // descriptors
	txs     []*Tx
	free    []int
	table   atomic.Pointer[[]*Tx] // by id, for looking up enemies
	statsMu mutex
	total   Stats
	adapter any // state of an algorithm that is not ours
	places  map[unsafe.Pointer]uint64
	pool    atomic.Pointer[pool] // descriptors for goroutines: see atomically_pool.go
}

// Info describes an algorithm for lists.
type Info struct {
	Name    string
	Summary string // one line
	Paper   string
	// Traits is what the algorithm offers to contention managers.
	Traits contention.AlgorithmTraits
	// Privatizes says that memory which a committed transaction has unlinked may be used without transactions at
	// once; otherwise System.Quiesce (Options.Fences) must come first.
	Privatizes bool
	// Clocks says that Options.Clock applies.
	Clocks bool
	// Opaque says that doomed attempts see consistent memory. Runtimes need that.
	Opaque bool
	// Foreign marks adapters over other libraries: baselines, not for the VM.
	Foreign bool
}

// algorithm is what differs between the algorithms. Values are empty: all state is in Tx and System. See tx.go for
// what the callers have done before.
type algorithm interface {
	info() Info
	setup(s *System, o *Options) error
	begin(tx *Tx)
	load(tx *Tx, o *Orec, c *Word) (Word, bool)
	// unlogged is load without a log entry: consistent with the snapshot when it is made, not validated later.
	unlogged(tx *Tx, o *Orec, c *Word) (Word, bool)
	store(tx *Tx, o *Orec, c *Word, w Word, stamped bool) bool
	commit(tx *Tx) bool
	// rollback undoes what the attempt did to shared memory.
	rollback(tx *Tx)
	extend(tx *Tx) bool
	validate(tx *Tx) bool
	// fresh is the latest committed value, neither logged nor consistent with anything.
	fresh(tx *Tx, o *Orec, c *Word) (Word, bool)
	// irrevocable makes the attempt, which holds the token, unable to abort.
	irrevocable(tx *Tx) bool
	// commitIrrevocable commits such an attempt.
	commitIrrevocable(tx *Tx)
	// holds says that irrevocable attempts lock the records of what they read and write.
	holds() bool
	// inPlace says that writes go to memory at once, and the write log holds the former values.
	inPlace() bool
	// read is how irrevocable attempts read, after holds and inPlace have been obeyed.
	read(tx *Tx, c *Word) Word
	// expel makes the owner of o, whose locked word is v, give it up soon to the irrevocable transaction.
	expel(tx *Tx, o *Orec, v uint64)
	// unlisted says that reads are not logged: whoever sleeps is woken by every commit.
	unlisted() bool
	// bump follows a change of memory outside transactions.
	bump(tx *Tx)
	// changed says whether something in the read log has changed since it was read. Called after rollback.
	changed(tx *Tx) bool
	// pending is where the value to be committed for write i stands.
	pending(tx *Tx, i int) *Word
	// undo takes back the writes since sp; the logs are cut by the caller.
	undo(tx *Tx, sp Savepoint)
}

// algorithms is the one list.
func algorithms() []algorithm {
	return []algorithm{lazy{}, tl2{}, norec{}, tml{}, gencounter{}, eager{}, swiss{}, fair{}, foreign{}}
}

// Algorithms describes every algorithm, the default first, then in alphabetical order.
func Algorithms() []Info {
	var out []Info
	for _, a := range algorithms() {
		out = append(out, a.info())
	}
	sort.SliceStable(out, func(i, j int) bool {
		if d := out[i].Name == Default; d != (out[j].Name == Default) {
			return d
		}
		return out[i].Name < out[j].Name
	})
	return out
}

// Names are the algorithms' names in the order of Algorithms.
func Names() []string {
	var out []string
	for _, i := range Algorithms() {
		out = append(out, i.Name)
	}
	return out
}

// NewSystem makes a system. The error names what is known when a name is not.
func NewSystem(o Options) (*System, error) {
	if o.Algorithm == "" {
		o.Algorithm = Default
	}
	if o.Manager == "" {
		o.Manager = contention.Default
	}
	s := &System{prices: pricesOf(o.Barriers), keyed: o.Keys, fenced: o.Fences, abortEvery: max(0, o.AbortEvery), obs: o.Observer, ambient: o.Ambient, repeats: o.Repeats,
		recorder: o.Recorder}
	s.attended = s.fenced || s.recorder != nil
	s.watched = s.abortEvery != 0 || s.recorder != nil
	for _, a := range algorithms() {
		if i := a.info(); i.Name == o.Algorithm {
			s.alg, s.info = a, i
		}
	}
	if s.alg == nil {
		return nil, fmt.Errorf("unknown algorithm %q (known: %s)", o.Algorithm, strings.Join(Names(), ", "))
	}
	m, err := contention.New(o.Manager)
	if err != nil {
		return nil, err
	}
	s.manager = m
	s.killable = s.info.Traits.Enemies == contention.EnemiesLive
	if s.clk, err = clockNamed(o.Clock); err != nil {
		return nil, err
	}
	s.spinYield = 16
	if o.Machine != nil && o.Machine.Cores() == 1 {
		s.spinYield = 1
	}
	if err := s.alg.setup(s, &o); err != nil {
		return nil, err
	}
	return s, nil
}

// Info describes the system's algorithm.
func (s *System) Info() Info { return s.info }

// Manager is the system's contention manager.
func (s *System) Manager() contention.Manager { return s.manager }

// NewTx makes a descriptor for the thread p. It is for that thread alone, may be used for any number of
// transactions, and is given back with Close.
func (s *System) NewTx(p *machine.Proc) *Tx {
	tx := &Tx{s: s, p: p, alg: s.alg}
	s.mu.lock(p)
	if n := len(s.free); n > 0 {
		tx.id = s.free[n-1]
		s.free = s.free[:n-1]
	} else {
		s.txs = append(s.txs, nil)
		tx.id = len(s.txs)
	}
	s.txs[tx.id-1] = tx
	t := append([]*Tx(nil), s.txs...)
	s.table.Store(&t)
	s.clock.join(tx)
	s.mu.unlock(p)
	tx.init()
	return tx
}

// ByID is the descriptor with the given ID, nil if there is none now.
func (s *System) ByID(id int) *Tx {
	t := s.table.Load()
	if t == nil || id <= 0 || id > len(*t) {
		return nil
	}
	return (*t)[id-1]
}

// stateOf is the contention state of the descriptor with that ID, nil if unknown.
func (s *System) stateOf(id int) *contention.State {
	if tx := s.ByID(id); tx != nil {
		return &tx.cm
	}
	return nil
}

// Close gives the descriptor back. It must be outside a transaction; using it afterwards panics.
func (tx *Tx) Close() {
	if tx.mode != modeIdle {
		panic("stm: Close of a descriptor inside a transaction")
	}
	if tx.cm.Aborts() > 0 { // its last transaction was rolled back and not tried again: it may hold a manager's token
		tx.cm.Abandoned(tx.p)
	}
	tx.FlushStats()
	if c, ok := tx.foreign.(interface{ close() }); ok {
		c.close()
	}
	s := tx.s
	s.mu.lock(tx.p)
	s.clock.leave(tx)
	s.txs[tx.id-1] = nil
	s.free = append(s.free, tx.id)
	t := append([]*Tx(nil), s.txs...)
	s.table.Store(&t)
	s.mu.unlock(tx.p)
	tx.mode = modeClosed
}

// placeOf identifies a record or a cell for hashing. On real cores that is its address. On a simulated machine nothing may
// depend on addresses, which differ from run to run: there it is the order in which places were first asked for.
func (tx *Tx) placeOf(p unsafe.Pointer) uint64 {
	if !tx.p.Simulated() {
		return uint64(uintptr(p)) >> 3
	}
	s := tx.s
	n, ok := s.places[p]
	if !ok {
		if s.places == nil {
			s.places = map[unsafe.Pointer]uint64{}
		}
		n = uint64(len(s.places)) + 1
		s.places[p] = n
	}
	return n
}
