"""The product's own source, parsed, for tests that hold its walls and its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Source:
    """A Python file with its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    def is_in(self, *rooms: str) -> bool:
        """Return whether the file lies in one of these folders, or is one of these files."""
        return any(self.name == room or self.name.startswith(f"{room.rstrip('/')}/") for room in rooms)

    def imports(self) -> Iterator[str]:
        """Yield every module that is imported, and every name imported from one, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def calls(self) -> Iterator[str]:
        """Yield the last part of the name of everything that is called: `st.title` gives `title`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name):
                    yield node.func.id
                elif isinstance(node.func, ast.Attribute):
                    yield node.func.attr


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    """Return every Python file of the product: the package, the pages and the launcher."""
    found = [*ROOT.glob("crm/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "streamlit_app.py"]
    return tuple(_read(path) for path in sorted(found))


def rooms_of(name: str) -> list[Source]:
    """Return the files of one room in every noun: `rules` gives `rules.py` and `rules/*.py`."""
    return [
        source
        for source in sources()
        if source.name.startswith("crm/") and {name, f"{name}.py"} & set(source.name.split("/")[2:])
    ]


def _read(path: Path) -> Source:
    text = path.read_text()
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
