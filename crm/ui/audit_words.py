"""The audit log in words: kinds of change, records and their fields."""

from __future__ import annotations

import re
from datetime import date, datetime

from crm.core.i18n import N_
from crm.ui.words import _, day, moment, money

ACTIONS: dict[str, str] = {
    "insert": N_("made"),
    "update": N_("changed"),
    "delete": N_("removed"),
    "view": N_("looked at"),
    "refuse": N_("refused"),
    "export": N_("exported"),
    "reopen": N_("reopened"),
    "restore": N_("restored"),
}

TABLES: dict[str, str] = {
    "contact_persons": N_("Contact person"),
    "candidates": N_("Candidate"),
    "authorities": N_("Contracting authority"),
    "efforts": N_("Effort"),
    "contact_moments": N_("Contact moment"),
    "attendances": N_("Person present"),
    "contracts": N_("Contract"),
    "ties": N_("Tie between employers"),
    "carving_packages": N_("Package of tasks"),
    "weekly_hours": N_("Weekly hours"),
    "rule_set_versions": N_("Version of a rule set"),
    "rule_set_drafts": N_("Rule set under way"),
    "published_rule_sets": N_("Published rule set"),
    "partner_employers": N_("Employer shared with a partner"),
    "sign_in_sessions": N_("Sign-in"),
    "authority_rule_sets": N_("Rule set of an authority"),
    "evidence": N_("Evidence"),
    "installation": N_("Installation"),
    "carving_cases": N_("Opportunity"),
    "carving_stage_changes": N_("Change of stage"),
    "placements": N_("Placement"),
    "user_regions": N_("Region of a user"),
    "regions": N_("Region"),
    "employers": N_("Employer"),
    "establishments": N_("Establishment"),
    "account_team": N_("Account team"),
    "carving_tasks": N_("Task"),
    "follow_ups": N_("Follow-up"),
    "user_employers": N_("Employer of a user"),
    "users": N_("User"),
    "memberships": N_("Membership"),
    "user_authorities": N_("Authority of a user"),
    "municipalities": N_("Municipality"),
    "partners": N_("Partner organisation"),
    "plans": N_("Plan of action"),
    "plan_lines": N_("Line of a plan"),
    "handovers": N_("Handover of a plan"),
    "statements": N_("Final statement"),
    "statement_copies": N_("Copy of a final statement"),
    "letters": N_("Letter"),
}

FIELDS: dict[str, str] = {
    "active": N_("Active"),
    "added_at": N_("Added at"),
    "added_by_id": N_("Added by"),
    "approved_cents": N_("Approved amount"),
    "approved_explanation": N_("Explanation when approved"),
    "author_id": N_("Written by"),
    "authority_id": N_("Contracting authority"),
    "available_hours": N_("Available hours"),
    "award_key": N_("Award"),
    "award_on": N_("Awarded on"),
    "behind_on": N_("Last position"),
    "block": N_("Building block"),
    "booked_by_id": N_("Booked by"),
    "candidate_id": N_("Candidate"),
    "candidate_reference": N_("Candidate reference"),
    "case_id": N_("Opportunity"),
    "ceased_on": N_("Ceased on"),
    "changed_at": N_("Changed at"),
    "changed_by_id": N_("Changed by"),
    "city": N_("Place"),
    "code": N_("Code"),
    "confirmed_on": N_("Confirmed on"),
    "contact_person_id": N_("Contact person"),
    "contract_form": N_("Form of contract"),
    "contract_id": N_("Contract"),
    "contract_type": N_("Type of contract"),
    "cpv_code": N_("CPV code"),
    "created_at": N_("Made at"),
    "current_holder": N_("Done by now"),
    "department": N_("Department"),
    "description": N_("Description"),
    "done_by_id": N_("Done by"),
    "done_on": N_("Done on"),
    "due_on": N_("Due on"),
    "effort_id": N_("Effort"),
    "email": N_("E-mail address"),
    "employer_id": N_("Employer"),
    "end_on": N_("Ends on"),
    "end_reason": N_("Reason it ended"),
    "ended_on": N_("Ended on"),
    "ends_on": N_("Ends on"),
    "expires_at": N_("Expires at"),
    "explanation": N_("Explanation"),
    "facts": N_("Facts"),
    "file_name": N_("File name"),
    "from_on": N_("From"),
    "group": N_("Group"),
    "held_on": N_("Held on"),
    "holder_id": N_("Account holder"),
    "hours": N_("Hours"),
    "hours_per_week": N_("Hours a week"),
    "job_title": N_("Job title"),
    "joined_on": N_("Joined on"),
    "kind": N_("Kind"),
    "kvk_number": N_("KvK number"),
    "labour_share": N_("Labour share"),
    "language": N_("Language"),
    "last_contact_on": N_("Last contact"),
    "left_on": N_("Left on"),
    "media_type": N_("Kind of file"),
    "moment_id": N_("Contact moment"),
    "municipality_id": N_("Municipality"),
    "name": N_("Name"),
    "no_action_reason": N_("Why no next action"),
    "note": N_("Note"),
    "number": N_("Number"),
    "obligation_cents": N_("Obligation"),
    "officer_id": N_("SROI officer"),
    "opened_on": N_("Opened on"),
    "other_employer_id": N_("Other employer"),
    "owner_id": N_("Owner"),
    "partner_id": N_("Partner organisation"),
    "password_hash": N_("Password"),
    "percentage": N_("Percentage"),
    "phone": N_("Phone number"),
    "placement_id": N_("Placement"),
    "postcode": N_("Postcode"),
    "profile": N_("Profile"),
    "purposes": N_("Purposes"),
    "reason": N_("Reason"),
    "reference": N_("Reference"),
    "repair_until": N_("Repair until"),
    "review_reason": N_("Reason of the review"),
    "reviewed_at": N_("Reviewed at"),
    "reviewed_by_id": N_("Reviewed by"),
    "revoked_at": N_("Ended at"),
    "role": N_("Role"),
    "rule_set_code": N_("Rule set"),
    "rule_set_id": N_("Rule set"),
    "segment": N_("Segment"),
    "settled_on": N_("Settled on"),
    "signal": N_("Signal"),
    "since": N_("Since"),
    "stage": N_("Stage"),
    "staff_size": N_("Staff size"),
    "start_on": N_("Starts on"),
    "started_on": N_("Started on"),
    "starts_on": N_("Starts on"),
    "state": N_("State"),
    "stop_reason": N_("Why stopped"),
    "street": N_("Street"),
    "subject": N_("Subject"),
    "submitted_at": N_("Handed in at"),
    "submitted_by_id": N_("Handed in by"),
    "submitted_cents": N_("Handed in amount"),
    "summary": N_("What was said"),
    "team_role": N_("Part in the team"),
    "title": N_("Title"),
    "token_hash": N_("Session secret"),
    "until": N_("Until"),
    "user_id": N_("User"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "value": N_("Value"),
    "value_cents": N_("Amount"),
    "website": N_("Website"),
    "what": N_("What"),
    "document": N_("Document"),
    "base_id": N_("Made from a rule set"),
    "made_at": N_("Made at"),
    "made_by_id": N_("Made by"),
    "asked_at": N_("Approval asked at"),
    "asked_by_id": N_("Approval asked by"),
    "approved_at": N_("Approved at"),
    "approved_by_id": N_("Approved by"),
    "approved_hash": N_("Approved rules (hash)"),
    "version_name": N_("Version name"),
    "base_code": N_("Rule set it was made from"),
    "draft_id": N_("Rule set under way"),
    "published_at": N_("Published at"),
    "published_by_id": N_("Published by"),
}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+00:00")


def field_word(name: str) -> str:
    """Return the name of a field in words; a field without words by its own name."""
    return _(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def said(name: str, value: object) -> str:
    """Return a stored value as it is read: an amount, a day, a moment, yes or no."""
    match value:
        case None | "":
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case int() if name.endswith("_cents"):
            return money(value)
        case str() if _MOMENT.fullmatch(value):
            return moment(datetime.fromisoformat(value))
        case str() if _DAY.fullmatch(value):
            return day(date.fromisoformat(value))
        case list():
            return ", ".join(said(name, part) for part in value)
    return str(value)
