"""Evidence files: known by their content, whatever their name says."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from crm.core import files
from crm.core.errors import Invalid, NotFound

OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7 a payslip"


def office(part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(part, "<xml/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff...", "image/jpeg"),
        (office("xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        (
            office("word/document.xml"),
            f"{OFFICE}.wordprocessingml.document",
        ),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    assert files.media_type(content) == kind


@pytest.mark.parametrize(
    "content", [b"<html>", b"MZ program", office("evil.js"), b"PK\x03\x04 torn", b"GIF89a"]
)
def test_other_kinds_are_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="not accepted"):
        files.media_type(content)


def test_a_document_with_macros_is_refused() -> None:
    made = io.BytesIO(office("xl/workbook.xml"))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")
    with pytest.raises(Invalid, match="not accepted"):
        files.media_type(made.getvalue())


def test_ten_megabytes_is_the_most() -> None:
    largest = PDF + bytes(files.MAX_BYTES - len(PDF))
    assert files.media_type(largest) == "application/pdf"
    with pytest.raises(Invalid, match="too large"):
        files.media_type(largest + b"!")


def test_the_same_content_is_kept_once() -> None:
    first, second = files.store(PDF), files.store(PDF)
    kept = [path for path in files.path_of(first).parents[1].rglob("*") if path.is_file()]
    assert first == second == hashlib.sha256(PDF).hexdigest()
    assert kept == [files.path_of(first)]
    assert files.read(first) == PDF


def test_a_file_that_is_gone_is_told() -> None:
    with pytest.raises(NotFound, match="no longer kept"):
        files.read("0" * 64)


def test_a_file_that_rotted_is_never_shown() -> None:
    sha256 = files.store(PDF)
    files.path_of(sha256).write_bytes(b"%PDF-1.7 another payslip")
    with pytest.raises(NotFound, match="damaged"):
        files.read(sha256)


def test_an_empty_file_is_told_to_be_empty() -> None:
    with pytest.raises(Invalid, match="is empty"):
        files.media_type(b"")
