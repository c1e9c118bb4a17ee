# Sudoku: constraint propagation with bit sets, then depth-first search on the cell with the fewest candidates.
PUZZLES = {
    "easy": "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    "medium": "..9748...7.........2.1.9.....7...24..64.1.59..98...3.....8.3.2.........6...2759..",
    "broken": "55..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
}
ALL = 0x1FF
UNITS = [[r * 9 + c for c in range(9)] for r in range(9)] + [[r * 9 + c for r in range(9)] for c in range(9)]
UNITS += [[(br + r) * 9 + bc + c for r in range(3) for c in range(3)] for br in (0, 3, 6) for bc in (0, 3, 6)]
PEERS = [sorted({p for u in UNITS if cell in u for p in u} - {cell}) for cell in range(81)]


class Contradiction(Exception):
    pass


class Board:
    __slots__ = ("cand", "steps")

    def __init__(self, cand=None):
        self.cand = cand or [ALL] * 81
        self.steps = 0

    @classmethod
    def parse(cls, text):
        board = cls()
        for cell, ch in enumerate(text):
            if ch != ".":
                board.assign(cell, 1 << int(ch) - 1)
        return board

    def assign(self, cell, bit):
        if not self.cand[cell] & bit:
            raise Contradiction(cell)
        todo = [(cell, bit)]
        while todo:
            cell, bit = todo.pop()
            self.cand[cell] = bit
            self.steps += 1
            for p in PEERS[cell]:
                old = self.cand[p]
                if old & bit:
                    new = old & ~bit
                    if not new:
                        raise Contradiction(p)
                    self.cand[p] = new
                    if new & (new - 1) == 0:
                        todo.append((p, new))

    def solved(self):
        return all(c & (c - 1) == 0 for c in self.cand)

    def __str__(self):
        rows = []
        for r in range(9):
            row = [str(self.cand[r * 9 + c].bit_length()) for c in range(9)]
            rows.append(" ".join(row[:3]) + " | " + " ".join(row[3:6]) + " | " + " ".join(row[6:]))
            if r in (2, 5):
                rows.append("------+-------+------")
        return "\n".join(rows)


def bits(mask):
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def search(board, stats):
    stats["nodes"] += 1
    if board.solved():
        return board
    cell = min((c for c in range(81) if board.cand[c].bit_count() > 1), key=lambda c: board.cand[c].bit_count())
    for bit in bits(board.cand[cell]):
        copy = Board(board.cand[:])
        try:
            copy.assign(cell, bit)
            found = search(copy, stats)
        except Contradiction:
            stats["dead"] += 1
        else:
            if found:
                return found
    return None


for name, text in PUZZLES.items():
    stats = dict(nodes=0, dead=0)
    try:
        board = Board.parse(text)
        given = sum(ch != "." for ch in text)
        left = sum(c.bit_count() > 1 for c in board.cand)
        result = search(board, stats)
        print(f"{name}: {given} given, {left} open after propagation, {stats}")
        print(result)
        for u in UNITS:
            assert sorted(result.cand[c].bit_length() for c in u) == list(range(1, 10))
    except Contradiction as e:
        print(f"{name}: contradiction in cell {divmod(e.args[0], 9)}")
