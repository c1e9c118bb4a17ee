// Timers of a simulated machine: a binary heap by deadline, then by the order in which they were set.

package machine

// timerHeap is the threads that wait with a limit.
type timerHeap struct {
	heap []*simProc
	seq  uint64
}

func (h *timerHeap) less(i, j int) bool {
	a, b := h.heap[i], h.heap[j]
	return a.deadline < b.deadline || a.deadline == b.deadline && a.timerSeq < b.timerSeq
}

func (h *timerHeap) swap(i, j int) {
	a := h.heap
	a[i], a[j] = a[j], a[i]
	a[i].timerPlace, a[j].timerPlace = i, j
}

func (h *timerHeap) add(t *simProc) {
	h.seq++
	t.timerSeq, t.timerPlace = h.seq, len(h.heap)
	h.heap = append(h.heap, t)
	h.up(t.timerPlace)
}

func (h *timerHeap) remove(t *simProc) {
	i, last := t.timerPlace, len(h.heap)-1
	if i < 0 {
		return
	}
	h.swap(i, last)
	h.heap[last] = nil
	h.heap = h.heap[:last]
	t.timerPlace = -1
	if i < last {
		h.down(i)
		h.up(i)
	}
}

func (h *timerHeap) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h.less(i, parent) {
			return
		}
		h.swap(i, parent)
		i = parent
	}
}

func (h *timerHeap) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(h.heap) {
			return
		}
		if child+1 < len(h.heap) && h.less(child+1, child) {
			child++
		}
		if !h.less(child, i) {
			return
		}
		h.swap(i, child)
		i = child
	}
}
