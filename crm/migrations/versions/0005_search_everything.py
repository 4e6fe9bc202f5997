"""One search index over everything, beside the tables and kept by triggers."""

from dataclasses import dataclass

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "everything_search"
ACCENTS = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
PLAIN = "aaaaaaceeeeiiiinoooooouuuuyy"


@dataclass(frozen=True)
class Kind:
    """What is found of a table: the words, which of its columns hold them, and who it belongs to.

    `folded` is whether the words are kept in lower case without accents already.
    """

    number: int
    table: str
    words: tuple[str, ...]
    employer: str = "employer_id"
    authority: str = "NULL"
    folded: bool = False


KINDS = (
    Kind(1, "employers", ("search_key",), employer="id", folded=True),
    Kind(2, "contact_persons", ("name", "job_title", "email", "phone")),
    Kind(3, "contracts", ("search_key",), authority="authority_id", folded=True),
    Kind(4, "carving_cases", ("department", "signal")),
    Kind(5, "candidates", ("reference",), employer="NULL"),
    Kind(6, "placements", ("job_title",)),
    Kind(7, "parties", ("name", "contact_name"), employer="NULL"),
    Kind(8, "needs", ("what",)),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, kind UNINDEXED, record_id UNINDEXED, "
            "region_id UNINDEXED, employer_id UNINDEXED, authority_id UNINDEXED, tokenize='trigram')"
        )
        for kind in KINDS:
            op.execute(_into(kind, "rowid, ", f"{_place(kind, 'rec')}, ") + f" FROM {kind.table} AS rec")
            _sqlite_triggers(kind)
        return
    op.execute(
        f"CREATE TABLE {INDEX} (words text NOT NULL, kind smallint NOT NULL, record_id integer NOT NULL, "
        "region_id integer, employer_id integer, authority_id integer, PRIMARY KEY (kind, record_id))"
    )
    for kind in KINDS:
        op.execute(_into(kind, "", "") + f" FROM {kind.table} AS rec")
        _postgres_triggers(kind)
    # What waits to be taken into the index is read through whole for each piece of a word.
    op.execute(
        f"CREATE INDEX {INDEX}_trigram ON {INDEX} USING gin (words gin_trgm_ops) WITH (fastupdate = off)"
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for kind in KINDS:
        for moment in ("insert", "delete", "update"):
            name = f"{INDEX}_{kind.table}_{moment}"
            op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {kind.table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {INDEX}_{kind.table}_keep()")
            op.execute(f"DROP FUNCTION {INDEX}_{kind.table}_drop()")
    op.execute(f"DROP TABLE {INDEX}")


def _sqlite_triggers(kind: Kind) -> None:
    gone = f"DELETE FROM {INDEX} WHERE rowid = {_place(kind, 'old')};"
    here = _into(kind, "rowid, ", f"{_place(kind, 'new')}, ", "new") + ";"
    name = f"{INDEX}_{kind.table}"
    op.execute(f"CREATE TRIGGER {name}_insert AFTER INSERT ON {kind.table} BEGIN {here} END")
    op.execute(f"CREATE TRIGGER {name}_delete AFTER DELETE ON {kind.table} BEGIN {gone} END")
    op.execute(
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF {_kept(kind)} ON {kind.table} BEGIN {gone} {here} END"
    )


def _postgres_triggers(kind: Kind) -> None:
    name = f"{INDEX}_{kind.table}"
    gone = f"DELETE FROM {INDEX} WHERE kind = {kind.number} AND record_id = old.id;"
    here = (
        _into(kind, "", "", "new") + " ON CONFLICT (kind, record_id) DO UPDATE SET words = excluded.words, "
        "region_id = excluded.region_id, employer_id = excluded.employer_id, authority_id = excluded.authority_id;"
    )
    for suffix, done in (("keep", here), ("drop", gone)):
        op.execute(
            f"CREATE FUNCTION {name}_{suffix}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {done} RETURN NULL; END $$"
        )
    for moment, when, what in (
        ("insert", "INSERT", "keep"),
        ("update", f"UPDATE OF {_kept(kind)}", "keep"),
        ("delete", "DELETE", "drop"),
    ):
        op.execute(
            f"CREATE TRIGGER {name}_{moment} AFTER {when} ON {kind.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_{what}()"
        )


def _into(kind: Kind, more: str, more_values: str, record: str = "rec") -> str:
    """Return the statement that puts a record in the index; the caller says where it comes from."""
    employer, authority = (
        column if column == "NULL" else f"{record}.{column}" for column in (kind.employer, kind.authority)
    )
    return (
        f"INSERT INTO {INDEX} ({more}words, kind, record_id, region_id, employer_id, authority_id) "
        f"SELECT {more_values}{_words(kind, record)}, {kind.number}, {record}.id, {record}.region_id, "
        f"{employer}, {authority}"
    )


def _words(kind: Kind, record: str) -> str:
    """Return the words of a record, folded; two spaces tell where they begin and one where each ends."""
    held = " || ' ' || ".join(f"coalesce({record}.{column}, '')" for column in kind.words)
    if kind.folded:
        return f"'  ' || {held} || ' '"
    if op.get_bind().dialect.name != "sqlite":
        return f"'  ' || translate(lower({held}), '{ACCENTS}', '{PLAIN}') || ' '"
    return f"'  ' || {_folded(held)} || ' '"


def _folded(held: str) -> str:
    """Return the expression for a text in small letters without accents, as SQLite can be told it.

    A few letters at a time: it refuses an expression with all of them in each other.
    """
    pairs = [*zip(ACCENTS, PLAIN, strict=True), *zip(ACCENTS.upper(), PLAIN, strict=True)]
    asked = f"SELECT lower({held}) AS held"
    for start in range(0, len(pairs), 14):
        step = "held"
        for accent, letter in pairs[start : start + 14]:
            step = f"replace({step}, '{accent}', '{letter}')"
        asked = f"SELECT {step} AS held FROM ({asked}) AS step"
    return f"({asked})"


def _kept(kind: Kind) -> str:
    columns = {*kind.words, "region_id", kind.employer, kind.authority} - {"NULL", "id"}
    return ", ".join(sorted(columns))


def _place(kind: Kind, record: str) -> str:
    """Return where a record stands in SQLite's index, which knows its lines by one number alone."""
    return f"{record}.id * 16 + {kind.number}"
