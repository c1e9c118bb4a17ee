package pathology

// futileStall: B waits for A, and A is then aborted by C: the wait was for nothing. A holds x for a while and then
// wants y; B has work in z and wants x; the others fight about y.
func futileStall() program {
	const (
		x, y, z = 0, 1, 2
		spin    = 3000
	)
	return program{
		Info: Info{Name: "FutileStall", Home: "eager, requester waits",
			Summary: "a transaction waits for an enemy that is then aborted",
			Code:    "A: x += 1; spin; y += 1    B: z += 1; x += 1    C: y += 1; spin"},
		cells: func(int) int { return 3 },
		role: func(thread, _ int) role {
			switch thread {
			case 0:
				return role{name: "A", elder: true, body: func(m access, _ uint64) bool {
					if !add(m, x, 1) {
						return false
					}
					m.work(spin)
					return add(m, y, 1)
				}}
			case 1:
				return role{name: "B", body: func(m access, _ uint64) bool { return add(m, z, 1) && add(m, x, 1) }}
			}
			return role{name: "C", body: func(m access, _ uint64) bool {
				if !add(m, y, 1) {
					return false
				}
				m.work(spin / 4)
				return add(m, y, 1)
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, 2*total(commits)) },
	}
}
