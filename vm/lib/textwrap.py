"""Wrap and indent text."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_white = "\t\n\x0b\x0c\r "


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False,
                 break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width, self.initial_indent, self.subsequent_indent = width, initial_indent, subsequent_indent
        self.expand_tabs, self.replace_whitespace, self.fix_sentence_endings = expand_tabs, replace_whitespace, fix_sentence_endings
        self.break_long_words, self.drop_whitespace, self.break_on_hyphens = break_long_words, drop_whitespace, break_on_hyphens
        self.tabsize, self.max_lines, self.placeholder = tabsize, max_lines, placeholder

    def _chunks(self, text):
        """Words and the white space between them; words are cut behind hyphens between letters."""
        out, i = [], 0
        while i < len(text):
            j = i
            space = text[i] in _white
            while j < len(text) and (text[j] in _white) == space:
                j += 1
            word = text[i:j]
            i = j
            if space or not self.break_on_hyphens:
                out.append(word)
                continue
            start = 0
            for k in range(1, len(word) - 1):
                if word[k] == "-" and k + 1 < len(word):
                    dash = word[k + 1] == "-" or word[k - 1] == "-"
                    if dash and word[k - 1] != "-" and word[start:k] and word[k:k + 2] == "--":
                        e = k
                        while e < len(word) and word[e] == "-":
                            e += 1
                        if e < len(word) and (word[e].isalnum() or word[e] == "_"):
                            out += [word[start:k], word[k:e]]
                            start = e
                    elif not dash and k >= start + 2 and (word[k - 1].isalpha() and word[k - 2].isalpha() or k - start >= 2 and word[k - 1].isalpha()) \
                            and (word[k + 1].isalpha() and k + 2 < len(word) and (word[k + 2].isalpha() or word[k + 2] == "-") or word[k + 1].isalpha() and k + 2 < len(word)):
                        out.append(word[start:k + 1])
                        start = k + 1
            out.append(word[start:])
        return [c for c in out if c]

    def wrap(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(c): " " for c in _white})
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        chunks = self._chunks(text)
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                c = chunks[i].rstrip("\"'")
                if chunks[i + 1] == " " and len(c) > 1 and c[-1] in ".!?" and c[-2].islower():
                    chunks[i + 1] = "  "
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()
        while chunks:
            line, length = [], 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                room = max(width - length, 1) if width >= 1 else 1
                if self.break_long_words:
                    chunk = chunks[-1]
                    end = room
                    if self.break_on_hyphens and len(chunk) > room:
                        h = chunk.rfind("-", 0, room)
                        if h > 0 and any(c != "-" for c in chunk[:h]):
                            end = h + 1
                    line.append(chunk[:end])
                    chunks[-1] = chunk[end:]
                elif not line:
                    line.append(chunks.pop())
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            last = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or last and length <= width:
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= width:
                    lines.append(indent + "".join(line) + self.placeholder)
                    break
                length -= len(line.pop())
            else:
                if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                    lines[-1] = lines[-1].rstrip() + self.placeholder
                else:
                    lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """Remove the white space that all lines begin with."""
    lines = [l if l.strip(" \t") else "" for l in text.split("\n")]
    margin = None
    for l in lines:
        if not l:
            continue
        indent = l[:len(l) - len(l.lstrip(" \t"))]
        if margin is None:
            margin = indent
        else:
            n = 0
            while n < len(margin) and n < len(indent) and margin[n] == indent[n]:
                n += 1
            margin = margin[:n]
    n = len(margin or "")
    return "\n".join(l[n:] for l in lines)


def indent(text, prefix, predicate=None):
    return "".join(prefix + l if (predicate(l) if predicate else l.strip()) else l for l in text.splitlines(True))
