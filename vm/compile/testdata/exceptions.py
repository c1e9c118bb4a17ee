def handlers(f):
    try:
        f()
    except (ValueError, KeyError) as e:
        print(e)
        raise
    except TypeError:
        raise RuntimeError('x') from None
    else:
        print('fine')
    finally:
        print('done')

def leave(xs, lock):
    for x in xs:
        try:
            with lock, open(x) as g:
                if x:
                    return g
                if g:
                    break
        except OSError as e:
            if e:
                continue
            return e
        finally:
            lock.clear()
            assert x, 'message'

def finally_return(f):
    try:
        return f()
    finally:
        return 2
