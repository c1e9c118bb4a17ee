# Module contextvars.
import contextvars
import threading

var = contextvars.ContextVar('var', default=5)
other = contextvars.ContextVar('other')
print(var.get(), other.get('none'), var.name)
try:
    other.get()
except LookupError as e:
    print('LookupError', e.args[0] is other)
token = var.set(6)
print(var.get(), token.old_value is contextvars.Token.MISSING, token.var is var)
ctx = contextvars.copy_context()


def inside():
    var.set(7)
    return var.get()


print(ctx.run(inside), var.get(), ctx[var], var in ctx, other in ctx, len(ctx), ctx.get(other, 1))
var.reset(token)
print(var.get())
try:
    var.reset(token)
except RuntimeError as e:
    print('RuntimeError', 'already been used' in str(e))
try:
    ctx.run(lambda: ctx.run(inside))
except RuntimeError as e:
    print('cannot enter' in str(e))
var.set('main')
seen = []
t = threading.Thread(target=lambda: seen.append(var.get()))
t.start()
t.join()
print(seen)
