"""On which line each key of a TOML text stands; the standard library tells values alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''(?P<newline>\n)
    |(?P<skip>[ \t\r]+|\#[^\n]*)
    |(?P<text>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\])*"|'[^']*')
    |(?P<sign>[\[\]{}=,])
    |(?P<word>[^\s\#"'\[\]{}=,]+)''',
    re.VERBOSE | re.DOTALL,
)
_ENDS = frozenset({",", "]", "}", "\n", ""})


def key_lines(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key, table and entry of a text that is known to be TOML."""
    return _Reader(text).lines


class _Reader:
    """Walks over the tokens once and writes down where each path begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._entries: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._sign, self._line = "", 1
        self._next()
        table: Path = ()
        while self._sign:
            if self._sign == "\n":
                self._next()
            elif self._sign == "[":
                table = self._heading()
            else:
                self._pair(table)

    def _next(self) -> None:
        self._sign, self._line = next(self._tokens, ("", self._line))

    def _skip_newlines(self) -> None:
        while self._sign == "\n":
            self._next()

    def _heading(self) -> Path:
        line = self._line
        self._next()
        many = self._sign == "["
        if many:
            self._next()
        names = self._names("]")
        self._next()
        if many:
            self._next()
        *above, last = names
        path = (*self._inside(above), last)
        if many:
            self._entries[path] = self._entries.get(path, -1) + 1
            self.lines.setdefault(path, line)
        path = self._resolved(path)
        self.lines.setdefault(path, line)
        return path

    def _inside(self, names: list[str]) -> Path:
        path: Path = ()
        for name in names:
            path = self._resolved((*path, name))
        return path

    def _resolved(self, path: Path) -> Path:
        return (*path, self._entries[path]) if path in self._entries else path

    def _names(self, end: str) -> list[str]:
        raw = ""
        while self._sign != end:
            raw += self._sign
            self._next()
        return list(_parts(raw))

    def _pair(self, table: Path) -> None:
        line, path = self._line, table
        for name in self._names("="):
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip_newlines()
        self.lines.setdefault(path, self._line)
        if self._sign == "[":
            self._list(path)
        elif self._sign == "{":
            self._inline(path)
        else:
            while self._sign not in _ENDS:
                self._next()

    def _list(self, path: Path) -> None:
        self._next()
        self._skip_newlines()
        place = 0
        while self._sign != "]":
            self._value((*path, place))
            place += 1
            self._skip_newlines()
            if self._sign == ",":
                self._next()
                self._skip_newlines()
        self._next()

    def _inline(self, path: Path) -> None:
        self._next()
        while self._sign != "}":
            self._pair(path)
            if self._sign == ",":
                self._next()
        self._next()


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text.replace("\r\n", "\n")):
        if match.lastgroup != "skip":
            yield match.group(), line
        line += match.group().count("\n")


def _parts(raw: str) -> Iterator[str]:
    """Yield the names of a dotted key, quotes taken off, as TOML itself reads them."""
    document = tomllib.loads(f"{raw} = 0")
    while isinstance(document, dict):
        [(name, document)] = document.items()
        yield name
