"""Settings from the environment or an `.env` file, all with the prefix `CRM_`."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from crm.core.errors import Invalid

PROJECT_ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SECRET = "change-me"  # noqa: S105


class Settings(BaseSettings):
    """What an installation decides for itself; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_prefix="CRM_", env_file=(PROJECT_ROOT / ".env", ".env"), extra="ignore"
    )

    database_url: str = ""
    data_dir: Path = PROJECT_ROOT / "data"
    mode: Literal["demo", "production"] = "demo"
    secret_key: str = Field(default=DEFAULT_SECRET, repr=False)
    language: Literal["nl", "en"] = "nl"
    public_url: str = Field(
        default="",
        max_length=200,
        pattern=r"^(https?://[^\s/]+)?$",
        description="where visitors find this site",
    )
    processes: int = Field(default=1, ge=1, description="application processes on the same database")
    smtp_url: str = Field(
        default="",
        repr=False,
        pattern=r"^(smtps?://\S+)?$",
        description="the mail server: smtp://user:password@host:587, or smtps:// with port 465",
    )
    mail_from: str = Field(default="", max_length=200, description="the sender of mails")
    mail_inbox: str = Field(
        default="",
        max_length=120,
        pattern=r"^([^\s@+<>]+@[^\s@+<>]+)?$",
        description="where forwarded mail comes in; everybody has their own part behind a plus sign",
    )
    imap_url: str = Field(
        default="",
        repr=False,
        pattern=r"^(imaps?://\S+)?$",
        description="the box of that address: imaps://user:password@host, or imap:// with port 143",
    )
    imap_folder: str = Field(default="INBOX", max_length=120, description="the folder that mail comes in at")
    oidc_issuer: str = Field(
        default="",
        max_length=300,
        pattern=r"^(https://\S+|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?)?$",
        description="the organisation's own sign-in (OpenID Connect), as it names itself",
    )
    oidc_client_id: str = Field(default="", max_length=300, description="what Vliegwiel is called there")
    oidc_client_secret: str = Field(default="", repr=False, description="the secret that goes with it")
    oidc_label: str = Field(default="", max_length=60, description="what the button says it signs in with")
    evidence_retention_days: int = Field(
        default=730, ge=1, le=36_500, description="how long files are kept after a contract is settled"
    )

    @property
    def url(self) -> str:
        """The database address; without one, SQLite in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'vliegwiel.sqlite'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one SQLite file."""
        return self.url.startswith("sqlite")

    @property
    def is_demo(self) -> bool:
        """Whether this installation shows invented data and one-click sign-in."""
        return self.mode == "demo"

    @property
    def has_oidc(self) -> bool:
        """Whether people can sign in with the account of their organisation."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def files_dir(self) -> Path:
        """Where evidence files lie, named by their hash."""
        return self.data_dir / "files"

    @property
    def secret(self) -> bytes:
        """The installation's secret; a demo without one makes and keeps its own."""
        if self.secret_key != DEFAULT_SECRET:
            return self.secret_key.encode()
        return _kept_secret(self.data_dir / "secret.key")


def _kept_secret(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_bytes().strip()


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process; raises `Invalid` for the first one that is not possible."""
    try:
        return Settings()
    except ValidationError as error:
        name = f"CRM_{error.errors()[0]['loc'][0]}".upper()
        raise Invalid(name, "This value is not possible here. Check it and try again.") from None
