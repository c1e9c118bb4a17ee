package pathology

// starvingWriter: a writer waits behind readers that overlap each other without end.
func starvingWriter() program {
	const (
		rounds = 20
		spin   = 1000
	)
	return program{
		Info: Info{Name: "StarvingWriter", Home: "eager, visible readers, requester waits",
			Summary: "a writer waits for readers that overlap without end",
			Code:    "writer: a.x += 1; spin    readers: for _ in range(20): a.x; spin"},
		cells: func(int) int { return 1 },
		role: func(thread, _ int) role {
			if thread == 0 {
				return role{name: "writer", elder: true, body: func(m access, _ uint64) bool {
					ok := add(m, 0, 1)
					m.work(spin)
					return ok
				}}
			}
			return role{name: "reader", body: func(m access, _ uint64) bool {
				for range rounds {
					m.code(codeLoop + codeAccess)
					if _, ok := m.load(0); !ok {
						return false
					}
					m.work(spin)
				}
				return true
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, commits[0]) },
	}
}
