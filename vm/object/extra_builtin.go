package object

// This file exports to package builtin what its own types need of the machinery of containers.

// LockObject takes the latch of a shared object for one operation under RegimeLocks.
func (t *Thread) LockObject(m *Mut) { t.lockObj(m) }

// UnlockObject undoes one LockObject.
func (t *Thread) UnlockObject(m *Mut) { t.unlockObj(m) }

// subclassItem is v[key] for an instance of a class that inherits dict's own __getitem__: __missing__ is asked for what is not there.
func subclassItem(t *Thread, v Value, typ *Type, key Value) (Value, error) {
	d, _ := AsDict(v)
	x, ok, err := d.Get(t, key)
	if ok || err != nil {
		return x, err
	}
	if fn, ok := LookupSpecial(t, typ, SpMissing); ok {
		return CallSpecial(t, fn, v, key)
	}
	return Unset, KeyError(t, key)
}
