"""A made paper is what it says it is: readable aloud (PDF/UA-1), kept for long (PDF/A-2a), and complete."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from crm.core.access import Role
from crm.sroi.documents.letters import letter_pdf, letter_texts
from crm.sroi.documents.statement import amount, statement_csv, statement_pdf, statement_texts
from crm.sroi.documents.typesetting import printable
from crm.sroi.states import LetterKind
from tests.factories import World
from tests.pages.test_settlement_everywhere import SPREAD
from tests.sroi.reading_papers import attribute, elements, fonts, opened, plain, texts_in, words_of
from tests.sroi.test_statements import letter, settle, short_contract

LANGUAGES = ("nl", "en")
NOT_SHOWN = ("language", "date", "subject")
"""What a template is given beside what it prints."""


def a_statement(world: World, language: str) -> bytes:
    row = settle(world, short_contract(world))
    return statement_pdf(row.paper, row.code, language)


def a_letter(world: World, language: str) -> bytes:
    return letter_pdf(letter(world, short_contract(world), LetterKind.DEFAULT, language))


PAPERS: dict[str, Callable[[World, str], bytes]] = {"statement": a_statement, "letter": a_letter}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_says_what_it_is_and_holds_nothing_from_outside(
    lite_world: World, paper: str, language: str
) -> None:
    pdf = PAPERS[paper](lite_world, language)
    read = opened(pdf)
    root: Any = read.trailer["/Root"]
    shows_title = root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], shows_title) == (True, language, True)
    assert root["/OutputIntents"]
    assert not {"/JavaScript", "/AA", "/OpenAction", "/AcroForm", "/EmbeddedFiles"} & set(root)
    assert _names(read) >= {"/GTS_PDFA1", "/Document"}
    assert not {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR"} & _names(read)
    assert not read.is_encrypted
    assert read.metadata is not None
    assert read.metadata.title
    told = root["/Metadata"].get_object().get_data().decode()
    for mark in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<dc:title>",
        f"<rdf:li>{language}</rdf:li>",
    ):
        assert mark in told


def _names(read: Any) -> set[str]:
    """Return the kinds of action that the objects of a PDF ask for."""
    found = (read.get_object(number) for number in range(1, len(read.xref[0]) + len(read.xref_objStm)))
    return {str(one["/S"]) for one in found if isinstance(one, dict) and "/S" in one}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_letter_of_a_paper_is_inside_it_and_can_be_read_back(lite_world: World, paper: str) -> None:
    found = list(fonts(PAPERS[paper](lite_world, "nl")))
    assert found
    for font in found:
        (within,) = font["/DescendantFonts"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(within.get_object()["/FontDescriptor"])
        assert "/ToUnicode" in font


def test_a_statement_is_read_aloud_under_its_headings_with_the_heads_of_its_tables(lite_world: World) -> None:
    found = list(elements(a_statement(lite_world, "nl")))
    kinds = Counter(kind for kind, _element in found)
    assert kinds["H1"] == 1
    assert kinds["H2"] >= 4
    tables = [element for kind, element in found if kind == "Table"]
    heads = [element for kind, element in found if kind == "TH"]
    assert len(tables) >= 4
    assert kinds["THead"] == len(tables)
    assert {attribute(head, "/Scope") for head in heads} == {"/Column"}
    cells = [element for kind, element in found if kind == "TD"]
    assert cells
    assert all(attribute(cell, "/Headers") for cell in cells)
    assert not kinds["Figure"]


def test_a_letter_has_one_heading_and_no_table(lite_world: World) -> None:
    kinds = Counter(kind for kind, _element in elements(a_letter(lite_world, "nl")))
    assert (kinds["H1"], kinds["Table"]) == (1, 0)
    assert kinds["P"] >= 5


@pytest.mark.parametrize("name", SPREAD)
def test_a_statement_prints_every_line_and_amount(lite_world: World, name: str) -> None:
    row = settle(lite_world, SPREAD[name](lite_world))
    for language in LANGUAGES:
        texts = statement_texts(row.paper, row.code, language)
        printed = words_of(statement_pdf(row.paper, row.code, language))
        unused = {"no_efforts"} if texts["efforts"] else {"efforts_head"}
        unused |= set() if texts["limits"] else {"limits_title"}
        unused |= set() if texts["notes"] else {"notes_title"}
        given = {key: value for key, value in texts.items() if key not in {*NOT_SHOWN, *unused}}
        missing = [one for one in texts_in(printable(given)) if plain(one) not in printed]
        assert missing == []
        cells = list(csv.reader(io.StringIO(statement_csv(row.paper, row.code, language)), delimiter=";"))
        for line in row.paper.lines:
            assert [amount(line.approved_cents, language), amount(line.counted_cents, language)] in [
                cell[3:5] for cell in cells
            ]
        for cell in cells[1:]:
            for shown in (cell[1], cell[5]):
                assert plain(printable(shown).removeprefix("'")) in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_prints_every_paragraph_to_whom_it_goes_and_from_whom(
    lite_world: World, language: str
) -> None:
    inputs = letter(lite_world, short_contract(lite_world), LetterKind.WELCOME, language)
    given = {key: one for key, one in letter_texts(inputs).items() if key not in NOT_SHOWN}
    printed = words_of(letter_pdf(inputs))
    assert [one for one in texts_in(printable(given)) if plain(one) not in printed] == []
    assert inputs["sender"] == lite_world.actor(Role.SROI_OFFICER).name
    assert printed.startswith(plain(inputs["authority"]))
