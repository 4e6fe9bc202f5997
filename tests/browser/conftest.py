"""A real server with the demo region, and a real browser that may reach nothing but loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Route, sync_playwright

from crm.core.access import Role
from tests.browser.demo import DemoRegion
from tests.browser.screen import Screen
from tests.sources import ROOT

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
SECONDS_TO_START = 90
# What browsers and Streamlit themselves print: a lost line, and Streamlit that looks for its own base
# address below the page's.
EXPECTED_NOISE = (
    "ERR_INTERNET_DISCONNECTED",
    "WebSocket connection to",
    "/_stcore/host-config",
    "/_stcore/health",
)


@dataclass(frozen=True)
class Served:
    """A running server and the installation it works on."""

    address: str
    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="package")
def served() -> Iterator[Served]:
    """Serve the demo region from a fresh installation."""
    with tempfile.TemporaryDirectory(prefix="crm-served-") as name:
        yield from _serve(Path(name))


def _serve(folder: Path) -> Iterator[Served]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CRM_")},
        "CRM_DATA_DIR": str(folder),
        "CRM_MODE": "demo",
        "CRM_LANGUAGE": "nl",
    }
    crm = Path(sys.executable).with_name("crm")
    for command in (["migrate"], ["demo", "load"]):
        subprocess.run([crm, *command], env=environment, cwd=ROOT, check=True)
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, folder / "server.log")
            yield Served(f"http://127.0.0.1:{port}", folder, environment)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here: install the package `chromium`; the browser tests wait for it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class People:
    """Signs people in, each in a browser of their own, and remembers what their browsers complained of."""

    browser: Browser
    served: Served
    stack: ExitStack
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def demo(self) -> DemoRegion:
        """What there is in the demo region."""
        return DemoRegion(self.served.folder / "vliegwiel.sqlite")

    def visitor(self, *, phone: bool = False, dark: bool = False) -> Screen:
        """Open a browser nobody is signed in to."""
        context = self.browser.new_context(
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(20_000)
        self.stack.callback(context.close)
        context.route("**/*", self._only_loopback)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return Screen(page, self.served.address)

    def sign_in(self, role: Role, *, phone: bool = False, dark: bool = False) -> Screen:
        """Sign the demo user of a role in with one click."""
        screen = self.visitor(phone=phone, dark=dark)
        screen.page.goto(f"{self.served.address}/auth/login")
        screen.page.locator(f'button[value="{role.value}"]').click()
        screen.settle()
        return screen

    def _only_loopback(self, route: Route) -> None:
        host = route.request.url.split("/")[2].split(":")[0] if "//" in route.request.url else ""
        if host in {"127.0.0.1", "localhost", ""}:
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        said = f"{message.text} ({message.location.get('url', '')})"
        if message.type == "error" and not any(noise in said for noise in EXPECTED_NOISE):
            self.complaints.append(said)


@pytest.fixture
def people(chromium: Browser, served: Served) -> Iterator[People]:
    """Sign people in; afterwards no browser may have complained or reached outside."""
    with ExitStack() as stack:
        made = People(chromium, served, stack)
        yield made
    assert made.outside == []
    assert made.complaints == []


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 4):
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped before it started: {log.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"the server did not start: {log.read_text()}")
