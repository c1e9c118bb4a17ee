package machine

// Cost is a kind of private work with a calibrated price in virtual time.
type Cost uint8

// The kinds. Units are in the comments; prices in Costs.
const (
	CostBytecode   Cost = iota // one bytecode instruction
	CostTxBegin                // one begin of a transaction
	CostTxRead                 // one transactional read's own work (beside the cache line)
	CostTxWrite                // one transactional write's own work
	CostTxValidate             // one entry of a read log validated
	CostTxCommit               // one commit's fixed work
	CostTxAbort                // one abort's fixed work
	CostSyscall                // one system call
	CostNanosecond             // one nanosecond of anything else
	numCosts
)
