package vm

import (
	"unsafe"

	"gilt/vm/code"
	"gilt/vm/object"
)

// The class statement. The body is a function whose register 0 is the namespace; it runs in a frame of its own, and the class is
// made when it returns.

// classParts are the operands of BUILDCLASS in frame c.
func (t *Thread) classParts(c *frame) (name, meta object.Value, bases []object.Value, changed bool, kw *object.Kwargs, err error) {
	in := c.instr()
	name = *reg(c.regs, in.B+1)
	given := (*object.Tuple)(reg(c.regs, in.B+2).Ref).Items
	if bases, changed, err = object.ResolveBases(&t.Thread, given); err != nil {
		return
	}
	meta = object.Unset
	if d := *reg(c.regs, in.B+3); !d.IsUnset() {
		all, e := t.kwargsOf(d)
		if e != nil {
			err = e
			return
		}
		if all != nil {
			kw = &object.Kwargs{}
			for i, n := range all.Names {
				if n == "metaclass" {
					meta = all.Values[i]
					continue
				}
				kw.Names = append(kw.Names, n)
				kw.Values = append(kw.Values, all.Values[i])
			}
			if len(kw.Names) == 0 {
				kw = nil
			}
		}
	}
	meta, err = object.Metaclass(&t.Thread, meta, bases)
	return
}

// buildClass is BUILDCLASS: it enters the body.
func (t *Thread) buildClass(f *frame, in *code.Instr, r unsafe.Pointer) status {
	name, meta, bases, _, kw, err := t.classParts(f)
	if err != nil {
		return t.fail(err)
	}
	ns, err := object.Prepare(&t.Thread, meta, name, bases, kw)
	if err != nil {
		return t.fail(err)
	}
	fn := (*Function)(reg(r, in.B).Ref)
	nf, err := t.push(fn.Code, fn, contClass, in.A)
	if err != nil {
		return t.fail(err)
	}
	*reg(nf.regs, 0) = ns
	nf.aux = ns
	return stReload
}

// classResult makes the class when its body has returned v, the cell of __class__ or None.
func (t *Thread) classResult(c *frame, ns, v object.Value) status {
	name, meta, bases, changed, kw, err := t.classParts(c)
	if err != nil {
		return t.fail(err)
	}
	if v.Kind() == object.KindCell {
		if err := t.nsSet(ns, t.Intern("__classcell__"), v); err != nil {
			return t.fail(err)
		}
	}
	if changed {
		in := c.instr()
		if err := t.nsSet(ns, t.Intern("__orig_bases__"), *reg(c.regs, in.B+2)); err != nil {
			return t.fail(err)
		}
	}
	if t.Interp.Dialect2 {
		if meta, err = t.metaclass2(meta, bases, ns); err != nil {
			return t.fail(err)
		}
	}
	cls, err := object.BuildClass(&t.Thread, meta, name, bases, ns, kw)
	return t.reput(c.instr().A, cls, err)
}

// superCall is SUPER: zero-argument super, unless the program has a super of its own.
func (t *Thread) superCall(f *frame, in *code.Instr, r unsafe.Pointer) status {
	c := (*object.Cell)(reg(r, in.B).Ref)
	cls, err := t.Load(&c.Mut, &c.V)
	if err != nil {
		return t.fail(err)
	}
	if cls.IsUnset() {
		return t.fail(object.RuntimeErrorf(&t.Thread, "super(): empty __class__ cell"))
	}
	self := *reg(r, in.C)
	if self.Kind() == object.KindCell {
		sc := (*object.Cell)(self.Ref)
		if self, err = t.Load(&sc.Mut, &sc.V); err != nil {
			return t.fail(err)
		}
	}
	next := (*code.Instr)(f.ip)
	if next.Op != code.GETMETHOD || next.B != in.A || self.Kind() != object.KindInstance {
		v, err := object.NewSuper(&t.Thread, cls, self)
		return t.put(in.A, v, err)
	}
	// super().name(...): no super object is needed.
	s := &f.code.Sites[next.C]
	typ := self.Header().Type
	for e := s.Cache.Load(); e != nil; e = e.More {
		if e.Kind == cacheSuper && e.Type == typ && unsafe.Pointer(e.After) == cls.Ref && e.Version == t.DefSeen {
			*reg(r, next.A), *reg(r, next.A+1) = e.Value, self
			f.ip = unsafe.Add(f.ip, instrSize)
			return stNext
		}
	}
	v, err := object.NewSuper(&t.Thread, cls, self)
	if err != nil {
		return t.fail(err)
	}
	if fn, _, ok, cacheable, err := object.SuperMethod(&t.Thread, (*object.Super)(v.Ref), s.Name); err == nil && ok && cacheable {
		t.remember(s, &code.CacheEntry{Kind: cacheSuper, Type: typ, After: (*object.Type)(cls.Ref), Value: fn})
	}
	*reg(r, in.A) = v
	return stNext
}
