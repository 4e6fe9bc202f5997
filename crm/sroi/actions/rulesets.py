"""Which rule set an authority uses."""

from __future__ import annotations

from crm.core.access import Permission
from crm.core.actions import action
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.actions.contracts import authority_of
from crm.sroi.commands import AssignRuleSet
from crm.sroi.queries.deciding import assignment_on
from crm.sroi.records import AuthorityRuleSet


@action(Permission.CONTRACT_EDIT, AssignRuleSet)
def assign_rule_set(work: Work, command: AssignRuleSet) -> int:
    """Say which rule set an authority uses from a day on; return the id of the assignment.

    A later assignment takes over from its own day; contracts that exist keep their rule set. The same day
    again replaces what was assigned.
    """
    authority = authority_of(work, command.authority_id)
    rulebook.named(work, command.rule_set_code)
    found = assignment_on(work, command.authority_id, command.valid_from)
    if found is not None:
        found.rule_set_code = command.rule_set_code
        return key(found)
    made = AuthorityRuleSet(
        region_id=authority.region_id,
        authority_id=command.authority_id,
        rule_set_code=command.rule_set_code,
        valid_from=command.valid_from,
    )
    return key(work.add(made))
