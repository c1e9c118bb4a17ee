package stm

// What reads cost in virtual time. An interpreter's slices read the same few records over and over, and on real cores a read that adds nothing
// to the log, and nothing to what is validated later, takes less than half as long as one that does: it has a price of its own.

// chargeRead is the price of a read, before the accesses that it consists of. These are the same ones whatever the price: others may
// come between any two of them, and a record that somebody has written meanwhile costs its transfer.
func (tx *Tx) chargeRead(o *Orec, c *Word) {
	kind := tx.s.readCost
	if tx.repeats != nil && (tx.repeats.logged(tx.reads, o) || tx.filter&bloomBit(c) != 0 && tx.findWrite(c) >= 0) {
		kind = tx.s.againCost
	}
	tx.p.Charge(kind, 1)
}

// logged says whether the log has the record, on a simulated machine.
func (r *repeats) logged(log []readEntry, o *Orec) bool {
	i, ok := r.exact[o]
	return ok && int(i) < len(log) && log[i].o == o
}
