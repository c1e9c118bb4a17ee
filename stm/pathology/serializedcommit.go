package pathology

// serializedCommit: transactions that have nothing in common queue up to commit. Each thread writes slots of its own.
func serializedCommit() program {
	const slots = 500
	return program{
		Info: Info{Name: "SerializedCommit", Home: "lazy, one commit at a time",
			Summary: "disjoint transactions queue up for one commit token",
			Code:    "every thread: for i in range(500): mine[i] += 1"},
		cells: func(threads int) int { return threads * slots },
		role: func(thread, _ int) role {
			return role{name: "writer", body: func(m access, _ uint64) bool {
				for i := range slots {
					m.code(codeLoop)
					if !add(m, thread*slots+i, 1) {
						return false
					}
				}
				return true
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, slots*total(commits)) },
	}
}
