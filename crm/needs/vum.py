"""Vacancies in the words of the VUM data standard: nested for JSON, flat for a table.

Field names and codes are those of `Vacature` in the "VUM Gegevensstandaard"; `openVoorJobcarving` is ours and
stands beside them. Left out is what we do not know: the standard asks no field of everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.needs.queries.vacancies import VacancyRow
from crm.needs.rules import ShiftWork

OURS = "openVoorJobcarving"


def document(rows: Sequence[VacancyRow]) -> dict[str, Any]:
    """Return vacancies as one JSON document, each with the names and codes of the standard."""
    return {"vacatures": [as_vum(row) for row in rows]}


def as_vum(row: VacancyRow) -> dict[str, Any]:
    """Return one vacancy in the names and codes of the standard."""
    one = row.vacancy
    return _known(
        {
            "idVacature": one.vum_id,
            "nummerVacature": str(one.id),
            "naamVacature": one.title,
            "omschrijvingVacature": one.description,
            "codeWerkEnDenkniveauMinimaal": one.work_level.value,
            "sluitingsDatumVacature": _iso(one.closes_on),
            "beroep": _occupation(row),
            "sector": _known({"codeSbi": one.sbi_code or row.employer.sbi_code}),
            "contractvorm": [
                _known(
                    {
                        "codeTypeArbeidscontract": one.contract_term and one.contract_term.value,
                        "codeTypeOvereenkomst": one.agreement.value,
                    }
                )
            ],
            "werktijden": {
                "aantalWerkurenPerWeekMinimaal": one.hours_least,
                "aantalWerkurenPerWeekMaximaal": one.hours_most,
            },
            "flexibiliteit": _flexibility(one.shift_work),
            "arbeidsVoorwaarden": _known({"datumAanvangWerkzaamheden": _iso(one.starts_on)}),
            "rijbewijs": [{"codeSoortRijbewijs": licence} for licence in one.licences],
            "vakvaardigheid": [{"omschrijving": skill} for skill in _lines(one.skills)],
            "sollicitatiewijze": [_application(row)],
            "werkgever": _employer(row),
            OURS: one.open_to_carving,
        }
    )


def flat(row: VacancyRow) -> dict[str, str]:
    """Return one vacancy as a line of a table: each column is the path of its field in the standard."""
    return dict(_paths("", as_vum(row)))


def _paths(path: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [pair for name, part in value.items() for pair in _paths(f"{path}.{name}".lstrip("."), part)]
    if isinstance(value, list):
        if all(isinstance(part, Mapping) and len(part) == 1 for part in value):
            names = {name for part in value for name in part}
            told = " | ".join(str(text) for part in value for text in part.values())
            return [(f"{path}.{'/'.join(sorted(names))}", told)] if value else []
        return [pair for part in value for pair in _paths(path, part)]
    return [(path, {True: "ja", False: "nee"}.get(value, "") if isinstance(value, bool) else str(value))]


def _occupation(row: VacancyRow) -> dict[str, Any]:
    one = row.vacancy
    if one.occupation_code:
        coded = {"codeBeroepsnaam": one.occupation_code, "omschrijvingBeroepsnaam": one.occupation}
        return {"beroepsnaamGecodeerd": _known(coded)}
    return {"beroepsnaamOngecodeerd": {"naamBeroepOngecodeerd": one.occupation or one.title}}


def _flexibility(shift_work: ShiftWork) -> dict[str, Any]:
    known = shift_work is not ShiftWork.UNKNOWN
    return {"indicatieOnregelmatigWerkOfPloegendienst": int(shift_work.value)} if known else {}


def _application(row: VacancyRow) -> dict[str, Any]:
    at = row.vacancy.apply_at
    web = {"url": at} if at.startswith(("http://", "https://")) else None
    return _known({"codeSollicitatiewijze": row.vacancy.apply_by.value, "webadres": web})


def _employer(row: VacancyRow) -> dict[str, Any]:
    address = _known({"postcode": _closed_up(row.employer.postcode), "woonplaatsnaam": row.employer.city})
    return _known(
        {
            "handelsnaamOrganisatie": row.employer.name,
            "adresHouding": [{"adres": {"adresNederland": address}}] if address else None,
            "webadres": [{"url": row.employer.website}] if row.employer.website else None,
            "contactpersoon": [_contact(row)] if row.contact else None,
        }
    )


def _contact(row: VacancyRow) -> dict[str, Any]:
    person = row.contact
    if person is None:
        return {}
    return _known(
        {
            "naamContactpersoonAfdeling": person.name,
            "telefoonnummer": [{"telefoonnummer": person.phone}] if person.phone else None,
            "emailadres": [{"emailadres": person.email}] if person.email else None,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, [{}])}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(",") if part.strip()]


def _closed_up(postcode: str | None) -> str | None:
    return postcode.replace(" ", "") if postcode else None
