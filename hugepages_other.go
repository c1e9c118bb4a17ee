//go:build !linux

package main

// preferHugePages is for kernels that can be asked for huge pages.
func preferHugePages([]byte) {}
