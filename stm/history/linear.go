package history

import (
	"fmt"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"
)

// Linearizable asks porcupine (Athalye; after Wing and Gong, and Lowe) whether the committed attempts have some order
// that agrees with real time and with what each of them read: strict serialisability with the whole memory as one
// object and each attempt as one operation. It does not look at keys, and sees nothing of attempts that failed. known is
// false when limit was not enough to find out.
func (h *History) Linearizable(limit time.Duration) (ok, known bool) {
	var ops []porcupine.Operation
	for i := range h.Attempts {
		a := &h.Attempts[i]
		if !a.Committed {
			continue
		}
		ops = append(ops, porcupine.Operation{ClientId: a.Thread, Input: a, Call: a.Begin, Output: nil, Return: a.End})
	}
	model := porcupine.Model{
		Init:              func() any { return slices.Clone(h.Initial) },
		Step:              func(state, input, _ any) (bool, any) { return input.(*Attempt).step(state.([]uint64)) },
		Equal:             func(a, b any) bool { return slices.Equal(a.([]uint64), b.([]uint64)) },
		DescribeOperation: func(input, _ any) string { return fmt.Sprint(input.(*Attempt).Ops) },
	}
	switch porcupine.CheckOperationsTimeout(model, ops, limit) {
	case porcupine.Ok:
		return true, true
	case porcupine.Illegal:
		return false, true
	}
	return false, false
}

// step executes the attempt on a memory.
func (a *Attempt) step(state []uint64) (bool, []uint64) {
	reads, writes, bad := a.effects()
	if bad != "" {
		return false, state
	}
	for _, op := range reads {
		if state[op.Cell] != op.Value {
			return false, state
		}
	}
	if len(writes) == 0 {
		return true, state
	}
	next := slices.Clone(state)
	for c, v := range writes {
		next[c] = v
	}
	return true, next
}
