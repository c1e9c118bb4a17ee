package pathology

// friendlyFire: A kills B, then B, restarted, kills A; nobody commits. Two threads take the same two objects in
// opposite order and work in between.
func friendlyFire() program {
	const spin = 2000
	return program{
		Info: Info{Name: "FriendlyFire", Home: "eager, requester wins",
			Summary: "two transactions kill each other in turn and neither commits",
			Code:    "A: a.x += 1; spin; b.x += 1    B: b.x += 1; spin; a.x += 1"},
		threads: 2,
		cells:   func(int) int { return 2 },
		role: func(thread, _ int) role {
			return role{name: string(rune('A' + thread)), body: func(m access, _ uint64) bool {
				if !add(m, thread, 1) {
					return false
				}
				m.work(spin)
				return add(m, 1-thread, 1)
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, 2*total(commits)) },
	}
}
