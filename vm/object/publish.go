package object

import "sync/atomic"

// This file publishes: it makes a value and all that is reachable from it shared, before a reference to it is stored where
// other threads can find it (Shpeisman et al., PLDI'07: dynamic escape analysis).
//
// Invariants. A shared object refers to shared objects only (and to immutable ones whose contents are shared). Each
// object is published once in its life. An object's representation is converted before its flag is set, and nobody else
// can see it until the walk is over. The walk keeps its own stack: depth costs no Go stack.

// publisher is the work list of one walk.
type publisher struct {
	t     *Thread
	queue []Value
}

// Add queues a value whose object may still be private.
func (p *publisher) Add(v Value) {
	if v.Ref != nil && publishable(v.Kind()) {
		p.queue = append(p.queue, v)
	}
}

// publishable says whether there is anything to publish in objects of a kind.
func publishable(k Kind) bool {
	switch k {
	case KindUnset, KindNone, KindBool, KindFloat, KindNotImplemented, KindEllipsis, KindBigInt, KindComplex, KindStr, KindBytes, KindCode:
		return false
	}
	return true
}

// AddAll queues values.
func (p *publisher) AddAll(vs []Value) {
	for _, v := range vs {
		p.Add(v)
	}
}

// Publisher is what objects of other packages and Go values in boxes implement so that what they refer to is published with them.
type Publisher interface {
	// PublishRefs calls add for every value that the object refers to, and converts the object's own
	// representation if that has to change when it becomes shared.
	PublishRefs(t *Thread, add func(Value))
}

// Publish makes v and all that is reachable from it shared.
func Publish(t *Thread, v Value) {
	if v.Ref == nil || !publishable(v.Kind()) {
		return
	}
	h := v.Header()
	if h.Meta&FlagShared != 0 || Kind(h.Meta) == KindTuple && (h.Meta&walked != 0 || leaves((*Tuple)(v.Ref).Items)) {
		return
	}
	p := t.publisher
	if p == nil {
		p = &publisher{t: t}
	}
	t.publisher = nil // objects of other packages may publish while they are being visited
	p.queue = append(p.queue, v)
	p.walk()
	if cap(p.queue) <= maxPublishQueue {
		p.queue = p.queue[:0]
		t.publisher = p
	}
}

// maxPublishQueue is the longest work list that a thread keeps for its next walk.
const maxPublishQueue = 256

// walk visits what is queued, and what that leads to.
func (p *publisher) walk() {
	for len(p.queue) > 0 {
		n := len(p.queue) - 1
		v := p.queue[n]
		p.queue[n] = Value{} // the list outlives the walk
		p.queue = p.queue[:n]
		p.visit(v)
		if p.t.Interp.Is(MutShallowPublish) {
			return
		}
	}
}

func (p *publisher) visit(v Value) {
	h := v.Header()
	if h.Meta&FlagShared != 0 {
		return
	}
	if publishContainer(p, v) {
		return
	}
	switch Kind(h.Meta) {
	case KindInstance:
		o := (*Instance)(v.Ref)
		p.mark(h)
		if h.Type != nil {
			p.Add(h.Type.Value())
		}
		for i := range int(o.Cap) {
			p.Add(*o.Slot(i))
		}
	case KindType:
		x := (*Type)(v.Ref)
		if x.Flags&TypeUser == 0 {
			return // never changes
		}
		p.mark(h)
		if h.Type != nil {
			p.Add(h.Type.Value())
		}
		for _, b := range x.MRO[1:] {
			p.Add(b.Value())
		}
		p.Add(x.Module)
		for _, s := range x.OwnSlots() {
			p.Add(valueOf(s))
		}
	case KindModule:
		p.mark(h)
		p.Add((*Module)(v.Ref).NS.Value())
	case KindSlot:
		s := (*Slot)(v.Ref)
		p.mark(h)
		p.Add(s.V)
	case KindCell:
		p.mark(h)
		p.Add((*Cell)(v.Ref).V)
	case KindMethod:
		m := (*Method)(v.Ref)
		p.Add(m.Fn)
		p.Add(m.Self)
	case KindBuiltin:
		b := (*Builtin)(v.Ref)
		if !b.Self.IsUnset() {
			p.Add(b.Self)
		}
	case KindProperty:
		x := (*Property)(v.Ref)
		p.mark(h)
		p.AddAll([]Value{x.Get, x.Set, x.Del, x.Doc, x.Name})
	case KindStaticMethod, KindClassMethod:
		p.mark(h)
		p.Add((*Wrapper)(v.Ref).Fn)
	case KindSuper:
		s := (*Super)(v.Ref)
		p.Add(s.Type.Value())
		p.Add(s.Obj)
	case KindGetset:
		if o := (*Getset)(v.Ref).Owner; o != nil {
			p.Add(o.Value())
		}
	case KindTraceback:
		tb := (*Traceback)(v.Ref)
		p.mark(h)
		p.Add(tb.Next)
		p.Add(tb.Frame)
		if tb.Vars != nil {
			p.Add(tb.Vars.Self)
		}
	case KindBox:
		switch x := (*Box)(v.Ref).V.(type) {
		case *ExcState:
			p.AddAll([]Value{x.Args, x.Cause, x.Context, x.Traceback})
			p.AddAll(x.Fields)
		case Publisher:
			x.PublishRefs(p.t, p.Add)
		}
	default:
		p.mark(h)
		if f := TypeOf(p.t, v).Ops.Publish; f != nil {
			f(p.t, v, p.Add)
		}
	}
}

// mark sets the flag. The object is still private, so a plain write would do; the slots' flags are read atomically elsewhere.
func (p *publisher) mark(h *Header) {
	atomic.StoreUint64(&h.Meta, h.Meta|FlagShared)
	p.t.notePublished(h)
}
