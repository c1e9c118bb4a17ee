"""Options of the command line, as C's getopt reads them."""

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    def __init__(self, msg, opt=""):
        self.msg, self.opt = msg, opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    opts = []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        if args[0].startswith("--"):
            opts, args = _long(opts, args[0][2:], longopts, args[1:])
        else:
            opts, args = _short(opts, args[0][1:], shortopts, args[1:])
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    opts, rest = [], []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    stop = shortopts.startswith("+")
    shortopts = shortopts.lstrip("+")
    while args:
        if args[0] == "--":
            rest += args[1:]
            break
        if args[0][:2] == "--":
            opts, args = _long(opts, args[0][2:], longopts, args[1:])
        elif args[0][:1] == "-" and args[0] != "-":
            opts, args = _short(opts, args[0][1:], shortopts, args[1:])
        elif stop:
            rest += args
            break
        else:
            rest.append(args[0])
            args = args[1:]
    return opts, rest


def _long(opts, opt, longopts, args):
    opt, eq, arg = opt.partition("=")
    found = [o for o in longopts if o.startswith(opt)]
    if not found:
        raise GetoptError("option --%s not recognized" % opt, opt)
    if opt in found:
        name = opt
    elif opt + "=" in found:
        name = opt + "="
    elif len(found) > 1:
        raise GetoptError("option --%s not a unique prefix" % opt, opt)
    else:
        name = found[0]
    takes = name.endswith("=")
    name = name.rstrip("=")
    if takes:
        if not eq:
            if not args:
                raise GetoptError("option --%s requires argument" % name, name)
            arg, args = args[0], args[1:]
    elif eq:
        raise GetoptError("option --%s must not have an argument" % name, name)
    opts.append(("--" + name, arg))
    return opts, args


def _short(opts, s, shortopts, args):
    while s:
        opt, s = s[0], s[1:]
        i = shortopts.find(opt)
        if i < 0 or opt == ":":
            raise GetoptError("option -%s not recognized" % opt, opt)
        arg = ""
        if shortopts.startswith(":", i + 1):
            if not s:
                if not args:
                    raise GetoptError("option -%s requires argument" % opt, opt)
                s, args = args[0], args[1:]
            arg, s = s, ""
        opts.append(("-" + opt, arg))
    return opts, args
