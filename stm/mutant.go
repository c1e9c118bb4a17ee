package stm

// mutant is an injected bug; see mutants_on.go. The list lives in the ordinary build so that the code which tests
// for a mutant compiles (to nothing) there too.
type mutant uint8

const (
	mutNone               mutant = iota
	mutNoCommitValidation        // no read validation at commit
	mutNoVersionCompare          // validation looks at locks only, not at versions
	mutNoSnapshotCheck           // reads are not checked against the snapshot
	mutNoSecondLook              // no second load of the orec after the value
	mutReleaseEarly              // the version is released before the value is written
	mutSnapshotLate              // the snapshot is sampled after the first read
	mutDrawEarly                 // the write version is drawn before the locks are held
	mutShortcut                  // wrong "nobody else committed" shortcut
	mutNoReadOwnWrite            // reads do not see the transaction's own writes
	mutFirstWriteWins            // the second write to a word is lost
	mutDropLastOfThree           // the last of three or more writes is lost
	mutTrustOwnLocks             // own-locked reads are not validated
	mutTorn                      // the two halves are written in two lockings
	mutKeyAtBegin                // the commit key is drawn at begin
	mutExtendUnvalidated         // extension moves the snapshot without validating
	mutLostWakeup                // sleepers look for changes before they lie down, not after
	mutIrrevocableReads          // an irrevocable transaction does not protect what it has read
	mutUndoForgotten             // eager: the oldest undo entry is not restored
	mutOldVersion                // eager: an abort releases with the old version
	mutNoMarks                   // fair: a writer does not look at marks
	numMutants
)

// is says whether the system has the injected bug m; constant false in ordinary builds.
func (s *System) is(m mutant) bool { return mutants && s.mutant == m }
