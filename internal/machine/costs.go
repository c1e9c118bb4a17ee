// Prices of simulated work, in nanoseconds.
//
// A simulated machine charges two things: accesses to shared cache lines (who has the line, how long a transfer takes,
// how long the line is busy with one) and private work by kind. The defaults are those of a two-core x86-64 virtual
// machine (defaults.json); gilt calibrate measures the present one. A result means little without the prices that
// it was computed with, so they carry a description and travel with it.
//
// Two busy cores of a real machine do not do twice the work of one: they share caches, memory and a garbage collector, are perhaps two
// threads of one core, and below a virtual machine perhaps not there for a while. What that costs is a constant of the machine like
// any other, Crowding. The defaults have none: their cores are whole ones, however many of them work.

package machine

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"sort"
	"sync"
	"time"
)

// Cost is a kind of private work with a calibrated price in virtual time.
type Cost uint8

// The kinds. Units are in the comments; prices in Costs.
const (
	CostBytecode      Cost = iota // one bytecode instruction; of a known class: a move, a constant, a jump
	CostArith                     // one arithmetic instruction or comparison
	CostName                      // one access to a global name or to a closure's variable
	CostAttr                      // one access to an attribute, or lookup of a method
	CostItem                      // one access to an item of a container
	CostMember                    // one test whether something is in a container
	CostSpecial                   // one lookup of a special method: two for each with statement, whose work they stand for
	CostIter                      // one step of an iteration
	CostCall                      // one call instruction
	CostFrame                     // one activation of a function of the program, or resumption of a generator
	CostBuild                     // one display, format or function definition
	CostObject                    // one new object that can change, whoever makes it
	CostOther                     // one instruction of any other class
	CostSlice                     // one slice's checkpoint and end, beside its transaction
	CostUndo                      // one object's state saved for roll-back
	CostTxBegin                   // one begin of a transaction
	CostTxRead                    // one transactional read's own work (beside the cache line)
	CostTxWrite                   // one transactional write's own work
	CostSharedRead                // the same behind an interpreter's read barrier, with what it takes to find the word
	CostSharedAgain               // one there that needs no entry in the log: the slice has read the record before, or written the word
	CostSharedWrite               // and behind its write barrier
	CostSharedRewrite             // one there of a word that the slice has written before
	CostTxValidate                // one entry of a read log validated
	CostTxCommit                  // one commit's fixed work
	CostTxAbort                   // one abort's fixed work
	CostSyscall                   // one system call
	CostNanosecond                // one nanosecond of anything else
	numCosts
)

// NumCosts is the number of kinds.
const NumCosts = int(numCosts)

var costNames = [numCosts]string{"bytecode", "arith", "name", "attr", "item", "member", "special", "iter", "call", "frame", "build", "object", "other", "slice",
	"undo", "txBegin", "txRead", "txWrite", "sharedRead", "sharedAgain", "sharedWrite", "sharedRewrite", "txValidate", "txCommit", "txAbort",
	"syscall", "nanosecond"}

// String is the kind's name, as in a file of prices.
func (c Cost) String() string {
	if int(c) < len(costNames) {
		return costNames[c]
	}
	return fmt.Sprintf("Cost(%d)", uint8(c))
}

// KindPrices is the price of a unit of each kind. In JSON it is an object by name.
type KindPrices [numCosts]float64

// MarshalJSON writes the prices by name.
func (k KindPrices) MarshalJSON() ([]byte, error) {
	m := make(map[string]float64, numCosts)
	for i, v := range k {
		m[costNames[i]] = v
	}
	return json.Marshal(m)
}

// UnmarshalJSON reads prices by name; those that are missing keep their value, unknown names are an error.
func (k *KindPrices) UnmarshalJSON(b []byte) error {
	var m map[string]float64
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	for i, name := range costNames {
		if v, ok := m[name]; ok {
			k[i] = v
			delete(m, name)
		}
	}
	if len(m) == 0 {
		return nil
	}
	unknown := make([]string, 0, len(m))
	for name := range m {
		unknown = append(unknown, name)
	}
	sort.Strings(unknown)
	return fmt.Errorf("machine: unknown kinds of cost %q", unknown)
}

// Costs are the prices of a simulated machine, in nanoseconds.
type Costs struct {
	Machine string `json:"machine"` // what they were measured on
	Source  string `json:"source"`  // how

	Kind KindPrices `json:"kind"` // private work, each unit

	// Accesses to a line that the core already has, and the addition when it must come from elsewhere.
	Load          float64 `json:"load"`
	Store         float64 `json:"store"` // an atomic one
	RMW           float64 `json:"rmw"`
	LineTransfer  float64 `json:"lineTransfer"`
	LineUpgrade   float64 `json:"lineUpgrade"`   // instead, for a write to a line that the core shares with others
	LineOccupancy float64 `json:"lineOccupancy"` // a transfer keeps others from the line for so long
	ColdMiss      float64 `json:"coldMiss"`      // addition for a line that nobody has

	Pause         float64 `json:"pause"` // a round of spinning, doubled in each of the first rounds
	Yield         float64 `json:"yield"`
	Park          float64 `json:"park"`          // the parking thread's own work
	Unpark        float64 `json:"unpark"`        // the waker's own work, when somebody is parked
	WakeLatency   float64 `json:"wakeLatency"`   // from Unpark until the woken thread can run
	ContextSwitch float64 `json:"contextSwitch"` // a core takes another thread than it ran last
	ThreadStart   float64 `json:"threadStart"`   // until a new thread can run; its creator's time
	FutexWait     float64 `json:"futexWait"`     // a system call each, whether it blocks (wakes) or not
	FutexWake     float64 `json:"futexWake"`     //
	FutexLatency  float64 `json:"futexLatency"`  // from Wake until the woken thread can run; parked locked threads too

	// No time but a share: by so much of itself private work takes longer while all other cores are busy too; while some of
	// them are, in proportion.
	Crowding float64 `json:"crowding"`
}

//go:embed defaults.json
var defaults []byte

// theDefaults reads the file once.
var theDefaults = sync.OnceValue(func() Costs {
	var c Costs
	if err := json.Unmarshal(defaults, &c); err != nil {
		panic("machine: defaults.json: " + err.Error()) // it is part of the program
	}
	return c
})

// DefaultCosts are the prices that were measured on the machine that the project was developed on: gilt calibrate has written the
// file.
func DefaultCosts() Costs { return theDefaults() }

// Crowding is the name of the price of that name.
const Crowding = "crowding"

// UnitOf is what the price with one of PriceNames is counted in.
func UnitOf(name string) string {
	if name == Crowding {
		return "of the time"
	}
	return "ns"
}

// prices lists every price but those by kind, for checks and scaling.
func (c *Costs) prices() []*float64 {
	return []*float64{&c.Load, &c.Store, &c.RMW, &c.LineTransfer, &c.LineUpgrade, &c.LineOccupancy, &c.ColdMiss, &c.Pause, &c.Yield,
		&c.Park, &c.Unpark, &c.WakeLatency, &c.ContextSwitch, &c.ThreadStart, &c.FutexWait, &c.FutexWake,
		&c.FutexLatency, &c.Crowding}
}

// priceNames are the names of prices, in their order, as in a file.
var priceNames = [...]string{"load", "store", "rmw", "lineTransfer", "lineUpgrade", "lineOccupancy", "coldMiss", "pause", "yield",
	"park", "unpark", "wakeLatency", "contextSwitch", "threadStart", "futexWait", "futexWake", "futexLatency", Crowding}

// PriceNames are the names of all prices but those of kinds of work, as a file has them.
func PriceNames() []string { return priceNames[:] }

// Price is the price with the i-th of PriceNames.
func (c *Costs) Price(i int) float64 { return *c.prices()[i] }

// SetPrice changes it.
func (c *Costs) SetPrice(i int, ns float64) { *c.prices()[i] = ns }

// Measured notes that the prices were measured at that time on the present machine.
func (c *Costs) Measured(at time.Time) {
	c.Machine, c.Source = DescribeMachine(), "calibrated "+at.UTC().Format(time.DateOnly)
}

// Check says what is wrong with the prices: negative or absurd ones.
func (c *Costs) Check() error {
	const absurd = 1e9
	const crowded = 100 // times as long: cores that hardly ever run
	for i, v := range c.Kind {
		if !(v >= 0 && v <= absurd) {
			return fmt.Errorf("machine: price %v of %v is out of range", v, Cost(i))
		}
	}
	for _, v := range c.prices() {
		if !(*v >= 0 && *v <= absurd) {
			return fmt.Errorf("machine: price %v is out of range", *v)
		}
	}
	if c.Crowding > crowded {
		return fmt.Errorf("machine: crowding %v is out of range", c.Crowding)
	}
	if c.Load+c.LineTransfer <= 0 || c.Pause <= 0 || c.Yield <= 0 {
		return errors.New("machine: accesses, pauses and yields must take some time, or virtual time may stand still")
	}
	return nil
}

// ID is a short name of the prices: equal prices have the same one.
func (c *Costs) ID() string {
	h := fnv.New32a()
	for _, v := range c.Kind {
		fmt.Fprintf(h, "%.4g ", v) // cannot fail
	}
	for _, v := range c.prices() {
		if v == &c.Crowding && *v == 0 {
			continue // so that whole cores have the names that they had before there was such a constant
		}
		fmt.Fprintf(h, "%.4g ", *v)
	}
	return fmt.Sprintf("%08x", h.Sum32())
}

// Title says in a line which prices these are: where they come from, their name, and the machine they were measured on.
func (c *Costs) Title() string { return c.Source + " " + c.ID() + " (" + c.Machine + ")" }

// Write writes the prices as JSON.
func (c Costs) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(c)
}

// Save writes the prices to a file of JSON; a reader never sees half of it.
func (c Costs) Save(file string) error {
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	return writeFile(file, b.Bytes())
}

// LoadCosts reads prices from a file. What the file does not name has its default.
func LoadCosts(file string) (Costs, error) {
	c := DefaultCosts()
	b, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return c, fmt.Errorf("%s: %w", file, err)
	}
	if err := c.Check(); err != nil {
		return c, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// writeFile replaces the file in one step, or leaves it as it was.
func writeFile(file string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails after the rename, as it should
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// Bytecodes stands for the prices of all instructions together in Scale.
const Bytecodes = "bytecodes"

// Constants are the names of what a sensitivity sweep changes: every price, those of instructions together.
func Constants() []string {
	out := append(PriceNames()[:len(priceNames):len(priceNames)], Bytecodes)
	for k := CostSlice; k < CostNanosecond; k++ {
		out = append(out, k.String())
	}
	return out
}

// Scale is the prices with one of the Constants multiplied: a ranking that does not survive half and twice of each constant
// says something about the constant.
func (c Costs) Scale(constant string, by float64) (Costs, error) {
	c.Source += fmt.Sprintf(", %s x%g", constant, by)
	if constant == Bytecodes {
		for k := CostBytecode; k <= CostOther; k++ {
			c.Kind[k] *= by
		}
		return c, nil
	}
	for i, n := range priceNames {
		if n == constant {
			c.SetPrice(i, by*c.Price(i))
			return c, nil
		}
	}
	for k, n := range costNames {
		if n == constant {
			c.Kind[k] *= by
			return c, nil
		}
	}
	return c, fmt.Errorf("machine: no price is called %q", constant)
}
