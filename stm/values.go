package stm

// valueEntry says that c had the value w when it was read: the read log of value-based validation.
type valueEntry struct {
	c *Word
	w Word
}
