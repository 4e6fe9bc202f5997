"""Alembic's way into our tables, on the engine that the caller hands over."""

from alembic import context

from crm.schema import metadata


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _compare: object) -> bool:
    # The search index lives beside the tables: a virtual table on SQLite, an expression index on PostgreSQL.
    return not (
        kind in {"table", "index"}
        and str(name).startswith(("employer_search", "contract_search", "everything_search"))
    )


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    compare_type=True,
    include_object=_ours,
)
with context.begin_transaction():
    context.run_migrations()
