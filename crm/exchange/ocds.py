"""Reading a year of award notices (OCDS 1.1 JSON of hundreds of megabytes) as a stream.

One notice at a time is in memory. Accepted: a release package, a record package, one release, an
array or lines of any of these, plain or gzipped. Nothing is written here.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

import ijson  # type: ignore[import-untyped]

from crm.core.errors import Invalid
from crm.exchange.rules.awards import AwardRow, award_rows
from crm.exchange.rules.messages import FileProblem
from crm.exchange.rules.verdicts import Rejected

MAX_DEPTH = 60
MAX_VALUES_IN_RELEASE = 1_000_000
BUFFER_BYTES = 64 * 1024
DIGIT_BLOCK = 1024
CONTAINERS = frozenset(["releases", "records", "compiledRelease"])
UNREAD = frozenset(["planning", "bids", "items", "documents", "versionedRelease", "relatedProcesses"])
"""Parts of a notice that no award needs; stepping over them saves time and memory."""

Events = Iterator[tuple[str, object]]


class _Counted(io.RawIOBase):
    """A file that tells how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        read = self.stream.read(len(buffer))
        buffer[: len(read)] = read
        self.count += len(read)
        return len(read)


class _Damaged(Exception):
    """The file cannot be read any further."""


class _WithoutEndlessDigits:
    """A file for the C parser, which breaks down on a number of more than 4,300 digits."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self.stream = stream

    def read(self, size: int) -> bytes:
        chunk = self.stream.read(size)
        blocks = (chunk[at : at + DIGIT_BLOCK] for at in range(0, len(chunk) - DIGIT_BLOCK + 1, DIGIT_BLOCK))
        if any(block.isdigit() for block in blocks):
            raise _Damaged
        return chunk


def read_awards(
    stream: BinaryIO, on_progress: Callable[[int], None] | None = None
) -> Iterator[AwardRow | Rejected]:
    """Yield every award in a file opened for reading bytes, in the order of the file.

    `on_progress` gets the number of bytes of the file read so far. Raises `Invalid` when the file is
    empty, not JSON or without notices, and, after everything before the break has been yielded, when it
    stops half-way or is damaged.
    """
    counted = _Counted(stream)
    number = told = 0
    try:
        for release in _releases(_events(counted)):
            number += 1
            yield from award_rows(release, number)
            if on_progress is not None and counted.count > told:
                told = counted.count
                on_progress(told)
    except _Damaged as broken:
        _refuse(counted.count, number, broken)
    if number == 0:
        raise Invalid("file", FileProblem.NO_RELEASES)


def _refuse(count: int, number: int, broken: _Damaged) -> None:
    if count == 0:
        raise Invalid("file", FileProblem.EMPTY) from broken
    if number == 0:
        raise Invalid("file", FileProblem.NOT_JSON) from broken
    raise Invalid("file", FileProblem.BROKEN_AFTER, number=number, megabytes=count // 2**20) from broken


def _events(counted: _Counted) -> Events:
    """Yield the JSON events of the file; whatever a damaged one makes the readers raise is `_Damaged`."""
    try:
        yield from ijson.basic_parse(_unpacked(counted), multiple_values=True, buf_size=BUFFER_BYTES)
    except Exception as error:  # the C parser raises its own errors, but also Decimal's and SystemError
        raise _Damaged from error


def _unpacked(counted: _Counted) -> _WithoutEndlessDigits:
    plain: io.BufferedReader = io.BufferedReader(counted, BUFFER_BYTES)
    head = plain.peek(3)[:3]
    if head.startswith(b"\x1f\x8b"):
        plain = io.BufferedReader(gzip.GzipFile(fileobj=plain), BUFFER_BYTES)
    elif head == b"\xef\xbb\xbf":
        plain.read(3)
    return _WithoutEndlessDigits(plain)


def _releases(events: Events) -> Iterator[object]:
    """Yield the notices of every value in the file."""
    for event, value in events:
        yield from _at_container(events, event, value, depth=0)


def _at_container(events: Events, event: str, value: object, depth: int) -> Iterator[object]:
    """Yield the notices of a value where packages, records or notices are expected."""
    if depth > MAX_DEPTH:
        raise _Damaged
    if event == "start_array":
        for inner, scalar in events:
            if inner == "end_array":
                return
            yield from _at_container(events, inner, scalar, depth + 1)
    elif event == "start_map":
        yield from _of_map(events, depth)
    elif depth > 0 and value is not None:
        yield value


def _of_map(events: Events, depth: int) -> Iterator[object]:
    """Yield the notices inside a package or record, or the map itself when it is a notice."""
    own: dict[str, object] = {}
    is_container = False
    notice = _Notice(events)
    for event, key in events:
        if event == "end_map":
            break
        name = str(key)
        if name in CONTAINERS:
            is_container = True
            yield from _at_container(events, *next(events), depth + 1)
        else:
            own[name] = notice.value(*next(events), name not in UNREAD)
    if not is_container and (depth > 0 or "ocid" in own):
        yield own


class _Notice:
    """Builds the values of one notice, and refuses one that is absurdly large or deep."""

    def __init__(self, events: Events) -> None:
        self.events = events
        self.left = MAX_VALUES_IN_RELEASE

    def value(self, event: str, scalar: object, is_read: bool, depth: int = 0) -> object:
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            raise _Damaged
        if event == "start_map":
            return self._map(is_read, depth + 1)
        if event == "start_array":
            return self._array(is_read, depth + 1)
        return scalar if is_read else None

    def _map(self, is_read: bool, depth: int) -> dict[str, object]:
        made: dict[str, object] = {}
        for event, key in self.events:
            if event == "end_map":
                break
            keep = is_read and key not in UNREAD
            found = self.value(*next(self.events), keep, depth)
            if keep:
                made[str(key)] = found
        return made

    def _array(self, is_read: bool, depth: int) -> list[object]:
        made: list[object] = []
        for event, scalar in self.events:
            if event == "end_array":
                break
            found = self.value(event, scalar, is_read, depth)
            if is_read:
                made.append(found)
        return made
