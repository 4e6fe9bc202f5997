"""Both halves joined"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from crm.migrations import walls

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWNED: tuple[str, ...] = (
    "contract_hours",
    "proposals",
    "reminder_mails",
)
STAFF_ONLY: tuple[str, ...] = (
    "all_contracts",
    "contract_bulk_steps",
    "contract_bulks",
    "contract_tags",
    "figure_grounds",
    "former_limits",
    "hidden_contracts",
    "list_defaults",
    "list_views",
    "mail_addresses",
    "volume_sources",
    "waiting_mails",
)
REGIONAL: tuple[str, ...] = (
    "contract_bulk_steps",
    "contract_bulks",
    "contract_hours",
    "contract_tags",
    "figure_grounds",
    "list_defaults",
    "list_views",
    "proposals",
    "reminder_mails",
    "volume_sources",
)


def upgrade() -> None:
    op.create_table(
        "all_contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_all_contracts_decided_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_all_contracts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_all_contracts")),
        sa.UniqueConstraint("user_id", name=op.f("uq_all_contracts_user_id")),
    )
    op.create_table(
        "contract_bulks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "owner",
                "tag",
                "untag",
                name="contractbulkkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_contract_bulks_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_bulks_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_bulks")),
    )
    with op.batch_alter_table("contract_bulks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_bulks_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_bulks_region_id"), ["region_id"], unique=False)

    op.create_table(
        "list_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "screen",
            sa.Enum(
                "needs",
                "cases",
                "review",
                "members",
                "parties",
                "events",
                name="otherscreen",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_list_views_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_list_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_views")),
        sa.UniqueConstraint("user_id", "screen", "name", name=op.f("uq_list_views_user_id_screen_name")),
    )
    with op.batch_alter_table("list_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_views_region_id"), ["region_id"], unique=False)

    op.create_table(
        "mail_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mail_addresses_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_addresses")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mail_addresses_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_mail_addresses_user_id")),
    )
    op.create_table(
        "waiting_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("sender", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (settled_at IS NOT NULL)", name=op.f("ck_waiting_mails_kept_while_waiting")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_waiting_mails_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_mails")),
        sa.UniqueConstraint("user_id", "fingerprint", name=op.f("uq_waiting_mails_user_id_fingerprint")),
    )
    with op.batch_alter_table("waiting_mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_mails_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_waiting_mails_user_id_settled_at"), ["user_id", "settled_at"], unique=False
        )

    op.create_table(
        "figure_grounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("contracts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_figure_grounds_region_id")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["figure_snapshots.id"], name=op.f("fk_figure_grounds_snapshot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_grounds")),
        sa.UniqueConstraint("snapshot_id", name=op.f("uq_figure_grounds_snapshot_id")),
    )
    with op.batch_alter_table("figure_grounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_grounds_region_id"), ["region_id"], unique=False)

    op.create_table(
        "former_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("authority_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["employer_merges.id"], name=op.f("fk_former_limits_merge_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_former_limits_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_limits")),
        sa.UniqueConstraint("merge_id", "user_id", name=op.f("uq_former_limits_merge_id_user_id")),
    )
    with op.batch_alter_table("former_limits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_limits_user_id"), ["user_id"], unique=False)

    op.create_table(
        "list_defaults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "screen",
            sa.Enum(
                "needs",
                "cases",
                "review",
                "members",
                "parties",
                "events",
                name="otherscreen",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_list_defaults_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_list_defaults_user_id")),
        sa.ForeignKeyConstraint(["view_id"], ["list_views.id"], name=op.f("fk_list_defaults_view_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_defaults")),
        sa.UniqueConstraint("user_id", "screen", name=op.f("uq_list_defaults_user_id_screen")),
    )
    with op.batch_alter_table("list_defaults", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_defaults_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_defaults_view_id"), ["view_id"], unique=False)

    op.create_table(
        "volume_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("volume_id", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_volume_sources_authority_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_volume_sources_region_id")),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["purchasing_volumes.id"], name=op.f("fk_volume_sources_volume_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume_sources")),
        sa.UniqueConstraint("volume_id", name=op.f("uq_volume_sources_volume_id")),
    )
    with op.batch_alter_table("volume_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_volume_sources_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_volume_sources_region_id"), ["region_id"], unique=False)

    op.create_table(
        "contract_bulk_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("bulk_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("after", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_bulk_steps_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["bulk_id"], ["contract_bulks.id"], name=op.f("fk_contract_bulk_steps_bulk_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_bulk_steps_contract_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_bulk_steps_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_bulk_steps")),
        sa.UniqueConstraint(
            "bulk_id", "contract_id", name=op.f("uq_contract_bulk_steps_bulk_id_contract_id")
        ),
    )
    with op.batch_alter_table("contract_bulk_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_bulk_steps_authority_id"), ["authority_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contract_bulk_steps_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_bulk_steps_region_id"), ["region_id"], unique=False)

    op.create_table(
        "contract_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=10, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_hours_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_hours_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_contract_hours_employer_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_hours_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_hours")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_contract_hours_contract_id")),
    )
    with op.batch_alter_table("contract_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_hours_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_hours_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_hours_region_id"), ["region_id"], unique=False)

    op.create_table(
        "contract_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("tag", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_contract_tags_authority_id")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_contract_tags_contract_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_contract_tags_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_tags")),
        sa.UniqueConstraint("contract_id", "tag", name=op.f("uq_contract_tags_contract_id_tag")),
    )
    with op.batch_alter_table("contract_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_tags_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_tags_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "hidden_contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_hidden_contracts_contract_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_hidden_contracts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_contracts")),
        sa.UniqueConstraint("user_id", "contract_id", name=op.f("uq_hidden_contracts_user_id_contract_id")),
    )
    with op.batch_alter_table("hidden_contracts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hidden_contracts_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "reminder_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("contract_event_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waits",
                "tried",
                "sent",
                "refused",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("addresses", sqlmodel.sql.sqltypes.AutoString(length=1100), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_reminder_mails_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_event_id"], ["contract_events.id"], name=op.f("fk_reminder_mails_contract_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_reminder_mails_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_reminder_mails_employer_id")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_reminder_mails_letter_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_reminder_mails_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mails")),
        sa.UniqueConstraint("contract_event_id", name=op.f("uq_reminder_mails_contract_event_id")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_reminder_mails_letter_id")),
    )
    with op.batch_alter_table("reminder_mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_mails_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_mails_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_mails_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_mails_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_mails_state"), ["state"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("package_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("candidate_reference", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column("job", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "proposed",
                "interviewed",
                "offered",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "hired",
                "agreed",
                "declined",
                "withdrawn",
                name="proposaloutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "somebody_else",
                "no_longer_needed",
                "skills",
                "hours",
                "guidance",
                "costs",
                "other_job",
                "own_choice",
                "no_answer",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (outcome IS NULL)", name=op.f("ck_proposals_answered_with_outcome")
        ),
        sa.CheckConstraint("(need_id IS NULL) <> (case_id IS NULL)", name=op.f("ck_proposals_need_or_case")),
        sa.CheckConstraint(
            "candidate_id IS NOT NULL OR package_id IS NOT NULL", name=op.f("ck_proposals_something_proposed")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_proposals_candidate_id")),
        sa.ForeignKeyConstraint(["case_id"], ["carving_cases.id"], name=op.f("fk_proposals_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_proposals_employer_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_proposals_need_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_proposals_owner_id")),
        sa.ForeignKeyConstraint(
            ["package_id"], ["carving_packages.id"], name=op.f("fk_proposals_package_id")
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_proposals_placement_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_proposals_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposals_employer_id_proposed_on"), ["employer_id", "proposed_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposals_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposals_owner_id_answered_on_answer_by"),
            ["owner_id", "answered_on", "answer_by"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_proposals_package_id"), ["package_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_region_id"), ["region_id"], unique=False)
    walls.close(OWNED, STAFF_ONLY)
    walls.plan(REGIONAL)


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_region_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_placement_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_package_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_owner_id_answered_on_answer_by"))
        batch_op.drop_index(batch_op.f("ix_proposals_need_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_employer_id_proposed_on"))
        batch_op.drop_index(batch_op.f("ix_proposals_employer_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_case_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_candidate_id"))

    op.drop_table("proposals")
    with op.batch_alter_table("reminder_mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_mails_state"))
        batch_op.drop_index(batch_op.f("ix_reminder_mails_region_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_mails_employer_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_mails_contract_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_mails_authority_id"))

    op.drop_table("reminder_mails")
    with op.batch_alter_table("hidden_contracts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hidden_contracts_contract_id"))

    op.drop_table("hidden_contracts")
    with op.batch_alter_table("contract_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_tags_tag"))
        batch_op.drop_index(batch_op.f("ix_contract_tags_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_tags_authority_id"))

    op.drop_table("contract_tags")
    with op.batch_alter_table("contract_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_hours_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_hours_employer_id"))
        batch_op.drop_index(batch_op.f("ix_contract_hours_authority_id"))

    op.drop_table("contract_hours")
    with op.batch_alter_table("contract_bulk_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_bulk_steps_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_bulk_steps_contract_id"))
        batch_op.drop_index(batch_op.f("ix_contract_bulk_steps_authority_id"))

    op.drop_table("contract_bulk_steps")
    with op.batch_alter_table("volume_sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_volume_sources_region_id"))
        batch_op.drop_index(batch_op.f("ix_volume_sources_authority_id"))

    op.drop_table("volume_sources")
    with op.batch_alter_table("list_defaults", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_defaults_view_id"))
        batch_op.drop_index(batch_op.f("ix_list_defaults_region_id"))

    op.drop_table("list_defaults")
    with op.batch_alter_table("former_limits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_limits_user_id"))

    op.drop_table("former_limits")
    with op.batch_alter_table("figure_grounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_grounds_region_id"))

    op.drop_table("figure_grounds")
    with op.batch_alter_table("waiting_mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_mails_user_id_settled_at"))
        batch_op.drop_index(batch_op.f("ix_waiting_mails_sha256"))

    op.drop_table("waiting_mails")
    op.drop_table("mail_addresses")
    with op.batch_alter_table("list_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_views_region_id"))

    op.drop_table("list_views")
    with op.batch_alter_table("contract_bulks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_bulks_region_id"))
        batch_op.drop_index(batch_op.f("ix_contract_bulks_made_by_id"))

    op.drop_table("contract_bulks")
    op.drop_table("all_contracts")
