"""Sroi compliance"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWNED = (
    "contract_changes",
    "contract_clocks",
    "contract_events",
    "employer_administrators",
    "employer_certificates",
    "employer_invitations",
    "handovers",
    "obligation_shares",
    "person_claims",
    "plan_lines",
    "plans",
    "share_answers",
    "statement_copies",
    "statements",
)
STAFF_ONLY = (
    "clause_thresholds",
    "double_count_decisions",
    "figure_snapshots",
    "letters",
    "missing_clauses",
    "purchasing_volumes",
    "rule_set_drafts",
)
REGIONAL = (
    "clause_thresholds",
    "contract_changes",
    "contract_clocks",
    "contract_events",
    "employer_administrators",
    "employer_certificates",
    "employer_invitations",
    "figure_snapshots",
    "handovers",
    "missing_clauses",
    "obligation_shares",
    "person_claims",
    "plan_lines",
    "plans",
    "purchasing_volumes",
    "share_answers",
    "statement_copies",
    "statements",
)
OWN = "(SELECT nullif(current_setting('crm.employer_id', true), '')::int)"
STAFF = "(SELECT current_setting('crm.scope', true) = 'staff')"


def upgrade() -> None:
    op.create_table(
        "clause_thresholds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("percentage", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_clause_thresholds_not_negative")),
        sa.CheckConstraint(
            "percentage >= 0 AND percentage <= 100", name=op.f("ck_clause_thresholds_percentage")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_clause_thresholds_authority_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_clause_thresholds_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_thresholds")),
        sa.UniqueConstraint("authority_id", name=op.f("uq_clause_thresholds_authority_id")),
    )
    with op.batch_alter_table("clause_thresholds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_thresholds_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clause_thresholds_region_id"), ["region_id"], unique=False)

    op.create_table(
        "figure_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum("awarded", "ended", name="basis", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("definition", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("what_changed", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_figure_snapshots_counted")),
        sa.ForeignKeyConstraint(["about_id"], ["authorities.id"], name=op.f("fk_figure_snapshots_about_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_figure_snapshots_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_figure_snapshots_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_snapshots")),
        sa.UniqueConstraint("subject", "number", name=op.f("uq_figure_snapshots_subject_number")),
    )
    with op.batch_alter_table("figure_snapshots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_snapshots_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_figure_snapshots_region_id"), ["region_id"], unique=False)

    op.create_table(
        "purchasing_volumes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("volume_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("volume_cents > 0", name=op.f("ck_purchasing_volumes_positive")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_purchasing_volumes_authority_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_purchasing_volumes_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_volumes")),
        sa.UniqueConstraint("authority_id", "year", name=op.f("uq_purchasing_volumes_authority_id_year")),
    )
    with op.batch_alter_table("purchasing_volumes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_volumes_authority_id"), ["authority_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_volumes_region_id"), ["region_id"], unique=False)

    op.create_table(
        "rule_set_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "asked",
                "approved",
                "published",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_rule_set_drafts_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_rule_set_drafts_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["base_id"], ["rule_set_versions.id"], name=op.f("fk_rule_set_drafts_base_id")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["users.id"], name=op.f("fk_rule_set_drafts_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_rule_set_drafts_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_set_drafts")),
        sa.UniqueConstraint("code", name=op.f("uq_rule_set_drafts_code")),
    )
    op.create_table(
        "employer_administrators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_employer_administrators_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_employer_administrators_region_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_employer_administrators_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_administrators")),
        sa.UniqueConstraint(
            "user_id", "employer_id", name=op.f("uq_employer_administrators_user_id_employer_id")
        ),
    )
    with op.batch_alter_table("employer_administrators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_employer_administrators_employer_id"), ["employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_employer_administrators_region_id"), ["region_id"], unique=False)

    op.create_table(
        "employer_certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_employer_certificates_term")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_employer_certificates_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_employer_certificates_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["users.id"], name=op.f("fk_employer_certificates_seen_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_certificates")),
    )
    with op.batch_alter_table("employer_certificates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_employer_certificates_employer_id"), ["employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_employer_certificates_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_employer_certificates_region_id_valid_until"),
            ["region_id", "valid_until"],
            unique=False,
        )

    op.create_table(
        "employer_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("as_administrator", sa.Boolean(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_employer_invitations_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["users.id"], name=op.f("fk_employer_invitations_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_employer_invitations_region_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_employer_invitations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_employer_invitations_token_hash")),
    )
    with op.batch_alter_table("employer_invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_employer_invitations_employer_id"), ["employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_employer_invitations_region_id"), ["region_id"], unique=False)

    op.create_table(
        "published_rule_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("version_name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("base_code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rule_set_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_published_rule_sets_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["rule_set_drafts.id"], name=op.f("fk_published_rule_sets_draft_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_published_rule_sets_made_by_id")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["users.id"], name=op.f("fk_published_rule_sets_published_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_set_id"], ["rule_set_versions.id"], name=op.f("fk_published_rule_sets_rule_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_rule_sets")),
        sa.UniqueConstraint("code", name=op.f("uq_published_rule_sets_code")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_published_rule_sets_draft_id")),
        sa.UniqueConstraint("rule_set_id", name=op.f("uq_published_rule_sets_rule_set_id")),
    )
    op.create_table(
        "contract_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension",
                "extra_work",
                "call_off",
                "lot",
                "invoiced",
                "waived",
                "terminated",
                "taken_back",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holds_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "pro_rata",
                "kept",
                "amount",
                name="endingmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.Column("old_value_cents", sa.BigInteger(), nullable=False),
        sa.Column("new_value_cents", sa.BigInteger(), nullable=False),
        sa.Column("old_obligation_cents", sa.BigInteger(), nullable=False),
        sa.Column("new_obligation_cents", sa.BigInteger(), nullable=False),
        sa.Column("old_end_on", sa.Date(), nullable=False),
        sa.Column("new_end_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "new_obligation_cents >= 0 AND old_obligation_cents >= 0",
            name=op.f("ck_contract_changes_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_changes_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_changes_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_contract_changes_employer_id")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_contract_changes_noted_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_changes_region_id")),
        sa.ForeignKeyConstraint(
            ["takes_back_id"], ["contract_changes.id"], name=op.f("fk_contract_changes_takes_back_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_changes")),
    )
    with op.batch_alter_table("contract_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_changes_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_changes_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_changes_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_changes_region_id"), ["region_id"], unique=False)

    op.create_table(
        "contract_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "first_contact",
                "plan",
                "report",
                "repair",
                "closing",
                name="clockkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminder_code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column("reminder_nl", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("reminder_en", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("reminder_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_clocks_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_clocks_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_contract_clocks_employer_id")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name=op.f("fk_contract_clocks_officer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_clocks_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_clocks")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_contract_clocks_contract_id")),
    )
    with op.batch_alter_table("contract_clocks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_clocks_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_clocks_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contract_clocks_officer_id_due_on"), ["officer_id", "due_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contract_clocks_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contract_clocks_region_id_due_on"), ["region_id", "due_on"], unique=False
        )

    op.create_table(
        "contract_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_contact",
                "plan",
                "report",
                "reminder",
                "taken_back",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_events_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_events_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_contract_events_employer_id")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_contract_events_noted_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_events_region_id")),
        sa.ForeignKeyConstraint(
            ["takes_back_id"], ["contract_events.id"], name=op.f("fk_contract_events_takes_back_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_events")),
    )
    with op.batch_alter_table("contract_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_events_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_events_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_events_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_events_region_id"), ["region_id"], unique=False)

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
        "missing_clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("ocid", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("supplier_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("supplier_kvk", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("contract_type", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("cpv_code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=True),
        sa.Column("award_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("why_params", sa.JSON(), nullable=False),
        sa.Column("expected_cents", sa.BigInteger(), nullable=True),
        sa.Column("above", sa.Boolean(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "open",
                "registered",
                "no_clause",
                "lapsed",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column(
            "no_clause",
            sa.Enum(
                "not_applicable",
                "exempted",
                "framework",
                "double",
                "forgotten",
                "other",
                name="noclause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "value_cents >= 0 AND expected_cents >= 0", name=op.f("ck_missing_clauses_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_missing_clauses_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_missing_clauses_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_missing_clauses_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_missing_clauses_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_clauses")),
        sa.UniqueConstraint("award_key", name=op.f("uq_missing_clauses_award_key")),
    )
    with op.batch_alter_table("missing_clauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_missing_clauses_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_missing_clauses_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_missing_clauses_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_missing_clauses_region_id_decision_above_authority_id_year"),
            ["region_id", "decision", "above", "authority_id", "year"],
            unique=False,
        )

    op.create_table(
        "obligation_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("other_employer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "subcontractor",
                "partner",
                name="sharekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("percentage", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("contract_title", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("authority_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("main_agrees", sa.Boolean(), nullable=True),
        sa.Column("main_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_obligation_shares_positive")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_obligation_shares_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_obligation_shares_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_obligation_shares_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_employer_id"], ["employers.id"], name=op.f("fk_obligation_shares_other_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_obligation_shares_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_obligation_shares_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_shares")),
    )
    with op.batch_alter_table("obligation_shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_shares_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_shares_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_shares_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_obligation_shares_other_employer_id"), ["other_employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_obligation_shares_region_id"), ["region_id"], unique=False)

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
        "share_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.Column("contract_title", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("authority_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_share_answers_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_share_answers_authority_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_share_answers_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_share_answers_region_id")),
        sa.ForeignKeyConstraint(
            ["share_id"], ["obligation_shares.id"], name=op.f("fk_share_answers_share_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_answers")),
        sa.UniqueConstraint("share_id", name=op.f("uq_share_answers_share_id")),
    )
    with op.batch_alter_table("share_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_answers_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_answers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_answers_region_id"), ["region_id"], unique=False)

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
            _close(table, f"{STAFF} OR employer_id = {OWN}")
        for table in STAFF_ONLY:
            _close(table, STAFF)


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
    with op.batch_alter_table("share_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_answers_region_id"))
        batch_op.drop_index(batch_op.f("ix_share_answers_employer_id"))
        batch_op.drop_index(batch_op.f("ix_share_answers_authority_id"))

    op.drop_table("share_answers")
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
    with op.batch_alter_table("obligation_shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_shares_region_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_shares_other_employer_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_shares_employer_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_shares_contract_id"))
        batch_op.drop_index(batch_op.f("ix_obligation_shares_authority_id"))

    op.drop_table("obligation_shares")
    with op.batch_alter_table("missing_clauses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_missing_clauses_region_id_decision_above_authority_id_year"))
        batch_op.drop_index(batch_op.f("ix_missing_clauses_region_id"))
        batch_op.drop_index(batch_op.f("ix_missing_clauses_contract_id"))
        batch_op.drop_index(batch_op.f("ix_missing_clauses_authority_id"))

    op.drop_table("missing_clauses")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_region_id"))
        batch_op.drop_index(batch_op.f("ix_letters_employer_id"))
        batch_op.drop_index(batch_op.f("ix_letters_contract_id"))
        batch_op.drop_index(batch_op.f("ix_letters_authority_id"))

    op.drop_table("letters")
    with op.batch_alter_table("contract_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_events_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_events_employer_id"))
        batch_op.drop_index(batch_op.f("ix_contract_events_contract_id"))
        batch_op.drop_index(batch_op.f("ix_contract_events_authority_id"))

    op.drop_table("contract_events")
    with op.batch_alter_table("contract_clocks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_clocks_region_id_due_on"))
        batch_op.drop_index(batch_op.f("ix_contract_clocks_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_clocks_officer_id_due_on"))
        batch_op.drop_index(batch_op.f("ix_contract_clocks_employer_id"))
        batch_op.drop_index(batch_op.f("ix_contract_clocks_authority_id"))

    op.drop_table("contract_clocks")
    with op.batch_alter_table("contract_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_changes_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_changes_employer_id"))
        batch_op.drop_index(batch_op.f("ix_contract_changes_contract_id"))
        batch_op.drop_index(batch_op.f("ix_contract_changes_authority_id"))

    op.drop_table("contract_changes")
    op.drop_table("published_rule_sets")
    with op.batch_alter_table("employer_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_invitations_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_invitations_employer_id"))

    op.drop_table("employer_invitations")
    with op.batch_alter_table("employer_certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_certificates_region_id_valid_until"))
        batch_op.drop_index(batch_op.f("ix_employer_certificates_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_certificates_employer_id"))

    op.drop_table("employer_certificates")
    with op.batch_alter_table("employer_administrators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_administrators_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_administrators_employer_id"))

    op.drop_table("employer_administrators")
    op.drop_table("rule_set_drafts")
    with op.batch_alter_table("purchasing_volumes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_volumes_region_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_volumes_authority_id"))

    op.drop_table("purchasing_volumes")
    with op.batch_alter_table("figure_snapshots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_snapshots_region_id"))
        batch_op.drop_index(batch_op.f("ix_figure_snapshots_about_id"))

    op.drop_table("figure_snapshots")
    with op.batch_alter_table("clause_thresholds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clause_thresholds_region_id"))
        batch_op.drop_index(batch_op.f("ix_clause_thresholds_authority_id"))

    op.drop_table("clause_thresholds")


def _close(table: str, unless: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_rows ON {table} USING ({unless})")


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
