"""Indent a JSON file: python -m json.tool [infile [outfile]]."""

import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(prog="json.tool", description="Check and indent JSON.")
    parser.add_argument("infile", nargs="?", default="-")
    parser.add_argument("outfile", nargs="?", default=None)
    parser.add_argument("--sort-keys", action="store_true", default=False)
    parser.add_argument("--indent", type=int, default=4)
    parser.add_argument("--json-lines", action="store_true", default=False)
    options = parser.parse_args()
    if options.infile == "-":
        text = sys.stdin.read()
    else:
        with open(options.infile, encoding="utf-8") as f:
            text = f.read()
    texts = text.splitlines() if options.json_lines else [text]
    out = "".join(json.dumps(json.loads(x), indent=options.indent, sort_keys=options.sort_keys) + "\n" for x in texts)
    if options.outfile:
        with open(options.outfile, "w", encoding="utf-8") as f:
            f.write(out)
    else:
        sys.stdout.write(out)


if __name__ == "__main__":
    main()
