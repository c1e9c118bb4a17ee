"""Command-line parsing."""

import os as _os
import sys as _sys

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
           "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "MetavarTypeHelpFormatter", "Namespace",
           "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE"]

SUPPRESS, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = "==SUPPRESS==", "?", "*", "+", "A...", "..."


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = _name(argument)
        self.message = message

    def __str__(self):
        return "argument %s: %s" % (self.argument_name, self.message) if self.argument_name else self.message


class ArgumentTypeError(Exception):
    pass


def _name(a):
    if a is None:
        return None
    if a.option_strings:
        return "/".join(a.option_strings)
    if a.metavar not in (None, SUPPRESS):
        return a.metavar if isinstance(a.metavar, str) else "/".join(a.metavar)
    if a.dest not in (None, SUPPRESS):
        return a.dest
    if a.choices:
        return "{" + ",".join(map(str, a.choices)) + "}"
    return None


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        parts, star = [], {}
        for name, value in self.__dict__.items():
            if name.isidentifier():
                parts.append("%s=%r" % (name, value))
            else:
                star[name] = value
        if star:
            parts.append("**%s" % repr(star))
        return "Namespace(%s)" % ", ".join(parts)


class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None, deprecated=False):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar
        self.deprecated = deprecated

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, **kw):
        if nargs == 0:
            raise ValueError("nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate")
        super().__init__(option_strings, dest, nargs, **kw)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None, deprecated=False):
        super().__init__(option_strings, dest, 0, const, default, None, None, required, help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, False, default, required, help)


class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None, deprecated=False, **kw):
        both = []
        for s in option_strings:
            both.append(s)
            if s.startswith("--"):
                both.append("--no-" + s[2:])
        super().__init__(both, dest, 0, None, default, None, None, required, help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, not option_string.startswith("--no-"))

    def format_usage(self):
        return " | ".join(self.option_strings)


class _AppendAction(_StoreAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(values)
        setattr(namespace, self.dest, items)


class _AppendConstAction(_StoreConstAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(self.const)
        setattr(namespace, self.dest, items)


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.extend(values)
        setattr(namespace, self.dest, items)


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None, deprecated=False):
        super().__init__(option_strings, dest, 0, None, default, None, None, required, help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None, deprecated=False):
        super().__init__(option_strings, dest, 0, None, default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit", deprecated=False):
        super().__init__(option_strings, dest, 0, None, default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        version = self.version if self.version is not None else parser.version
        parser._print_message(version.replace("%(prog)s", parser.prog) + "\n", _sys.stdout)
        parser.exit()


class _SubParsersAction(Action):
    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map, self._choices_actions = {}, []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help, metavar=metavar)

    def add_parser(self, name, *, aliases=(), **kwargs):
        if kwargs.get("prog") is None:
            kwargs["prog"] = "%s %s" % (self._prog_prefix, name)
        if "help" in kwargs:
            text = kwargs.pop("help")
            choice = Action([], name, help=text, metavar=name + (" (%s)" % ", ".join(aliases) if aliases else ""))
            choice.nargs = 0
            self._choices_actions.append(choice)
        parser = self._parser_class(**kwargs)
        for n in (name,) + tuple(aliases):
            self._name_parser_map[n] = parser
        return parser

    def __call__(self, parser, namespace, values, option_string=None):
        name, rest = values[0], values[1:]
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        sub, extra = self._name_parser_map[name].parse_known_args(rest, None)
        for key, value in vars(sub).items():
            setattr(namespace, key, value)
        if extra:
            vars(namespace).setdefault("_unrecognized_args", [])
            namespace._unrecognized_args.extend(extra)


_actions = {None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction,
            "store_false": _StoreFalseAction, "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction,
            "help": _HelpAction, "version": _VersionAction, "extend": _ExtendAction}


class FileType:
    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        self._args = (mode, bufsize, encoding, errors)

    def __call__(self, string):
        mode = self._args[0]
        if string == "-":
            return _sys.stdin if "r" in mode else _sys.stdout
        try:
            return open(string, *self._args)
        except OSError as e:
            raise ArgumentTypeError("can't open '%s': %s" % (string, e))


class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            try:
                width = int(_os.environ["COLUMNS"])
            except (KeyError, ValueError):
                width = 80
            width -= 2
        self._prog, self._width = prog, width
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))

    def _metavar(self, action):
        if action.metavar is not None:
            return action.metavar
        if action.choices is not None:
            return "{%s}" % ",".join(map(str, action.choices))
        return action.dest.upper() if action.option_strings else action.dest

    def _args(self, action):
        m = self._metavar(action)
        many = m if isinstance(m, tuple) else None

        def at(i):
            return many[i] if many else m
        n = action.nargs
        if n is None:
            return "%s" % at(0)
        if n == OPTIONAL:
            return "[%s]" % at(0)
        if n == ZERO_OR_MORE:
            return "[%s ...]" % at(0) if many is None or len(many) < 2 else "[%s [%s ...]]" % (at(0), at(1))
        if n == ONE_OR_MORE:
            return "%s [%s ...]" % (at(0), many[1] if many else m)
        if n == REMAINDER:
            return "..."
        if n == PARSER:
            return "%s ..." % at(0)
        if n == SUPPRESS:
            return ""
        return " ".join(many or [m] * n)

    def _usage_part(self, action, group_member=False):
        if not action.option_strings:
            return self._args(action)
        part = action.format_usage() if action.nargs == 0 else "%s %s" % (action.option_strings[0], self._args(action))
        return part if action.required or group_member else "[%s]" % part

    def format_usage(self, parser, prefix="usage: "):
        if parser.usage is not None:
            return prefix + parser.usage.replace("%(prog)s", parser.prog) + "\n\n"

        def parts(actions):
            out, skip = [], set()
            for a in actions:
                if a.help is SUPPRESS or id(a) in skip:
                    continue
                for g in parser._mutually_exclusive_groups:
                    members = [m for m in g._group_actions if m.help is not SUPPRESS]
                    if a in members and members and members[0] is a:
                        skip.update(map(id, members))
                        s = " | ".join(self._usage_part(m, True).strip("[]") if not m.option_strings else self._usage_part(m, True) for m in members)
                        out.append("(%s)" % s if g.required and len(members) > 1 else s if g.required else "[%s]" % s)
                        break
                else:
                    out.append(self._usage_part(a))
            return [p for p in out if p]
        optionals = parts([a for a in parser._actions if a.option_strings])
        positionals = parts([a for a in parser._actions if not a.option_strings])
        usage = " ".join([parser.prog] + optionals + positionals)
        if len(prefix) + len(usage) > self._width:
            indent = " " * (len(prefix) + len(parser.prog) + 1)

            def lines(parts, first):
                result, line = [], []
                length = len(first) - 1 if first is not None else len(indent) - 1
                for p in parts:
                    if length + 1 + len(p) > self._width and line:
                        result.append(indent + " ".join(line))
                        line, length = [], len(indent) - 1
                    line.append(p)
                    length += len(p) + 1
                if line:
                    result.append(indent + " ".join(line))
                return result
            if len(prefix) + len(parser.prog) <= 0.75 * self._width:
                if optionals:
                    rows = lines([parser.prog] + optionals, prefix + parser.prog)
                    rows = lines(optionals, indent) + lines(positionals, None)
                else:
                    rows = lines(positionals, None) or [indent]
                usage = parser.prog + " " + "\n".join(rows)[len(indent):]
            else:
                indent = " " * len(prefix)
                usage = "\n".join([parser.prog] + lines(optionals + positionals, None))
        return prefix + usage + "\n\n"

    def _split_lines(self, text, width):
        import textwrap
        return textwrap.wrap(" ".join(text.split()), width)

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _expand_help(self, action, parser):
        params = {k: v for k, v in vars(action).items() if v is not SUPPRESS}
        params["prog"] = parser.prog
        for k, v in params.items():
            if hasattr(v, "__name__"):
                params[k] = v.__name__
        if params.get("choices") is not None:
            params["choices"] = ", ".join(map(str, params["choices"]))
        return self._get_help_string(action) % params

    def _invocation(self, action):
        if not action.option_strings:
            m = self._metavar(action)
            return m if isinstance(m, str) else " ".join(m)
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        return ", ".join(action.option_strings) + " " + self._args(action)

    def _rows(self, action, level=2):
        yield action, level
        for sub in getattr(action, "_choices_actions", ()):
            yield sub, level + 2

    def format_help(self, parser):
        out = [self.format_usage(parser)]
        if parser.description:
            out.append(self._fill_text(parser.description.replace("%(prog)s", parser.prog), max(self._width, 11), "") + "\n\n")
        longest = max([len(self._invocation(a)) + level for g in parser._action_groups for action in g._group_actions if action.help is not SUPPRESS
                       for a, level in self._rows(action)] or [0])
        position = min(longest + 2, self._max_help_position)
        for g in parser._action_groups:
            actions = [a for a in g._group_actions if a.help is not SUPPRESS]
            if not actions and not g.description:
                continue
            out.append("%s:\n" % g.title if g.title else "")
            if g.description:
                out.append(self._fill_text(g.description, max(self._width - 2, 11), "  ") + "\n" + ("\n" if actions else ""))
            for action in actions:
                for a, level in self._rows(action):
                    head = " " * level + self._invocation(a)
                    if not (a.help and a.help.strip()):
                        out.append(head + "\n")
                        continue
                    lines = self._split_lines(self._expand_help(a, parser), max(self._width - position, 11))
                    if len(head) + 2 <= position:
                        out.append(head.ljust(position) + lines[0] + "\n")
                        lines = lines[1:]
                    else:
                        out.append(head + "\n")
                    out.extend(" " * position + line + "\n" for line in lines)
            out.append("\n")
        if parser.epilog:
            out.append(self._fill_text(parser.epilog.replace("%(prog)s", parser.prog), max(self._width, 11), "") + "\n\n")
        return "".join(out).rstrip("\n") + "\n"


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return "".join(indent + line for line in text.splitlines(keepends=True))


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = action.help or ""
        if "%(default)" not in text and action.default is not SUPPRESS and (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _metavar(self, action):
        return action.metavar if action.metavar is not None or action.type is None else action.type.__name__


class _Container:
    def __init__(self, description=None, prefix_chars="-", argument_default=None, conflict_handler="error"):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        self._group_actions = []

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def add_argument(self, *args, **kwargs):
        chars = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in chars:
            if args and "dest" in kwargs:
                raise ValueError("dest supplied twice for positional argument")
            dest = args[0] if args else kwargs.pop("dest")
            if "required" in kwargs:
                raise TypeError("'required' is an invalid argument for positionals")
            if kwargs.get("nargs") not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS, 0):
                kwargs["required"] = True
            if kwargs.get("nargs") == ZERO_OR_MORE and "default" not in kwargs:
                kwargs["required"] = True
            options = []
        else:
            options = list(args)
            for o in options:
                if o[0] not in chars:
                    raise ValueError("invalid option string %r: must start with a character %r" % (o, chars))
            dest = kwargs.pop("dest", None)
            if dest is None:
                long = [o for o in options if len(o) > 2 and o[1] in chars]
                dest = (long or options)[0].lstrip(chars)
                if not dest:
                    raise ValueError("dest= is required for options like %r" % options[0])
                dest = dest.replace("-", "_")
        if "default" not in kwargs:
            if dest in self._defaults:
                kwargs["default"] = self._defaults[dest]
            elif self._root().argument_default is not None:
                kwargs["default"] = self._root().argument_default
        name = kwargs.pop("action", None)
        cls = self._registries["action"].get(name, name)
        if not callable(cls):
            raise ValueError("unknown action %r" % (name,))
        if name in ("store_true", "store_false", "count", "help", "version", "store_const", "append_const") and not options:
            kwargs.pop("required", None)
        action = cls(options, dest, **kwargs) if name not in ("help", "version") else cls(options, dest=SUPPRESS if "dest" not in kwargs else dest, **{k: v for k, v in kwargs.items() if k != "default"})
        if action.type is not None and not callable(self._registries["type"].get(action.type, action.type)):
            raise ValueError("%r is not callable" % (action.type,))
        if action.type is FileType:
            raise ValueError("%r is a FileType class object, instance of it must be passed" % (FileType,))
        return self._add_action(action)

    def _root(self):
        return self

    def _add_action(self, action):
        for o in action.option_strings:
            if o in self._option_string_actions:
                if self._root().conflict_handler != "resolve":
                    raise ArgumentError(action, "conflicting option string: %s" % o)
                old = self._option_string_actions.pop(o)
                old.option_strings.remove(o)
                if not old.option_strings:
                    self._actions.remove(old)
                    for g in self._root()._action_groups:
                        if old in g._group_actions:
                            g._group_actions.remove(old)
            self._option_string_actions[o] = action
        self._actions.append(action)
        self._place(action)
        action.container = self
        return action

    def add_argument_group(self, title=None, description=None, **kw):
        group = _ArgumentGroup(self, title, description)
        self._root()._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, *, required=False):
        group = _MutuallyExclusiveGroup(self, required)
        self._root()._mutually_exclusive_groups.append(group)
        return group


class _ArgumentGroup(_Container):
    def __init__(self, container, title=None, description=None):
        super().__init__(description, container.prefix_chars)
        self.title, self._container = title, container
        self._actions, self._option_string_actions = container._actions, container._option_string_actions
        self._defaults, self._registries = container._defaults, container._registries

    def _root(self):
        return self._container._root()

    def _place(self, action):
        self._group_actions.append(action)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required

    def _place(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._group_actions.append(action)
        self._container._place(action)


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog = prog if prog is not None else _os.path.basename(_sys.argv[0])
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.add_help, self.allow_abbrev, self.exit_on_error = fromfile_prefix_chars, add_help, allow_abbrev, exit_on_error
        self._actions, self._option_string_actions, self._defaults = [], {}, {}
        self._registries = {"action": dict(_actions), "type": {None: lambda s: s}}
        self._action_groups, self._mutually_exclusive_groups, self._subparsers = [], [], None
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        if add_help:
            c = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(c + "h", c * 2 + "help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            for a in parent._actions:
                if not (a.option_strings and any(o in self._option_string_actions for o in a.option_strings)):
                    self._add_action(a)
            self._defaults.update(parent._defaults)

    def _place(self, action):
        (self._optionals if action.option_strings else self._positionals)._group_actions.append(action)

    def add_subparsers(self, *, title=None, description=None, prog=None, parser_class=None, action=None, option_string=None, dest=SUPPRESS,
                       required=False, help=None, metavar=None):
        if self._subparsers is not None:
            raise ValueError("cannot have multiple subparser arguments")
        if title or description:
            self._subparsers = self.add_argument_group(title or "subcommands", description)
        else:
            self._subparsers = self._positionals
        if prog is None:
            f = HelpFormatter(self.prog)
            prog = " ".join([self.prog] + [f._args(a) for a in self._actions if not a.option_strings])
        act = _SubParsersAction([], prog, parser_class or type(self), dest, required, help, metavar)
        self._actions.append(act)
        self._subparsers._group_actions.append(act)
        return act

    def parse_args(self, args=None, namespace=None):
        namespace, extra = self.parse_known_args(args, namespace)
        if extra:
            msg = "unrecognized arguments: %s" % " ".join(extra)
            if self.exit_on_error:
                self.error(msg)
            raise ArgumentError(None, msg)
        return namespace

    def parse_intermixed_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace)

    def parse_known_args(self, args=None, namespace=None):
        args = list(_sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for a in self._actions:
            if a.dest is not SUPPRESS and not hasattr(namespace, a.dest) and a.default is not SUPPRESS:
                setattr(namespace, a.dest, a.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            namespace, extra = self._parse(args, namespace)
        except ArgumentError as err:
            if not self.exit_on_error:
                raise
            self.error(str(err))
        extra += vars(namespace).pop("_unrecognized_args", [])
        return namespace, extra

    def _looks_negative(self, s):
        try:
            float(s)
        except ValueError:
            return False
        return s.startswith("-")

    def _option(self, arg):
        """None for a positional; else (action or None, option string, explicit argument or None)."""
        if not arg or arg[0] not in self.prefix_chars or len(arg) == 1:
            return None
        if arg in self._option_string_actions:
            return self._option_string_actions[arg], arg, None
        name, eq, value = arg.partition("=")
        if eq and name in self._option_string_actions:
            return self._option_string_actions[name], name, value
        if arg[1] in self.prefix_chars:
            if self.allow_abbrev:
                found = [o for o in self._option_string_actions if o.startswith(name)]
                if len(found) == 1:
                    return self._option_string_actions[found[0]], found[0], value if eq else None
                if len(found) > 1:
                    raise ArgumentError(None, "ambiguous option: %s could match %s" % (arg, ", ".join(found)))
        else:
            short = arg[:2]
            if short in self._option_string_actions:
                return self._option_string_actions[short], short, arg[2:]
            found = [o for o in self._option_string_actions if o.startswith(name) and len(o) > 2]
            if self.allow_abbrev and len(found) == 1:
                return self._option_string_actions[found[0]], found[0], value if eq else None
        if self._looks_negative(arg) and not any(self._looks_negative(o) for o in self._option_string_actions):
            return None
        if " " in arg:
            return None
        return None, arg, None

    def _count(self, action, available):
        """How many of the available arguments the action takes, -1 if they are too few."""
        n = action.nargs
        if n is None:
            return 1 if available >= 1 else -1
        if n == OPTIONAL:
            return min(available, 1)
        if n in (ZERO_OR_MORE, REMAINDER):
            return available
        if n in (ONE_OR_MORE, PARSER):
            return available if available >= 1 else -1
        if n == SUPPRESS:
            return 0
        return n if available >= n else -1

    def _minimum(self, action):
        n = action.nargs
        return {None: 1, OPTIONAL: 0, ZERO_OR_MORE: 0, REMAINDER: 0, ONE_OR_MORE: 1, PARSER: 1, SUPPRESS: 0}.get(n, n)

    def _take(self, action, namespace, strings, option=None):
        values = self._values(action, strings)
        if values is not action.default or strings or action.option_strings:
            self._seen.add(id(action))
            for g in self._mutually_exclusive_groups:
                if action in g._group_actions:
                    for other in g._group_actions:
                        if other is not action and id(other) in self._seen_values:
                            raise ArgumentError(action, "not allowed with argument %s" % _name(other))
            if strings or action.nargs == 0 or action.option_strings:
                self._seen_values.add(id(action))
        else:
            self._seen.add(id(action))
        if values is not SUPPRESS:
            action(self, namespace, values, option)

    def _parse(self, args, namespace):
        if self.fromfile_prefix_chars is not None:
            expanded = []
            for a in args:
                if a and a[0] in self.fromfile_prefix_chars:
                    try:
                        with open(a[1:]) as f:
                            expanded += f.read().splitlines()
                    except OSError as err:
                        raise ArgumentError(None, str(err))
                else:
                    expanded.append(a)
            args = expanded
        self._seen, self._seen_values = set(), set()
        kinds, rest = [], False
        for a in args:
            if rest:
                kinds.append("A")
            elif a == "--":
                kinds.append("-")
                rest = True
            else:
                kinds.append("A" if self._option(a) is None else "O")
        positionals = [a for a in self._actions if not a.option_strings]
        extra = []
        i = 0

        def consume(i):
            run = 0
            while i + run < len(args) and kinds[i + run] in "A-":
                run += 1
            strings = [args[j] for j in range(i, i + run)]
            marks = [kinds[j] for j in range(i, i + run)]
            while positionals:
                action = positionals[0]
                real = [k for k, m in enumerate(marks) if m == "A"]
                if action.nargs in (PARSER, REMAINDER):
                    if action.nargs == PARSER and not real:
                        return i
                    taken = args[i:] if action.nargs == REMAINDER else args[i:]
                    if taken and taken[0] == "--":
                        taken = taken[1:]
                    if action.nargs == REMAINDER and not taken and i < len(args):
                        return i
                    positionals.pop(0)
                    self._take(action, namespace, taken)
                    return len(args)
                reserve = 0
                for later in positionals[1:]:
                    reserve += self._minimum(later)
                available = len(real)
                n = self._count(action, max(available - reserve, min(available, self._minimum(action))))
                if n < 0:
                    return i
                end = real[n - 1] + 1 if n else 0
                taken = [strings[k] for k in real[:n]]
                positionals.pop(0)
                self._take(action, namespace, taken)
                strings, marks = strings[end:], marks[end:]
                i += end
            while marks and marks[0] == "-":
                strings, marks = strings[1:], marks[1:]
                i += 1
            return i

        while i < len(args):
            if kinds[i] != "O":
                j = consume(i)
                if j == i:
                    if kinds[i] == "A":
                        extra.append(args[i])
                    j = i + 1
                i = j
                continue
            action, option, explicit = self._option(args[i])
            i += 1
            if action is None:
                extra.append(option)
                continue
            while explicit is not None and action.nargs == 0 and len(option) == 2 and explicit:
                self._take(action, namespace, [], option)
                option, explicit = option[0] + explicit[0], explicit[1:]
                following = self._option_string_actions.get(option)
                if following is None:
                    raise ArgumentError(action, "ignored explicit argument %r" % (option[1] + explicit))
                action = following
                if not explicit:
                    explicit = None
                elif explicit[0] == "=" and action.nargs != 0:
                    explicit = explicit[1:]
            if explicit is not None:
                if action.nargs == 0:
                    raise ArgumentError(action, "ignored explicit argument %r" % explicit)
                if self._count(action, 1) != 1:
                    raise ArgumentError(action, self._expected(action))
                self._take(action, namespace, [explicit], option)
                continue
            available = 0
            while i + available < len(args) and (kinds[i + available] == "A" or action.nargs == REMAINDER):
                available += 1
            n = self._count(action, available)
            if n < 0:
                raise ArgumentError(action, self._expected(action))
            strings = args[i:i + n]
            i += n
            self._take(action, namespace, strings, option)
        consume(len(args))
        required = []
        for a in self._actions:
            if id(a) in self._seen:
                continue
            if a.required:
                required.append(_name(a))
            elif a.default is not None and isinstance(a.default, str) and hasattr(namespace, a.dest) and a.default is getattr(namespace, a.dest):
                setattr(namespace, a.dest, self._convert(a, a.default))
        if required:
            raise ArgumentError(None, "the following arguments are required: %s" % ", ".join(required))
        for g in self._mutually_exclusive_groups:
            if g.required and not any(id(a) in self._seen_values for a in g._group_actions):
                names = [_name(a) for a in g._group_actions if a.help is not SUPPRESS]
                raise ArgumentError(None, "one of the arguments %s is required" % " ".join(names))
        return namespace, extra

    def _expected(self, action):
        n = action.nargs
        if n is None:
            return "expected one argument"
        if n == OPTIONAL:
            return "expected at most one argument"
        if n == ONE_OR_MORE:
            return "expected at least one argument"
        return "expected %d argument%s" % (n, "" if n == 1 else "s")

    def _values(self, action, strings):
        n = action.nargs
        if not strings and n == OPTIONAL:
            value = action.const if action.option_strings else action.default
            return self._checked(action, self._convert(action, value)) if isinstance(value, str) else value
        if not strings and n == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else []
        if n in (None, OPTIONAL):
            return self._checked(action, self._convert(action, strings[0]))
        if n == REMAINDER:
            return [self._convert(action, s) for s in strings]
        if n == PARSER:
            value = [self._convert(action, s) for s in strings]
            self._checked(action, value[0])
            return value
        if n == SUPPRESS:
            return SUPPRESS
        return [self._checked(action, self._convert(action, s)) for s in strings]

    def _convert(self, action, string):
        func = self._registries["type"].get(action.type, action.type)
        try:
            return func(string)
        except ArgumentTypeError as err:
            raise ArgumentError(action, str(err))
        except (TypeError, ValueError):
            raise ArgumentError(action, "invalid %s value: %r" % (getattr(action.type, "__name__", repr(action.type)), string))

    def _checked(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, "invalid choice: %r (choose from %s)" % (value, ", ".join(map(repr, action.choices))))
        return value

    def format_usage(self):
        return self.formatter_class(prog=self.prog).format_usage(self)[:-1]

    def format_help(self):
        return self.formatter_class(prog=self.prog).format_help(self)

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), file or _sys.stdout)

    def print_help(self, file=None):
        self._print_message(self.format_help(), file or _sys.stdout)

    def _print_message(self, message, file=None):
        if message:
            (file or _sys.stderr).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, "%s: error: %s\n" % (self.prog, message))
