package stm

import (
	"iter"
	"sync"
	"unsafe"

	anacrolix "github.com/anacrolix/stm"

	"gilt/contention"
)

// anacrolix: an adapter over github.com/anacrolix/stm v0.5.0, the library that a Go programmer would take today. It is
// a baseline, for comparisons of complete programs; to compare the libraries themselves, call it directly.
//
// Every cell gets a Var of that library when it is first touched, for ever; memory mirrors what is committed. That
// library wants the transaction as a function and calls it again when it fails, while this package's transactions are
// sequences of calls: so the function runs on a coroutine, which serves the calls. Writes wait in our redo log until the
// commit, so that savepoints and stamps work.
//
// Its transactions are not opaque: a doomed attempt can see inconsistent memory until it tries to commit. Hence
// Info.Opaque is false, and virtual machines, whose attempts must not crash on what they see, should not use it. Its
// contention policy is its own (try again at once), managers are asked only around it. Commits are serialised by a lock
// of ours, which its own cost hides: the order of commits gives the keys, and an irrevocable transaction (which starts
// over when it has read something already, then with the token) can keep others from committing. Privatization:
// not safe, as lazy.
type foreign struct{ seqRedo }

// library is the system's part.
type library struct {
	vars   sync.Map // *Word → *anacrolix.Var[Word]
	commit mutex
}

// client is the descriptor's part: the coroutine and what it is asked.
type client struct {
	resume func() (struct{}, bool)
	stop   func()
	ask    request
	v      *anacrolix.Var[Word]
	w      Word
	writes []pendingSet
	runs   int  // calls of the function so far
	ended  int  // transactions that have committed
	want   bool // become irrevocable at the next begin
	held   bool // this attempt has had the token since its begin
}

type pendingSet struct {
	v *anacrolix.Var[Word]
	w Word
}

type request uint8

const (
	askNothing request = iota
	askGet
	askCommit
	askRestart
)

func (foreign) info() Info {
	return Info{
		Name:    "anacrolix",
		Summary: "adapter over github.com/anacrolix/stm v0.5.0: a baseline, not opaque",
		Paper:   "github.com/anacrolix/stm",
		Foreign: true,
		Traits: contention.AlgorithmTraits{Name: "anacrolix", Aborts: true, Enemies: contention.EnemiesCommitted,
			Manages: true},
	}
}

func (foreign) setup(s *System, _ *Options) error {
	s.clk = clockGV4 // unused: versions are not drawn
	s.adapter = &library{}
	return nil
}

func (s *System) library() *library { return s.adapter.(*library) }

// varOf is the Var of a cell.
func (l *library) varOf(c *Word) *anacrolix.Var[Word] {
	if v, ok := l.vars.Load(c); ok {
		return v.(*anacrolix.Var[Word])
	}
	v, _ := l.vars.LoadOrStore(c, anacrolix.NewVar(c.Get()))
	return v.(*anacrolix.Var[Word])
}

// restart unwinds the library's call when an attempt is given up.
type restart struct{}

func newClient() *client {
	k := &client{}
	k.resume, k.stop = iter.Pull(func(yield func(struct{}) bool) {
		for k.transaction(yield) {
			k.ended++
		}
	})
	k.resume() // up to the first attempt's begin
	return k
}

// transaction runs one transaction of the library; false ends the coroutine.
func (k *client) transaction(yield func(struct{}) bool) (more bool) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil:
		case restart:
			k.ended--
			more = true
		default:
			panic(r)
		}
	}()
	more = true
	anacrolix.Atomically(anacrolix.VoidOperation(func(t *anacrolix.Tx) {
		k.runs++
		for {
			k.ask = askNothing
			if !yield(struct{}{}) {
				more = false
				return
			}
			switch k.ask {
			case askGet:
				k.w = k.v.Get(t)
			case askRestart:
				panic(restart{})
			case askCommit:
				for _, s := range k.writes {
					s.v.Set(t, s.w)
				}
				return
			}
		}
	}))
	return more
}

func (k *client) close() { k.stop() }

func (f foreign) begin(tx *Tx) {
	k, _ := tx.foreign.(*client)
	if k == nil {
		k = newClient()
		tx.foreign = k
	}
	if k.want {
		for !tx.s.token.heldBy(tx.p, tx.id) && !tx.s.token.take(tx) {
			tx.s.token.awaitFree(tx)
		}
		f.drain(tx)
		k.want, k.held = false, true
	}
	tx.touched = false
	if tx.s.keyed {
		tx.p.Read(unsafe.Pointer(&tx.s.keys))
		tx.snapKey = tx.s.keys.Load()
	}
}

// drain waits for the commits that have not seen the token.
func (foreign) drain(tx *Tx) {
	l := tx.s.library()
	l.commit.lock(tx.p)
	l.commit.unlock(tx.p)
}

func (f foreign) load(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if w, ok := tx.written(c); ok {
		return w, true
	}
	k := tx.foreign.(*client)
	tx.touched = true
	tx.p.Read(unsafe.Pointer(c))
	k.ask, k.v = askGet, tx.s.library().varOf(c)
	k.resume()
	tx.values = append(tx.values, valueEntry{c, k.w})
	return k.w, true
}

// unlogged reads are logged: the library has no others.
func (f foreign) unlogged(tx *Tx, o *Orec, c *Word) (Word, bool) { return f.load(tx, o, c) }

func (foreign) fresh(tx *Tx, _ *Orec, c *Word) (Word, bool) {
	if tx.mode != modeIdle {
		if w, ok := tx.written(c); ok {
			return w, true
		}
	}
	return anacrolix.AtomicGet(tx.s.library().varOf(c)), true
}

func (f foreign) commit(tx *Tx) bool {
	k, l := tx.foreign.(*client), tx.s.library()
	l.commit.lock(tx.p)
	if h := int(tx.s.token.holder.Load()); h != 0 && h != tx.id && len(tx.writes) != 0 {
		l.commit.unlock(tx.p)
		return tx.doom(Conflict{IrrevocableEnemy, nil, nil, h, -1})
	}
	key := tx.s.keys.Load()
	if len(tx.writes) == 0 {
		tx.key = key<<1 | 1
	} else {
		key++
		tx.key = key << 1
	}
	k.writes = k.writes[:0]
	for i := range tx.writes {
		e := &tx.writes[i]
		w := e.w
		if e.stamped {
			w.B |= key << StampBits
		}
		k.writes = append(k.writes, pendingSet{l.varOf(e.c), w})
	}
	before := k.ended
	k.ask = askCommit
	tx.p.RMW(unsafe.Pointer(&tx.s.keys))
	k.resume()
	if k.ended == before { // the library has called the function again
		l.commit.unlock(tx.p)
		return tx.doom(Conflict{CommitValidation, nil, nil, -1, -1})
	}
	tx.s.keys.Store(key)
	for i := range tx.writes {
		tx.writes[i].c.Set(k.writes[i].w)
	}
	l.commit.unlock(tx.p)
	clear(k.writes)
	f.release(tx)
	tx.wakeSleepers()
	return true
}

// release gives back a token that the attempt had from its begin without becoming irrevocable.
func (foreign) release(tx *Tx) {
	if k := tx.foreign.(*client); k.held && tx.mode != modeIrrevocable {
		k.held = false
		tx.s.token.give(tx)
	}
}

func (f foreign) rollback(tx *Tx) {
	k := tx.foreign.(*client)
	k.ask = askRestart
	k.resume()
	f.release(tx)
}

// extend and validate cannot look inside the library: its attempts find out at the commit.
func (foreign) extend(*Tx) bool { return true }

func (foreign) validate(*Tx) bool { return true }

func (f foreign) irrevocable(tx *Tx) bool {
	k := tx.foreign.(*client)
	if k.held {
		return true // nobody has committed since the begin
	}
	if tx.touched {
		k.want = true
		return tx.doom(Conflict{IrrevocableTaken, nil, nil, -1, -1})
	}
	f.drain(tx)
	return true
}

func (f foreign) commitIrrevocable(tx *Tx) {
	if !f.commit(tx) {
		panic("stm: an irrevocable transaction of anacrolix/stm failed to commit: " + tx.why.Reason.String())
	}
	tx.foreign.(*client).held = false
}

// read is the irrevocable transaction's load.
func (f foreign) read(tx *Tx, c *Word) Word {
	w, _ := f.load(tx, nil, c)
	return w
}

func (foreign) changed(tx *Tx) bool {
	for i := range tx.values {
		if e := &tx.values[i]; anacrolix.AtomicGet(tx.s.library().varOf(e.c)) != e.w {
			return true
		}
	}
	return false
}

// bump forgets the Vars: they are made again from memory.
func (foreign) bump(tx *Tx) { tx.s.library().vars.Clear() }

func (foreign) unlisted() bool { return false }
