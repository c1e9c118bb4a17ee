def match(v):
    match v:
        case 1 | -2.5 | "s":
            return 'value'
        case None | True:
            return 'singleton'
        case [a, [b, _], *rest] if a:
            return a, b, rest
        case (x, *_, y):
            return x, y
        case {"k": n, 1: [_], **others}:
            return n, others
        case Point(x=0, y=q) | Point(q, 1):
            return q
        case str() as s:
            return s
        case Color.RED:
            pass
        case _:
            return None
    return v
