package vm

import "io"

// abortProfile collects where attempts are rolled back.
type abortProfile struct{}

func (p *abortProfile) abort(t *Thread) {}

// commitLog records the order in which slices commit.
type commitLog struct{}

func (t *Thread) logSlice() {}

// WriteAbortProfile writes the profile of aborts in pprof's format.
func (vm *VM) WriteAbortProfile(w io.Writer) error { return nil }

// WriteTrace writes the timeline.
func (vm *VM) WriteTrace(w io.Writer) error { return nil }
