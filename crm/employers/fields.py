"""Fields of employer commands: what people type, brought into one notation or refused."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from crm.core.errors import Invalid
from crm.core.privacy import WITHOUT_BSN
from crm.employers.rules import as_postcode, as_web_address, is_establishment_number, is_kvk_number


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _digits(value: Any) -> Any:
    return re.sub(r"[ .]", "", value) if isinstance(value, str) else value


def _kvk_number(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and not is_kvk_number(value):
        raise Invalid(info.field_name or "", "A KvK number has eight digits. Check it in the trade register.")
    return value


def _establishment_number(value: str, info: ValidationInfo) -> str:
    if not is_establishment_number(value):
        raise Invalid(
            info.field_name or "",
            "An establishment number has twelve digits. Check it in the trade register.",
        )
    return value


def _sbi_code(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and not re.fullmatch(r"[0-9]{2,6}", value):
        raise Invalid(info.field_name or "", "An SBI code has two to six digits, for example 8710.")
    return value


def _postcode(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and as_postcode(value) is None:
        raise Invalid(info.field_name or "", "Fill in a postcode such as 4701 AB.")
    return as_postcode(value) if value else None


def _website(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and as_web_address(value) is None:
        raise Invalid(info.field_name or "", "Fill in a web address such as www.example.nl.")
    return as_web_address(value) if value else None


def _email(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value):
        raise Invalid(info.field_name or "", "Fill in an e-mail address such as name@example.nl.")
    return value


def _phone(value: str | None, info: ValidationInfo) -> str | None:
    if value is not None and not re.fullmatch(r"\+?[0-9 ()./-]{6,}", value):
        raise Invalid(info.field_name or "", "Fill in a telephone number such as 0165 123 456.")
    return value


_EMPTY = BeforeValidator(_nothing)
_PLAIN = BeforeValidator(_digits)
_FEW = Field(max_length=8)

Name = Annotated[str, Field(min_length=2, max_length=200), WITHOUT_BSN]
PersonName = Annotated[str, Field(min_length=2, max_length=120), WITHOUT_BSN]
JobTitle = Annotated[str | None, Field(max_length=120), WITHOUT_BSN, _EMPTY]
KvkNumber = Annotated[str | None, AfterValidator(_kvk_number), _EMPTY, _PLAIN]
EstablishmentNumber = Annotated[str, AfterValidator(_establishment_number), _PLAIN]
SbiCode = Annotated[str | None, AfterValidator(_sbi_code), _EMPTY, _PLAIN]
StaffSize = Annotated[int | None, Field(ge=0, le=1_000_000)]
Street = Annotated[str | None, Field(max_length=160), WITHOUT_BSN, _EMPTY]
Postcode = Annotated[str | None, AfterValidator(_postcode), _EMPTY]
City = Annotated[str | None, Field(max_length=80), WITHOUT_BSN, _EMPTY]
Website = Annotated[str | None, Field(max_length=200), AfterValidator(_website), _EMPTY]
Email = Annotated[str | None, Field(max_length=200), AfterValidator(_email), WITHOUT_BSN, _EMPTY]
Phone = Annotated[str | None, Field(max_length=40), AfterValidator(_phone), _EMPTY]
Emails = Annotated[
    tuple[Annotated[str, Field(max_length=200), AfterValidator(_email), WITHOUT_BSN], ...], _FEW
]
Phones = Annotated[tuple[Annotated[str, Field(max_length=40), AfterValidator(_phone)], ...], _FEW]
