"""Making a buyer in a file an authority of this installation, so that its awards can be brought in."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy.exc import IntegrityError

from crm.accounts.records import UserAuthority
from crm.core.access import Permission, Role
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.exchange.reach import kinds_for, reach_of
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import ImportKind
from crm.sroi import rulebook
from crm.sroi.records import Authority, AuthorityRuleSet


class AddAuthority(Command):
    """A buyer who becomes an authority: its region, and the rule set it uses from a day on."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    tender_number: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    region_id: int
    rule_set_code: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    valid_from: Day


@action(Permission.IMPORT_RUN, AddAuthority)
def add_authority(work: Work, command: AddAuthority) -> int:
    """Add an authority with its rule set and return its id; an SROI officer who adds it works for it.

    Raises `Invalid` for a region that is not the actor's, an unknown rule set, or a name or number in use.
    """
    if ImportKind.AWARDS not in kinds_for(work.actor):
        raise Invalid("kind", RunProblem.NOT_YOUR_KIND)
    if not reach_of(work.actor).covers_region(command.region_id):
        raise Invalid("region_id", RunProblem.UNKNOWN_REGION, code=command.region_id)
    rulebook.named(work, command.rule_set_code)
    made = Authority(region_id=command.region_id, name=command.name, tender_number=command.tender_number)
    try:
        authority_id = key(work.add(made))
    except IntegrityError:
        raise Invalid("name", "There is an authority with this name or number already.") from None
    work.add(
        AuthorityRuleSet(
            region_id=command.region_id,
            authority_id=authority_id,
            rule_set_code=command.rule_set_code,
            valid_from=command.valid_from,
        )
    )
    if work.actor.role is Role.SROI_OFFICER and work.actor.user_id is not None:
        work.add(UserAuthority(user_id=work.actor.user_id, authority_id=authority_id))
    return authority_id
