package pathology

// starvingElder: a long transaction is killed again and again by short ones that commit first. One thread sums a
// list, the others change an element of it. (The list has 1,000 elements instead of 10,000: the ratio of lengths is
// still above 100, and the run is ten times as short.)
func starvingElder() program {
	const (
		list = 1000
		spin = 200
	)
	return program{
		Info: Info{Name: "StarvingElder", Home: "lazy, committer wins",
			Summary: "short transactions commit and kill a long one again and again",
			Code:    "elder: total = sum(list); log += 1    others: spin; list[rand] += 1"},
		cells: func(int) int { return list + 1 },
		role: func(thread, _ int) role {
			if thread == 0 {
				return role{name: "elder", elder: true, body: func(m access, _ uint64) bool {
					for i := range list {
						m.code(codeLoop + codeAccess)
						if _, ok := m.load(i); !ok {
							return false
						}
					}
					return add(m, list, 1)
				}}
			}
			return role{name: "writer", body: func(m access, choice uint64) bool {
				m.work(spin)
				return add(m, int(choice%list), 1)
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, total(commits)) },
	}
}
