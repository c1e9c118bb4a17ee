class A(B, metaclass=M):
    """doc"""
    x: int = 3
    y = [x for x in range(3)]
    __private = 1

    def __init__(self, a):
        super().__init__(a)
        self.a = self.__b = a

    @property
    def p(self):
        return __class__, [self.a for _ in self]

def outer(v):
    class Inner:
        v = v
        def get(self):
            nonlocal v
            v += 1
            return v
        w = unknown
    del v
    return Inner
