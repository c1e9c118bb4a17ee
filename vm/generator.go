package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// Generators. A generator owns its registers; resuming one pushes a frame whose window they are, so that generators
// neither recurse in Go nor copy registers. Rolling a slice back restores a private generator from a snapshot taken when it is first
// resumed in a slice. A generator that other threads can reach is resumed irrevocably: two threads that share one are rare,
// and its frame cannot be in two slices at once.

// newGenerator makes a generator with its registers; a small one is a single allocation.
func (t *Thread) newGenerator(fn *Function) *Generator {
	n := fn.Code.NumRegs + slackRegs
	var g *Generator
	switch {
	case n <= 10:
		x := &gen10{}
		g, x.regs = &x.Generator, x.window[:n]
	case n <= 14:
		x := &gen14{}
		g, x.regs = &x.Generator, x.window[:n]
	case n <= 20:
		x := &gen20{}
		g, x.regs = &x.Generator, x.window[:n]
	default:
		g = &Generator{regs: make([]object.Value, n)}
	}
	g.Mut = t.NewMut(object.KindGenerator, t.Interp.Types.Generator)
	g.Code, g.Fn = fn.Code, fn
	g.Name, g.Qual = fn.Name, fn.Qualname
	for i := len(g.Code.Params); i < len(g.Code.Locals); i++ {
		g.regs[i] = object.Unset // gi_frame shows the variables that have values
	}
	return g
}

// Layouts that allocate a generator and its registers at once.
type (
	gen10 struct {
		Generator
		window [10]object.Value
	}
	gen14 struct {
		Generator
		window [14]object.Value
	}
	gen20 struct {
		Generator
		window [20]object.Value
	}
)

// touch prepares g for a change in this slice.
func (t *Thread) touch(g *Generator) error {
	if g.Meta&^0xff == t.Epoch {
		return nil
	}
	return t.Exclusive(&g.Mut, func() func() {
		state, ip, yf, started, name, qual := g.state, g.ip, g.yfrom, g.started, g.Name, g.Qual
		regs := append([]object.Value(nil), g.regs...)
		handled := append([]object.Value(nil), g.handled...)
		return func() {
			g.state, g.ip, g.yfrom, g.started, g.Name, g.Qual = state, ip, yf, started, name, qual
			copy(g.regs, regs)
			g.handled = handled
		}
	})
}

// resume pushes the generator's frame and sends v into it. how is one of frameGenXxx.
func (t *Thread) resume(g *Generator, v object.Value, dst uint16, k cont, how uint8) status {
	if err := t.touch(g); err != nil {
		return t.fail(err)
	}
	switch g.state {
	case genRunning:
		return t.fail(object.ValueErrorf(&t.Thread, "generator already executing"))
	case genDone:
		return t.genEnd(how, k, dst, object.None)
	case genNew:
		if !v.IsNone() {
			return t.fail(object.TypeErrorf(&t.Thread, "can't send non-None value to a just-started generator"))
		}
	}
	if err := t.pushGen(g, dst, k, how); err != nil {
		return t.fail(err)
	}
	if g.state == genSuspended {
		t.sendInto(g, v)
	}
	g.state = genRunning
	t.budget -= callWeight
	if t.budget < 0 && how != frameGenDefault && k != contExit {
		t.midway = true
		if st := t.yieldPoint(); st != stNext {
			return st
		}
	}
	return stReload
}

// sendInto stores what is sent where the suspended instruction expects it.
func (t *Thread) sendInto(g *Generator, v object.Value) {
	in := &g.Code.Instrs[g.ip]
	if g.started { // suspended in YIELDFROM, which runs again
		g.regs[in.A] = v
		return
	}
	in = &g.Code.Instrs[g.ip-1]
	g.regs[in.A] = v
}

func (t *Thread) pushGen(g *Generator, dst uint16, k cont, how uint8) error {
	if t.top.next == nil {
		if err := t.growFrames(t.top); err != nil {
			return err
		}
	}
	f := t.top.next
	t.top = f
	f.code, f.fn, f.gen = g.Code, g.Fn, g
	f.consts = constBase(f.code)
	f.regs = unsafe.Pointer(&g.regs[0])
	f.ip = unsafe.Pointer(&g.Code.Instrs[g.ip])
	f.dst, f.cont, f.flags = dst, k, how
	f.aux = object.Unset
	f.handled = int32(len(t.Handled))
	t.Handled = append(t.Handled, g.handled...)
	return nil
}

// suspend takes the generator's frame off the stack, to go on at instruction ip.
func (t *Thread) suspend(f *frame, ip int32) {
	g := f.gen
	g.ip = ip
	g.state = genSuspended
	if n := int(f.handled); len(t.Handled) > n {
		g.handled = append(g.handled[:0:0], t.Handled[n:]...)
		t.Handled = t.Handled[:n]
	} else if g.handled != nil {
		g.handled = nil
	}
	t.popFrame(f)
}

// yield suspends the running generator and gives v to whoever resumed it.
func (t *Thread) yield(f *frame, v object.Value) status {
	if err := t.touch(f.gen); err != nil {
		return t.fail(err)
	}
	how, k, dst := f.flags, f.cont, f.dst
	t.suspend(f, int32(f.pc()+1))
	return t.yielded(how, k, dst, v)
}

func (t *Thread) yielded(how uint8, k cont, dst uint16, v object.Value) status {
	if k == contExit {
		t.result = v
		t.yieldedExit = true
		t.err = nil
		return stExit
	}
	c := t.top
	switch how {
	case frameGenFor:
		in := c.instr()
		*reg(c.regs, in.A) = v
		return t.jumpTo(c, int(int16(in.C)))
	case frameGenYieldFrom:
		// The delegating generator yields it in turn; its YIELDFROM runs again when it is resumed.
		if err := t.touch(c.gen); err != nil {
			return t.fail(err)
		}
		c.gen.started = true
		how, k, dst := c.flags, c.cont, c.dst
		t.suspend(c, int32(c.pc()))
		return t.yielded(how, k, dst, v)
	}
	*reg(c.regs, dst) = v
	return stReload
}

// genDone marks the end of g.
func (t *Thread) genDone(g *Generator) {
	g.state = genDone
	g.yfrom = object.Unset
	g.started = false
	clear(g.regs)
	g.handled = nil
}

// genReturn is a return from a generator's frame.
func (t *Thread) genReturn(f *frame, v object.Value) status {
	g := f.gen
	if err := t.touch(g); err != nil {
		return t.fail(err)
	}
	how, k, dst := f.flags, f.cont, f.dst
	aux := f.aux
	t.Handled = t.Handled[:f.handled]
	t.popFrame(f)
	t.genDone(g)
	if how == frameGenDefault {
		*reg(t.top.regs, dst) = aux
		return stReload
	}
	return t.genEnd(how, k, dst, v)
}

// genEnd tells whoever resumed a generator that it has ended with value v.
func (t *Thread) genEnd(how uint8, k cont, dst uint16, v object.Value) status {
	if k == contExit {
		t.result = v
		t.yieldedExit = false
		t.err = nil
		return stExit
	}
	c := t.top
	switch how {
	case frameGenFor:
		return stReload // falls through the FORLOOP
	case frameGenYieldFrom:
		in := c.instr()
		c.gen.started = false
		c.gen.yfrom = object.Unset
		*reg(c.regs, in.A) = v
		return stReload
	}
	return t.fail(object.StopIteration(&t.Thread, v))
}

// yieldFrom is one step of YIELDFROM in frame f.
func (t *Thread) yieldFrom(f *frame, in *code.Instr, r unsafe.Pointer) status {
	it := *reg(r, in.B)
	g := f.gen
	if err := t.touch(g); err != nil {
		return t.fail(err)
	}
	sent := object.None
	if g.started {
		sent = *reg(r, in.A)
	}
	g.yfrom = it
	if it.Kind() == object.KindGenerator {
		sub := (*Generator)(it.Ref)
		if err := t.touch(sub); err != nil {
			return t.fail(err)
		}
		if sub.state == genNew {
			sent = object.None
		}
		return t.resume(sub, sent, in.A, contStore, frameGenYieldFrom)
	}
	var v object.Value
	var ok bool
	var err error
	if sent.IsNone() {
		v, ok, err = object.Next(&t.Thread, it)
		if err == nil && !ok {
			err = object.StopIteration(&t.Thread, object.None)
		}
	} else {
		v, err = object.CallMethod(&t.Thread, it, "send", sent)
	}
	if err != nil {
		if e, ok := object.Catch(&t.Thread, err, t.Interp.Types.StopIteration); ok {
			g.started, g.yfrom = false, object.Unset
			*reg(r, in.A) = object.StopValue(&t.Thread, e)
			return stReload
		}
		g.started, g.yfrom = false, object.Unset
		return t.fail(err)
	}
	g.started = true
	how, k, dst := f.flags, f.cont, f.dst
	t.suspend(f, int32(f.pc()))
	return t.yielded(how, k, dst, v)
}

// genStep resumes g from Go. yielded says whether v was yielded rather than returned.
func (t *Thread) genStep(g *Generator, send object.Value) (v object.Value, yielded bool, err error) {
	if err := t.touch(g); err != nil {
		return object.Unset, false, err
	}
	if g.state == genDone {
		return object.None, false, nil
	}
	if g.state == genSuspended && !g.started && g.handled == nil && t.top.next != nil && t.loops < maxNested {
		return t.stepSuspended(g, send)
	}
	return t.nested(func() status { return t.resume(g, send, 0, contExit, frameGenSend) })
}

// stepSuspended is genStep for a generator that is suspended in a plain yield.
func (t *Thread) stepSuspended(g *Generator, send object.Value) (v object.Value, yielded bool, err error) {
	f := t.top.next
	t.top = f
	f.code, f.fn, f.gen = g.Code, g.Fn, g
	f.consts = constBase(f.code)
	f.regs = unsafe.Pointer(&g.regs[0])
	f.ip = unsafe.Pointer(&g.Code.Instrs[g.ip])
	f.dst, f.cont, f.flags = 0, contExit, frameGenSend
	f.aux = object.Unset
	f.handled = int32(len(t.Handled))
	*reg(f.regs, g.Code.Instrs[g.ip-1].A) = send
	g.state = genRunning
	t.budget -= callWeight
	t.yieldedExit = false
	t.loops++
	err = t.run()
	t.loops--
	v, yielded = t.result, t.yieldedExit
	t.result, t.yieldedExit = object.Unset, false
	return v, yielded, err
}

// nested runs the frame that start pushes in a loop of its own, until it leaves.
func (t *Thread) nested(start func() status) (v object.Value, yielded bool, err error) {
	if t.loops >= maxNested {
		return object.Unset, false, object.RecursionErrorf(&t.Thread, "maximum recursion depth exceeded")
	}
	t.yieldedExit = false
	t.loops++
	t.enterOperation()
	st := start()
	if st == stReload {
		err = t.run()
	} else if st == stRaise {
		err = t.err
		t.err = nil
	}
	t.loops--
	t.leaveOperation()
	v, yielded = t.result, t.yieldedExit
	t.result, t.yieldedExit = object.Unset, false
	return v, yielded, err
}

// maxNested bounds loops within loops (Go code that calls Python that calls Go ...): each takes some of Go's stack.
const maxNested = 2000

// throw raises exc inside of the suspended generator.
func (t *Thread) throw(g *Generator, exc error) (object.Value, bool, error) {
	if err := t.touch(g); err != nil {
		return object.Unset, false, err
	}
	switch g.state {
	case genRunning:
		return object.Unset, false, object.ValueErrorf(&t.Thread, "generator already executing")
	case genDone:
		return object.Unset, false, exc
	case genNew:
		t.genDone(g)
		return object.Unset, false, exc
	}
	if sub := g.yfrom; g.started && !sub.IsUnset() {
		return t.throwInto(g, sub, exc)
	}
	return t.resumeWith(g, exc)
}

// resumeWith continues g by raising err at the point where it is suspended.
func (t *Thread) resumeWith(g *Generator, err error) (object.Value, bool, error) {
	return t.nested(func() status {
		if e := t.pushGen(g, 0, contExit, frameGenSend); e != nil {
			return t.fail(e)
		}
		f := t.top
		if g.started { // at YIELDFROM itself: step over it, so that the instruction counts as executed
			g.started, g.yfrom = false, object.Unset
			f.ip = unsafe.Add(f.ip, instrSize)
		}
		g.state = genRunning
		t.err = err
		if st := t.unwind(); st == stExit {
			return stRaise
		}
		return stReload
	})
}

// throwInto passes an exception on to what g delegates to.
func (t *Thread) throwInto(g *Generator, sub object.Value, exc error) (object.Value, bool, error) {
	g.state = genRunning
	var v object.Value
	var yielded bool
	var err error
	closing := false
	if e, ok := exc.(*object.Raise); ok {
		_, closing = object.Catch(&t.Thread, e, t.Interp.Types.GeneratorExit)
	}
	switch {
	case sub.Kind() == object.KindGenerator:
		if closing {
			err = t.closeGen((*Generator)(sub.Ref))
			if err == nil {
				err = exc
			}
		} else {
			v, yielded, err = t.throw((*Generator)(sub.Ref), exc)
		}
	default:
		name := "throw"
		if closing {
			name = "close"
		}
		m, ok, e := object.FindMethod(&t.Thread, sub, name)
		switch {
		case e != nil:
			err = e
		case !ok:
			err = exc
		case closing:
			if _, err = t.Call(&t.Thread, m, nil, nil); err == nil {
				err = exc
			}
		default:
			e, _ := object.ExcOf(exc)
			v, err = t.Call(&t.Thread, m, []object.Value{e}, nil)
			yielded = err == nil
			if s, ok := object.Catch(&t.Thread, err, t.Interp.Types.StopIteration); ok && err != nil {
				v, yielded, err = object.StopValue(&t.Thread, s), false, nil
			}
		}
	}
	g.state = genSuspended
	if err != nil {
		return t.resumeWith(g, err)
	}
	if yielded {
		return v, true, nil
	}
	// The delegate has ended: the YIELDFROM is over, with v as its value.
	in := &g.Code.Instrs[g.ip]
	g.regs[in.A] = v
	g.started, g.yfrom = false, object.Unset
	g.ip++
	return t.nested(func() status {
		if err := t.pushGen(g, 0, contExit, frameGenSend); err != nil {
			return t.fail(err)
		}
		g.state = genRunning
		return stReload
	})
}

// closeGen is close(): GeneratorExit inside, which must end the generator.
func (t *Thread) closeGen(g *Generator) error {
	if err := t.touch(g); err != nil {
		return err
	}
	if g.state == genNew || g.state == genDone {
		t.genDone(g)
		return nil
	}
	_, yielded, err := t.throw(g, object.NewRaise(&t.Thread, t.Interp.Types.GeneratorExit))
	if err == nil {
		if yielded {
			return object.RuntimeErrorf(&t.Thread, "generator ignored GeneratorExit")
		}
		return nil
	}
	if _, ok := object.Catch(&t.Thread, err, t.Interp.Types.GeneratorExit); ok {
		return nil
	}
	if _, ok := object.Catch(&t.Thread, err, t.Interp.Types.StopIteration); ok {
		return nil
	}
	return err
}
