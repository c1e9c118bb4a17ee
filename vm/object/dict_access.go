package object

// This file has the operations on dicts for Go code: they work whoever can reach the dict, under every regime.

// Len is the number of items.
func (d *Dict) Len(t *Thread) (int, error) {
	if d.mine(t) {
		return d.used, nil
	}
	return d.sharedLen(t)
}

// Get looks a key up.
func (d *Dict) Get(t *Thread, key Value) (v Value, found bool, err error) {
	if d.mine(t) {
		switch {
		case key.Ref == nil && d.mode <= dictInts:
			if k := d.findInt(key.Bits); k >= 0 {
				return d.entries[k].val, true, nil
			}
			return Unset, false, nil
		case key.Ref != nil && d.mode == dictStrs && key.Kind() == KindStr:
			if k := d.findStr((*Str)(key.Ref)); k >= 0 {
				return d.entries[k].val, true, nil
			}
			return Unset, false, nil
		}
	}
	h, err := hashKey(t, key)
	if err != nil {
		return Unset, false, err
	}
	if t.Regime == RegimeSTM && d.Meta&FlagShared != 0 {
		if v, ok := d.quickValue(t, key, h); ok {
			return v, true, nil
		}
	}
	return d.getHashed(t, key, h)
}

func (d *Dict) getHashed(t *Thread, key Value, h int64) (v Value, found bool, err error) {
	if d.mine(t) {
		k, again, err := d.find(t, key, h)
		if err != nil {
			return Unset, false, err
		}
		if !again {
			if k < 0 {
				return Unset, false, nil
			}
			return d.entries[k].val, true, nil
		}
	}
	return d.sharedGet(t, key, h)
}

// GetStr looks up a string.
func (d *Dict) GetStr(t *Thread, s *Str) (v Value, found bool, err error) {
	if d.mine(t) && d.mode == dictStrs {
		if k := d.findStr(s); k >= 0 {
			return d.entries[k].val, true, nil
		}
		return Unset, false, nil
	}
	h := s.Hash()
	if t.Regime == RegimeSTM && d.Meta&FlagShared != 0 {
		if v, ok := d.quickValue(t, s.Value(), h); ok {
			return v, true, nil
		}
	}
	return d.getHashed(t, s.Value(), h)
}

// GetInt looks up an int.
func (d *Dict) GetInt(t *Thread, n int64) (v Value, found bool, err error) {
	if d.mine(t) && d.mode == dictInts {
		if k := d.findInt(uint64(n)); k >= 0 {
			return d.entries[k].val, true, nil
		}
		return Unset, false, nil
	}
	return d.getHashed(t, Int(n), hashInt(n))
}

// Set stores a value under a key.
func (d *Dict) Set(t *Thread, key, v Value) error {
	if key.Ref == nil && d.mine(t) && d.mode == dictInts {
		if k := d.findInt(key.Bits); k >= 0 {
			if d.fresh(t) {
				d.entries[k].val = v
			} else {
				d.replace(t, k, v)
			}
		} else {
			return d.insert(t, key, hashInt(int64(key.Bits)), v)
		}
		return nil
	}
	if d.Meta&FlagShared != 0 {
		if ok, err := d.quickReplace(t, key, v); ok {
			return err
		}
	}
	h, err := hashKey(t, key)
	if err != nil {
		return err
	}
	return d.setHashed(t, key, h, v)
}

func (d *Dict) setHashed(t *Thread, key Value, h int64, v Value) error {
	if d.mine(t) {
		k, again, err := d.find(t, key, h)
		if err != nil {
			return err
		}
		if !again {
			if k >= 0 {
				d.replace(t, k, v)
			} else {
				return d.insert(t, key, h, v)
			}
			return nil
		}
	}
	_, _, err := d.sharedPut(t, key, h, v, putAlways)
	return err
}

// SetStr stores a value under a string.
func (d *Dict) SetStr(t *Thread, s *Str, v Value) error {
	return d.setHashed(t, s.Value(), int64(s.Hash()), v)
}

// SetDefault is the value under key, which is v from now on if there was none.
func (d *Dict) SetDefault(t *Thread, key, v Value) (Value, error) {
	h, err := hashKey(t, key)
	if err != nil {
		return Unset, err
	}
	if d.mine(t) {
		k, again, err := d.find(t, key, h)
		if err != nil {
			return Unset, err
		}
		if !again {
			if k >= 0 {
				return d.entries[k].val, nil
			}
			return v, d.insert(t, key, h, v)
		}
	}
	old, found, err := d.sharedPut(t, key, h, v, putIfAbsent)
	if found || err != nil {
		return old, err
	}
	return v, nil
}

// Del deletes a key and returns its value; found is false if there was none.
func (d *Dict) Del(t *Thread, key Value) (v Value, found bool, err error) {
	h, err := hashKey(t, key)
	if err != nil {
		return Unset, false, err
	}
	if d.mine(t) {
		k, again, err := d.find(t, key, h)
		if err != nil {
			return Unset, false, err
		}
		if !again {
			if k < 0 {
				return Unset, false, nil
			}
			return d.remove(t, k).val, true, nil
		}
	}
	return d.sharedDel(t, key, h)
}

// PopItem removes the item inserted last; ok is false when there is none.
func (d *Dict) PopItem(t *Thread) (key, v Value, ok bool, err error) {
	if !d.mine(t) {
		return d.sharedPopItem(t)
	}
	if d.used == 0 {
		return Unset, Unset, false, nil
	}
	e := d.remove(t, len(d.entries)-1) // the last entry is never a deleted one
	return e.key, e.val, true, nil
}

// Clear removes everything.
func (d *Dict) Clear(t *Thread) error {
	if !d.mine(t) {
		return d.sharedClear(t)
	}
	if d.used == 0 && len(d.entries) == 0 {
		return nil
	}
	if !d.fresh(t) {
		t.Undo.saveDictArrays(d)
		d.Meta = uint64(KindDict) | t.Epoch
	}
	d.entries, d.index, d.hashes, d.used, d.spent, d.mode = nil, nil, nil, 0, 0, dictEmpty
	return nil
}

// Item is a key and its value.
type Item struct{ Key, Val Value }

// Items are the items in order, in an array of the caller's.
func (d *Dict) Items(t *Thread) ([]Item, error) {
	if !d.mine(t) {
		return d.sharedItems(t)
	}
	out := make([]Item, 0, d.used)
	for pos := 0; ; {
		e := d.next(&pos)
		if e == nil {
			return out, nil
		}
		out = append(out, Item{e.key, e.val})
	}
}

// Keys are the keys in order.
func (d *Dict) Keys(t *Thread) ([]Value, error) {
	if !d.mine(t) {
		return d.sharedKeys(t)
	}
	out := make([]Value, 0, d.used)
	for pos := 0; ; {
		e := d.next(&pos)
		if e == nil {
			return out, nil
		}
		out = append(out, e.key)
	}
}

// hashedItem is an item with its key's hash: what goes from one container into another is not hashed again.
type hashedItem struct {
	Item
	hash int64
}

// hashed are the items in order, with the hashes.
func (d *Dict) hashed(t *Thread) ([]hashedItem, error) {
	if !d.mine(t) {
		return d.sharedHashed(t)
	}
	out := make([]hashedItem, 0, d.used)
	for pos := 0; ; {
		e := d.next(&pos)
		if e == nil {
			return out, nil
		}
		out = append(out, hashedItem{Item{e.key, e.val}, d.hashAt(pos - 1)})
	}
}

// Copy is a new dict with the same items.
func (d *Dict) Copy(t *Thread) (*Dict, error) {
	c := t.NewDict()
	if !d.mine(t) {
		items, err := d.sharedHashed(t)
		if err != nil {
			return nil, err
		}
		c.Reserve(t, len(items))
		for _, it := range items {
			if err := c.insert(t, it.Key, it.hash, it.Val); err != nil {
				return nil, err
			}
		}
		return c, nil
	}
	c.used, c.spent, c.mode, c.entries, c.index, c.hashes = d.used, d.spent, d.mode, d.entries, d.index, d.hashes
	if d.used == len(d.entries) {
		c.entries = append([]dictEntry(nil), d.entries...)
		c.index = append([]int32(nil), d.index...)
		c.hashes = append([]int64(nil), d.hashes...)
	} else {
		c.resize(d.used)
	}
	return c, nil
}

// Update adds the items of another dict, in their order.
func (d *Dict) Update(t *Thread, from *Dict) error {
	if from == d {
		return nil
	}
	if from.private() && d.private() {
		if d.used == 0 {
			d.Reserve(t, from.used)
		}
		for pos := 0; ; {
			e := from.next(&pos)
			if e == nil {
				return nil
			}
			n, h := len(from.entries), from.hashAt(pos-1)
			if err := d.setHashed(t, e.key, h, e.val); err != nil {
				return err
			}
			if !from.private() || len(from.entries) != n {
				return RuntimeErrorf(t, "dict mutated during update")
			}
		}
	}
	items, err := from.hashed(t)
	if err != nil {
		return err
	}
	for _, it := range items {
		if err := d.setHashed(t, it.Key, it.hash, it.Val); err != nil {
			return err
		}
	}
	return nil
}

// Each calls f for every item, as they are when it begins.
func (d *Dict) Each(t *Thread, f func(key, val Value) error) error {
	items, err := d.Items(t)
	if err != nil {
		return err
	}
	for _, it := range items {
		if err := f(it.Key, it.Val); err != nil {
			return err
		}
	}
	return nil
}
