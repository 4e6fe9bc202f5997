"""A fresh server whose very first visitor asks for an administrator's page: nothing is shown to nobody.

Streamlit serves a `pages/` folder beside its script before any session has set up the navigation, past
the sign-in; our script has none beside it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from crm.core.access import Role
from crm.ui.registry import PAGES
from tests.factories import World
from tests.web.asking import signed_in

ROOT = Path(__file__).parents[2]
SECRETS = ("De Linde Groen", "adviser een", "Gebruikers", "Logboek")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What the server writes."""
    return tmp_path / "server.log"


@pytest.fixture
def port(lite_world: World, sqlite_url: str, tmp_path: Path, log: Path) -> Iterator[int]:
    """The port of a server that nobody has visited yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    program = Path(sys.executable).with_name("streamlit")
    command = [program, "run", ROOT / "streamlit_app.py", f"--server.port={port}"]
    env = {**os.environ, "CRM_DATABASE_URL": sqlite_url}
    with (
        log.open("w") as writing,
        subprocess.Popen(command, cwd=tmp_path, env=env, stdout=writing, stderr=writing) as server,
    ):
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and server.poll() is None:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def _ask(port: int, path: str, **headers: str) -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("location", ""), body


def _listen(port: int, path: str, seconds: float, query: str = "", **headers: str) -> bytes:
    """Open a websocket, ask to run a page, and return what the server says until it has run."""
    said = b""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    given = {"Origin": f"http://127.0.0.1:{port}", **headers}
    spoken = [Subprotocol("streamlit")]
    with connect(address, subprotocols=spoken, additional_headers=given, open_timeout=60) as websocket:
        ask = BackMsg()
        ask.rerun_script.page_name = path
        ask.rerun_script.query_string = query
        websocket.send(ask.SerializeToString())
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            try:
                message = bytes(websocket.recv(timeout=left, decode=False))
            except TimeoutError:
                break
            said += message
            if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
                break
    return said


def test_the_first_visitor_is_nobody_and_sees_nothing(port: int, lite_world: World) -> None:
    for path in ("/gebruikers", "/admin/users", "/users", "/logboek"):
        status, _, body = _ask(port, path)
        assert (status, body) == (401, "Sign in first")
        status, location, body = _ask(port, path, accept="text/html")
        assert (status, location, body) == (303, f"/auth/login?next={path}", "")
    for forged in ({}, {"x-crm-user": "1"}, {"Cookie": "crm_session=" + "x" * 43}):
        with pytest.raises(InvalidStatus) as refused:
            _listen(port, "gebruikers", 5, **forged)
        assert refused.value.response.status_code == 403
    assert _ask(port, "/healthz")[0] == 200
    _, _, page = _ask(port, "/auth/login", accept="text/html")
    assert not [secret for secret in SECRETS if secret in page]


def test_the_first_visitor_is_an_employer_who_asks_for_an_administrators_page(
    port: int, lite_world: World, log: Path
) -> None:
    cookie = signed_in(lite_world.users[Role.EMPLOYER])
    for page in ("gebruikers", "users", "logboek"):
        said = _listen(port, page, 60, Cookie=cookie, **{"x-crm-user": "999"})
        assert b"Mijn contracten" in said
        assert b"adviser een" not in said
        assert b"Logboek" not in said
        assert b"Van Dam" not in said
    assert _ask(port, "/_stcore/metrics", Cookie=cookie)[0] == 404
    administrator = _listen(port, "", 60, Cookie=signed_in(lite_world.users[Role.ADMIN]))
    assert b"adviser een" in administrator
    adviser = _listen(port, "werkgever", 60, "id=98765", Cookie=signed_in(lite_world.users[Role.ADVISER]))
    assert b"Dit is niet gevonden." in adviser
    assert "Traceback" not in log.read_text()


def test_no_folder_with_pages_lies_beside_the_script() -> None:
    from crm.web.server import MAIN_SCRIPT

    assert MAIN_SCRIPT.is_file()
    assert not (MAIN_SCRIPT.parent / "pages").exists()
    assert all(spec.path.is_absolute() for spec in PAGES)
