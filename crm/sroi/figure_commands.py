"""What users ask of forgotten clauses, purchasing volumes and council figures; checked on the server."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.privacy import WITHOUT_BSN
from crm.sroi.commands import Cents, ContractTerms, Percent
from crm.sroi.rules.figures import Basis
from crm.sroi.rules.missing import NoClause

Year = Annotated[int, Field(ge=2000, le=2100)]
Words = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]


class RegisterMissing(ContractTerms):
    """Make a contract of an award; without `employer_id` the supplier of the award becomes an employer."""

    clause_id: int
    version: int
    employer_id: int | None = None


class DecideNoClause(Command):
    """Say why an award has no clause; `OTHER` takes a reason in words."""

    clause_id: int
    version: int
    no_clause: NoClause
    reason: Words = ""


class ReopenClause(Command):
    """Take a decision about an award back."""

    clause_id: int
    version: int


class SetClauseThreshold(Command):
    """Set from which value in cents an authority asks for social return, and 5 for 5 %.

    `version` is that of the threshold on screen, None when there was none.
    """

    authority_id: int
    version: int | None = None
    amount_cents: Cents
    percentage: Percent


class SetPurchasingVolume(Command):
    """Fill in what an authority bought in a year, in whole cents, and where that was read."""

    authority_id: int
    year: Year
    version: int | None = None
    volume_cents: Annotated[int, Field(gt=0, le=10**15)]
    source: Annotated[Words, StringConstraints(min_length=3)]


class FigureFilter(Command):
    """What a figure is about: a region or one authority, a year, and perhaps a district of it."""

    region_id: int
    year: Year
    basis: Basis = Basis.AWARDED
    authority_id: int | None = None
    municipality_id: int | None = None


class PublishFigure(FigureFilter):
    """Publish a figure as it stood on screen (`seen` is its hash); a later version says what changed."""

    seen: Annotated[str, StringConstraints(min_length=64, max_length=64)]
    what_changed: Words = ""
