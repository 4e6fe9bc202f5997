"""What Streamlit itself says on a screen, is said in the language of the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.screen import nl

pytestmark = pytest.mark.browser
TOO_MUCH = {"name": "foto.exe", "mimeType": "application/x-ms-dos-executable", "buffer": b"MZ"}


def test_a_field_for_files_and_days_speaks_dutch(people: People) -> None:
    employer = people.sign_in(Role.EMPLOYER)
    employer.open("portal/effort.py", contract=people.demo.contract_in_the_portal())
    page = employer.page
    page.get_by_text(nl("We bought from a social enterprise")).click()
    files = page.get_by_test_id("stFileUploader").first
    expect(files).to_contain_text("hoogstens 10 MB per bestand")
    files.locator("input[type=file]").set_input_files(TOO_MUCH)  # type: ignore[arg-type]
    expect(files).to_contain_text("Dit soort bestand kan niet. Kies een ander bestand.")
    expect(page.get_by_label("dag, Wanneer was het?")).to_be_visible()
    assert "not allowed" not in page.inner_text("body")
