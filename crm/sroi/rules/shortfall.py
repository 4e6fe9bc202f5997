"""What follows when an obligation was not met: repair period, withholding and fine, step by step.

Fryslân (https://www.harlingen.nl/niet-nakomen-van-verplichting): a reasonable repair period, then withholding
on the last instalment pro rata to the unrealised part, or invoicing it; not if the contractor shows it did
everything and is not to blame, which the client decides. Eindhoven
(https://houseoftenders.nl/kennisbank/wat-is-sroi/): a fine can be imposed of 50 % of the SROI amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.explanation import Explanation, Params
from crm.sroi.rules.kinds import FineBase, WithholdingReading
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.settlement import withholding

REALISED = "Obligation less what was realised"
REALISED_FORMULA = "{obligation} − {realised}"
MET = "Nothing follows: the obligation is met"
IN_REPAIR = "Nothing follows yet: the repair period runs until {day}"
NOT_TO_BLAME = "Nothing follows: the contractor is not to blame"
NO_RULE = "The rule set names no withholding and no fine"
SHORTFALL = "Withheld or invoiced: the shortfall"
SHARE = "Withheld: the unrealised part of the last instalment"
SHARE_FORMULA = "{last} × {shortfall}/{obligation}"
BEYOND = "Of this, {beyond} is more than the last instalment and is invoiced"
FINE_SHORTFALL = "Fine on what was not done"
FINE_OBLIGATION = "Fine on the whole obligation"
FINE_FORMULA = "{percentage} % × {base}"
READING_ASSUMED = "How the withholding is computed is our reading of the publication."
FINE_ASSUMED = "On which amount the fine is computed is our reading of the publication."
BLAME_SILENT = "The rule set does not say that who is not to blame goes free; the sanction holds."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a contract ended; amounts in euro.

    `repair_until` is the last day of a repair period that was granted, `not_to_blame` the client's decision.
    """

    obligation: Decimal
    realised: Decimal
    last_instalment: Decimal | None = None
    repair_until: date | None = None
    not_to_blame: bool = False


def explain_shortfall(ruleset: RuleSet, outcome: Outcome, today: date) -> Explanation:
    """Return what is withheld, invoiced and fined together, in euro, with every step; never negative.

    Zero when the obligation is met, while the repair period runs, and when the contractor is not to blame and
    the rule set lets that go free. Raises `FactsError` for `last_instalment` when the rule set needs it.
    """
    draft = Draft(ruleset)
    shortfall = max(outcome.obligation - outcome.realised, Decimal(0))
    if not shortfall:
        return draft.refuse(MET, "", {}, "", False)
    params: Params = {"obligation": outcome.obligation, "realised": outcome.realised}
    draft.show(REALISED, REALISED_FORMULA, params, shortfall, "", False)
    if outcome.repair_until is not None and today <= outcome.repair_until:
        repair = ruleset.sanctions.repair_days
        assumed = repair is None or repair.assumed
        return draft.refuse(IN_REPAIR, "", {"day": outcome.repair_until}, "", assumed)
    free = ruleset.sanctions.exempt_if_not_to_blame
    if outcome.not_to_blame and free is not None and free.value:
        return draft.refuse(NOT_TO_BLAME, "", {}, free.source, free.assumed)
    if outcome.not_to_blame:
        draft.note(BLAME_SILENT)
    if ruleset.sanctions.withholding is None and ruleset.sanctions.fine_pct is None:
        return draft.refuse(NO_RULE, "", {}, "", True)
    _withhold(ruleset, outcome, shortfall, draft)
    _fine(ruleset, outcome, shortfall, draft)
    return draft.finish()


def _withhold(ruleset: RuleSet, outcome: Outcome, shortfall: Decimal, draft: Draft) -> None:
    rule = ruleset.sanctions.withholding
    if rule is None:
        return
    last = outcome.last_instalment
    amount = withholding(rule.value, outcome.obligation, outcome.realised, last)
    if rule.assumed:
        draft.note(READING_ASSUMED)
    if rule.value is WithholdingReading.SHARE_OF_LAST_INSTALMENT:
        params: Params = {
            "last": last or Decimal(0),
            "shortfall": shortfall,
            "obligation": outcome.obligation,
        }
        draft.add(SHARE, SHARE_FORMULA, params, Fraction(amount), rule.source, rule.assumed)
        return
    draft.add(SHORTFALL, "{amount}", {"amount": amount}, Fraction(amount), rule.source, rule.assumed)
    if last is not None and amount > last:
        draft.tell(BEYOND, "", {"beyond": amount - last}, source=rule.source, assumed=rule.assumed)


def _fine(ruleset: RuleSet, outcome: Outcome, shortfall: Decimal, draft: Draft) -> None:
    rule, on = ruleset.sanctions.fine_pct, ruleset.sanctions.fine_base
    if rule is None:
        return
    if on.assumed:
        draft.note(FINE_ASSUMED)
    whole = on.value is FineBase.OBLIGATION
    base = outcome.obligation if whole else shortfall
    params: Params = {"percentage": rule.value, "base": base}
    amount = Fraction(rounded(Fraction(base) * Fraction(rule.value) / 100, Rounding.CENT_HALF_UP))
    label = FINE_OBLIGATION if whole else FINE_SHORTFALL
    draft.add(label, FINE_FORMULA, params, amount, rule.source, rule.assumed or on.assumed)
