"""Opens a screen as somebody, and finds what stands on it."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.ui.registry import page
from tests.factories import World, make_session
from tests.sources import ROOT


def opened(world: World, file: str, role: Role = Role.ADVISER, **params: object) -> AppTest:
    """Return a screen after its first run."""
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(page(file).path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    """Press the first button with this label."""
    return next(one for one in at.button if one.label == label).click().run()


def field(at: AppTest, kind: str, label: str, place: int = 0) -> Any:
    """Return the field with this label; `place` tells those with the same label apart."""
    return [one for one in getattr(at, kind) if one.label == label][place]


def labels(at: AppTest) -> list[str]:
    """Return the labels of all buttons of the page; those above every page are not among them."""
    return [one.label for one in at.button if one.key not in {"to_search", "to_visit"}]


def text(at: AppTest) -> str:
    """Return all that stands on the screen as one text."""
    parts = (at.title, at.header, at.markdown, at.info, at.success, at.warning, at.error, at.caption)
    return "\n".join(one.value for kind in parts for one in kind)
