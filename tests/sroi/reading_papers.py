"""Reads a made PDF back: how it is built for who listens to it, and every text in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def elements(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """Yield what the structure of a PDF holds, in the order in which it is read: kind and element."""
    yield from _elements(opened(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    found = node.get_object()
    if isinstance(found, list):
        for one in found:
            yield from _elements(one)
    elif isinstance(found, dict) and "/S" in found:
        yield str(found["/S"])[1:], found
        if "/K" in found:
            yield from _elements(found["/K"])


def attribute(element: Any, name: str) -> Any:
    """Return an attribute of an element of the structure, None when it has none."""
    owners = element.get("/A", [])
    found = [one.get_object() for one in (owners if isinstance(owners, list) else [owners])]
    return next((one[name] for one in found if name in one), None)


def fonts(pdf: bytes) -> Iterator[Any]:
    for page in opened(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()


def words_of(pdf: bytes) -> str:
    """Return all text of a PDF without its spaces, ends of lines and hyphens."""
    return plain("".join(page.extract_text() for page in opened(pdf).pages))


def plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\u00a0-]+", "", text)


def texts_in(value: Any) -> Iterator[str]:
    """Yield each text that a template was given."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    else:
        for one in value:
            yield from texts_in(one)
