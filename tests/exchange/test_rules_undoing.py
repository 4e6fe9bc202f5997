"""What an import wrote to a record, and what of it is still the import's to take back."""

from __future__ import annotations

from crm.exchange.rules.undoing import still_ours, trails

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
