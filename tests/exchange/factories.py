"""Invented files to read: a year of notices of any size and a list of employers of any length.

`python -m tests.exchange.factories FILE MEGABYTES [BUYERS]` writes a year of notices to look at or measure.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

FIRST = ("Zonne", "Berg", "Water", "Linden", "Molen", "Kerk", "Haven", "Bos", "Veld", "Dijk")
SECOND = ("hof", "zicht", "rijk", "werk", "bouw", "zorg", "groen", "techniek", "logistiek", "kamp")
PLACES = ("Roosendaal", "Etten-Leur", "Zundert", "Rucphen", "Halderberge", "Moerdijk")
HEADINGS = (
    "KvK-nummer;Vestigingsnummer;Handelsnaam;SBI-code;Werkzame personen;Straat;Huisnummer;Postcode;Plaats;"
    "Gemeente;Contactpersoon;Functie;Telefoon;E-mail;Bekend sinds"
)


def company(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)}{chance.choice(SECOND)} {chance.randint(1, 9999)} B.V."


def employers_csv(rows: int, seed: int = 1) -> bytes:
    chance = random.Random(seed)
    lines = [HEADINGS]
    for number in range(rows):
        place = chance.choice(PLACES)
        lines.append(
            f"{10_000_000 + number};{chance.randrange(1, 10**8):012d};{company(chance)};01.11;10-19;"
            f"Dorpsstraat;{chance.randint(1, 200)};{chance.randint(1000, 9999)}AB;{place};{place};"
            f"J. de Bruin;directeur;0165-{chance.randint(100000, 999999)};"
            f"info{number}@voorbeeld.test;31-12-2026"
        )
    return "\r\n".join(lines).encode()


def award(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "id": "1",
        "status": "active",
        "date": "2026-03-02T00:00:00+01:00",
        "value": {"amount": 250000.5, "currency": "EUR"},
        "suppliers": [{"id": "12345678", "name": "Zonnehof Groen B.V."}],
        "relatedLots": ["1"],
    }
    return made | changes


def release(*awards: object, **changes: object) -> dict[str, object]:
    made: dict[str, object] = {
        "ocid": "ocds-1l04xe-0001",
        "id": "500001",
        "date": "2026-03-05T09:00:00+01:00",
        "tag": ["award"],
        "tender": {
            "title": "Groenonderhoud",
            "mainProcurementCategory": "services",
            "classification": {"scheme": "CPV", "id": "77310000"},
            "contractPeriod": {
                "startDate": "2026-04-01T00:00:00+02:00",
                "endDate": "2028-03-31T00:00:00+02:00",
            },
        },
        "buyer": {"id": "26231", "name": "Gemeente Voorbeeld"},
        "parties": [],
        "awards": list(awards) or [award()],
    }
    return made | changes


def package(*releases: object) -> bytes:
    return json.dumps(
        {"uri": "https://voorbeeld.test", "version": "1.1", "releases": list(releases)}
    ).encode()


def year_of_releases(seed: int = 1, buyers: int = 1) -> Iterator[dict[str, object]]:
    """Notices as long as real ones: one in three awards something, the rest only announces.

    So many `buyers` take turns with their awards; the first is the one of every other notice made here.
    """
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        supplier = {"id": f"{chance.randrange(10**7, 10**8)}", "name": company(chance)}
        awards = [award(suppliers=[supplier])] if number % 3 == 0 else []
        made = release(*awards, ocid=f"ocds-1l04xe-{number:08d}", id=str(number))
        made["awards"] = awards
        if turn := number // 3 % buyers:
            made["buyer"] = {"id": str(30_000 + turn), "name": f"Gemeente Elders {turn}"}
        made["parties"] = [
            {
                **supplier,
                "roles": ["supplier"],
                "address": {"locality": "Zundert", "countryName": "Nederland"},
            }
        ]
        made["bids"] = {"statistics": [{"id": str(at), "value": at} for at in range(20)]}
        text = "Onderhoud van het openbaar groen. " * chance.randint(5, 60)
        made["tender"] = {**release()["tender"], "description": text}  # type: ignore[dict-item]
        yield made


def write_year(path: Path, megabytes: int, seed: int = 1, buyers: int = 1) -> int:
    """Write a year of about so many megabytes and return how many notices it holds."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"version": "1.1", "releases": [')
        for made in year_of_releases(seed, buyers):
            if file.tell() >= megabytes * 1_000_000:
                break
            file.write(("," if count else "") + json.dumps(made))
            count += 1
        file.write("]}")
    return count


if __name__ == "__main__":
    write_year(Path(sys.argv[1]), int(sys.argv[2]), buyers=int((*sys.argv, 1)[3]))
