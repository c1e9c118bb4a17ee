// Package compile turns syntax trees into code.
//
// A tree is checked first (syntax.Check), so that only what gilt does not have is left to be rejected here. Then come
// three passes over a function, class body or module (a unit, one [code.Code] each):
//
//	scope*.go             which scope every name belongs to: locals, cells, closures, globals
//	expr.go … stmt.go …   the tree becomes a flat list of instructions with labels
//	flow.go, layout.go    definite assignment, unreachable code, jumps to jumps; then addresses, the exception
//	                      table, weights of yield points
//
// Registers of a unit: parameters, the other locals, the cells of its closure, then a stack of temporaries.
// An expression is compiled into a destination register that its user chooses, or as an operand: a local that is an
// operand is used where it is. Two rules keep that right:
//
//   - an operand that a later part of the same expression may rebind (only := can) is copied first (keep);
//   - a variable is a destination only of the one instruction that ends the evaluation, because an exception before
//     must leave the old value, and because the expression may read it (scratch).
//
// Calls evaluate their arguments into the window at the top of the temporaries; nothing above the window's base
// survives the call, which the stack discipline guarantees.
//
// A local that is read emits CHECK unless it is a parameter that is never deleted; flow.go then removes every CHECK that
// a forward must-analysis proves superfluous, and sets to unset at the entry only those locals for which one is
// left.
//
// Finally bodies are duplicated at every way out, as CPython does. Protected regions are marks on instructions, so the
// copies made for return, break and continue are outside of the regions that they leave.
//
// With Options.Ticks the code counts the ticks that CPython 2.7 would count for the same source; ticks.go has the rule.
//
// The package keeps no state between calls. Every failure is a [*syntax.SyntaxError].
package compile
