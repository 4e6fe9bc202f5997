"""All tables are known before the first visitor comes."""

from __future__ import annotations

import subprocess
import sys

from crm.schema import metadata
from tests.sources import ROOT

PRINT_TABLES = """
import crm.web.server, crm.web.startup
from crm.core.records import Record
print(*Record.metadata.tables)
"""


def test_the_server_knows_every_table_before_it_starts() -> None:
    known = subprocess.run(
        [sys.executable, "-c", PRINT_TABLES], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert set(known) == set(metadata().tables)
    assert len(known) > 20
