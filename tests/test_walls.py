"""The walls of the house: what may know what, and where things may not be done."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from crm.ui.registry import PAGES
from tests.sources import ROOT, Source, rooms_of, sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
DATABASE_ROOMS = ("crm/core", "crm/migrations", "crm/exchange/backup", "crm/bench")
QUESTIONS = {"select", "text", "exec_driver_sql"}
CHANGES = {"insert", "update", "delete"}
# Queries stand on these themselves: the stored rule sets, the totals of a contract, and one's own drafts.
UNDER_QUERIES = ("crm/sroi/rulebook.py", "crm/sroi/totals.py", "crm/accounts/drafts.py")
# Changes in bulk pass the audit by. These do it with what the log does not keep: drafts, old failed
# sign-ins, version numbers, the day of the last contact, which follows from moments that are logged, and
# what an import says of each line of its file: up to 500,000 rows that nobody changes, while what it does to
# employers is logged record by record and the run itself with its counts.
UNLOGGED = {
    "crm/accounts/actions/sign_in.py",
    "crm/accounts/actions/assignments.py",
    "crm/accounts/drafts.py",
    "crm/exchange/actions/runs.py",
    "crm/visits/actions/moments.py",
}
CONNECTIONS = {"create_engine", "engine", "engine_for", "raw_connection", "connect"}
CONNECTORS = ("crm/cli.py", "crm/web/startup.py")
ANYONES_ADDRESS = {"download_button", "pdf"}


def page_files() -> list[Source]:
    return [source for source in sources() if source.is_in("pages")]


def names(found: list[Source]) -> list[str]:
    return [source.name for source in found]


def test_nouns_form_a_one_way_street() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_screens_and_the_web_side_know_streamlit() -> None:
    rooms = ("crm/ui", "crm/web", "pages", "streamlit_app.py", "crm/cli.py", "crm/bench")
    knowing = [s for s in sources() if any(name.split(".")[0] == "streamlit" for name in s.imports())]
    assert names([source for source in knowing if not source.is_in(*rooms)]) == []


def test_rules_stand_on_the_standard_library_alone() -> None:
    strangers = {
        (source.name, module)
        for source in rooms_of("rules")
        for module in source.imports()
        if module.split(".")[0] not in sys.stdlib_module_names and not _is_rule(module)
    }
    assert strangers == set()


def _is_rule(module: str) -> bool:
    return module.startswith("crm.") and "rules" in module.split(".")


def test_rules_never_reckon_with_floats() -> None:
    floating = [
        source.name
        for source in rooms_of("rules")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "float")
    ]
    assert floating == []


def test_questions_to_the_database_are_asked_in_queries_only() -> None:
    asking = [source for source in sources() if _sql_names(source) & QUESTIONS]
    allowed = [*rooms_of("queries"), *rooms_of("records")]
    assert (
        names([s for s in asking if s not in allowed and not s.is_in(*DATABASE_ROOMS, *UNDER_QUERIES)]) == []
    )


def test_nothing_changes_in_bulk_past_the_audit() -> None:
    changing = {source.name for source in sources() if _sql_names(source) & CHANGES}
    assert {name for name in changing if not name.startswith(DATABASE_ROOMS)} == UNLOGGED


def _sql_names(source: Source) -> set[str]:
    return {
        name.rpartition(".")[2]
        for name in source.imports()
        if name.split(".")[0] in {"sqlalchemy", "sqlmodel"}
    }


def test_screens_never_touch_the_database() -> None:
    for source in sources():
        if source.is_in("pages", "crm/ui"):
            assert not {name.split(".")[0] for name in source.imports()} & {"sqlalchemy", "sqlmodel"}, (
                source.name
            )
            assert not [
                n for n in ast.walk(source.tree) if isinstance(n, ast.Attribute) and n.attr == "session"
            ]


def test_nobody_connects_past_the_unit_of_work() -> None:
    connecting = [source for source in sources() if set(source.calls()) & CONNECTIONS]
    assert names([s for s in connecting if not s.is_in(*DATABASE_ROOMS, *CONNECTORS)]) == []


def test_no_file_is_too_long_to_read() -> None:
    long = [
        s.name for s in sources() if len(s.text.splitlines()) > LONGEST_FILE and "versions/" not in s.name
    ]
    assert long == []


def test_no_function_is_too_long_to_read() -> None:
    long = [
        f"{source.name}: {node.name}"
        for source in sources()
        if "versions/" not in source.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_every_page_is_registered_and_none_stands_directly_in_pages() -> None:
    files = {source.name.removeprefix("pages/") for source in page_files()}
    assert files == {spec.file for spec in PAGES}
    assert len({spec.file for spec in PAGES}) == len({spec.address for spec in PAGES}) == len(PAGES)
    assert [file for file in files if "/" not in file] == []


def test_the_first_thing_a_page_does_is_ask_who_is_there() -> None:
    unguarded = [source.name for source in page_files() if not _opens_with_the_guard(source)]
    assert unguarded == []


def _opens_with_the_guard(source: Source) -> bool:
    statements = [node for node in source.tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if statements and _is_docstring(statements[0]):
        statements.pop(0)
    guard = f'open_page("{source.name.removeprefix("pages/")}")'
    return bool(statements) and ast.unparse(statements[0]).replace("'", '"') in {guard, f"actor = {guard}"}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_no_screen_gives_out_files_at_an_address_that_answers_anyone() -> None:
    giving = [s for s in sources() if s.is_in("pages", "crm/ui") and set(s.calls()) & ANYONES_ADDRESS]
    assert names(giving) == []


def test_the_script_that_streamlit_runs_has_no_pages_beside_it() -> None:
    assert not (ROOT / "crm/ui/pages").exists()
    assert not (ROOT / "crm/web/pages").exists()


def test_nothing_is_left_undone_or_kept_from_the_tests() -> None:
    mark = re.compile(r"#.*\b(TODO|FIXME|XXX)\b|pragma: no cover|raise NotImplementedError")
    assert [source.name for source in sources() if mark.search(source.text)] == []
