package vm

import (
	"gilt/vm/code"
	"gilt/vm/object"
)

// Function is a Python function. Code and Globals never change (assigning __code__ is refused); the mutable attributes
// are cells read through the thread, as of any other object.
type Function struct {
	object.Mut
	Code       *code.Code
	Globals    *object.Namespace
	Closure    []*object.Cell
	Defaults   object.Value // tuple or None
	KwDefaults object.Value // dict or None
	Name       object.Value
	Qualname   object.Value
	Doc        object.Value
	Module     object.Value
	Annot      object.Value // dict, or unset until asked for
	Attrs      object.Value // dict of other attributes, or unset
}

// Generator is a suspended activation: its registers and where it goes on. While it runs its frame's window is regs.
type Generator struct {
	object.Mut
	Code    *code.Code
	Fn      *Function
	regs    []object.Value
	handled []object.Value // exceptions that were being handled inside when it was suspended
	yfrom   object.Value   // what it delegates to (gi_yieldfrom), or unset
	Name    object.Value
	Qual    object.Value
	ip      int32 // index of the next instruction; of the YIELDFROM itself while delegating
	state   uint8
	started bool // suspended inside of a YIELDFROM
}

// States of a generator.
const (
	genNew = iota
	genSuspended
	genRunning
	genDone
)
