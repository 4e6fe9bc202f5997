"""Sroi compliance"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWNED = (
    "double_count_decisions",
    "handovers",
    "letters",
    "person_claims",
    "plan_lines",
    "plans",
    "statement_copies",
    "statements",
)
REGIONAL = (
    "double_count_decisions",
    "handovers",
    "letters",
    "person_claims",
    "plan_lines",
    "plans",
    "statement_copies",
    "statements",
)
OWN = "(SELECT nullif(current_setting('crm.employer_id', true), '')::int)"
STAFF = "(SELECT current_setting('crm.scope', true) = 'staff')"


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "welcome",
                "reminder",
                "default",
                "repair",
                "settlement",
                "withholding",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_letters_authority_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_letters_contract_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_letters_employer_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_letters_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_letters_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letters_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_region_id"), ["region_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "handed_in",
                "accepted",
                "sent_back",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.CheckConstraint("number >= 1 AND total_cents >= 0", name=op.f("ck_plans_not_negative")),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_plans_authority_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_plans_contract_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_plans_decided_by_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_plans_employer_id")),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["users.id"], name=op.f("fk_plans_handed_in_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_plans_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_plans_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_plans_contract_id_number")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_region_id"), ["region_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_statements_authority_id")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_statements_contract_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_statements_employer_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_statements_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_statements_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("code", name=op.f("uq_statements_code")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_statements_contract_id_number")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_region_id"), ["region_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column(
            "step",
            sa.Enum(
                "promise",
                "contract_manager",
                "site_contact",
                name="handoverstep",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("function", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_handovers_authority_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["users.id"], name=op.f("fk_handovers_confirmed_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_handovers_contract_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_handovers_employer_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_handovers_noted_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_handovers_plan_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_handovers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "plan_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("block", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("activity", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("rule_set_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.CheckConstraint("people >= 1 AND value_cents >= 0", name=op.f("ck_plan_lines_not_negative")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_plan_lines_authority_id")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_plan_lines_contract_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_plan_lines_employer_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_lines_plan_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_plan_lines_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_lines")),
    )
    with op.batch_alter_table("plan_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_lines_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_lines_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_lines_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plan_lines_plan_id_position"), ["plan_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plan_lines_region_id"), ["region_id"], unique=False)

    op.create_table(
        "statement_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_statement_copies_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_statement_copies_employer_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_statement_copies_region_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_copies_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_copies")),
        sa.UniqueConstraint("statement_id", "sha256", name=op.f("uq_statement_copies_statement_id_sha256")),
    )
    with op.batch_alter_table("statement_copies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_copies_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_copies_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_copies_region_id"), ["region_id"], unique=False)

    op.create_table(
        "double_count_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("effort_id", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_double_count_decisions_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_double_count_decisions_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["effort_id"], ["efforts.id"], name=op.f("fk_double_count_decisions_effort_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_double_count_decisions_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_double_count_decisions_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_count_decisions")),
    )
    with op.batch_alter_table("double_count_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_double_count_decisions_authority_id"), ["authority_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_double_count_decisions_effort_id"), ["effort_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_double_count_decisions_employer_id"), ["employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_double_count_decisions_region_id"), ["region_id"], unique=False)

    op.create_table(
        "person_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("effort_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "known_by",
            sa.Enum(
                "name", "candidate", name="knownby", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("share", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("may_double", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_person_claims_ends_after_start")),
        sa.CheckConstraint("share >= 0 AND share <= 1", name=op.f("ck_person_claims_possible_share")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_person_claims_authority_id")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_person_claims_contract_id")),
        sa.ForeignKeyConstraint(["effort_id"], ["efforts.id"], name=op.f("fk_person_claims_effort_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_claims_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_claims_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_claims")),
    )
    with op.batch_alter_table("person_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_claims_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_claims_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_claims_effort_id"), ["effort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_claims_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_claims_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_claims_region_id"), ["region_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _plans()
    else:
        for table in OWNED:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_rows ON {table} USING ({STAFF} OR employer_id = {OWN})")


def downgrade() -> None:
    with op.batch_alter_table("person_claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_claims_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_claims_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_person_claims_employer_id"))
        batch_op.drop_index(batch_op.f("ix_person_claims_effort_id"))
        batch_op.drop_index(batch_op.f("ix_person_claims_contract_id"))
        batch_op.drop_index(batch_op.f("ix_person_claims_authority_id"))

    op.drop_table("person_claims")
    with op.batch_alter_table("double_count_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_double_count_decisions_region_id"))
        batch_op.drop_index(batch_op.f("ix_double_count_decisions_employer_id"))
        batch_op.drop_index(batch_op.f("ix_double_count_decisions_effort_id"))
        batch_op.drop_index(batch_op.f("ix_double_count_decisions_authority_id"))

    op.drop_table("double_count_decisions")
    with op.batch_alter_table("statement_copies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_copies_region_id"))
        batch_op.drop_index(batch_op.f("ix_statement_copies_employer_id"))
        batch_op.drop_index(batch_op.f("ix_statement_copies_authority_id"))

    op.drop_table("statement_copies")
    with op.batch_alter_table("plan_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_lines_region_id"))
        batch_op.drop_index(batch_op.f("ix_plan_lines_plan_id_position"))
        batch_op.drop_index(batch_op.f("ix_plan_lines_employer_id"))
        batch_op.drop_index(batch_op.f("ix_plan_lines_contract_id"))
        batch_op.drop_index(batch_op.f("ix_plan_lines_authority_id"))

    op.drop_table("plan_lines")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_region_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_employer_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_contract_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_authority_id"))

    op.drop_table("handovers")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_region_id"))
        batch_op.drop_index(batch_op.f("ix_statements_employer_id"))
        batch_op.drop_index(batch_op.f("ix_statements_authority_id"))

    op.drop_table("statements")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plans_region_id"))
        batch_op.drop_index(batch_op.f("ix_plans_employer_id"))
        batch_op.drop_index(batch_op.f("ix_plans_authority_id"))

    op.drop_table("plans")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_region_id"))
        batch_op.drop_index(batch_op.f("ix_letters_employer_id"))
        batch_op.drop_index(batch_op.f("ix_letters_contract_id"))
        batch_op.drop_index(batch_op.f("ix_letters_authority_id"))

    op.drop_table("letters")


def _plans() -> None:
    """Tell SQLite what a full region looks like, as migration 0002 does for the tables before these."""
    database = sa.inspect(op.get_bind())
    for table in REGIONAL:
        for index in database.get_indexes(table):
            if index["column_names"][0] == "region_id":
                narrower = [max(20_000 // 100**depth, 1) for depth in range(1, len(index["column_names"]))]
                stat = " ".join(map(str, (20_000, 20_000, *narrower)))
                told = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:table, :index, :stat)"
                op.execute(sa.text(told).bindparams(table=table, index=index["name"], stat=stat))
