"""What a person does on a screen: looks, types, clicks; in Dutch, as it is shown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, TimeoutError, expect

from crm.core.i18n import translate
from crm.ui.registry import page as page_of

nl = partial(translate, "nl")
BASELINE = tomllib.loads(Path(__file__).with_name("axe_baseline.toml").read_text())["rules"]
expect.set_options(timeout=20_000)
_SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'

# What is still fetched, or fades in or out, is not to be read yet; what never ends is no fading.
_AT_REST = """!document.querySelector('[data-testid="stSkeleton"]') && document.getAnimations().every(
  one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity
)"""
_RUN_AXE = """async rules => {
  const options = { resultTypes: ["violations"], ...(rules.length && { runOnly: rules }) }
  const { violations } = await axe.run(document, options)
  const grave = violations.filter(one => ["serious", "critical"].includes(one.impact))
  return grave.flatMap(one => one.nodes.map(node => [one.id, node.html]))
}"""


@dataclass
class Screen:
    """One person's browser tab; counts what they tap and fill."""

    page: Page
    address: str
    taps: int = 0
    fields: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the script has run and the screen has drawn what came of it."""
        self.page.wait_for_selector(_SETTLED)
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(_SETTLED)

    def open(self, file: str, **params: object) -> None:
        """Open a page by its address, as somebody who follows a link from a mail."""
        self.page.goto(self.address + self._address(file, params))
        self.settle()

    def go(self, file: str, **params: object) -> None:
        """Go to a page as the browser's own buttons do: without loading everything anew."""
        address = self._address(file, params)
        self.page.evaluate(
            "to => { history.pushState({}, '', to); window.dispatchEvent(new PopStateEvent('popstate')) }",
            address,
        )
        self.settle()

    def draws(self) -> None:
        """Wait until the browser has drawn what changed without the server."""
        self.page.wait_for_timeout(150)

    @contextmanager
    def as_wide_as(self, width: int) -> Iterator[None]:
        """Make the window this wide for a while."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 844})
        self.draws()
        yield
        if before:
            self.page.set_viewport_size(before)

    def menu(self, file: str) -> None:
        """Open a page from the menu, under its heading if it stands under one."""
        spec = page_of(file)
        if spec.section:
            self.tap(spec.section, exact=True)
        self.tap(spec.title, exact=True)

    def tap(self, message: str, *, nth: int = 0, exact: bool = False, **params: object) -> None:
        """Tap a button, tab, link or choice by its words."""
        words = nl(message, **params)
        self._one(words, nth, exact).click()
        self.taps += 1
        self.settle()

    def tab(self, message: str) -> None:
        """Open a tab by its words."""
        self.page.get_by_role("tab", name=nl(message)).click()
        self.taps += 1
        self.settle()

    def pick(self, message: str) -> None:
        """Pick one of the choices that stand below each other."""
        self.page.get_by_text(nl(message), exact=True).first.click()
        self.taps += 1
        self.settle()

    def set_day(self, message: str, day: date) -> None:
        """Type a day in a field with this label."""
        field = self.page.get_by_role("group", name=nl(message), exact=True)
        field.get_by_role("spinbutton").first.click()
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self.fields.append(message)
        self.settle()

    def tap_beside(self, text: str, message: str) -> None:
        """Tap a button or link on the line where a text stands, or in its box."""
        line = self.page.locator('[data-testid="stHorizontalBlock"], [data-testid="stVerticalBlock"]')
        words = nl(message)
        target = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        line.filter(has_text=text).filter(has=target).last.locator(target).first.click()
        self.taps += 1
        self.settle()

    def fill(self, message: str, value: str, *, nth: int = 0) -> None:
        """Fill a field by its label and leave it."""
        found = self.page.get_by_label(nl(message), exact=True).nth(nth)
        found.fill(value)
        found.press("Tab")
        self.fields.append(message)
        self.settle()

    def write(self, message: str, text: str) -> None:
        """Type in a field letter by letter and stay in it, as somebody does who goes on."""
        found = self.page.get_by_label(nl(message), exact=True)
        found.press_sequentially(text)
        self.fields.append(message)
        self.settle()

    def choose(self, message: str, option: str) -> None:
        """Choose an option of a select box by its label, once nothing is drawn anew under it."""
        self.settle()
        field = self.page.get_by_role("combobox", name=nl(message), exact=True)
        wanted = self.page.get_by_role("option", name=option).first
        field.click()
        for _ in range(3):
            try:
                wanted.click(timeout=4_000)
                break
            except TimeoutError:
                # The page was drawn anew under the open list, which closed it: open it once more.
                self.page.keyboard.press("Escape")
                field.click()
        else:
            wanted.click()
        self.taps += 2
        self.settle()

    def upload(self, label: str, name: str, content: bytes, media_type: str) -> None:
        """Choose a file in the upload field with this label, in Dutch."""
        field = self.page.locator('[data-testid="stFileUploader"]').filter(has_text=label)
        field.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": media_type, "buffer": content}
        )
        self.taps += 1
        expect(field.get_by_text(name).first).to_be_visible()
        self.settle()

    def is_accessible(self) -> None:
        """Hold that what is on the screen now has no serious fault and fits the screen's width."""
        faults = self.axe_faults()
        assert not faults, f"{self.title()}: {faults}"
        assert not self.scrolls_sideways(), self.title()

    def shows(self, text: str) -> Locator:
        """Hold that a text can be seen, and return where."""
        found = self.page.get_by_text(text).locator("visible=true").first
        expect(found).to_be_visible(timeout=20_000)
        return found

    def no_longer_shows(self, text: str) -> None:
        """Hold that a text goes from the screen."""
        expect(self.page.get_by_text(text)).to_have_count(0)

    def lacks(self, text: str) -> None:
        """Hold that a text cannot be found anywhere in what was sent to this browser."""
        assert text not in self.page.content()

    def title(self) -> str:
        """Return the heading of the page."""
        return self.page.get_by_role("heading", level=1).first.inner_text()

    def id_in_address(self, name: str = "id") -> int:
        """Return the record id in the address."""
        self.page.wait_for_url(f"**{name}=*")
        return int(self.page.url.split(f"{name}=")[1].split("&")[0])

    def scrolls_sideways(self) -> bool:
        """Return whether the page is wider than the screen."""
        measured = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        return bool(measured[0] > measured[1])

    def axe_faults(self, rules: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return the serious and critical accessibility faults, by these rules or by all."""
        self.page.wait_for_function(_AT_REST)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(_RUN_AXE, list(rules))
        faults = [(str(rule), str(element)[:200]) for rule, element in found]
        return [fault for fault in faults if not _excused(*fault)]

    def picture(self, path: Path) -> None:
        """Keep a picture of what is on the screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(_AT_REST)
        self.page.screenshot(path=path)

    @staticmethod
    def _address(file: str, params: dict[str, object]) -> str:
        return f"/{page_of(file).address}" + (f"?{urlencode(params)}" if params else "")

    def _one(self, words: str, nth: int, exact: bool) -> Locator:
        roles = ("button", "link", "tab", "radio", "checkbox", "menuitem", "menuitemradio", "option")
        # A button that has keys of its own says them after its words.
        name = re.compile(rf"^{re.escape(words)}( Shortcut .*)?$") if exact else words
        found = self.page.get_by_role(roles[0], name=name)
        for role in roles[1:]:
            found = found.or_(self.page.get_by_role(role, name=name))  # type: ignore[arg-type]
        # On a phone the menu stands beside the screen until it is opened.
        in_sight = self.page.locator(":not([data-testid='stSidebarNavLink'])")
        return found.locator("visible=true").and_(in_sight).nth(nth)


def _excused(rule: str, element: str) -> bool:
    """Return whether Streamlit itself causes this fault, as the baseline says."""
    return any(one["id"] == rule and one["element"] in element for one in BASELINE)
