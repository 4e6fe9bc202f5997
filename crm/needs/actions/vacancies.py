"""Describing the vacancy of a need."""

from __future__ import annotations

import uuid
from typing import Annotated

from pydantic import Field

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson
from crm.needs.queries.stored import vacancy_of
from crm.needs.records import Need, Vacancy
from crm.needs.rules import (
    Agreement,
    Application,
    ContractTerm,
    Licence,
    NeedKind,
    ShiftWork,
    WorkLevel,
    hours_fault,
)

Hours = Annotated[int, Field(ge=1, le=60)]


class WriteVacancy(Command):
    """A vacancy as it should read; `version` is that of the vacancy, None when there was none yet."""

    need_id: int
    version: int | None = None
    title: Annotated[str, Field(min_length=1, max_length=120), WITHOUT_BSN]
    description: Annotated[str, Field(max_length=2000), WITHOUT_BSN] = ""
    occupation: Annotated[str, Field(max_length=120), WITHOUT_BSN] = ""
    occupation_code: Annotated[str, Field(pattern=r"^\d{0,10}$")] = ""
    sbi_code: Annotated[str, Field(pattern=r"^\d{0,6}$")] = ""
    work_level: WorkLevel = WorkLevel.UNKNOWN
    contract_term: ContractTerm | None = None
    agreement: Agreement = Agreement.REGULAR
    hours_least: Hours
    hours_most: Hours
    shift_work: ShiftWork = ShiftWork.UNKNOWN
    starts_on: Day | None = None
    closes_on: Day | None = None
    licences: tuple[Licence, ...] = ()
    skills: Annotated[str, Field(max_length=1000), WITHOUT_BSN] = ""
    apply_by: Application = Application.PHONE
    apply_at: Annotated[str, Field(max_length=200), WITHOUT_BSN] = ""
    contact_person_id: int | None = None
    open_to_carving: bool = False


@action(Permission.VISIT_LOG, WriteVacancy)
def write_vacancy(work: Work, command: WriteVacancy) -> int:
    """Describe the vacancy of a need, or put its description right; return its id.

    Raises `NotFound` for a need that is not the actor's or is no vacancy, `Conflict` when somebody described
    it meanwhile, `Invalid` when the hours are upside down.
    """
    need = work.get(Need, command.need_id)
    if need.kind is not NeedKind.VACANCY:
        raise NotFound()
    _check(work, need, command)
    fields = command.model_dump(exclude={"need_id", "version"})
    fields["licences"] = [licence.value for licence in dict.fromkeys(command.licences)]
    vacancy = vacancy_of(work, command.need_id)
    if vacancy is None:
        fields |= {"region_id": need.region_id, "employer_id": need.employer_id, "need_id": key(need)}
        return key(work.add(Vacancy(vum_id=str(uuid.uuid4()), **fields)))
    if command.version is None:
        raise Conflict({name: getattr(vacancy, name) for name in fields}, fields, vacancy.version)
    vacancy = work.edit(Vacancy, key(vacancy), command.version, fields)
    for name, value in fields.items():
        setattr(vacancy, name, value)
    return key(vacancy)


def _check(work: Work, need: Need, command: WriteVacancy) -> None:
    if hours_fault(command.hours_least, command.hours_most):
        raise Invalid("hours_most", "The most hours a week cannot be below the least.")
    if command.contact_person_id is not None:
        person = work.get(ContactPerson, command.contact_person_id)
        if person.employer_id != need.employer_id:
            raise NotFound()
