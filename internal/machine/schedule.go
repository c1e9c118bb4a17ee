// Recorded schedules: who ran, for how many steps. A schedule can be saved, loaded, edited by hand and replayed.
//
// Under the step policies a replay forces the recorded choices. In virtual time the choices follow from the prices,
// so a replay runs in virtual time again and compares.

package machine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
)

// Step is one stint of a thread: so many steps (hooks, waits and wake-ups) until another one goes on.
type Step struct {
	Thread int
	N      int64
}

// Schedule is what a machine with Record set has done.
type Schedule struct {
	Policy Policy `json:"policy"` // that it was recorded under
	Seed   uint64 `json:"seed"`
	Cores  int    `json:"cores"`
	Hash   uint64 `json:"hash"` // of the run, see Report
	Steps  []Step `json:"-"`
}

// Interleaving is a schedule written by hand, for Replay: a test says which thread makes how many steps. What comes after its end, and
// what does not fit, see Replay; with Strict it must fit. Threads are numbered in the order of their starts, the main thread is 0.
func Interleaving(steps ...Step) *Schedule { return &Schedule{Policy: Random, Cores: 1, Steps: steps} }

// Diverged is Run's error when a replay does not do what its schedule says.
type Diverged struct {
	Stint int // index in the schedule
	Step  int64
	Want  Step
	Got   string
}

func (d *Diverged) Error() string {
	if d.Want.N == 0 {
		return fmt.Sprintf("replay: step %d: %s and the run has not", d.Step, d.Got)
	}
	return fmt.Sprintf("replay: step %d, stint %d: the schedule has thread %d for %d steps, but %s", d.Step, d.Stint,
		d.Want.Thread, d.Want.N, d.Got)
}

// recorder collects a schedule.
type recorder struct {
	steps []Step
	since int64 // the machine's step at which the present stint began
}

func (r *recorder) add(thread int, now int64) {
	r.steps = append(r.steps, Step{thread, now - r.since})
	r.since = now
}

// Schedule is what the machine has recorded; nil without Record. The last stint, in which the run ended, is part of it.
func (m *Machine) Schedule() *Schedule {
	s, ok := m.impl.(*sim)
	if !ok || s.recorder == nil {
		return nil
	}
	return s.schedule()
}

func (s *sim) schedule() *Schedule {
	policy := s.config.Policy
	if policy == Replay {
		policy = s.config.Schedule.Policy
	}
	out := &Schedule{Policy: policy, Seed: s.config.Seed, Cores: s.config.Cores, Hash: s.hash}
	out.Steps = append(out.Steps, s.recorder.steps...)
	if s.current != nil {
		// One more than it has made: the policy is asked once more before a thread's end is known.
		out.Steps = append(out.Steps, Step{s.current.p.id, s.steps - s.recorder.since + 1})
	}
	return out
}

// checkReplay compares a replay in virtual time with its schedule.
func (s *sim) checkReplay() error {
	if s.config.Policy != Replay {
		return nil
	}
	if r, ok := s.step.policy.(*replayer); ok {
		return r.finished()
	}
	want, got := s.config.Schedule.Steps, s.schedule().Steps
	var at int64
	for i, w := range want {
		if i >= len(got) {
			return &Diverged{Stint: i, Step: at, Want: w, Got: "the run has ended"}
		}
		if got[i] != w {
			return &Diverged{Stint: i, Step: at, Want: w, Got: fmt.Sprintf("thread %d ran for %d", got[i].Thread, got[i].N)}
		}
		at += w.N
	}
	return nil
}

// replayer is the policy of a replay under the step engine. After the end of the schedule, or where it does not fit and Strict is
// not set, the present thread goes on as long as it can, and then the one with the next higher number, round and
// round, so that no spinning thread starves another.
type replayer struct {
	steps  []Step
	at     int
	done   int64 // steps of the present stint
	last   int64 // the machine's step at the last pick
	strict bool
}

func (*replayer) started(*simProc) {}

func (r *replayer) pick(s *sim, ready []*simProc, cur *simProc, why pointKind) *simProc {
	r.done += s.steps - r.last
	r.last = s.steps
	for r.at < len(r.steps) {
		st := r.steps[r.at]
		t := r.find(ready, st.Thread)
		if r.done >= st.N {
			r.at++
			r.done = 0
			continue
		}
		if t != nil {
			return t
		}
		if r.strict {
			got := "it cannot run"
			if r.done > 0 {
				got = fmt.Sprintf("it stops after %d", r.done)
			}
			s.end(&Diverged{Stint: r.at, Step: s.steps, Want: st, Got: got})
			return ready[0]
		}
		r.at++
		r.done = 0
	}
	if r.strict {
		s.end(&Diverged{Stint: r.at, Step: s.steps, Got: "the schedule has ended"})
	}
	if cur != nil && why != pointYield {
		return cur
	}
	if cur == nil {
		cur = s.current // the lowest number after it, if there is one
	}
	return nextInTurn(ready, cur)
}

func (r *replayer) find(ready []*simProc, id int) *simProc {
	for _, t := range ready {
		if t.p.id == id {
			return t
		}
	}
	return nil
}

func (r *replayer) finished() error {
	if r.strict && r.at < len(r.steps)-1 {
		return &Diverged{Stint: r.at, Step: r.last, Want: r.steps[r.at], Got: "the run has ended"}
	}
	return nil
}

// scheduleMagic begins a schedule's file.
const scheduleMagic = "gilt schedule 1\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Save writes the schedule to a file: a line of JSON, the stints as variable-length integers, a checksum.
func (sc *Schedule) Save(file string) error {
	head, err := json.Marshal(sc)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(scheduleMagic)
	b.Write(head)
	b.WriteByte('\n')
	var v []byte
	v = binary.AppendUvarint(v, uint64(len(sc.Steps)))
	for _, st := range sc.Steps {
		v = binary.AppendUvarint(v, uint64(st.Thread))
		v = binary.AppendUvarint(v, uint64(st.N))
	}
	b.Write(v)
	return writeFile(file, binary.LittleEndian.AppendUint32(b.Bytes(), crc32.Checksum(b.Bytes(), castagnoli)))
}

// LoadSchedule reads what Save has written.
func LoadSchedule(file string) (*Schedule, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sc, err := parseSchedule(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return sc, nil
}

func parseSchedule(b []byte) (*Schedule, error) {
	if !bytes.HasPrefix(b, []byte(scheduleMagic)) || len(b) < len(scheduleMagic)+4 {
		return nil, errors.New("no schedule, or of another version")
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return nil, errors.New("damaged schedule: the checksum does not fit")
	}
	head, rest, ok := bytes.Cut(body[len(scheduleMagic):], []byte("\n"))
	if !ok {
		return nil, errors.New("damaged schedule: no header")
	}
	sc := &Schedule{}
	if err := json.Unmarshal(head, sc); err != nil {
		return nil, err
	}
	next := func() uint64 {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			ok = false
			return 0
		}
		rest = rest[n:]
		return v
	}
	n := next()
	if n > uint64(len(rest)) {
		return nil, errors.New("damaged schedule: too short")
	}
	sc.Steps = make([]Step, n)
	for i := range sc.Steps {
		sc.Steps[i] = Step{int(next()), int64(next())}
	}
	if !ok || len(rest) != 0 {
		return nil, errors.New("damaged schedule: its length does not fit")
	}
	return sc, nil
}
