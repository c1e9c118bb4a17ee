package object

// Off are optimisations that a run does without, for experiments that ask what each contributes. All of them are looked at once
// per slice, per definition or per operation of a lock, never per access.
type Off uint8

// The optimisations of objects that can be switched off.
const (
	// OffPrivate: an object that outlives the slice that made it is public, whether anybody else can reach it or not.
	OffPrivate Off = 1 << iota
	// OffEpoch: globals and attributes of classes are read through the slice's log, as if they were rebound all the time.
	OffEpoch
	// OffElision: acquiring and releasing a lock of the program writes its word.
	OffElision
)

// Without says whether the run does without the optimisation.
func (in *Interp) Without(o Off) bool { return in.Off&o != 0 }

// written is the flag of a slot that is written for the first time.
func (in *Interp) written() uint64 {
	if in.Without(OffEpoch) {
		return FlagVariable
	}
	return FlagStable
}
