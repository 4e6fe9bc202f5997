"""Every word on screen has a Dutch translation, once, and no translation is left over."""

from __future__ import annotations

import ast
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from crm.core.i18n import CATALOGUES
from crm.sroi.rulesets import shipped_rulesets
from tests.sources import Source, sources

# Where a call carries a message id: the place among its arguments.
SPOKEN = {
    "_": (0,),
    "N_": (0,),
    "n_": (0, 1),
    "say": (0,),
    "said": (0,),
    "translate": (1,),
    "translate_count": (1, 2),
}
FAULT_BASES = {"AppError", "NotFound", "Forbidden", "SignedOut", "Invalid", "Conflict"}
FILES = sorted((CATALOGUES / "nl").glob("*.po"))


def messages(path: Path) -> list[Message]:
    """Return what a catalogue file translates, without its header."""
    with path.open("rb") as source:
        return [message for message in read_po(source, locale="nl") if message.id]


def forms(entry: object) -> tuple[str, ...]:
    """Return a message's one form, or its singular and plural."""
    return tuple(map(str, entry)) if isinstance(entry, tuple | list) else (str(entry or ""),)


def spoken() -> dict[str, str]:
    """Return every message id that the product speaks, with the file that speaks it."""
    faults = _fault_places()
    return {text: source.name for source in sources() for text in _spoken_in(source, faults)} | rule_notes()


def rule_notes() -> dict[str, str]:
    """Return the notes of shipped rule sets: English in their files, so that their hash stays."""
    return {ruleset.note: f"data/rulesets, {ruleset.id}" for ruleset in shipped_rulesets() if ruleset.note}


def _fault_places() -> dict[str, tuple[int, ...]]:
    """Return for every class of faults where its message stands: `Invalid` names a field first."""
    found = {base: (1,) if base == "Invalid" else (0,) for base in FAULT_BASES - {"Conflict"}}
    classes = [
        node for source in sources() for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    ]
    for _ in range(3):
        for node in classes:
            for base in node.bases:
                if (name := ast.unparse(base).rpartition(".")[2]) in found:
                    found.setdefault(node.name, found[name])
    return found


def _spoken_in(source: Source, faults: dict[str, tuple[int, ...]]) -> Iterator[str]:
    constants = _constants(source)
    places = SPOKEN | faults
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            for place in places.get(name, ()):
                if place < len(node.args):
                    yield from _texts(node.args[place], constants)
        elif isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from _default_message(node)


def _constants(source: Source) -> dict[str, str]:
    return {
        ast.unparse(node.targets[0]): node.value.value
        for node in source.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def _texts(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.Name(id=name) if name in constants:
            yield constants[name]
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, constants)
            yield from _texts(orelse, constants)


def _default_message(init: ast.FunctionDef) -> Iterator[str]:
    arguments = init.args.args
    for argument, default in zip(reversed(arguments), reversed(init.args.defaults), strict=False):
        if argument.arg == "message" and isinstance(default, ast.Constant):
            yield str(default.value)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_spoken_word_has_a_dutch_translation() -> None:
    known = {form for path in FILES for message in messages(path) for form in forms(message.id)}
    missing = {text: file for text, file in spoken().items() if text not in known}
    assert missing == {}


def test_no_message_is_translated_in_two_places() -> None:
    counted = Counter(forms(message.id)[0] for path in FILES for message in messages(path))
    assert [text for text, count in counted.items() if count > 1] == []


def test_no_translation_is_left_over() -> None:
    written = {
        node.value
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | rule_notes().keys()
    left = {
        forms(message.id)[0]: path.name
        for path in FILES
        for message in messages(path)
        if not set(forms(message.id)) <= written
    }
    assert left == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_is_whole(path: Path) -> None:
    for message in messages(path):
        assert not message.fuzzy, message.id
        assert all(text.strip() for text in forms(message.string)), f"{message.id} has no translation"
        assert len(forms(message.id)) == len(forms(message.string)), message.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fills_in_what_the_message_fills_in(path: Path) -> None:
    for message in messages(path):
        for original, translated in zip(forms(message.id), forms(message.string), strict=True):
            # A singular may say "one" instead of the number.
            assert _placeholders(translated) | {"count"} == _placeholders(original) | {"count"}, original


def test_no_message_is_put_together_from_pieces() -> None:
    pieces = [
        f"{source.name}: {ast.unparse(node)}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "n_", "N_"}
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[:1])
    ]
    assert pieces == []
