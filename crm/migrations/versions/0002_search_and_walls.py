"""Search indexes for both databases, and row-level security on PostgreSQL."""

from alembic import op
from sqlalchemy import inspect, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEARCHED = {"employers": "employer_search", "contracts": "contract_search"}

OWNED = (
    "account_team",
    "attendances",
    "carving_cases",
    "carving_packages",
    "carving_stage_changes",
    "carving_tasks",
    "contact_moments",
    "contact_persons",
    "contracts",
    "efforts",
    "establishments",
    "evidence",
    "follow_ups",
    "memberships",
    "placements",
    "ties",
    "weekly_hours",
)
STAFF_ONLY = ("candidates",)
ROWS = {
    "attendances": 1_000_000,
    "contact_moments": 1_000_000,
    "contact_persons": 200_000,
    "efforts": 500_000,
    "employers": 100_000,
    "municipalities": 30,
}
# As a sub-select each is asked once for a statement; bare, it is asked for every row, and PostgreSQL expects
# one row in two hundred to pass and plans for that.
OWN = "(SELECT nullif(current_setting('crm.employer_id', true), '')::int)"
STAFF = "(SELECT current_setting('crm.scope', true) = 'staff')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, index in SEARCHED.items():
            _sqlite_search(table, index)
        _sqlite_plans()
    else:
        _postgres_search()
        _wall("employers", "id")
        for table in OWNED:
            _wall(table, "employer_id")
        for table in STAFF_ONLY:
            _close(table, STAFF)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM sqlite_stat1")
        for table, index in SEARCHED.items():
            for moment in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {index}_{moment}")
            op.execute(f"DROP TABLE {index}")
        return
    for table in ("employers", *OWNED, *STAFF_ONLY):
        op.execute(f"DROP POLICY own_rows ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for table, index in SEARCHED.items():
        op.execute(f"DROP TRIGGER {index}_keep ON {table}")
        op.execute(f"DROP FUNCTION {index}_keep()")
        op.execute(f"DROP TABLE {index}")


def _sqlite_search(table: str, index: str) -> None:
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5("
        f"search_key, content='{table}', content_rowid='id', tokenize='trigram')"
    )
    gone = f"INSERT INTO {index}({index}, rowid, search_key) VALUES ('delete', old.id, old.search_key);"
    here = f"INSERT INTO {index}(rowid, search_key) VALUES (new.id, new.search_key);"
    op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {here} END")
    op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {gone} END")
    op.execute(
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF search_key ON {table} BEGIN {gone} {here} END"
    )


def _sqlite_plans() -> None:
    """Tell SQLite what a full region looks like: left alone it plans as if a region held ten rows."""
    op.execute("ANALYZE sqlite_schema")
    database = inspect(op.get_bind())
    for table in database.get_table_names():
        rows = ROWS.get(table, 20_000)
        for index in database.get_indexes(table):
            if index["column_names"][0] == "region_id":
                narrower = [max(rows // 100**depth, 1) for depth in range(1, len(index["column_names"]))]
                stat = " ".join(map(str, (rows, rows, *narrower)))
                op.execute(
                    text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:table, :index, :stat)").bindparams(
                        table=table, index=index["name"], stat=stat
                    )
                )


def _postgres_search() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, index in SEARCHED.items():
        _postgres_index(table, index)


def _postgres_index(table: str, index: str) -> None:
    """Keep the keys beside their table: behind row security a LIKE may not use an index."""
    op.execute(
        f"CREATE TABLE {index} (id integer PRIMARY KEY REFERENCES {table} ON DELETE CASCADE, "
        "search_key text NOT NULL)"
    )
    op.execute(f"INSERT INTO {index} (id, search_key) SELECT id, search_key FROM {table}")
    op.execute(f"CREATE INDEX {index}_trigram ON {index} USING gin (search_key gin_trgm_ops)")
    op.execute(
        f"CREATE FUNCTION {index}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {index} (id, search_key) VALUES (new.id, new.search_key) "
        "ON CONFLICT (id) DO UPDATE SET search_key = excluded.search_key; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {index}_keep AFTER INSERT OR UPDATE OF search_key ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {index}_keep()"
    )


def _wall(table: str, column: str) -> None:
    _close(table, f"{STAFF} OR {column} = {OWN}")


def _close(table: str, unless: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_rows ON {table} USING ({unless})")
