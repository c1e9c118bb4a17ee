package vm

import (
	"gilt/vm/code"
	"gilt/vm/object"
)

// What tracebacks ask about frames: names for "Did you mean".

var _ object.FrameSource = (*VM)(nil)

// FrameNames implements object.FrameSource.
func (vm *VM) FrameNames(ot *object.Thread, all bool) (names []string, self object.Value) {
	t := of(ot)
	f := t.caller()
	self = object.Unset
	if f.code == nil || f.fn == nil {
		return nil, self
	}
	local := func(name string, v object.Value) {
		if v.Kind() == object.KindCell {
			v = (*object.Cell)(v.Ref).V
		}
		if v.IsUnset() {
			return
		}
		if name == "self" {
			self = v
		}
		if all {
			names = append(names, name)
		}
	}
	if f.code.Flags&(code.ModuleBody|code.ClassBody) == 0 {
		for i, name := range f.code.Locals {
			local(name, *regN(f.regs, i))
		}
		for i, name := range f.code.Free {
			local(name, f.fn.Closure[i].Value())
		}
	}
	if !all {
		return nil, self
	}
	for _, ns := range []*object.Namespace{f.fn.Globals, vm.Interp.Builtins.NS} {
		items, err := ns.Keys(ot)
		if err != nil {
			continue
		}
		for _, k := range items {
			if s, ok := object.AsStr(k); ok {
				names = append(names, s.S)
			}
		}
	}
	return names, self
}
