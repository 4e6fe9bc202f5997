from __future__ import annotations

import contextlib
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.errors import Invalid
from crm.exchange.ocds import MAX_DEPTH, read_awards
from crm.exchange.rules import AwardRow, FileProblem, Rejected, RowProblem
from tests.exchange.factories import award, package, release, write_year


def read(data: bytes) -> list[AwardRow | Rejected]:
    return list(read_awards(io.BytesIO(data)))


def ocids(data: bytes) -> list[str]:
    return [found.place.ocid for found in read(data)]


def read_until_break(data: bytes) -> tuple[list[AwardRow | Rejected], Invalid]:
    found: list[AwardRow | Rejected] = []
    with pytest.raises(Invalid) as broken:
        found.extend(read_awards(io.BytesIO(data)))
    return found, broken.value


ONE = release(ocid="ocds-1l04xe-1")
TWO = release(ocid="ocds-1l04xe-2")
SHAPES = {
    "package": package(ONE, TWO),
    "byte order mark": b"\xef\xbb\xbf" + package(ONE, TWO),
    "gzip": gzip.compress(package(ONE, TWO)),
    "array of releases": json.dumps([ONE, TWO]).encode(),
    "lines of releases": "\n".join([json.dumps(ONE), json.dumps(TWO)]).encode(),
    "lines of packages": package(ONE) + b"\n" + package(TWO),
    "records": json.dumps(
        {"records": [{"ocid": "x", "compiledRelease": ONE}, {"ocid": "y", "releases": [TWO]}]}
    ).encode(),
    "linked releases": json.dumps(
        {
            "records": [
                {"releases": [{"url": "https://voorbeeld.test"}], "compiledRelease": ONE},
                {"releases": [TWO]},
            ]
        }
    ).encode(),
}


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_of_the_standard_gives_the_same_awards(data: bytes) -> None:
    assert ocids(data) == ["ocds-1l04xe-1", "ocds-1l04xe-2"]


def test_a_single_release_is_read() -> None:
    assert ocids(json.dumps(ONE).encode()) == ["ocds-1l04xe-1"]


def test_a_notice_without_awards_gives_nothing_and_is_no_error() -> None:
    assert read(package(release(awards=[]), release(awards=None))) == []


def test_what_is_not_a_notice_is_rejected_with_its_number_and_the_rest_goes_on() -> None:
    found = read(package(7, TWO, "text", ONE))
    assert [item.place.number for item in found] == [1, 2, 3, 4]
    assert [isinstance(item, Rejected) for item in found] == [True, False, True, False]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_truncated_file_delivers_what_came_before_and_names_the_place(pack: type[bytes]) -> None:
    whole = pack(package(*[release(ocid=f"ocds-1l04xe-{n}", noise=str(n * 7919)) for n in range(400)]))
    found, broken = read_until_break(whole[: len(whole) // 2])
    assert found
    assert [item.place.ocid for item in found] == [f"ocds-1l04xe-{n}" for n in range(len(found))]
    assert broken.message == FileProblem.BROKEN_AFTER
    assert broken.params["number"] == len(found)
    assert str(len(found)) in str(broken)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"kvk;naam\n1;2\n", FileProblem.NOT_JSON),
        (b"\x00\x01\x02", FileProblem.NOT_JSON),
        (b"\x1f\x8b\x08broken", FileProblem.NOT_JSON),
        (b"[" * 1_000_000, FileProblem.NOT_JSON),
        (b'{"releases": [' + b'{"a":' * 500_000, FileProblem.NOT_JSON),
        (b'{"a": ' + b"9" * 6000 + b"}", FileProblem.NOT_JSON),
        (b'{"a": 1e99999999999999999999}', FileProblem.NOT_JSON),
        (b"{}", FileProblem.NO_RELEASES),
        (b"[]", FileProblem.NO_RELEASES),
        (b"12", FileProblem.NO_RELEASES),
        (b'{"releases": []}', FileProblem.NO_RELEASES),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, problem: FileProblem) -> None:
    found, broken = read_until_break(data)
    assert found == []
    assert broken.message == problem
    assert broken.field == "file"


def test_a_deeply_nested_part_stops_the_file_after_the_notices_before_it() -> None:
    deep = b'{"ocid": "x", "tender": ' + b"[" * (MAX_DEPTH + 5) + b"]" * (MAX_DEPTH + 5) + b"}"
    found, broken = read_until_break(package(ONE)[:-2] + b"," + deep + b"]}")
    assert [item.place.ocid for item in found] == ["ocds-1l04xe-1"]
    assert broken.message == FileProblem.BROKEN_AFTER


def test_progress_counts_the_bytes_of_the_file_and_never_goes_back() -> None:
    data = package(*[release() for _ in range(500)])
    told: list[int] = []
    list(read_awards(io.BytesIO(data), told.append))
    assert told == sorted(set(told))
    assert len(told) > 2
    assert told[-1] == len(data)


def test_an_error_of_the_screen_that_shows_progress_is_not_taken_for_a_damaged_file() -> None:
    def fail(_count: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(read_awards(io.BytesIO(package(ONE)), fail))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found: list[AwardRow | Rejected] = []
    with contextlib.suppress(Invalid):
        found = read(data)
    assert all(isinstance(item, AwardRow | Rejected) for item in found)


NAMES = (
    *("ocid", "awards", "suppliers", "value", "maximumValue", "amount", "currency", "id", "name", "date"),
    *("tender", "buyer", "parties", "address", "contracts", "awardID", "dateSigned", "relatedLots"),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(st.lists(JSON, max_size=4), JSON, JSON)
def test_any_json_where_notices_should_be_is_read_or_refused(
    releases: list[object], awards: object, value: object
) -> None:
    odd = [
        release(awards=awards),
        release(award(value=value)),
        release(award(suppliers=value), parties=awards),
    ]
    found = read(package(*releases, *odd))
    assert all(isinstance(item, AwardRow | Rejected) for item in found)
    for item in found:
        if isinstance(item, AwardRow):
            assert item.amount_cents is None or item.amount_cents > 100
            assert item.supplier_kvk == "" or len(item.supplier_kvk) == 8
        else:
            assert item.message in list(RowProblem)


MEASURE = """
import sys
from crm.exchange.ocds import read_awards
with open(sys.argv[1], "rb") as file:
    count = sum(1 for _ in read_awards(file))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, int(peak.split()[1]))
"""


@pytest.mark.parametrize("megabytes", [60])
def test_a_year_of_notices_stays_far_below_300_megabytes_of_memory(megabytes: int, tmp_path: Path) -> None:
    year = tmp_path / "year.json"
    notices = write_year(year, megabytes)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(year)], capture_output=True, text=True, check=True, timeout=60
    )
    count, peak_kilobytes = map(int, done.stdout.split())
    assert count == notices // 3
    assert peak_kilobytes < 150_000
