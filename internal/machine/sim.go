package machine

import "unsafe"

type accessKind uint8

const (
	accessRead accessKind = iota
	accessWrite
	accessRMW
)

type simProc struct{}

func (s *simProc) access(unsafe.Pointer, accessKind) {}
func (s *simProc) charge(Cost, int)                  {}
func (s *simProc) now() int64                        { return 0 }
func (s *simProc) spin(int)                          {}
func (s *simProc) delay(int64)                       {}
func (s *simProc) yield()                            {}
func (s *simProc) park(Wait, int64) bool             { return true }
func (s *simProc) unpark(*Proc)                      {}
func (s *simProc) sleep(int64)                       {}
func (s *simProc) block(Wait, func())                {}
func (s *simProc) setDaemon(bool)                    {}

type simFutex struct{}

func (s *simProc) futexWait(*Futex, Wait, uint32, int64) bool { return true }
func (s *simProc) futexWake(*Futex, int) int                  { return 0 }
