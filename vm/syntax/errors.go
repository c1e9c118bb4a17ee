package syntax

// Syntax errors, and how they are shown.

// Kind is the Python exception that a SyntaxError stands for.
type Kind uint8

// The kinds.
const (
	KindSyntax      Kind = iota // SyntaxError
	KindIndentation             // IndentationError
	KindTab                     // TabError
	KindMemory                  // MemoryError: the parser's own depth limit
	KindRecursion               // RecursionError: the tree is too deep to be compiled
)

// String returns the name of the Python exception.
func (k Kind) String() string {
	return [...]string{"SyntaxError", "IndentationError", "TabError", "MemoryError", "RecursionError"}[k]
}
