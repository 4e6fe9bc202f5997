"""Which heading above a column means which field, in Dutch and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEADINGS: dict[str, str] = {
    "kvk_number": "kvk|kvknummer|kvknr|kvkno|kvknum|dossiernummer|kvkdossiernummer|nummerkvk"
    "|kamervankoophandel|kamervankoophandelnummer|inschrijvingsnummerkvk|handelsregisternummer|kvknumber|cocnumber|coc|cocno"
    "|chamberofcommercenumber|chamberofcommerce",
    "establishment_number": "vestigingsnummer|vestigingsnr|vestnr|vestigingnummer|kvkvestigingsnummer"
    "|vestigingsnummerkvk|establishmentnumber|branchnumber|establishment|establishmentno",
    "name": "naam|bedrijfsnaam|bedrijf|handelsnaam|handelsnamen|eerstehandelsnaam|statutairenaam|werkgever"
    "|naamwerkgever|naambedrijf|naamorganisatie|organisatie|organisatienaam|onderneming|naamonderneming"
    "|vennootschapsnaam|name|company|companyname|tradename|employer|employername|organisation|organization",
    "sbi_code": "sbi|sbicode|sbicodes|sbi2008|sbi2025|sbihoofdactiviteit|hoofdactiviteit|hoofdactiviteitsbi"
    "|sbicodehoofdactiviteit|sbi1|activiteitscode|branchecode|industrycode|activitycode|naicode",
    "staff_size": "aantalmedewerkers|medewerkers|aantalwerknemers|werknemers|werkzamepersonen|personeel"
    "|aantalwerkzamepersonen|totaalwerkzamepersonen|personeelsomvang|grootteklasse|bedrijfsgrootte|omvang"
    "|klassewerkzamepersonen|fte|aantalfte|staff|staffsize|employees|numberofemployees|size|headcount",
    "street": "straat|straatnaam|adres|bezoekadres|vestigingsadres|straatenhuisnummer|adresregel1|street"
    "|address|streetaddress|visitingaddress",
    "house_number": "huisnummer|huisnr|hnr|nr|housenumber|houseno",
    "house_addition": "toevoeging|huisnummertoevoeging|huisletter|huisnrtoevoeging|addition",
    "postcode": "postcode|pc|postcodeplaats|postcodeenplaats|bezoekpostcode|postalcode|zip|zipcode",
    "place": "plaats|plaatsnaam|vestigingsplaats|woonplaats|stad|bezoekplaats|place|city|town",
    "municipality": "gemeente|gemeentenaam|vestigingsgemeente|municipality",
    "contact_name": "contactpersoon|contact|naamcontactpersoon|contactpersoonnaam|tav"
    "|contactperson|contactname",
    "contact_first": "voornaam|voornaamcontactpersoon|roepnaam|voorletters|firstname",
    "contact_infix": "tussenvoegsel|tussenvoegsels|voorvoegsel|infix",
    "contact_last": "achternaam|achternaamcontactpersoon|lastname|surname",
    "contact_function": "functie|functiecontactpersoon|rol|functietitel|contactpersoonfunctie"
    "|function|jobtitle|position|role",
    "contact_phone": "telefoon|telefoonnummer|tel|telnr|telefoonnr|mobiel|mobielnummer|gsm|mobieletelefoon"
    "|telefooncontactpersoon|contactpersoontelefoon|phone|phonenumber|telephone|mobile",
    "contact_email": "email|emailadres|mail|mailadres|emailcontactpersoon|emailadrescontactpersoon"
    "|contactpersoonemail|emailaddress",
    "known_since": "bekendsinds|relatiesinds|klantsinds|knownsince",
    "remark": "opmerking|opmerkingen|notitie|notities|toelichting|bijzonderheden|memo|omschrijving|remarks"
    "|remark|notes|note|comments|comment|vrijetekst",
    "bsn": "bsn|bsnnummer|burgerservicenummer|sofinummer|sofi|citizenservicenumber",
}
_REMARK = re.compile(r"\([^()]*\)")
NOTHING_SAID: Mapping[str, str] = {}
_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings.split("|")}


@dataclass(frozen=True)
class HeadingRow:
    """Which row holds the headings, and which columns hold which field (a field may have several)."""

    index: int
    columns: dict[str, tuple[int, ...]]


def bare_heading(heading: str) -> str:
    """Return a heading without case, accents, punctuation and bracketed remark, to compare it by."""
    bare = unicodedata.normalize("NFKD", _REMARK.sub("", heading)).casefold()
    return "".join(sign for sign in bare if sign.isalnum())


def field_of(heading: str, meant: Mapping[str, str] = NOTHING_SAID) -> str | None:
    """Return the field a heading stands for: as somebody said (bare heading to field), else as is usual.

    Somebody can say that a column is left out, but never that a column of BSNs is something else.
    """
    bare = bare_heading(heading)
    usual = _FIELD_OF.get(bare)
    if usual == "bsn" or bare not in meant:
        return usual
    return meant[bare] if meant[bare] in HEADINGS else None


def find_headings(
    rows: Sequence[Sequence[str]], meant: Mapping[str, str] = NOTHING_SAID
) -> HeadingRow | None:
    """Return the row with the most known headings (two or more), the first of equals; else `None`."""
    found = [HeadingRow(index, _columns(row, meant)) for index, row in enumerate(rows)]
    best = max(found, key=lambda row: len(row.columns), default=None)
    return best if best is not None and len(best.columns) >= 2 else None


def _columns(row: Sequence[str], meant: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for position, heading in enumerate(row):
        field = field_of(heading, meant)
        if field is not None:
            columns[field] = (*columns.get(field, ()), position)
    return columns
