# Merges layered JSON configurations: defaults, a site's, a user's; reports where every value came from.
import json

DEFAULTS = """
{"server": {"host": "localhost", "port": 8080, "tls": {"enabled": false, "ciphers": ["aes128"]}},
 "logging": {"level": "info", "targets": ["stderr"]},
 "limits": {"body": 1048576, "timeout": 30.0, "retries": null}}
"""
SITE = """
{"server": {"host": "app.example.org", "tls": {"enabled": true, "+ciphers": ["aes256", "chacha20"]}},
 "limits": {"retries": 3},
 "features": {"beta": ["search", "export"]}}
"""
USER = """
{"logging": {"level": "debug", "+targets": ["file:/tmp/app.log"]}, "-features": null,
 "limits": {"timeout": 2.5e1}, "name": "caf\\u00e9 \\"x\\"\\n"}
"""


class MergeError(Exception):
    def __init__(self, path, why):
        super().__init__("%s: %s" % (".".join(path) or "<top>", why))
        self.path = path


def merge(base, layer, origin, source, path=()):
    """A new dict: base changed by layer. "+key" extends a list, "-key" removes a key."""
    out = dict(base)
    for key, value in layer.items():
        if key[0] == "-":
            removed = out.pop(key[1:], None)
            if removed is not None:
                drop = path + (key[1:],)
                for p in [p for p in origin if p[:len(drop)] == drop]:
                    del origin[p]
            continue
        if key[0] == "+":
            key = key[1:]
            old = out.get(key, [])
            if not isinstance(old, list):
                raise MergeError(path + (key,), "cannot extend %s" % type(old).__name__)
            out[key] = old + value
            origin[path + (key,)] = origin.get(path + (key,), "") + "+" + source
            continue
        here = path + (key,)
        if isinstance(value, dict):
            out[key] = merge(out.get(key, {}), value, origin, source, here)
        else:
            if isinstance(out.get(key), dict):
                raise MergeError(here, "a table becomes %r" % value)
            out[key] = value
            origin[here] = source
    return out


def flatten(tree, path=()):
    for key in sorted(tree):
        value = tree[key]
        if isinstance(value, dict) and value:
            yield from flatten(value, path + (key,))
        else:
            yield path + (key,), value


def main():
    origin, config = {}, {}
    for source, text in (("defaults", DEFAULTS), ("site", SITE), ("user", USER)):
        config = merge(config, json.loads(text), origin, source)
    for path, value in flatten(config):
        print(f"{'.'.join(path):<24} {json.dumps(value):<36} [{origin[path]}]")
    text = json.dumps(config, indent=2, sort_keys=True)
    print(text)
    assert json.loads(text) == config
    print(len(json.dumps(config, separators=(",", ":"))), json.dumps(config["name"], ensure_ascii=False))
    for bad in ('{"server": 3}', '{"limits": {"+body": [1]}}', '{"a": }', '{"a": 1,}', '[1, 2', '{"x": 1} y', '"\\q"', "{'a': 1}"):
        try:
            merge(config, json.loads(bad), {}, "bad")
        except MergeError as e:
            print("merge:", e, e.path)
        except json.JSONDecodeError as e:
            print("json:", e, e.lineno, e.colno)


main()
