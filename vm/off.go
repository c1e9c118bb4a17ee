package vm

import (
	"fmt"
	"strings"

	"gilt/vm/object"
)

// Optimisations that can be switched off (Config.Off), so that an experiment can say what each is worth.

// Optimisation is one of them.
type Optimisation struct{ Name, Doc string }

// Optimisations lists them.
func Optimisations() []Optimisation {
	return []Optimisation{
		{"bypass", "no transactions while a single thread is alive"},
		{"private", "objects that no other thread can reach are not logged; without it only those of the present slice are not"},
		{"epoch", "globals and class attributes that are written once are read without being logged"},
		{"elision", "locks that a slice takes and gives back are not written"},
		{"adaptive", "the length of slices adapts"},
		{"phases", "the interpreter lock takes over while transactions do not pay"},
	}
}

// switchOff applies c.Off to the configuration and the interpreter.
func (c *Config) switchOff(in *object.Interp) error {
	for _, name := range c.Off {
		switch name {
		case "bypass":
			c.NoBypass = true
		case "private":
			in.Off |= object.OffPrivate
		case "epoch":
			in.Off |= object.OffEpoch
		case "elision":
			in.Off |= object.OffElision
		case "adaptive":
			if c.Slice == 0 {
				c.Slice = startSlice
			}
		case "phases":
			c.Phases = PhaseOff
		default:
			var known []string
			for _, o := range Optimisations() {
				known = append(known, o.Name)
			}
			return fmt.Errorf("unknown optimisation %q (known: %s)", name, strings.Join(known, ", "))
		}
	}
	return nil
}

// publishFrame makes what a frame refers to public: without private objects, whatever outlives a slice is.
func (t *Thread) publishFrame(regs []object.Value) {
	if t.Regime != object.RegimeSTM {
		return
	}
	for _, v := range regs {
		object.Publish(&t.Thread, v)
	}
}
