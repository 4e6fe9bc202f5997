"""The pseudonym of a candidate, and what never goes into a profile."""

from __future__ import annotations

import pytest

from crm.candidates.rules import holds_contact_details, is_reference, reference_of, typed_reference


@pytest.mark.parametrize(
    ("text", "fits"),
    [("K-2041", True), ("K-12345678", True), ("K-204", False), ("k-2041", False), ("Jan", False)],
)
def test_what_a_reference_looks_like(text: str, fits: bool) -> None:
    assert is_reference(text) is fits


def test_a_reference_follows_from_the_number_of_the_record() -> None:
    assert reference_of(41) == "K-2041"
    assert is_reference(reference_of(1))


@pytest.mark.parametrize("text", ["2041", "k2041", " K-2041 ", "kandidaat 2041"])
def test_a_reference_may_be_typed_in_many_ways(text: str) -> None:
    assert typed_reference(text) == "K-2041"


@pytest.mark.parametrize(
    "text",
    [
        "mail naar j.jansen@voorbeeld.nl",
        "06 12345678",
        "bel 0165-123456",
        "+31 6 1234 5678",
        "(076) 123 45 67",
    ],
)
def test_mail_addresses_and_telephone_numbers_are_recognised(text: str) -> None:
    assert holds_contact_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "zoekt 24 tot 32 uur",
        "werkte 2019-2024 in de zorg",
        "heftruck, rijbewijs B, mbo 2",
        "vanaf 01-02-2027",
        "",
    ],
)
def test_what_somebody_can_do_is_no_contact_detail(text: str) -> None:
    assert not holds_contact_details(text)
