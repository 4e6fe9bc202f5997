"""Every action asks for its permission before anything else, in every role."""

from __future__ import annotations

from importlib import import_module

import pytest
from sqlmodel import func, select

from crm.core.access import ROLE_PERMISSIONS, Permission, Role, system
from crm.core.actions import ACTIONS
from crm.core.audit import AuditEntry
from crm.core.errors import Forbidden
from crm.core.work import perform, reading
from tests.factories import World
from tests.sources import sources

P = Permission

for source in sources():
    if "\n@action(" in source.text:
        import_module(source.name.removesuffix(".py").replace("/", "."))

# What every action is expected to ask for. A new action gets its line here, on purpose by hand.
EXPECTED: dict[str, P] = {
    "accounts.add_region": P.USER_MANAGE,
    "accounts.change_language": P.PROFILE_EDIT,
    "accounts.change_name": P.PROFILE_EDIT,
    "accounts.change_password": P.PROFILE_EDIT,
    "accounts.add_partner": P.USER_MANAGE,
    "accounts.create_user": P.USER_MANAGE,
    "accounts.discard_draft": P.PROFILE_EDIT,
    "accounts.edit_user": P.USER_MANAGE,
    "accounts.end_session": P.PROFILE_EDIT,
    "accounts.end_sessions_of": P.USER_MANAGE,
    "accounts.save_draft": P.PROFILE_EDIT,
    "accounts.set_password": P.USER_MANAGE,
    "accounts.sign_out_elsewhere": P.PROFILE_EDIT,
    "accounts.switch_user": P.USER_MANAGE,
    "agenda.ask_digest": P.VISIT_LOG,
    "agenda.make_feed": P.VISIT_LOG,
    "agenda.revoke_feed": P.VISIT_LOG,
    "candidates.edit_candidate": P.CANDIDATE_EDIT,
    "candidates.register_candidate": P.CANDIDATE_EDIT,
    "candidates.view_candidate": P.CANDIDATE_VIEW,
    "employers.add_contact_person": P.VISIT_LOG,
    "employers.add_deputy": P.EMPLOYER_EDIT,
    "employers.add_employer": P.EMPLOYER_EDIT,
    "employers.add_establishment": P.EMPLOYER_EDIT,
    "employers.cease_employer": P.EMPLOYER_EDIT,
    "employers.change_holder": P.EMPLOYER_EDIT,
    "employers.contact_person_left": P.VISIT_LOG,
    "employers.contact_person_returned": P.VISIT_LOG,
    "employers.edit_contact_person": P.VISIT_LOG,
    "employers.edit_employer": P.EMPLOYER_EDIT,
    "employers.edit_establishment": P.EMPLOYER_EDIT,
    "employers.end_deputy": P.EMPLOYER_EDIT,
    "employers.keep_apart": P.EMPLOYER_EDIT,
    "employers.merge_employers": P.EMPLOYER_EDIT,
    "employers.undo_merge": P.EMPLOYER_EDIT,
    "employers.revive_employer": P.EMPLOYER_EDIT,
    "employers.add_goal": P.EMPLOYER_EDIT,
    "employers.add_activity": P.EMPLOYER_EDIT,
    "employers.archive_employer": P.EMPLOYER_EDIT,
    "employers.put_back": P.EMPLOYER_EDIT,
    "employers.remove_activity": P.EMPLOYER_EDIT,
    "employers.remove_mother": P.EMPLOYER_EDIT,
    "employers.restore_employer": P.EMPLOYER_EDIT,
    "employers.set_mother": P.EMPLOYER_EDIT,
    "employers.edit_goal": P.EMPLOYER_EDIT,
    "employers.edit_plan": P.EMPLOYER_EDIT,
    "employers.make_plan": P.EMPLOYER_EDIT,
    "employers.merge_persons": P.VISIT_LOG,
    "employers.move_person": P.VISIT_LOG,
    "employers.note_wish": P.VISIT_LOG,
    "employers.remove_goal": P.EMPLOYER_EDIT,
    "employers.share_employer": P.EMPLOYER_EDIT,
    "employers.part_persons": P.VISIT_LOG,
    "employers.stop_sharing": P.EMPLOYER_EDIT,
    "exchange.add_authority": P.IMPORT_RUN,
    "exchange.answer_likeness": P.IMPORT_RUN,
    "exchange.remove_mapping": P.IMPORT_RUN,
    "exchange.save_mapping": P.IMPORT_RUN,
    "exchange.start_import": P.IMPORT_RUN,
    "exchange.start_undo": P.IMPORT_RUN,
    "jobcarving.add_task": P.CARVING_EDIT,
    "jobcarving.dissolve_package": P.CARVING_EDIT,
    "jobcarving.edit_case": P.CARVING_EDIT,
    "jobcarving.edit_package": P.CARVING_EDIT,
    "jobcarving.edit_task": P.CARVING_EDIT,
    "jobcarving.make_package": P.CARVING_EDIT,
    "jobcarving.move_case": P.CARVING_EDIT,
    "jobcarving.open_case": P.CARVING_EDIT,
    "jobcarving.open_job": P.CARVING_EDIT,
    "jobcarving.remove_task": P.CARVING_EDIT,
    "needs.close_need": P.VISIT_LOG,
    "needs.edit_need": P.VISIT_LOG,
    "needs.note_reaction": P.VISIT_LOG,
    "needs.raise_need": P.VISIT_LOG,
    "needs.reopen_need": P.VISIT_LOG,
    "needs.take_back_reaction": P.VISIT_LOG,
    "needs.write_vacancy": P.VISIT_LOG,
    "events.answer_candidates": P.NETWORK_EDIT,
    "events.answer_employers": P.NETWORK_EDIT,
    "events.ask_candidates": P.NETWORK_EDIT,
    "events.ask_employers": P.NETWORK_EDIT,
    "events.cancel_event": P.NETWORK_EDIT,
    "events.edit_event": P.NETWORK_EDIT,
    "events.make_rounds": P.NETWORK_EDIT,
    "events.note_talks": P.NETWORK_EDIT,
    "events.plan_event": P.NETWORK_EDIT,
    "network.add_party": P.NETWORK_EDIT,
    "network.add_tie": P.NETWORK_EDIT,
    "network.edit_party": P.NETWORK_EDIT,
    "network.end_party": P.NETWORK_EDIT,
    "network.note_talk": P.NETWORK_EDIT,
    "network.tie_party": P.NETWORK_EDIT,
    "network.untie_party": P.NETWORK_EDIT,
    "network.edit_membership": P.NETWORK_EDIT,
    "network.join_network": P.NETWORK_EDIT,
    "network.leave_network": P.NETWORK_EDIT,
    "network.remove_tie": P.NETWORK_EDIT,
    "placements.book_placement": P.PLACEMENT_EDIT,
    "placements.change_hours": P.PLACEMENT_EDIT,
    "placements.edit_placement": P.PLACEMENT_EDIT,
    "placements.end_placement": P.PLACEMENT_EDIT,
    "placements.remove_hours": P.PLACEMENT_EDIT,
    "placements.note_aftercare": P.PLACEMENT_EDIT,
    "placements.resume_placement": P.PLACEMENT_EDIT,
    "questions.correct_answers": P.VISIT_LOG,
    "questions.keep_answers": P.VISIT_LOG,
    "sroi.add_certificate": P.CONTRACT_EDIT,
    "sroi.confirm_certificate_offer": P.CONTRACT_EDIT,
    "sroi.offer_certificate": P.EVIDENCE_ADD,
    "sroi.refuse_certificate_offer": P.CONTRACT_EDIT,
    "sroi.take_back_certificate_offer": P.EVIDENCE_ADD,
    "sroi.discard_plan": P.EFFORT_SUBMIT,
    "sroi.make_reminder": P.CONTRACT_EDIT,
    "sroi.edit_certificate": P.CONTRACT_EDIT,
    "sroi.end_certificate": P.CONTRACT_EDIT,
    "sroi.add_evidence": P.EVIDENCE_ADD,
    "sroi.approve_effort": P.EFFORT_REVIEW,
    "sroi.approve_rules": P.RULESET_EDIT,
    "sroi.ask_rules_approval": P.RULESET_EDIT,
    "sroi.assign_rule_set": P.CONTRACT_EDIT,
    "sroi.change_rules": P.RULESET_EDIT,
    "sroi.drop_rules": P.RULESET_EDIT,
    "sroi.make_rule_set": P.RULESET_EDIT,
    "sroi.publish_rules": P.RULESET_EDIT,
    "sroi.send_rules_back": P.RULESET_EDIT,
    "sroi.write_rules": P.RULESET_EDIT,
    "sroi.confirm_obligation": P.CONTRACT_EDIT,
    "sroi.copy_effort": P.EFFORT_SUBMIT,
    "sroi.edit_contract": P.CONTRACT_EDIT,
    "sroi.edit_effort": P.EFFORT_SUBMIT,
    "sroi.note_evidence_seen": P.EFFORT_REVIEW,
    "sroi.offer_placement": P.EFFORT_OFFER,
    "sroi.refresh_award": P.IMPORT_RUN,
    "sroi.register_award": P.IMPORT_RUN,
    "sroi.register_contract": P.CONTRACT_EDIT,
    "sroi.remove_evidence": P.EVIDENCE_ADD,
    "sroi.reopen_obligation": P.CONTRACT_EDIT,
    "sroi.send_back": P.EFFORT_REVIEW,
    "sroi.settle_contract": P.CONTRACT_EDIT,
    "sroi.show_contracts": P.COLLEAGUE_MANAGE,
    "sroi.start_repair": P.CONTRACT_EDIT,
    "sroi.submit_effort": P.EFFORT_SUBMIT,
    "sroi.submit_efforts": P.EFFORT_SUBMIT,
    "sroi.withdraw_award": P.IMPORT_RUN,
    "sroi.withdraw_contract": P.CONTRACT_EDIT,
    "sroi.sweep_evidence": P.USER_MANAGE,
    "sroi.sweep_files": P.USER_MANAGE,
    "sroi.take_back_offer": P.EFFORT_OFFER,
    "sroi.withdraw_effort": P.EFFORT_SUBMIT,
    "sroi.decide_no_clause": P.CONTRACT_EDIT,
    "sroi.publish_figure": P.FIGURES_PUBLISH,
    "sroi.register_missing": P.CONTRACT_EDIT,
    "sroi.reopen_clause": P.CONTRACT_EDIT,
    "sroi.set_clause_threshold": P.CONTRACT_EDIT,
    "sroi.set_purchasing_volume": P.FIGURES_PUBLISH,
    "sroi.accept_plan": P.CONTRACT_EDIT,
    "sroi.appoint_administrator": P.COLLEAGUE_MANAGE,
    "sroi.invite_colleague": P.COLLEAGUE_MANAGE,
    "sroi.renew_invitation": P.COLLEAGUE_MANAGE,
    "sroi.switch_colleague": P.COLLEAGUE_MANAGE,
    "sroi.withdraw_invitation": P.COLLEAGUE_MANAGE,
    "sroi.add_plan_lines": P.EFFORT_SUBMIT,
    "sroi.confirm_handover": P.CONTRACT_EDIT,
    "sroi.edit_plan_line": P.EFFORT_SUBMIT,
    "sroi.hand_in_plan": P.EFFORT_SUBMIT,
    "sroi.name_site_contact": P.EFFORT_SUBMIT,
    "sroi.note_promise": P.CONTRACT_EDIT,
    "sroi.remove_plan_line": P.EFFORT_SUBMIT,
    "sroi.renew_plan": P.EFFORT_SUBMIT,
    "sroi.send_plan_back": P.CONTRACT_EDIT,
    "sroi.correct_statement": P.CONTRACT_EDIT,
    "sroi.make_letter": P.CONTRACT_EDIT,
    "sroi.answer_own_share": P.EFFORT_SUBMIT,
    "sroi.answer_share": P.EFFORT_SUBMIT,
    "sroi.change_contract": P.CONTRACT_EDIT,
    "sroi.change_owner": P.CONTRACT_EDIT,
    "sroi.note_event": P.CONTRACT_EDIT,
    "sroi.note_reminder": P.CONTRACT_EDIT,
    "sroi.propose_share": P.EFFORT_SUBMIT,
    "sroi.split_again": P.EFFORT_SUBMIT,
    "sroi.award_tender": P.CONTRACT_EDIT,
    "sroi.edit_tender": P.CONTRACT_EDIT,
    "sroi.take_in_tender": P.CONTRACT_EDIT,
    "sroi.withdraw_tender": P.CONTRACT_EDIT,
    "sroi.refresh_clocks": P.USER_MANAGE,
    "sroi.take_back_change": P.CONTRACT_EDIT,
    "sroi.take_back_event": P.CONTRACT_EDIT,
    "sroi.take_back_share": P.EFFORT_SUBMIT,
    "visits.complete_follow_up": P.VISIT_LOG,
    "visits.edit_moment": P.VISIT_LOG,
    "visits.keep_mail": P.VISIT_LOG,
    "visits.log_visit": P.VISIT_LOG,
    "visits.postpone_follow_up": P.VISIT_LOG,
    "visits.reassign_follow_up": P.VISIT_LOG,
    "visits.reopen_follow_up": P.VISIT_LOG,
}


def test_every_action_has_a_line_in_the_table() -> None:
    assert {name: spec.permission for name, spec in ACTIONS.items()} == EXPECTED


@pytest.mark.parametrize("role", Role)
def test_no_role_gets_past_a_permission_it_does_not_hold(lite_world: World, role: Role) -> None:
    actor = lite_world.actor(role)
    before = _audit_length()
    for name, permission in EXPECTED.items():
        if permission not in ROLE_PERMISSIONS[role]:
            spec = ACTIONS[name]
            # An empty command: a refusal must come before the command is even looked at.
            with pytest.raises(Forbidden):
                perform(actor, spec.function, spec.command.model_construct())
    assert _audit_length() == before


def _audit_length() -> int:
    with reading(system("test")) as unit:
        return unit.session.exec(select(func.count()).select_from(AuditEntry)).one()
