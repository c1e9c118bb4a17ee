package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// The frame of a generator as programs see it (gi_frame): a view of the generator, made anew each time it is asked for. It says where
// the generator is and what its variables are at the time of asking.

// genFrame is a frame object of a generator that has not ended.
type genFrame struct {
	object.Mut
	gen *Generator
}

func (t *Thread) frameOf(g *Generator) object.Value {
	return object.FromPointer(unsafe.Pointer(&genFrame{t.NewMut(object.KindFrame, t.Interp.Types.Frame), g}))
}

// running is the frame of this thread's stack that executes g, or nil.
func (t *Thread) running(g *Generator) *frame {
	if g.state != genRunning {
		return nil
	}
	for f := t.top; f.code != nil; f = f.prev {
		if f.gen == g {
			return f
		}
	}
	return nil
}

// lineOf is the line that g executes or is suspended at.
func (t *Thread) lineOf(g *Generator) int {
	if f := t.running(g); f != nil {
		return f.line()
	}
	pc := int(g.ip)
	switch {
	case g.state == genNew || g.state == genDone:
		return int(g.Code.FirstLine)
	case !g.started:
		pc--
	}
	return int(g.Code.Lines[pc].Line)
}

// localsOf is a dict of g's variables; before its start only the parameters have values.
func (t *Thread) localsOf(g *Generator) (object.Value, error) {
	if g.state == genDone {
		return t.NewDict().Value(), nil
	}
	return t.locals(&frame{code: g.Code, fn: g.Fn, regs: unsafe.Pointer(&g.regs[0])})
}

// initFrameType adds the attributes of frames. Reading a generator that other threads can reach is irrevocable, as resuming it is.
func (vm *VM) initFrameType(typ *object.Type) {
	in := vm.Interp
	attr := func(name string, get func(t *Thread, g *Generator) (object.Value, error)) {
		typ.Attr(in, name, func(ot *object.Thread, v object.Value) (object.Value, error) {
			t, g := of(ot), (*genFrame)(v.Ref).gen
			if err := t.touch(g); err != nil {
				return object.Unset, err
			}
			return get(t, g)
		}, nil)
	}
	attr("f_code", func(_ *Thread, g *Generator) (object.Value, error) { return codeValue(g.Code), nil })
	attr("f_lineno", func(t *Thread, g *Generator) (object.Value, error) { return object.Int(int64(t.lineOf(g))), nil })
	attr("f_locals", (*Thread).localsOf)
	attr("f_globals", func(_ *Thread, g *Generator) (object.Value, error) { return g.Fn.Globals.Value(), nil })
	attr("f_back", func(*Thread, *Generator) (object.Value, error) { return object.None, nil })
	typ.Ops.Publish = func(_ *object.Thread, v object.Value, add func(object.Value)) {
		add(object.FromPointer(unsafe.Pointer((*genFrame)(v.Ref).gen)))
	}
}

func codeValue(c *code.Code) object.Value { return object.FromPointer(unsafe.Pointer(c)) }
