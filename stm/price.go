package stm

import "gilt/internal/machine"

// What reads and writes cost in virtual time. An interpreter's slices access the same few records over and over, and on real cores an access that
// adds nothing to the logs, and nothing to what is validated, locked and written back later, takes half as long as one that does, or
// less: it has a price of its own.

// accessPrices are the kinds of the first access and of further ones.
type accessPrices struct{ read, reread, write, rewrite machine.Cost }

func pricesOf(barriers bool) accessPrices {
	if barriers {
		return accessPrices{machine.CostSharedRead, machine.CostSharedAgain, machine.CostSharedWrite, machine.CostSharedRewrite}
	}
	return accessPrices{machine.CostTxRead, machine.CostTxRead, machine.CostTxWrite, machine.CostTxWrite}
}

// chargeRead is the price of a read, before the accesses that it consists of. These are the same ones whatever the price: others may
// come between any two of them, and a record that somebody has written meanwhile costs its transfer.
func (tx *Tx) chargeRead(o *Orec, c *Word) {
	kind := tx.s.prices.read
	if tx.repeats != nil && (tx.repeats.logged(tx.reads, o) || tx.logged(c)) {
		kind = tx.s.prices.reread
	}
	tx.p.Charge(kind, 1)
}

// chargeWrite is that of a write. What it costs to lock the record and to write the cell back is in the commit's accesses.
func (tx *Tx) chargeWrite(c *Word) {
	kind := tx.s.prices.write
	if tx.repeats != nil && tx.logged(c) {
		kind = tx.s.prices.rewrite
	}
	tx.p.Charge(kind, 1)
}

// logged says whether the write log has the cell.
func (tx *Tx) logged(c *Word) bool { return tx.filter&bloomBit(c) != 0 && tx.findWrite(c) >= 0 }

// logged says whether the read log has the record, on a simulated machine.
func (r *repeats) logged(log []readEntry, o *Orec) bool {
	i, ok := r.exact[o]
	return ok && int(i) < len(log) && log[i].o == o
}
