"""Each published rule with its page: the amount worked out by hand, and that a reader is led to the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.sroi.rules import Facts, ObligationFacts, compute_obligation, value_effort
from crm.sroi.rulesets import load_ruleset

D = Decimal
FRYSLAN, HAAGLANDEN, OOST = "fryslan-friese-eis", "haaglanden-zhc-2023-07", "oost-nederland"
FULL_YEAR = {"hours_per_week": 36, "months": 12}
FRIESE_EIS = "https://www.harlingen.nl/vormen-van-invulling-social-return"
HOW_LONG = "https://www.harlingen.nl/duur-van-het-social-return-traject"
FRIESE_POLICY = "https://socialreturninderegio.nl/deelnemende-partijen/gorinchem/sroi-beleid-friesland"
DEN_HAAG = "https://www.denhaag.nl/nl/ondernemen/zaken-doen-met-de-gemeente/social-return-bouwblokken/"
OOST_BLOCKS = "https://impactoost.nl/bouwblokken"
ZWOLLE = "https://wspregiozwolle.nl/social-return-on-investment-sroi/opdrachtnemer/"
UTRECHT = "https://www.utrecht.nl/ondernemen/inkopen-en-aanbesteden/social-return/"
UTRECHT_BEFORE = "https://www.utrecht.nl/werk-en-inkomen/aan-het-werk/social-return/"
VLIETNIEUWS = "https://vlietnieuws.nl/2025/07/06/gemeente-eist-inzet-werkzoekenden/"
ROTTERDAM = "https://www.wsprijnmond.nl/social-return/werkwijze-controle-kandidaten-social-return/"
EARLY = {"reference_date": date(2025, 3, 1), **FULL_YEAR}
EFFORTS = [
    # Fryslân: at least 12 hours a week; worked hours of 1,872 a year; two working years; two steps of age.
    (FRYSLAN, "PW_LT2Y", {"hours_per_week": D("11.9"), "months": 12}, "0.00", FRIESE_EIS),
    (FRYSLAN, "PW_LT2Y", {"hours_per_week": 12, "months": 12}, "11666.67", FRIESE_EIS),
    (FRYSLAN, "PW_LT2Y", {"worked_hours": 936}, "17500.00", HOW_LONG),
    (FRYSLAN, "PW_LT2Y", {"worked_hours": 5616, "hours_per_week": 36}, "70000.00", HOW_LONG),
    (FRYSLAN, "PW_LT2Y", {"age": 50, **FULL_YEAR}, "40000.00", FRIESE_EIS),
    (FRYSLAN, "PW_LT2Y", {"age": 55, **FULL_YEAR}, "42500.00", FRIESE_EIS),
    # Haaglanden: limits by group, a start up to 12 months before, and as long as the wage cost subsidy runs.
    (HAAGLANDEN, "WW", {"hours_per_week": 36, "months": 18}, "20000.00", DEN_HAAG),
    (HAAGLANDEN, "PW", {"hours_per_week": 36, "months": 30}, "80000.00", DEN_HAAG),
    (HAAGLANDEN, "BBL_3PLUS", {"hours_per_week": 36, "months": 48}, "45000.00", DEN_HAAG),
    (HAAGLANDEN, "BANENAFSPRAAK", {"hours_per_week": 36, "months": 60}, "250000.00", DEN_HAAG),
    (HAAGLANDEN, "WW", {"start": date(2024, 3, 1), **EARLY}, "20000.00", DEN_HAAG),
    (HAAGLANDEN, "WW", {"start": date(2024, 2, 29), **EARLY}, "0.00", DEN_HAAG),
    (
        HAAGLANDEN,
        "WW",
        {"hours_per_week": 36, "months": 18, "tags": frozenset({"lks"})},
        "30000.00",
        DEN_HAAG,
    ),
    # Oost-Nederland: by how long the benefit lasted, by the month, and by the learning year.
    (
        OOST,
        "WW_LT1Y",
        {"benefit_start": date(2025, 6, 1), "start": date(2026, 1, 1), **FULL_YEAR},
        "10000.00",
        OOST_BLOCKS,
    ),
    (
        OOST,
        "WW_LT1Y",
        {"benefit_start": date(2024, 6, 1), "start": date(2026, 1, 1), **FULL_YEAR},
        "0.00",
        OOST_BLOCKS,
    ),
    (
        OOST,
        "WW_GT1Y",
        {"benefit_start": date(2024, 6, 1), "start": date(2026, 1, 1), **FULL_YEAR},
        "15000.00",
        OOST_BLOCKS,
    ),
    (OOST, "WEP_PROEFPLAATSING", {"months": 4}, "3000.00", OOST_BLOCKS),
    (OOST, "BBL_1_2", {"months": 12}, "20000.00", OOST_BLOCKS),
    # Utrecht: full time was 40 hours and became 36 with the same euros; three versions side by side.
    ("utrecht-v40h", "PW_GT2Y", {"hours_per_week": 40, "months": 12}, "40000.00", UTRECHT_BEFORE),
    ("utrecht-v40h", "PW_GT2Y", FULL_YEAR, "36000.00", UTRECHT_BEFORE),
    (
        "utrecht-v13rows-36h",
        "PW_GT2Y",
        FULL_YEAR,
        "40000.00",
        f"{UTRECHT_BEFORE}bouwblokkenmodel-social-return/",
    ),
    ("utrecht-current", "WW", FULL_YEAR, "20000.00", f"{UTRECHT}social-return-berekenen-bouwblokken/"),
    # Rotterdam counts costs, the wage one to one.
    ("rotterdam-kosten", "WERKEN", {"labour_amount_eur": 32000}, "32000.00", ROTTERDAM),
]
OBLIGATIONS = [
    (FRYSLAN, {"contract_type": "works", "contract_sum_eur": 20_000_000}, "300000.00", FRIESE_POLICY),
    (
        FRYSLAN,
        {"contract_type": "works", "contract_sum_eur": 1_000_000, "percentage": 4},
        "40000.00",
        FRIESE_POLICY,
    ),
    # The base is what was invoiced, not the million of the contract: it moves with real invoices.
    (OOST, {"contract_sum_eur": 1_000_000, "invoiced_eur": 600_000, "percentage": 5}, "30000.00", ZWOLLE),
    ("leidschendam-voorburg", {"contract_sum_eur": 400_000, "labour_share_pct": 29}, "8000.00", VLIETNIEUWS),
    ("leidschendam-voorburg", {"contract_sum_eur": 400_000, "labour_share_pct": 30}, "20000.00", VLIETNIEUWS),
]


@pytest.mark.parametrize(("ruleset", "block", "facts", "amount", "source"), EFFORTS)
def test_an_effort_is_worth_what_the_page_says_and_leads_to_it(ruleset, block, facts, amount, source):
    told = value_effort(load_ruleset(ruleset), Facts(block=block, **facts))
    assert told.amount == D(amount)
    assert source in {step.source for step in told.steps}


@pytest.mark.parametrize(("ruleset", "facts", "amount", "source"), OBLIGATIONS)
def test_an_obligation_is_what_the_page_says_and_leads_to_it(ruleset, facts, amount, source):
    told = compute_obligation(load_ruleset(ruleset), ObligationFacts(**facts))
    assert told.amount == D(amount)
    assert source in {step.source for step in told.steps}
