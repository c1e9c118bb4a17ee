package object

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"gilt/stm"
)

// This file has instances of user-defined classes: shapes, slots and their growth.
//
// Shapes are hidden classes (Chambers, Ungar, Lee: SELF, OOPSLA'89). Shapes form one tree per class; two instances that got
// the same attributes in the same order share a shape, so one pointer comparison proves where an attribute lies. Invariants:
// an instance's shape only moves to descendants; slot i means the same in a shape and all its descendants; an attribute
// exists exactly if its slot is not Unset. A cell of a shared instance never moves: slots added to it later go to
// blocks of their own. So which cell an attribute lies in is a monotone fact that needs no transaction, and what
// is in the cell is all that transactions have to protect.

// shapeTable finds the slot of a name for a whole line of descent of shapes: an entry counts for the shapes with N above its
// slot number. A shape's first child extends its parent's table; further children start tables of their own. Lookups
// take no lock.
type shapeTable struct {
	mu    sync.Mutex
	n     int // entries: the N of the last shape of the line, less the unnamed slots
	cells atomic.Pointer[[]atomic.Pointer[shapeEntry]]
}

type shapeEntry struct {
	name *Str
	slot int
}

func (tb *shapeTable) find(name *Str) int {
	cells := tb.cells.Load()
	if cells == nil {
		return -1
	}
	mask := len(*cells) - 1
	for i := int(name.Hash()) & mask; ; i = (i + 1) & mask {
		e := (*cells)[i].Load()
		if e == nil {
			return -1
		}
		if e.name == name || e.name.S == name.S {
			return e.slot
		}
	}
}

// insert adds an entry; the caller holds mu.
func (tb *shapeTable) insert(name *Str, slot int) {
	cells := tb.cells.Load()
	if cells == nil || 2*(tb.n+1) > len(*cells) {
		size := 8
		if cells != nil {
			size = 2 * len(*cells)
		}
		bigger := make([]atomic.Pointer[shapeEntry], size)
		if cells != nil {
			for i := range *cells {
				if e := (*cells)[i].Load(); e != nil {
					put(bigger, e)
				}
			}
		}
		cells = &bigger
		put(bigger, &shapeEntry{name, slot})
		tb.cells.Store(cells)
	} else {
		put(*cells, &shapeEntry{name, slot})
	}
	tb.n++
}

func put(cells []atomic.Pointer[shapeEntry], e *shapeEntry) {
	mask := len(cells) - 1
	i := int(e.name.Hash()) & mask
	for cells[i].Load() != nil {
		i = (i + 1) & mask
	}
	cells[i].Store(e)
}

// newRoot makes the shape of a class's new instances: n slots without names.
func newRoot(cls *Type, n int) *Shape {
	return &Shape{Class: cls, N: n, table: &shapeTable{}}
}

// Index is the slot number of an attribute, -1 if the shape does not have it.
func (s *Shape) Index(name *Str) int {
	if i := s.table.find(name); i < s.N {
		return i
	}
	return -1
}

// With is the shape after adding an attribute.
func (s *Shape) With(name *Str) *Shape {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.next {
		if c.Name == name || c.Name.S == name.S {
			return c
		}
	}
	c := &Shape{Class: s.Class, parent: s, Name: name, N: s.N + 1, listed: s.listed || name.S == census.S}
	if len(s.next) == 0 {
		c.table = s.table
		c.table.mu.Lock()
		c.table.insert(name, s.N)
		c.table.mu.Unlock()
	} else {
		c.table = &shapeTable{}
		for p := c; p.Name != nil; p = p.parent {
			c.table.insert(p.Name, p.N-1)
		}
	}
	s.next = append(s.next, c)
	return c
}

// Names lists the attributes that the shape has room for, in the order in which they were added.
func (s *Shape) Names() []*Str {
	n := 0
	for p := s; p.Name != nil; p = p.parent {
		n++
	}
	names := make([]*Str, n)
	for p := s; p.Name != nil; p = p.parent {
		n--
		names[n] = p.Name
	}
	return names
}

// slotBlock holds further slots of a shared instance.
type slotBlock struct {
	cells [4]Value
	next  unsafe.Pointer // *slotBlock, atomic
}

// Layouts that allocate an instance and its slots at once.
type (
	inst1 struct {
		Instance
		s [1]Value
	}
	inst2 struct {
		Instance
		s [2]Value
	}
	inst3 struct {
		Instance
		s [3]Value
	}
	inst4 struct {
		Instance
		s [4]Value
	}
	inst6 struct {
		Instance
		s [6]Value
	}
	inst8 struct {
		Instance
		s [8]Value
	}
	inst12 struct {
		Instance
		s [12]Value
	}
	inst16 struct {
		Instance
		s [16]Value
	}
)

// NewInstance makes an instance of cls with all slots unset. It does not call anything.
func (t *Thread) NewInstance(cls *Type) *Instance {
	n := int(cls.expect.Load())
	var o *Instance
	switch {
	case n == 0:
		o = &Instance{}
	case n == 1:
		x := &inst1{}
		x.s[0] = Unset
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 1
	case n == 2:
		x := &inst2{}
		x.s[0], x.s[1] = Unset, Unset
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 2
	case n == 3:
		x := &inst3{}
		x.s[0], x.s[1], x.s[2] = Unset, Unset, Unset
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 3
	case n == 4:
		x := &inst4{}
		x.s[0], x.s[1], x.s[2], x.s[3] = Unset, Unset, Unset, Unset
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 4
	case n <= 6:
		x := &inst6{}
		unsetAll(x.s[:])
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 6
	case n <= 8:
		x := &inst8{}
		unsetAll(x.s[:])
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 8
	case n <= 12:
		x := &inst12{}
		unsetAll(x.s[:])
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 12
	case n <= 16:
		x := &inst16{}
		unsetAll(x.s[:])
		o, x.Slots, x.Cap = &x.Instance, unsafe.Pointer(&x.s), 16
	default:
		o = &Instance{}
		s := make([]Value, n)
		unsetAll(s)
		o.Slots, o.Cap = unsafe.Pointer(&s[0]), int32(n)
	}
	o.Mut = t.NewMut(KindInstance, cls)
	o.Shape = unsafe.Pointer(cls.Root)
	return o
}

func unsetAll(s []Value) {
	for i := range s {
		s[i] = Unset
	}
}

// ShapeOf is the instance's present shape.
func (o *Instance) ShapeOf() *Shape { return (*Shape)(atomic.LoadPointer(&o.Shape)) }

// Cell is the address of slot i, which must be below the N of a shape that the instance has or had.
func (o *Instance) Cell(i int) *Value {
	if i < int(o.Cap) {
		return o.Slot(i)
	}
	i -= int(o.Cap)
	p := &o.more
	for {
		b := (*slotBlock)(atomic.LoadPointer(p))
		if b == nil {
			nb := &slotBlock{}
			unsetAll(nb.cells[:])
			if !atomic.CompareAndSwapPointer(p, nil, unsafe.Pointer(nb)) {
				continue
			}
			b = nb
		}
		if i < len(b.cells) {
			return &b.cells[i]
		}
		i -= len(b.cells)
		p = &b.next
	}
}

// Get reads an attribute of the instance itself; Unset if it has none of the name.
func (o *Instance) Get(t *Thread, name *Str) (Value, error) {
	o.Claim(t)
	if i := o.ShapeOf().Index(name); i >= 0 {
		return t.Load(&o.Mut, o.Cell(i))
	}
	if o.Meta&FlagShared != 0 {
		return t.absent(o, name)
	}
	return Unset, nil
}

// absent reads the lack of an attribute of a shared instance. The instance gets a slot for the name at once, which is as good as
// none, and the transaction reads that it is Unset: whoever adds the attribute will write it.
func (t *Thread) absent(o *Instance, name *Str) (Value, error) {
	return t.loadShared(&o.Orec, o.Cell(o.slotFor(name)))
}

// slotFor is the slot of a name in a shared instance, which gains one if need be. Outside of transactions: slots are monotone facts.
func (o *Instance) slotFor(name *Str) int {
	for {
		s := o.ShapeOf()
		if i := s.Index(name); i >= 0 {
			return i
		}
		atomic.CompareAndSwapPointer(&o.Shape, unsafe.Pointer(s), unsafe.Pointer(s.With(name)))
	}
}

// census is the name of a slot that shared instances get when somebody lists their attributes. Whoever adds an attribute after
// that writes the slot, and so conflicts with those who have listed.
var census = newStr("\x00census")

// Set writes an attribute of the instance itself (Unset deletes it), adding it if need be.
func (o *Instance) Set(t *Thread, name *Str, v Value) error {
	s := o.ShapeOf()
	i := s.Index(name)
	if i < 0 {
		if v.IsUnset() {
			return nil
		}
		return o.add(t, s, name, v)
	}
	return o.SetSlot(t, i, v)
}

// SetSlot writes slot i of the instance, saving its old state first if the slice may be rolled back.
func (o *Instance) SetSlot(t *Thread, i int, v Value) error {
	if o.Claim(t) {
		t.SaveInstance(o)
		*o.Slot(i) = v
		return nil
	}
	return o.storeCell(t, i, v)
}

// storeCell writes slot i of a shared instance.
func (o *Instance) storeCell(t *Thread, i int, v Value) error {
	c := o.Cell(i)
	if t.Regime == RegimeSTM && t.Accesses == nil && t.Tx.Quick() && t.Tx.Wrote(wordOf(c)) && !v.IsUnset() {
		if w, ok := t.Tx.Own(wordOf(c)); ok && !(Value{w.P, w.B}).IsUnset() && t.Tx.SetOwn(wordOf(c), stm.Word{P: v.Ref, B: v.Bits}) {
			return nil
		}
	}
	if s := o.ShapeOf(); s.listed && !v.IsUnset() {
		old, err := t.loadShared(&o.Orec, c)
		if err != nil {
			return err
		}
		if old.IsUnset() {
			// Read, then write: a slice that has written the slot blindly would not notice the others' writes.
			list := o.Cell(s.Index(census))
			n, err := t.loadShared(&o.Orec, list)
			if err != nil {
				return err
			}
			if err := t.storeShared(&o.Orec, list, Int(int64(n.Bits)+1)); err != nil {
				return err
			}
		}
	}
	return t.storeShared(&o.Orec, c, v)
}

// SaveInstance saves the whole state of a private instance for undo, once per slice.
func (t *Thread) SaveInstance(o *Instance) {
	if o.Meta&^uint64(0xff) == t.Epoch {
		return
	}
	if t.Epoch != 0 {
		t.Undo.saveInstance(o)
	}
	o.Meta = o.Meta&(1<<epochShift-1) | t.Epoch
}

func (o *Instance) slots() []Value { return unsafe.Slice((*Value)(o.Slots), o.Cap) }

func (o *Instance) add(t *Thread, s *Shape, name *Str, v Value) error {
	if !o.Claim(t) {
		if t.Regime == RegimeRead {
			if err := t.VM.Upgrade(t); err != nil {
				return err
			}
		}
		if x, _, _, err := o.Type.Lookup(t, name.S); err != nil {
			return err
		} else if !x.IsUnset() {
			// Caches rely on instances of this shape not having the attribute themselves. (From here on the slice is
			// irrevocable, so that the move of the epoch comes with that of the shape.)
			if err := t.BumpDef(); err != nil {
				return err
			}
		}
		return o.storeCell(t, o.slotFor(name), v)
	}
	t.SaveInstance(o)
	next := s.With(name)
	o.reserve(next.N)
	*o.Slot(s.N) = v
	o.setShape(next)
	return nil
}

func (o *Instance) setShape(s *Shape) { o.Shape = unsafe.Pointer(s) }

// reserve makes room for n slots in a private instance, and tells the class what its instances need.
func (o *Instance) reserve(n int) {
	cls := o.Type
	if e := cls.expect.Load(); int32(n) > e && n <= 64 {
		cls.expect.Store(int32(n))
	}
	if n <= int(o.Cap) {
		return
	}
	c := max(4, n+n/2)
	s := make([]Value, c)
	copy(s, o.slots())
	unsetAll(s[o.Cap:])
	o.Slots, o.Cap = unsafe.Pointer(&s[0]), int32(c)
}

// Names lists the attributes that the instance has now, in the order in which they were added.
func (o *Instance) Names(t *Thread) ([]*Str, error) {
	if o.Meta&FlagShared != 0 {
		if _, err := t.absent(o, census); err != nil {
			return nil, err
		}
	}
	shape := o.ShapeOf()
	all := shape.Names()
	base := shape.N - len(all)
	names := all[:0]
	for i, n := range all {
		v, err := t.Load(&o.Mut, o.Cell(base+i))
		if err != nil {
			return nil, err
		}
		if !v.IsUnset() && n.S != census.S {
			names = append(names, n)
		}
	}
	return names, nil
}
