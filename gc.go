package main

// Go's collector starts a cycle whenever the heap has doubled, which for the few megabytes that most programs hold
// means all the time: interpreters make much garbage and little else. A block that is allocated and never touched
// counts as heap but takes no memory, so that cycles are at least its size apart.
const ballastBytes = 96 << 20

// ballast keeps the block alive.
var ballast []byte

// spreadCollections makes the collector's cycles rarer.
func spreadCollections() { ballast = make([]byte, ballastBytes) }
