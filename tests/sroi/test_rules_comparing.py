"""What changed between rule sets, in words; and what it does to cases and contracts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum

from crm.core.i18n import in_language
from crm.sroi import rules as rules_package
from crm.sroi.rules import Facts, ObligationFacts, RuleSet, kinds
from crm.sroi.rules.comparing import differences
from crm.sroi.rules.effects import RunningContract, effects, totals, what_if
from crm.sroi.rules.field_words import CHOICES, FIELDS, PARTS
from crm.sroi.rules.numbers import Rounding
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import VALUATION_36, WORK, block, bonus, rules

D = Decimal
OBLIGATION = '\n[obligation]\nbase = { value = "contract_sum" }\n'
TWO_PERCENT = OBLIGATION + "[[obligation.percentages]]\nvalue = 2\n"
FIVE_PERCENT = OBLIGATION + "[[obligation.percentages]]\nvalue = 5\n"


def told(before: RuleSet, after: RuleSet, language: str = "en") -> list[str]:
    return [one.sentence(language, in_language(language)) for one in differences(before, after)]


def test_the_same_rules_have_no_difference():
    for ruleset_id in ("fryslan-friese-eis", "utrecht-current"):
        assert differences(load_ruleset(ruleset_id), load_ruleset(ruleset_id)) == []


def test_what_changed_between_the_40_and_the_36_hour_rules_of_utrecht():
    """The euro values stayed and the basis moved from 40 to 36 hours (Utrecht)."""
    found = told(load_ruleset("utrecht-v40h"), load_ruleset("utrecht-v13rows-36h"))
    assert "Valuation, hours a week of full time: was 40, now 36" in found
    assert [one for one in found if "value: was" in one and "was not told" not in one] == []
    assert len([one for one in found if one.startswith("Building block") and one.endswith("is new")]) == 7
    assert "Evidence “Invoice” is new" in found


def test_each_kind_of_change_has_its_sentence():
    before = rules(
        "valid_from = 2025-01-01\n[deadlines]\nfirst_contact_days = { value = 7 }\n",
        VALUATION_36,
        'bonus_stacking = { value = "stack", assumed = true }\n',
        TWO_PERCENT,
        '[[obligation.thresholds]]\ncontract_type = "works"\nvalue = 250000\n',
        '[[caps]]\nkind = "activity"\nshare_pct = 25\n',
        WORK,
        block("OLD", "per_hour", "value = 10"),
    )
    after = rules(
        "valid_from = 2026-01-01\n[deadlines]\nfirst_contact_days = { value = 7 }\n"
        "first_contact_working_days = true\n[sanctions]\nrepair_days = { value = 30 }\n",
        VALUATION_36,
        'bonus_stacking = { value = "highest_only" }\nmin_hours_per_week = { value = 12 }\n',
        FIVE_PERCENT,
        '[[obligation.thresholds]]\ncontract_type = "works"\nvalue = 200000\n',
        '[[caps]]\nkind = "activity"\nshare_pct = 20\n',
        WORK.replace("36000", "40000") + "counting_max_months = 24\n",
        bonus("B", 5000, "permanent = true"),
    )
    assert told(before, after) == [
        "First day: was 1 Jan 2025, now 1 Jan 2026",
        "Valuation, fewest hours a week: was not told, now 12",
        "Valuation, several bonuses: was added up, now only the highest",
        "Deadlines, first contact in working days: was no, now yes",
        "Sanctions, days of the repair period: was not told, now 30",
        "Percentage, value: was 2, now 5",
        "Threshold “works”, value: was 250,000, now 200,000",
        "Limit “activity”, highest percentage of the base: was 25, now 20",
        "Building block “Work”, value: was 36,000, now 40,000",
        "Building block “Work”, most months that count: was not told, now 24",
        "Building block “OLD en” is no longer there",
        "Building block “B en” is new",
        "Building block “B en”, value: was not told, now 5,000",
    ]
    assert told(before, after, "nl")[-4] == (
        "Bouwblok “Werk”, meeste maanden die tellen: was niet genoemd, nu 24"
    )


def test_what_became_published_or_changed_its_source_is_told():
    assumed = rules("[valuation]\nhours_basis = { value = 36, assumed = true }\n", WORK)
    known = rules('[valuation]\nhours_basis = { value = 36, source = "https://x.nl" }\n', WORK)
    assert told(assumed, known) == [
        "Valuation, hours a week of full time: is now published, was assumed",
        "Valuation, hours a week of full time: has another source, https://x.nl",
    ]
    assert told(known, assumed)[0] == "Valuation, hours a week of full time: is now assumed, was published"


def test_parts_that_come_and_go_are_told():
    exclusion = '[[valuation.exclusions]]\ntag = "x"\nreason_nl = "n"\nreason_en = "e"\n'
    cap = '[[caps]]\nshare_pct = 50\ntags = ["old"]\n'
    bare, full = rules(WORK), rules(exclusion, cap, TWO_PERCENT, WORK)
    assert told(bare, full) == [
        "Exclusion “x” is new",
        "Obligation is new",
        "Limit is new",
        "Limit, highest percentage of the base: was not told, now 50",
    ]
    assert told(full, bare) == [
        "Exclusion “x” is no longer there",
        "Obligation is no longer there",
        "Limit is no longer there",
    ]


def test_a_bonus_rule_and_lists_are_told_with_the_name_of_the_block():
    old = rules(WORK, bonus("B", 1, "age_from = 50"))
    new = rules(WORK, bonus("B", 1, 'age_from = 55\nblocks = ["W"]'))
    assert told(old, new) == [
        "Bonus rule “B en”, from the age of: was 50, now 55",
        "Bonus rule “B en”, for the building blocks: was not told, now W",
    ]
    named = rules('note = "a"\n', WORK, bonus("B", 1, "age_from = 50"))
    assert told(old, named) == ["Remark: was not told, now a"]


def test_the_order_of_blocks_is_no_difference():
    assert (
        differences(
            rules(WORK, block("A", "per_hour", "value = 1")), rules(block("A", "per_hour", "value = 1"), WORK)
        )
        == []
    )


def test_every_part_and_choice_of_a_rule_set_has_words():
    seen, waiting = set(), [RuleSet]
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for field in fields(model):
            assert field.name == "hash" or field.name in FIELDS or field.name in PARTS, field.name
        names = " ".join(str(field.type) for field in fields(model))
        everything = [getattr(rules_package, name) for name in rules_package.__all__]
        waiting += [
            one
            for one in everything
            if isinstance(one, type)
            and is_dataclass(one)
            and one.__name__ in names.replace("[", " ").replace("]", " ").replace(",", " ").split()
        ]
    assert len(seen) >= 14
    enums = [one for one in vars(kinds).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    missing = [
        member for one in (*enums, Rounding) if one is not StrEnum for member in one if member not in CHOICES
    ]
    assert missing == []


def test_every_pair_of_shipped_rule_sets_can_be_told_in_both_languages():
    from crm.sroi.rulesets import shipped_rulesets

    for before in shipped_rulesets():
        for after in shipped_rulesets():
            assert bool(told(before, after)) == (before != after)
            assert len(told(before, after, "nl")) == len(told(before, after))


# What it does


def test_example_cases_have_both_amounts():
    """Utrecht, Participation Act over 2 years, 24 hours, 6 months: 12.000 of 40 hours, 13.333,33 of 36."""
    cases = [
        Facts(block="PW_GT2Y", hours_per_week=24, months=6),
        Facts(block="BBL", hours_per_week=36, months=12),
        ObligationFacts(contract_sum_eur=1_000_000, percentage=5),
    ]
    work, bbl, clause = effects(load_ruleset("utrecht-v40h"), load_ruleset("utrecht-v13rows-36h"), cases)
    assert (work.before.amount, work.after.amount) == (D("12000.00"), D("13333.33"))
    assert work.change == D("1333.33")
    assert bbl.before.amount is None
    assert bbl.before.fault is not None
    assert bbl.before.fault.field == "block"
    assert (bbl.after.amount, bbl.change) == (D("15000.00"), None)
    assert clause.change == 0


def test_a_what_if_adds_up_what_both_can_value():
    """2 % and 5 % of 100.000; a full-time year of 36.000 and 40.000; a block that only the first knows."""
    before = rules(VALUATION_36, TWO_PERCENT, WORK, block("OLD", "per_hour", "value = 10"))
    after = rules(VALUATION_36, FIVE_PERCENT, WORK.replace("36000", "40000"))
    contract = RunningContract(
        "Park",
        ObligationFacts(contract_sum_eur=100_000),
        (Facts(block="W", hours_per_week=36, months=1), Facts(block="OLD", quantity=5)),
    )
    [row] = what_if(before, after, [contract])
    assert (row.obligation_before, row.obligation_after) == (D("2000.00"), D("5000.00"))
    assert (row.efforts_before, row.efforts_after) == (D("3000.00"), D("3333.33"))
    assert (row.short_before, row.short_after) == (0, D("1666.67"))
    assert row.left_out == 1
    both = totals([row, row], "all")
    assert (both.name, both.obligation_after, both.efforts_after, both.left_out) == (
        "all",
        D("10000.00"),
        D("6666.66"),
        2,
    )
    [without] = what_if(rules(WORK), after, [contract])
    assert (without.obligation_before, without.obligation_after) == (0, 0)
