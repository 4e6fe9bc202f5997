"""Questions about the installation as a whole."""

from __future__ import annotations

from sqlmodel import select

from crm.accounts.records import Installation, User
from crm.accounts.rules import DEMO_INSTALLATION, DEMO_LOADING
from crm.core.access import system
from crm.core.work import reading


def database_answers() -> None:
    """Ask the database something small; raises what the database raises when it cannot answer."""
    with reading(system("health")) as work:
        work.session.exec(select(Installation.id).limit(1)).first()


def has_demo_data() -> bool:
    """Return whether this database was filled with the demo region."""
    with reading(system("start")) as work:
        found = select(Installation.id).where(Installation.name == DEMO_INSTALLATION)
        return work.session.exec(found).first() is not None


def is_half_loaded() -> bool:
    """Return whether loading the demo region began and did not come to its end."""
    with reading(system("first start")) as work:
        found = select(Installation.value).where(Installation.name == DEMO_INSTALLATION)
        return work.session.exec(found).first() == DEMO_LOADING


def is_in_use() -> bool:
    """Return whether anybody has an account here, so that this is not a first start."""
    with reading(system("first start")) as work:
        return work.session.exec(select(User.id).limit(1)).first() is not None
