"""What an import wrote to a record, and what of it is still the import's to take back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm.exchange.rules.undoing import in_groups, next_groups, plain, still_ours, trails

WAS, BECAME, LATER = {"name": "Linde", "city": "Zundert"}, {"name": "De Linde"}, {"name": "De Linde BV"}


def change(before: dict[str, str], after: dict[str, str], mark: str) -> dict[str, object]:
    return {"table": "employers", "id": 7, "employer": 7, "mark": mark, "before": before, "after": after}


def test_two_batches_on_one_record_are_one_trail_back_to_the_first() -> None:
    [trail] = trails([change(WAS, BECAME, "one"), change({"name": "De Linde"}, LATER, "two")])
    assert (trail.before, trail.after, trail.mark) == (WAS, LATER, "two")


def test_a_field_is_ours_theirs_or_was_put_back_already() -> None:
    [trail] = trails([change(WAS, {"name": "De Linde", "city": "Rucphen"}, "one")])
    assert still_ours(trail, {"name": "De Linde", "city": "Rucphen"}) == (["name", "city"], [])
    assert still_ours(trail, {"name": "Linde", "city": "Breda"}) == ([], ["city"])


def test_awards_are_taken_back_before_the_employers_they_hang_on_and_never_together() -> None:
    about = {"award": "x"}
    groups = in_groups(
        trails([change(WAS, BECAME, "one"), {**change(WAS, BECAME, "two"), "table": "contracts", **about}])
    )
    assert [group[0].table for group in groups] == ["contracts", "employers"]
    assert [len(next_groups(groups, done, 9)) for done in (0, 1, 2)] == [1, 1, 0]


def test_amounts_and_days_are_kept_as_text() -> None:
    assert [plain(Decimal("2.50")), plain(date(2026, 1, 2)), plain(None)] == ["2.50", "2026-01-02", None]
