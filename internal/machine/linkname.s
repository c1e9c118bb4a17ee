// Empty: lets the package declare functions without bodies, for go:linkname (see clock.go).
