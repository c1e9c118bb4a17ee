package stm

// Reason says why an attempt was given up. It is the one enumeration: statistics, profiles and traces use it.
type Reason uint8

// The reasons.
const (
	NotAborted       Reason = iota
	ReadLocked              // a read found the word locked for too long
	ReadVersion             // a read found a word newer than the snapshot, and the algorithm does not extend
	ReadValidation          // the snapshot could not be extended: something read before has changed
	WriteLocked             // a write found the word owned by another (encounter-time locking)
	WriteVersion            // a write found a word newer than the snapshot that could not be extended
	CommitLocked            // the commit could not lock its write set
	CommitVersion           // a written word was newer than the snapshot (algorithms that forbid that)
	CommitValidation        // something read had changed when the commit validated
	Overtaken               // some other transaction committed (generation counter, sequence lock)
	Killed                  // the contention manager of an enemy killed the attempt
	Marked                  // the commit yielded to a reader of higher priority
	IrrevocableTaken        // wanted to become irrevocable while another was
	IrrevocableEnemy        // met a word that the irrevocable transaction holds
	RetryWait               // the program asked to wait for a change
	Explicit                // the program gave the attempt up
	Split                   // the contention manager asked for a shorter slice
	Fuel                    // the attempt ran out of fuel and did not validate
	Forced                  // fault injection (Options.AbortEvery)
	NumReasons
)

var reasonNames = [NumReasons]string{
	NotAborted: "none", ReadLocked: "read-locked", ReadVersion: "read-version", ReadValidation: "read-validation",
	WriteLocked: "write-locked", WriteVersion: "write-version", CommitLocked: "commit-locked",
	CommitVersion: "commit-version", CommitValidation: "commit-validation", Overtaken: "overtaken", Killed: "killed",
	Marked: "marked", IrrevocableTaken: "irrevocable-taken", IrrevocableEnemy: "irrevocable-enemy",
	RetryWait: "retry", Explicit: "explicit", Split: "split", Fuel: "fuel", Forced: "forced",
}

// String is the reason's name in statistics.
func (r Reason) String() string {
	if r < NumReasons {
		return reasonNames[r]
	}
	return "unknown"
}

// Conflict tells what an attempt died of, as far as the algorithm can know.
type Conflict struct {
	Reason Reason
	Orec   *Orec // nil if unknown
	Cell   *Word // nil if unknown: validation knows the record only (value-based algorithms: the cell only)
	Enemy  int   // ID of the enemy's descriptor, -1 if unknown
	// Index is the place in the read log of the entry that failed to validate, -1 if it was not a read that was
	// logged: a caller that notes where in the program each logged read happened finds the line with it.
	Index int
}
