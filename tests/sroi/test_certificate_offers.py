"""Certificates that employers hand in themselves: who answers them, and what becomes of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core import files
from crm.core.access import Actor, Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.certificate_commands import (
    ConfirmCertificateOffer,
    OfferCertificate,
    RefuseCertificateOffer,
    TakeBackCertificateOffer,
)
from crm.sroi.commands import ConfirmObligation
from crm.sroi.queries.certificate_offers import OwnCertificates, own_certificates, waiting_offers
from crm.sroi.records import CertificateOffer, EmployerCertificate
from crm.sroi.rules.certificate_effects import EffectKind
from crm.sroi.states import OfferState
from tests.factories import TODAY, World
from tests.sroi.factories import make_contract, stored
from tests.sroi.test_certificates import publish

PDF = b"%PDF-1.4 certificaat"


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def employer(world: World) -> Actor:
    return world.actor(Role.EMPLOYER)


def offer(world: World, **values: Any) -> CertificateOffer:
    told = {
        "code": "pso_2",
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2027, 12, 31),
        "number": "PSO-123",
        **values,
    }
    offer_id = perform(employer(world), actions.offer_certificate, OfferCertificate(**told))
    found: CertificateOffer = stored(CertificateOffer, offer_id)
    return found


def confirm(world: World, made: CertificateOffer) -> int:
    command = ConfirmCertificateOffer(offer_id=key(made), version=made.version, seen_on=TODAY)
    return perform(officer(world), actions.confirm_certificate_offer, command)


def own(world: World) -> OwnCertificates:
    with reading(employer(world)) as unit:
        return own_certificates(unit)


def test_an_officer_confirms_and_the_file_is_let_go(world: World) -> None:
    made = offer(world, content=PDF, file_name="pso.pdf")
    assert made.sha256 is not None
    assert files.read(made.sha256) == PDF
    with reading(officer(world)) as unit:
        assert [(row.code, row.has_file) for row in waiting_offers(unit)] == [("pso_2", True)]
    certificate = stored(EmployerCertificate, confirm(world, made))
    assert (certificate.code, certificate.number, certificate.seen_on) == ("pso_2", "PSO-123", TODAY)
    assert certificate.seen_by_id == officer(world).user_id
    after = stored(CertificateOffer, key(made))
    assert (after.state, after.sha256, after.file_name) == (OfferState.CONFIRMED, None, None)
    assert [row.code for row in own(world).held] == ["pso_2"]
    assert own(world).offers == []


def test_a_refusal_tells_the_employer_why(world: World) -> None:
    made = offer(world)
    command = RefuseCertificateOffer(offer_id=key(made), version=made.version, reason="Niet in het register")
    perform(officer(world), actions.refuse_certificate_offer, command)
    [row] = own(world).offers
    assert (row.state, row.reason) == (OfferState.REFUSED, "Niet in het register")
    assert own(world).held == []


def test_what_was_answered_is_not_answered_again(lite_world: World) -> None:
    made = offer(lite_world)
    confirm(lite_world, made)
    with pytest.raises(Invalid, match="answered or taken back already"):
        confirm(lite_world, stored(CertificateOffer, key(made)))


def test_the_employer_takes_back_what_waits(lite_world: World) -> None:
    made = offer(lite_world)
    command = TakeBackCertificateOffer(offer_id=key(made), version=made.version)
    perform(employer(lite_world), actions.take_back_certificate_offer, command)
    assert own(lite_world).offers == []
    with reading(officer(lite_world)) as unit:
        assert waiting_offers(unit) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "bestaat_niet"}, "code"),
        ({"valid_until": date(2024, 12, 31)}, "valid_until"),
        ({"number": ""}, "number"),
        ({"content": b"MZ geen certificaat", "file_name": "pso.pdf"}, "file"),
    ],
)
def test_what_cannot_be_is_refused(lite_world: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        offer(lite_world, **values)
    assert refused.value.field == field
    assert own(lite_world).offers == []


def test_another_employer_sees_and_takes_back_nothing(world: World) -> None:
    made = offer(world)
    assert world.portal_b is not None
    other = world.actor_for(world.portal_b)
    with reading(other) as unit:
        assert own_certificates(unit).offers == []
    command = TakeBackCertificateOffer(offer_id=key(made), version=made.version)
    with pytest.raises(NotFound):
        perform(other, actions.take_back_certificate_offer, command)


def test_each_certificate_tells_what_it_does_for_each_contract(lite_world: World) -> None:
    publish(lite_world)
    confirm(lite_world, offer(lite_world))
    year: dict[str, Any] = {"start_on": date(2026, 1, 1), "rule_set_code": "met-pso"}
    counted = make_contract(lite_world, title="Telt", confirmed=False, end_on=date(2027, 6, 30), **year)
    perform(
        officer(lite_world),
        actions.confirm_obligation,
        ConfirmObligation(
            contract_id=key(counted), version=counted.version, labour_share=counted.labour_share
        ),
    )
    make_contract(lite_world, title="Te kort", end_on=date(2028, 12, 31), **year)
    make_contract(lite_world, title="Andere regels", end_on=date(2029, 12, 31))
    effects = {one.contract: one.effect.kind for one in own(lite_world).effects["pso_2"]}
    assert effects == {
        "Telt": EffectKind.LOWERS,
        "Te kort": EffectKind.TOO_SHORT,
        "Andere regels": EffectKind.NOTHING,
    }
