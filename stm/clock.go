package stm

import (
	"fmt"
	"sync/atomic"
	"unsafe"
)

// Clocks: where versions come from, and when a version belongs to a snapshot.
//
// Every version names the stripe of the clock that it was drawn from and its number there, and every descriptor has
// a vector of what it has seen of each stripe. A word belongs to the snapshot when its number is not above what was
// seen of its stripe. With one shared stripe that is the ordinary global clock; with a stripe per thread it is the
// thread-local clock of Avni and Shavit ("Maintaining consistent transactional states without a global clock",
// SIROCCO 2008), to which we add the extension of LSA (Riegel, Felber, Fetzer, DISC 2006): at a word that is too new
// take over what its stripe says now, validate everything read so far, go on.
//
// Why the snapshot is consistent. A number is drawn while all locks of its commit are held. So whoever has seen the
// number anywhere (in an orec that was released with it, or in the stripe itself) knows that every other word of
// that commit is locked or already released: none can be read with the value it had before. Hence all words that
// are accepted without an extension were, when the attempt began (or when it last extended), either released or
// locked by a commit that had made its choice, and the snapshot is the state at that time. Numbers are validated by
// equality, so it does not matter that stripes cannot be compared with each other. Since there is no total order of
// versions, replay keys and insertion stamps are drawn from a counter of their own, by those who need them (Tx.Key).
//
// The stripe of a living descriptor is its own, for the first ownStripes of them; the others share sharedStripes,
// which they fetch-and-add. A stripe's published number may lag behind for a moment: it is a hint that spares
// extensions, never more than was drawn.
//
// Variants:
//
//	striped  one stripe per descriptor: commits of disjoint transactions touch no common line (the default)
//	gv1      one counter, fetch-and-add at each commit (TL2)
//	gv4      one counter, CAS; who loses takes the winner's number (pass on failure)
//	gv5      one counter, read only at commit (number = counter + 1); readers that meet the future raise it
//
// Validate-then-bump clocks (Wang et al., CGO 2007) were left out: they spare the reader a look at the record, but
// still write the one counter at every commit, which is what hurts.
//
// Why striped is the default: virtual time per transaction (ns; 79 ns for a cache line from another core), and the
// throughput of n threads on disjoint data as a multiple of one thread's (TestDisjointScaling):
//
//	                 1 read 1 write         10 reads 2 writes      100 reads 10 writes
//	threads          1    2    8   16       1    2    8   16       1    2    8   16
//	striped   ns    69   69   69   69     159  159  159  159     983  984  984  984
//	          x      1 1.99 7.97 16.0       1 2.00 7.99 16.0       1 2.00 8.00 16.0
//	gv1       ns    70  150  400  799     160  232  400  800     984 1050 1115 1120
//	          x      1 0.93 1.39 1.39       1 1.38 3.20 3.20       1 1.88 7.06 14.1
//	gv4       ns    70  142  600 1200     161  232  600 1199     985 1057 1134 1247
//	          x      1 0.98 0.93 0.93       1 1.38 2.14 2.14       1 1.86 6.95 12.6
//	gv5       ns    72  127  351  751     162  217  372  747     987 1059 1094 1111
//	          x      1 1.13 1.64 1.53       1 1.50 3.49 3.48       1 1.86 7.21 14.2
//
// Where transactions meet (10 or 100 random reads of 64 or 4096 cells, every fifth transaction writes two;
// TestSharedScaling), striped extends up to 0.8 times a transaction where gv1 extends 0.2 times, and takes between 0.97
// and 1.02 of gv1's time.
type clockKind uint8

const (
	clockStriped clockKind = iota
	clockGV1
	clockGV4
	clockGV5
)

const (
	sharedStripes = 8
	ownStripes    = numStripes - sharedStripes
)

type stripe struct {
	seq   atomic.Uint64
	owner atomic.Int64 // the descriptor that draws from it, or did last
	_     [112]byte
}

type clocks struct {
	stripes [numStripes]stripe
	used    uint64       // own stripes that belong to a living descriptor; under System.mu
	top     atomic.Int32 // stripes below it have been used
}

func clockNamed(name string) (clockKind, error) {
	switch name {
	case "", "striped":
		return clockStriped, nil
	case "gv1":
		return clockGV1, nil
	case "gv4":
		return clockGV4, nil
	case "gv5":
		return clockGV5, nil
	}
	return 0, fmt.Errorf("unknown clock %q (known: striped, gv1, gv4, gv5)", name)
}

// join gives a new descriptor its stripe.
func (k *clocks) join(tx *Tx) {
	tx.ownStripe = false
	tx.stripe = 0
	if tx.s.clk != clockStriped {
		k.top.Store(1)
		return
	}
	i := 0
	for i < ownStripes && k.used&(1<<i) != 0 {
		i++
	}
	if i < ownStripes {
		k.used |= 1 << i
		tx.ownStripe = true
		k.stripes[i].owner.Store(int64(tx.id))
	} else {
		i = ownStripes + tx.id%sharedStripes
		k.stripes[i].owner.Store(-1)
	}
	if int(k.top.Load()) <= i {
		k.top.Store(int32(i) + 1)
	}
	tx.stripe, tx.ownSeq = uint64(i), &k.stripes[i]
	tx.seq = k.stripes[i].seq.Load()
}

// leave takes the stripe back. Its numbers go on where they stopped.
func (k *clocks) leave(tx *Tx) {
	if tx.ownStripe {
		k.used &^= 1 << tx.stripe
	}
}

// sample starts a snapshot: what was seen so far is enough for stripes (what is newer will be met and extended to),
// a global counter is read.
func (tx *Tx) sample() {
	if tx.s.clk != clockStriped {
		g := &tx.s.clock.stripes[0].seq
		tx.p.Read(unsafe.Pointer(g))
		tx.seen[0] = g.Load()
	}
	if tx.s.keyed {
		tx.sampleKey()
	}
}

// draw draws the version for a commit whose locks are all held.
func (tx *Tx) draw() uint64 {
	st := &tx.s.clock.stripes[tx.stripe]
	var n uint64
	switch tx.s.clk {
	case clockStriped:
		if tx.ownStripe {
			tx.seq++
			n = tx.seq
			tx.p.Write(unsafe.Pointer(&st.seq))
			publish(&st.seq, n)
		} else {
			tx.p.RMW(unsafe.Pointer(&st.seq))
			n = st.seq.Add(1)
		}
		tx.seen[tx.stripe] = n
	case clockGV1:
		tx.p.RMW(unsafe.Pointer(&st.seq))
		n = st.seq.Add(1)
	case clockGV4:
		tx.p.Read(unsafe.Pointer(&st.seq))
		g := st.seq.Load()
		tx.p.RMW(unsafe.Pointer(&st.seq))
		if st.seq.CompareAndSwap(g, g+1) {
			n = g + 1
		} else {
			n = st.seq.Load()
		}
	case clockGV5:
		tx.p.Read(unsafe.Pointer(&st.seq))
		n = max(st.seq.Load(), tx.maxOld) + 1
	}
	return n<<seqShift | tx.stripe<<stripeShift
}

// catchUp moves the snapshot's vector to now, at least as far as version v. The caller validates afterwards.
func (tx *Tx) catchUp(v uint64) {
	k := &tx.s.clock
	i := stripeOf(v)
	st := &k.stripes[i].seq
	tx.p.Read(unsafe.Pointer(st))
	now := st.Load()
	if n := seqOf(v); now < n {
		if tx.s.clk == clockGV5 {
			for now < n {
				tx.p.RMW(unsafe.Pointer(st))
				if st.CompareAndSwap(now, n) {
					break
				}
				now = st.Load()
			}
		}
		now = max(now, n)
	}
	tx.seen[i] = max(tx.seen[i], now)
	// A transaction that meets stripe after stripe catches up with all of them at once.
	if tx.extensions++; tx.extensions >= 3 {
		tx.catchUpAll()
	}
}

// catchUpAll moves the snapshot's vector to now.
func (tx *Tx) catchUpAll() {
	k := &tx.s.clock
	for i := range k.top.Load() {
		tx.p.Read(unsafe.Pointer(&k.stripes[i].seq))
		tx.seen[i] = max(tx.seen[i], k.stripes[i].seq.Load())
	}
}

// sawNewer says whether version v is outside the snapshot.
func (tx *Tx) sawNewer(v uint64) bool { return seqOf(v) > tx.seen[stripeOf(v)] }

// drawerOf is the descriptor that committed version v, -1 if it is not known.
func (s *System) drawerOf(v uint64) int {
	if v&lockBit != 0 {
		return ownerOf(v)
	}
	if s.clk == clockStriped && seqOf(v) != 0 {
		return int(s.clock.stripes[stripeOf(v)].owner.Load())
	}
	return -1
}
