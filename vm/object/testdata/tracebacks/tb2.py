class K:
    def __init__(self):
        self.value = 1
    def m(self):
        return self.valeu
def f(n):
    if n == 0:
        K().m()
    f(n - 1)
f(20)
