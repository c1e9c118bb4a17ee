package object

import "unsafe"

// Claims. While a VM in transactional mode runs one thread at a time under the interpreter's lock (package vm: phase.go), no
// transaction is alive, so what is shared may be used like what is private: the first operation on a shared object
// converts it back to its private representation, and from then on the interpreter's fast paths serve it. When threads
// are to run in parallel again, all that was claimed is published anew (Reshare).
//
// Invariants. Claims happen only while Thread.Solo holds: the thread has the interpreter's lock, no transaction is active, and
// no thread, this one included, is in the middle of an operation in Go that may have looked at a representation. Every
// object that is private and can be reached from a shared one is in the list of claims, or can be reached from what is in it.
// Converting costs as much as the object is large; the room for it is limited per phase, and what does not fit stays shared and
// is read and written plainly, which takes longer: when that has cost as much as the claim would have, the claim is made all the
// same (rent until you have paid the price, then buy: at most twice the cost of who had known).
//
// The idea is that of biased reader-writer locks and of deflation in monitor libraries: pay for sharing only while it is used.

// claims is an interpreter's list. Whoever holds the interpreter's lock owns it.
type claims struct {
	list  []Value
	room  int // ns that conversions may still take in this phase
	spent int // ns that conversions have taken so far, in all phases
	n     uint64
	phase uint32
}

// rent is a container's account while there is no room to claim it.
type rent struct {
	phase uint32 // that refused the claim
	owing int32  // ns until the claim is made all the same
}

// What a claim and the publication that undoes it cost, in ns, more or less.
const (
	claimObject = 600
	claimItem   = 4   // of a list
	claimKey    = 150 // of a dict
	claimRent   = 50  // what an operation on a shared container costs beyond one on a private one
)

// BeginSolo starts a phase in which claims may take so many ns.
func (in *Interp) BeginSolo(room int64) {
	in.claims.room = int(room)
	in.claims.phase++
}

// Claimed is how many ns claims have taken so far, more or less.
func (in *Interp) Claimed() int { return in.claims.spent }

// Reshare publishes everything that was claimed. Afterwards no object that two threads can reach is private.
func (t *Thread) Reshare() {
	c := &t.Interp.claims
	p := publisher{t: t}
	for i, v := range c.list {
		c.list[i] = Value{}
		p.Add(v)
		p.walk()
	}
	if c.list = c.list[:0]; cap(c.list) > 1<<16 {
		c.list = nil
	}
}

// Claims is how many objects have been claimed and published again so far, or are claimed now.
func (in *Interp) Claims() uint64 { return in.claims.n }

// claimed notes a claim whose elements cost so much beside the object itself; false: there is no room.
func (t *Thread) claimed(h *Header, cost int) bool {
	c := &t.Interp.claims
	if cost += claimObject; cost > c.room {
		return false
	}
	c.room -= cost
	c.note(h, cost)
	return true
}

func (c *claims) note(h *Header, cost int) {
	c.spent += cost
	c.n++
	c.list = append(c.list, Value{Ref: unsafe.Pointer(h)})
}

// let says that the container is to stay shared for this operation, without a look at how large it is.
func (r *rent) let(t *Thread) bool {
	if r.phase != t.Interp.claims.phase || r.owing <= 0 {
		return false
	}
	r.owing -= claimRent
	return true
}

// buy is claimed for containers.
func (r *rent) buy(t *Thread, h *Header, cost int) bool {
	if t.claimed(h, cost) {
		return true
	}
	c := &t.Interp.claims
	if r.phase != c.phase {
		r.phase, r.owing = c.phase, int32(min(cost, 1<<30))
		return false
	}
	c.note(h, cost)
	return true
}

// lend notes a value that becomes reachable from an object that is still shared.
func (t *Thread) lend(v Value) {
	if v.Ref == nil || !publishable(v.Kind()) || v.Header().Meta&FlagShared != 0 {
		return
	}
	if c := &t.Interp.claims; len(c.list) < maxLent {
		c.list = append(c.list, v)
	} else {
		Publish(t, v)
	}
}

// maxLent bounds the list of claims: beyond it values are published at once, and claimed when they are used.
const maxLent = 1 << 20

// unshare makes the header that of a private object which needs no undo entry.
func (h *Header) unshare() { h.Meta &= (1<<epochShift - 1) &^ FlagShared }

// mine says whether the list is private, after claiming it where that is possible.
func (l *List) mine(t *Thread) bool { return l.Meta&FlagShared == 0 || t.Solo && l.claim(t) }

func (l *List) claim(t *Thread) bool {
	st, start := (*listStore)(l.shared.head.Ref), int(l.shared.head.Bits)
	n := int(st.size.Bits)
	if st.rent.let(t) || !st.rent.buy(t, &l.Header, claimItem*n) {
		return false
	}
	if st.contiguous() {
		l.Items = unsafe.Slice(st.chunks[0].base, st.places)[start : start+n]
	} else {
		l.Items = make([]Value, n)
		for i := range l.Items {
			_, c := l.place(st, start+i)
			l.Items[i] = *c
		}
		l.shared = nil
	}
	l.unshare() // the store is kept: it serves again if the elements are still in it
	return true
}

// shareAgain makes the shared list again that the list was before it was claimed, if its elements are still where they were.
func (l *List) shareAgain() bool {
	if l.shared == nil || cap(l.Items) == 0 {
		return false
	}
	st, start := (*listStore)(l.shared.head.Ref), int(l.shared.head.Bits)
	places := unsafe.Slice(st.first, st.places)
	if start == st.places || unsafe.SliceData(l.Items) != &places[start] {
		return false
	}
	unsetAll(places[start+len(l.Items):])
	st.size = Int(int64(len(l.Items)))
	return true
}

// contiguous says whether the store's places are one array.
func (st *listStore) contiguous() bool {
	base := unsafe.Pointer(st.chunks[0].base)
	for i := range st.chunks {
		if unsafe.Pointer(st.chunks[i].base) != unsafe.Add(base, uintptr(i)*chunkLen*unsafe.Sizeof(Value{})) {
			return false
		}
	}
	return true
}

// mine says whether the dict is private, after claiming it where that is possible.
func (d *Dict) mine(t *Thread) bool { return d.Meta&FlagShared == 0 || t.Solo && d.claim(t) }

// Claim says whether the dict is private, after claiming it where that is possible.
func (d *Dict) Claim(t *Thread) bool { return d.mine(t) }

func (d *Dict) claim(t *Thread) bool {
	st := (*dictStore)(d.shared.head.Ref)
	if st.rent.let(t) {
		return false
	}
	n := 0
	for i := range st.regions {
		n += int(uint32(st.regions[i].count.Bits))
	}
	if !st.rent.buy(t, &d.Header, claimKey*n) {
		return false
	}
	snap, _ := d.nodes(t, st) // it cannot fail outside of transactions
	d.shared = nil
	d.entries, d.index, d.hashes, d.used, d.mode = nil, nil, nil, 0, dictEmpty
	d.unshare()
	d.Reserve(t, n)
	for _, e := range snap.nodes {
		_ = d.insert(t, e.node.key, e.hash, e.node.val) // the room has been reserved
	}
	return true
}

// Claim says whether the instance is private, after claiming it where that is possible.
func (o *Instance) Claim(t *Thread) bool { return o.Meta&FlagShared == 0 || t.Solo && o.claim(t) }

func (o *Instance) claim(t *Thread) bool {
	n := o.ShapeOf().N
	if !t.claimed(&o.Header, 0) {
		return false
	}
	if n > int(o.Cap) {
		c := n + n/2
		s := make([]Value, c)
		for i := range n {
			s[i] = *o.Cell(i)
		}
		unsetAll(s[n:])
		o.Slots, o.Cap, o.more = unsafe.Pointer(&s[0]), int32(c), nil
	}
	o.unshare()
	return true
}

// claim makes a slot private. Slots' flags are read without locks, but by nobody now.
func (s *Slot) claim(t *Thread) bool {
	if !t.claimed(&s.Header, 0) {
		return false
	}
	s.unshare()
	return true
}

// ClaimCell says whether the cell is private, after claiming it where that is possible.
func (t *Thread) ClaimCell(c *Cell) bool {
	if c.Meta&FlagShared == 0 {
		return true
	}
	if !t.Solo || !t.claimed(&c.Header, 0) {
		return false
	}
	c.unshare()
	return true
}
