package vm

import (
	"encoding/json"
	"io"
	"sort"

	"gilt/gil"
	"gilt/stm"
)

// ThreadStats counts what a thread has done. Its owner writes it; others read it when the thread has ended.
type ThreadStats struct {
	ID          uint64 `json:"id"`
	Name        string `json:"name"`
	Slices      uint64 `json:"slices"`
	Bytecodes   uint64 `json:"bytecodes"`
	Wasted      uint64 `json:"bytecodes_wasted"`
	Aborts      uint64 `json:"aborts"`
	Irrevocable uint64 `json:"irrevocable"`
	Serial      uint64 `json:"serial_slices"`
	CPUNs       int64  `json:"ns"`
}

// count adds n executed instructions.
func (t *Thread) count(n int) {
	if n <= 0 {
		return
	}
	t.stats.Bytecodes += uint64(n)
	t.slice.used += n
}

// runStats is the statistics of a whole run, as -stats writes them.
type runStats struct {
	Mode      string            `json:"mode"`
	Machine   string            `json:"machine"`
	Costs     string            `json:"costs,omitempty"` // the prices of virtual time
	Cores     int               `json:"cores"`
	Seed      uint64            `json:"seed"`
	Slices    uint64            `json:"slices"`
	Bytecodes uint64            `json:"bytecodes"`
	Wasted    uint64            `json:"bytecodes_wasted"`
	Time      int64             `json:"ns"`
	Commits   uint64            `json:"commits,omitempty"`
	Aborts    map[string]uint64 `json:"aborts,omitempty"`
	STM       *stm.Stats        `json:"stm,omitempty"`
	Phases    *PhaseStats       `json:"phases,omitempty"`
	Lock      *gil.Stats        `json:"lock,omitempty"`
	Threads   []ThreadStats     `json:"threads"`
}

var modeNames = [...]string{ModeGIL: "gil", ModeSTM: "stm", ModeLocks: "locks", ModeRW: "rw"}

// WriteStats writes the statistics of a run that has ended, as JSON. Everything in it is deterministic on simulated cores.
func (vm *VM) WriteStats(w io.Writer) error {
	s := vm.Stats()
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

// Stats gathers the statistics of a run that has ended.
func (vm *VM) Stats() *RunStats {
	s := &RunStats{Mode: modeNames[vm.Config.Mode], Machine: "real", Cores: vm.Machine.Cores(), Seed: vm.Config.Seed, Time: vm.elapsed}
	if vm.Machine.Simulated() {
		s.Machine = "simulated"
		r, _ := vm.Machine.Report()
		s.Costs = r.Costs.Title()
	}
	vm.mu.Lock()
	s.Threads = append(s.Threads, vm.ended...)
	vm.mu.Unlock()
	sort.Slice(s.Threads, func(i, j int) bool { return s.Threads[i].ID < s.Threads[j].ID })
	for i := range s.Threads {
		t := &s.Threads[i]
		s.Slices += t.Slices
		s.Bytecodes += t.Bytecodes
		s.Wasted += t.Wasted
	}
	if vm.Interp.Stm != nil {
		st := vm.Interp.Stm.Stats()
		s.STM = &st
		s.Commits = st.Commits
		s.Aborts = map[string]uint64{}
		for r, n := range st.Aborts {
			if n > 0 {
				s.Aborts[stm.Reason(r).String()] = n
			}
		}
	}
	if vm.phase.on {
		p := vm.phase.stats
		p.Claims = vm.Interp.Claims()
		if vm.phase.state.Load() == phaseSolo { // the program has ended in it
			p.Time += vm.elapsed - vm.phase.begun
		}
		s.Phases = &p
	}
	ls := vm.lock.Stats()
	s.Lock = &ls
	return s
}

// RunStats is exported for experiments.
type RunStats = runStats
