"""The form for an effort: what was done, only the fields that this needs, and at once what it is worth."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.core import i18n
from crm.core.errors import AppError
from crm.core.i18n import N_
from crm.core.money import cents
from crm.core.work import reading
from crm.sroi.commands import EffortClaim
from crm.sroi.queries import preview_effort
from crm.sroi.rules import Block, Explanation, RuleSet
from crm.sroi.rules.persons import concerns_a_person
from crm.sroi.rules.questions import Question, features, is_about_a_person, questions
from crm.ui import portal_draft
from crm.ui.certificate_words import ask_certificate
from crm.ui.effort_person import ask_person
from crm.ui.explanation import explanation_popover, spoken
from crm.ui.forms import show_fault
from crm.ui.portal import WAYS, in_words, way_of
from crm.ui.portal_claim import LABELS, PERSON, claim_of
from crm.ui.portal_counts import blocks_of, worth_of
from crm.ui.portal_draft import MOST_CHANGES, EffortDraft
from crm.ui.words import _, language, money, plain

FILL_IN_DAYS = N_("Fill in the first and the last day.")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def ask_block(draft: EffortDraft, ruleset: RuleSet) -> Block | None:
    """Ask what was done: first in which of the four ways, then which of the contract's own blocks."""
    blocks = blocks_of(ruleset)
    ways = [way for way in WAYS if any(way_of(block) == way for block in blocks)]
    chosen = next((block for block in blocks if block.code == draft.fields["block"]), None)
    if chosen and draft.fields["way"] is None:
        _set(draft, "way", way_of(chosen))
    way = st.radio(_("What did you do?"), ways, None, format_func=_, key=draft.key("way"))
    if way is None:
        st.caption(_("Choose what fits best. You then see what we need to know, and what it is worth."))
        return None
    return _which(draft, [block for block in blocks if way_of(block) == way])


def ask_facts(draft: EffortDraft, ruleset: RuleSet, block: Block) -> None:
    """Ask the facts that a block needs, and nothing else."""
    asked = questions(ruleset, block)
    if is_about_a_person(block):
        _ask_who(draft)
    if concerns_a_person(block) and draft.placement_id is None:
        ask_person(draft.actor, draft.effort_id, draft.key(PERSON))
    _ask_when(draft, asked)
    if Question.HOURS in asked:
        _ask_hours(draft)
    _ask_numbers(draft, asked)
    if Question.SUPPLIER_CERTIFICATE in asked:
        ask_certificate(ruleset, None, draft.key("supplier_certificate"))
    _ask_person(draft, asked)
    _ask_features(draft, ruleset, block)
    st.text_input(
        _(LABELS["description"]),
        key=draft.key("description"),
        max_chars=400,
        placeholder=_("for example: planting and mowing in the Ring Street"),
    )


def show_worth(draft: EffortDraft, ruleset: RuleSet, block: Block) -> None:
    """Show what the effort is worth as it is filled in now, with why; or what is still missing."""
    with st.container(border=True):
        if misses_days(draft, ruleset, block):
            st.info(_(FILL_IN_DAYS))
            return
        try:
            claim = EffortClaim(**claim_of(draft, ruleset, block))
            with reading(draft.actor) as work:
                found = preview_effort(work, draft.contract_id, ruleset, claim, draft.effort_id)
        except AppError as fault:
            show_fault(fault, LABELS)
            return
        _tell_worth(draft, found)


def misses_days(draft: EffortDraft, ruleset: RuleSet, block: Block) -> bool:
    """Return whether a period is needed and not filled in yet."""
    needed = Question.PERIOD in questions(ruleset, block)
    return needed and None in (draft.fields["start"], draft.fields["end"])


def _tell_worth(draft: EffortDraft, found: Explanation) -> None:
    if not found.amount:
        last = found.readable_steps(language(), i18n.in_language(language()))[-1]
        st.info(plain(last.label))
        return
    st.metric(_("This counts for"), money(cents(found.amount)))
    st.caption(_("This is what you ask. It counts after we approve it."))
    explanation_popover(_("Why this amount?"), found, _("this effort"), key=draft.key("why"))


def _which(draft: EffortDraft, blocks: list[Block]) -> Block | None:
    by_code = {block.code: block for block in blocks}
    if len(blocks) == 1:
        [code] = by_code
        _set(draft, "block", code)
        st.markdown(f"{in_words(blocks[0])}  \n**{worth_of(blocks[0])}**")
        return blocks[0]
    if st.session_state.get(draft.key("block")) not in by_code:
        _set(draft, "block", None)
    chosen = st.radio(
        _("Which of these is it?"),
        list(by_code),
        None,
        format_func=lambda code: in_words(by_code[code]),
        captions=[worth_of(block) for block in blocks],
        key=draft.key("block"),
    )
    return by_code.get(chosen) if chosen else None


def _set(draft: EffortDraft, name: str, value: str | None) -> None:
    draft.fields[name] = value
    st.session_state[draft.key(name)] = value


def _ask_who(draft: EffortDraft) -> None:
    st.text_input(
        _(LABELS["subject"]),
        key=draft.key("subject"),
        max_chars=120,
        placeholder=_("for example K-2041 or your own staff number"),
    )
    st.caption(_("Never a name or a citizen service number (BSN)."))


def _ask_when(draft: EffortDraft, asked: frozenset[Question]) -> None:
    if Question.PERIOD not in asked:
        _day(draft, "start", _("When was it?"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _day(draft, "start", _(LABELS["start"]))
        _day(draft, "end", _(LABELS["end"]))
    st.caption(_("No last day agreed? Then take the last day of the contract."))


def _day(draft: EffortDraft, name: str, label: str) -> None:
    st.date_input(
        label,
        None,
        FIRST_DAY,
        LAST_DAY,
        key=draft.key(name),
        format="DD-MM-YYYY",
        width=200,
    )


def _ask_hours(draft: EffortDraft) -> None:
    _number(draft, "hours", _(LABELS["hours_per_week"]), _("for example 24"))
    for place in range(draft.fields["changes"]):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _day(draft, f"from_{place}", _("From this day"))
            _number(draft, f"hours_{place}", _("Hours a week from then"), "")
    with st.container(horizontal=True):
        if draft.fields["changes"] < MOST_CHANGES:
            st.button(
                _("The hours changed later"),
                icon=":material/add:",
                type="tertiary",
                key=draft.key("add_change"),
                on_click=portal_draft.add_change,
                args=(draft,),
            )
        if draft.fields["changes"]:
            st.button(
                _("Remove the last change"),
                type="tertiary",
                key=draft.key("drop_change"),
                on_click=portal_draft.drop_change,
                args=(draft,),
            )


def _ask_numbers(draft: EffortDraft, asked: frozenset[Question]) -> None:
    if Question.WORKED_HOURS in asked:
        label = _("{question} (if you know it)", question=_(LABELS["worked_hours"]))
        _number(draft, "worked_hours", label, _("for example 480"))
    euros = _("for example 1.234,56")
    ways = [
        (Question.QUANTITY, "quantity", _(LABELS["quantity"]), _("for example 8")),
        (Question.AMOUNT, "amount", _(LABELS["amount_cents"]), euros),
        (Question.LABOUR_AMOUNT, "labour_amount", _(LABELS["labour_amount_cents"]), euros),
    ]
    wanted = [way for way in ways if way[0] in asked]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for _question, name, label, example in wanted:
            _number(draft, name, label, example)
    if len(wanted) > 1:
        st.caption(_("Fill in one of these; the other may stay empty."))


def _number(draft: EffortDraft, name: str, label: str, example: str) -> None:
    st.text_input(label, key=draft.key(name), max_chars=20, placeholder=example, width=240)


def _ask_person(draft: EffortDraft, asked: frozenset[Question]) -> None:
    if Question.BENEFIT_START in asked:
        _day(draft, "benefit_start", _("Since when does this person have the benefit?"))
    if Question.AGE in asked:
        st.number_input(
            _("{question} (if you know it)", question=_(LABELS["age"])),
            12,
            100,
            None,
            key=draft.key("age"),
            width=240,
        )
    if Question.PERMANENT in asked:
        st.checkbox(_("The person has a permanent contract"), key=draft.key("permanent"))


def _ask_features(draft: EffortDraft, ruleset: RuleSet, block: Block) -> None:
    chosen = set(draft.fields["tags"])
    known = features(ruleset, block)
    picked = [
        feature.tag
        for feature in known
        if st.checkbox(
            plain(spoken(feature.says)),
            feature.tag in chosen,
            key=draft.key(f"tag_{feature.tag}"),
        )
    ]
    kept = sorted({*picked, *(chosen - {feature.tag for feature in known})})
    if kept != sorted(chosen):
        draft.fields["tags"] = kept
        portal_draft.keep(draft)
