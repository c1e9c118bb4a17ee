package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// A frame is one activation of a Code. Its registers are a window of the thread's stack (or, for a generator, a heap block
// of the generator's own). Frames are not on Go's stack: rolling a slice back is copying registers and
// frame headers, see slice.go.

// cont says what happens to the value that a frame returns.
type cont uint8

const (
	contStore    cont = iota // R[dst] of the caller; the only one that the loop handles itself
	contExit                 // leave the loop: the frame was entered from Go
	contInit                 // __init__: must be None; R[dst] = aux, the new object
	contBinary               // __add__ and the like for the caller's current instruction: NotImplemented tries the other operand
	contTruth                // __contains__, __bool__: R[dst] = truth of the value
	contNotTruth             // the same, negated
	contJump                 // the truth decides the caller's conditional jump
	contIter                 // __iter__ for GETITER
	contNext                 // __next__ for FORLOOP: StopIteration ends the loop
	contClass                // class body for BUILDCLASS
	contDrop                 // __setattr__, __setitem__, property setters: the value is dropped
	contFuncNext             // next(x, default): StopIteration gives aux
)

// Flags of a frame.
const (
	frameNewChunk     = 1 << iota // the window begins a new chunk of the stack: returning goes back to the old one
	frameGenFor                   // generator resumed by FORLOOP: the end of the generator ends the loop
	frameGenYieldFrom             // generator resumed by YIELDFROM
	frameGenSend                  // generator resumed by next(), send(), throw(): its end raises StopIteration
	frameGenDefault               // generator resumed by next(g, default)
)

// frame is an activation. ip points at the next instruction while the frame is not the running one.
//
// Frames are a chain that is never cut: a thread's frames are reused, and their addresses are stable.
type frame struct {
	prev    *frame
	next    *frame // nil: none made yet, or the recursion limit
	depth   int32  // number of frames below
	code    *code.Code
	consts  unsafe.Pointer // of the code
	regs    unsafe.Pointer
	ip      unsafe.Pointer
	fn      *Function
	gen     *Generator
	aux     object.Value
	dst     uint16
	cont    cont
	flags   uint8
	handled int32 // height of the thread's stack of handled exceptions when the frame was entered
}

// pc is the index of the instruction that the frame executes (the one before ip).
func (f *frame) pc() int {
	return int(uintptr(f.ip)-uintptr(unsafe.Pointer(&f.code.Instrs[0])))/int(unsafe.Sizeof(code.Instr{})) - 1
}

// line is the source line of that instruction.
func (f *frame) line() int {
	pc := f.pc()
	if pc < 0 {
		return int(f.code.FirstLine)
	}
	return int(f.code.Lines[pc].Line)
}

// instr is the instruction that the frame executes.
func (f *frame) instr() *code.Instr { return (*code.Instr)(unsafe.Add(f.ip, -8)) }

// reg is register i of window r.
func reg(r unsafe.Pointer, i uint16) *object.Value {
	return (*object.Value)(unsafe.Add(r, uintptr(i)<<4))
}

func regN(r unsafe.Pointer, i int) *object.Value {
	return (*object.Value)(unsafe.Add(r, uintptr(i)<<4))
}

// window is n registers from i on, as a slice.
func window(r unsafe.Pointer, i uint16, n int) []object.Value {
	if n == 0 {
		return nil
	}
	return unsafe.Slice(reg(r, i), n)
}

const (
	instrSize  = unsafe.Sizeof(code.Instr{})
	valueSize  = unsafe.Sizeof(object.Value{})
	firstChunk = 1 << 10 // registers in a thread's first stack chunk
	maxChunk   = 1 << 16
)

// chunk is a piece of a thread's stack. Chunks never move, so windows are plain pointers.
type chunk struct {
	values []object.Value
	prev   *chunk
}

func (c *chunk) base() unsafe.Pointer { return unsafe.Pointer(&c.values[0]) }

// limit is the first address past the chunk that may not be used; there is always room for one more window of
// slack registers, so that a callee's outgoing arguments fit.
func (c *chunk) limit() uintptr {
	return uintptr(unsafe.Pointer(&c.values[0])) + uintptr(len(c.values))*valueSize
}

// pushChunk makes room for a window of at least n registers in a new chunk.
func (t *Thread) pushChunk(n int) unsafe.Pointer {
	size := 2 * len(t.chunk.values)
	if size > maxChunk {
		size = maxChunk
	}
	for size < n+16 {
		size *= 2
	}
	if t.spare != nil && len(t.spare.values) >= n+16 {
		c := t.spare
		t.spare = nil
		c.prev = t.chunk
		t.chunk = c
	} else {
		t.chunk = &chunk{values: make([]object.Value, size), prev: t.chunk}
	}
	t.limit = t.chunk.limit()
	return t.chunk.base()
}

// popChunk goes back to the chunk before. One chunk is kept for the next push.
func (t *Thread) popChunk() {
	t.spare = t.chunk
	t.chunk = t.chunk.prev
	t.limit = t.chunk.limit()
}

// growFrames makes room for more frames, or says that the recursion limit is reached.
func (t *Thread) growFrames(f *frame) error {
	limit := int32(t.vm.recursionLimit+t.extraDepth) + 1
	if f.depth+1 >= limit {
		return object.NewError(&t.Thread, t.Interp.Types.RecursionError, "maximum recursion depth exceeded")
	}
	block := make([]frame, min(frameBlock, int(limit-f.depth-1)))
	for i := range block {
		n := &block[i]
		n.prev, n.depth = f, f.depth+1
		f.next = n
		f = n
	}
	return nil
}

const frameBlock = 16

// push makes a frame for c whose window is not the continuation of the caller's: above everything in use. The registers of the
// parameters are for the caller to fill before anything else runs.
func (t *Thread) push(c *code.Code, fn *Function, k cont, dst uint16) (*frame, error) {
	if t.top.next == nil {
		if err := t.growFrames(t.top); err != nil {
			return nil, err
		}
	}
	var flags uint8
	base := t.stackTop()
	if uintptr(base)+uintptr(c.NumRegs+slackRegs)*valueSize > t.limit {
		base = t.pushChunk(c.NumRegs + slackRegs)
		flags = frameNewChunk
	}
	f := t.top.next
	t.top = f
	f.code, f.regs, f.fn, f.gen = c, base, fn, nil
	f.consts = constBase(f.code)
	f.ip = unsafe.Pointer(&c.Instrs[0])
	f.dst, f.cont, f.flags = dst, k, flags
	f.handled = int32(len(t.Handled))
	return f, nil
}

// slackRegs are registers past a window that belong to it (nothing may be beyond the chunk's end).
const slackRegs = 4

// stackTop is the first register above every window in use.
func (t *Thread) stackTop() unsafe.Pointer {
	for f := t.top; f.code != nil; f = f.prev {
		if f.gen == nil {
			return unsafe.Add(f.regs, uintptr(f.code.NumRegs)*valueSize)
		}
	}
	return t.chunk.base()
}
