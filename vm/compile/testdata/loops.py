def countdown(n):
    while n > 0:
        n -= 1

def loops(xs, n):
    total = 0
    for x in xs:
        if x is None:
            continue
        if x > 10 and n or not x < 3:
            break
        total += x * 2 + 1.5
    else:
        total = -total
    while True:
        total = total // 2 % 7
        if not total:
            break
    for i, (a, b) in enumerate(xs):
        if 0 <= a < b:
            print(i, a, b)
    while f(total) in (1, 2, 3):
        if i:
            continue
        total <<= 1
    return total
