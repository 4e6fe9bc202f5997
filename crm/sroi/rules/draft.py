"""A calculation under way: collects steps and assumptions, and keeps the exact sum."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from crm.sroi.rules.explanation import Explanation, Note, Params, Step
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.numbers import CENT, Rounding, rounded

ROUNDED = {
    Rounding.CENT_HALF_UP: "Rounded to the cent, half a cent up",
    Rounding.CENT_DOWN: "Rounded down to the cent",
    Rounding.EURO_HALF_UP: "Rounded to the euro, half a euro up",
}
ROUNDING_ASSUMED = "The publication gives no rounding rule; amounts are rounded once, at the end."


class Draft:
    """Steps in the order in which they are told, with the exact amount so far.

    The printed parts of a sum are differences of rounded running totals, so they add up to the cent.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.steps: list[Step] = []
        self.notes: list[Note] = []
        self._total = Fraction(0)
        self._amount = Decimal("0.00")

    def tell(
        self, label: str, formula: str, params: Params, *, source: str = "", assumed: bool = False
    ) -> None:
        """Add a step that changes no amount."""
        self.steps.append(Step(label, formula, params, None, source or self.ruleset.source, assumed))

    def show(
        self, label: str, formula: str, params: Params, amount: Fraction | Decimal, source: str, assumed: bool
    ) -> None:
        """Add a step that shows an amount in euro without adding it."""
        if isinstance(amount, Fraction):
            shown = rounded(amount, Rounding.CENT_HALF_UP)
        else:
            shown = amount.quantize(CENT, ROUND_HALF_UP)
        self.steps.append(Step(label, formula, params, shown, source or self.ruleset.source, assumed))

    def add(
        self, label: str, formula: str, params: Params, amount: Fraction, source: str, assumed: bool
    ) -> None:
        """Add a step whose amount in euro is part of the sum."""
        before = self._amount
        self.set_total(self._total + amount)
        part = self._amount - before
        self.steps.append(Step(label, formula, params, part, source or self.ruleset.source, assumed))

    def set_total(self, amount: Fraction) -> None:
        """Make this the exact sum so far, in euro."""
        self._total = amount
        self._amount = rounded(amount, self.ruleset.rounding.value)

    def note(self, label: str, params: Params | None = None) -> None:
        """Write down an assumption, once."""
        note = Note(label, params or {})
        if note not in self.notes:
            self.notes.append(note)

    def refuse(self, label: str, formula: str, params: Params, source: str, assumed: bool) -> Explanation:
        """Return the explanation of a value of zero, whose last step says why."""
        zero = Decimal("0.00")
        self.steps.append(Step(label, formula, params, zero, source or self.ruleset.source, assumed))
        return self._explanation(zero)

    def finish(self) -> Explanation:
        """Return the explanation, rounded once."""
        rule = self.ruleset.rounding
        amount = self._amount
        source = rule.source or self.ruleset.source
        self.steps.append(Step(ROUNDED[rule.value], "", {}, amount, source, rule.assumed))
        if rule.assumed:
            self.note(ROUNDING_ASSUMED)
        return self._explanation(amount)

    def _explanation(self, amount: Decimal) -> Explanation:
        return Explanation(amount, tuple(self.steps), tuple(self.notes), self.ruleset.id, self.ruleset.hash)
