"""Relationship and network"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWNED = (
    "account_goals",
    "account_plans",
    "aftercare_talks",
    "answer_sets",
    "archived_employers",
    "bulk_steps",
    "certificate_offers",
    "confirmations_taken_back",
    "employer_activities",
    "employer_tags",
    "ended_accesses",
    "event_employers",
    "event_talks",
    "moment_files",
    "mother_companies",
    "needs",
    "network_invitations",
    "person_merges",
    "person_moves",
    "person_roles",
    "person_ways",
    "person_wishes",
    "share_numbers",
    "vacancies",
)
STAFF_ONLY = (
    "bulk_changes",
    "calendar_feeds",
    "default_views",
    "different_employers",
    "digest_wishes",
    "employer_merges",
    "event_candidates",
    "import_left",
    "import_likenesses",
    "import_mappings",
    "import_plans",
    "import_steps",
    "import_undos",
    "network_changes",
    "network_events",
    "parties",
    "party_talks",
    "party_ties",
    "rule_set_hands",
    "saved_views",
    "tender_intakes",
)
REGIONAL = (
    "account_goals",
    "account_plans",
    "aftercare_talks",
    "answer_sets",
    "archived_employers",
    "bulk_changes",
    "bulk_steps",
    "certificate_offers",
    "confirmations_taken_back",
    "default_views",
    "different_employers",
    "employer_activities",
    "employer_merges",
    "employer_tags",
    "ended_accesses",
    "event_candidates",
    "event_employers",
    "event_talks",
    "import_mappings",
    "moment_files",
    "mother_companies",
    "needs",
    "network_events",
    "network_invitations",
    "parties",
    "party_talks",
    "party_ties",
    "person_merges",
    "person_moves",
    "person_roles",
    "person_ways",
    "person_wishes",
    "saved_views",
    "share_numbers",
    "tender_intakes",
    "vacancies",
)
OWN = "(SELECT nullif(current_setting('crm.employer_id', true), '')::int)"
STAFF = "(SELECT current_setting('crm.scope', true) = 'staff')"


def upgrade() -> None:
    op.create_table(
        "network_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_changes")),
    )
    op.create_table(
        "different_employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_different_employers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_different_employers")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_different_employers_one_other")),
    )
    with op.batch_alter_table("different_employers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_different_employers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "import_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_import_mappings_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mappings")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_import_mappings_region_id_name")),
    )
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_mappings_region_id"), ["region_id"], unique=False)

    op.create_table(
        "network_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "speedmeet",
                "open_day",
                "breakfast",
                "company_visit",
                name="eventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("candidate_places", sa.Integer(), nullable=False),
        sa.Column("employer_places", sa.Integer(), nullable=False),
        sa.Column("round_minutes", sa.Integer(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "candidate_places >= 0 AND employer_places >= 0", name=op.f("ck_network_events_possible_places")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_network_events_ends_after_start")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_network_events_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_events")),
    )
    with op.batch_alter_table("network_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_events_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_network_events_region_id_starts_at"), ["region_id", "starts_at"], unique=False
        )

    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "holder",
                "segment",
                "tag",
                "untag",
                name="bulkkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_bulk_changes_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_bulk_changes_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
    )
    with op.batch_alter_table("bulk_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_changes_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_changes_region_id"), ["region_id"], unique=False)

    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_feeds_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_feeds_user_id")),
    )
    op.create_table(
        "digest_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sent_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_digest_wishes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_wishes")),
        sa.UniqueConstraint("user_id", name=op.f("uq_digest_wishes_user_id")),
    )
    op.create_table(
        "employer_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("gone_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("gone_values", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["merged_by_id"], ["users.id"], name=op.f("fk_employer_merges_merged_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_employer_merges_region_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_employer_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_merges")),
    )
    with op.batch_alter_table("employer_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employer_merges_gone"), ["gone"], unique=False)
        batch_op.create_index(batch_op.f("ix_employer_merges_kept"), ["kept"], unique=False)
        batch_op.create_index(batch_op.f("ix_employer_merges_region_id"), ["region_id"], unique=False)

    op.create_table(
        "event_candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("candidate_reference", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "invited",
                "coming",
                "declined",
                "present",
                "absent",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_event_candidates_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["network_events.id"], name=op.f("fk_event_candidates_event_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_event_candidates_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_candidates")),
        sa.UniqueConstraint(
            "event_id", "candidate_id", name=op.f("uq_event_candidates_event_id_candidate_id")
        ),
    )
    with op.batch_alter_table("event_candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_candidates_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_candidates_region_id"), ["region_id"], unique=False)

    op.create_table(
        "parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "neighbourhood",
                "connector",
                "school",
                "agency",
                name="partykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_parties_municipality_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_parties_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parties_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_region_id_name"), ["region_id", "name"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "screen",
            sa.Enum(
                "employers",
                "contracts",
                "placements",
                name="screen",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_saved_views_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "screen", "name", name=op.f("uq_saved_views_user_id_screen_name")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_views_region_id"), ["region_id"], unique=False)

    op.create_table(
        "account_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_account_plans_employer_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_account_plans_made_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_account_plans_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_plans")),
        sa.UniqueConstraint("employer_id", "year", name=op.f("uq_account_plans_employer_id_year")),
    )
    with op.batch_alter_table("account_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_plans_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_plans_region_id"), ["region_id"], unique=False)

    op.create_table(
        "archived_employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["archived_by_id"], ["users.id"], name=op.f("fk_archived_employers_archived_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_archived_employers_employer_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_archived_employers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_employers")),
        sa.UniqueConstraint("employer_id", name=op.f("uq_archived_employers_employer_id")),
    )
    with op.batch_alter_table("archived_employers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_archived_employers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_archived_employers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "bulk_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("bulk_id", sa.Integer(), nullable=False),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("after", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk_changes.id"], name=op.f("fk_bulk_steps_bulk_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_bulk_steps_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_bulk_steps_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_steps")),
        sa.UniqueConstraint("bulk_id", "employer_id", name=op.f("uq_bulk_steps_bulk_id_employer_id")),
    )
    with op.batch_alter_table("bulk_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_steps_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_steps_region_id"), ["region_id"], unique=False)

    op.create_table(
        "certificate_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waits",
                "confirmed",
                "refused",
                "taken_back",
                name="offerstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_certificate_offers_term")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_certificate_offers_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_certificate_offers_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["users.id"], name=op.f("fk_certificate_offers_offered_by_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_certificate_offers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_offers")),
    )
    with op.batch_alter_table("certificate_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_offers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_offers_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificate_offers_region_id_state"), ["region_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_offers_sha256"), ["sha256"], unique=False)

    op.create_table(
        "default_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "screen",
            sa.Enum(
                "employers",
                "contracts",
                "placements",
                name="screen",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_default_views_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_default_views_user_id")),
        sa.ForeignKeyConstraint(["view_id"], ["saved_views.id"], name=op.f("fk_default_views_view_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_views")),
        sa.UniqueConstraint("user_id", "screen", name=op.f("uq_default_views_user_id_screen")),
    )
    with op.batch_alter_table("default_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_default_views_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_default_views_view_id"), ["view_id"], unique=False)

    op.create_table(
        "employer_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column(
            "edition",
            sa.Enum("2008", "2025", name="sbiedition", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_employer_activities_employer_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_employer_activities_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_activities")),
        sa.UniqueConstraint(
            "employer_id", "edition", "code", name=op.f("uq_employer_activities_employer_id_edition_code")
        ),
    )
    with op.batch_alter_table("employer_activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employer_activities_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_employer_activities_region_id"), ["region_id"], unique=False)

    op.create_table(
        "employer_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("tag", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_tags_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_employer_tags_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_tags")),
        sa.UniqueConstraint("employer_id", "tag", name=op.f("uq_employer_tags_employer_id_tag")),
    )
    with op.batch_alter_table("employer_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employer_tags_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_employer_tags_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_employer_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "ended_accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_ended_accesses_employer_id")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_ended_accesses_ended_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_ended_accesses_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_ended_accesses_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_accesses")),
        sa.UniqueConstraint("user_id", name=op.f("uq_ended_accesses_user_id")),
    )
    with op.batch_alter_table("ended_accesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ended_accesses_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ended_accesses_region_id"), ["region_id"], unique=False)

    op.create_table(
        "event_employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "invited",
                "coming",
                "declined",
                "present",
                "absent",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_event_employers_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["network_events.id"], name=op.f("fk_event_employers_event_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_event_employers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_employers")),
        sa.UniqueConstraint("event_id", "employer_id", name=op.f("uq_event_employers_event_id_employer_id")),
    )
    with op.batch_alter_table("event_employers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_employers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_employers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "event_talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("event_candidate_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "selected",
                "started",
                name="talkstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_event_talks_employer_id")),
        sa.ForeignKeyConstraint(
            ["event_candidate_id"], ["event_candidates.id"], name=op.f("fk_event_talks_event_candidate_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["network_events.id"], name=op.f("fk_event_talks_event_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_event_talks_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_talks")),
        sa.UniqueConstraint(
            "event_candidate_id", "employer_id", name=op.f("uq_event_talks_event_candidate_id_employer_id")
        ),
    )
    with op.batch_alter_table("event_talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_talks_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_talks_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_talks_region_id"), ["region_id"], unique=False)

    op.create_table(
        "import_left",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("employer", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("object_type", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_left_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_left")),
    )
    with op.batch_alter_table("import_left", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_left_run_id"), ["run_id"], unique=False)

    op.create_table(
        "import_likenesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("employer", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_likenesses_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_likenesses")),
    )
    with op.batch_alter_table("import_likenesses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_likenesses_run_id_place"), ["run_id", "place"], unique=False
        )

    op.create_table(
        "import_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column(
            "existing",
            sa.Enum("update", "skip", name="existing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("only_check", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_plans_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_plans")),
        sa.UniqueConstraint("run_id", name=op.f("uq_import_plans_run_id")),
    )
    op.create_table(
        "import_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_steps_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_steps")),
    )
    with op.batch_alter_table("import_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_steps_run_id"), ["run_id"], unique=False)

    op.create_table(
        "import_undos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "failed",
                "interrupted",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_count", sa.Integer(), nullable=False),
        sa.Column("restored_count", sa.Integer(), nullable=False),
        sa.Column("left_count", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_params", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name=op.f("fk_import_undos_run_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["users.id"], name=op.f("fk_import_undos_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_undos")),
        sa.UniqueConstraint("run_id", name=op.f("uq_import_undos_run_id")),
    )
    with op.batch_alter_table("import_undos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_undos_started_by_id"), ["started_by_id"], unique=False)

    op.create_table(
        "mother_companies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("mother_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("employer_id <> mother_id", name=op.f("ck_mother_companies_not_its_own")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_mother_companies_employer_id")
        ),
        sa.ForeignKeyConstraint(["mother_id"], ["employers.id"], name=op.f("fk_mother_companies_mother_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_mother_companies_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mother_companies")),
        sa.UniqueConstraint("employer_id", name=op.f("uq_mother_companies_employer_id")),
    )
    with op.batch_alter_table("mother_companies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mother_companies_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mother_companies_mother_id"), ["mother_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mother_companies_region_id"), ["region_id"], unique=False)

    op.create_table(
        "party_talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_party_talks_party_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_party_talks_region_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_party_talks_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_talks")),
    )
    with op.batch_alter_table("party_talks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_talks_party_id_held_on"), ["party_id", "held_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_party_talks_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_talks_user_id"), ["user_id"], unique=False)

    op.create_table(
        "party_ties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("tied_employer_id", sa.Integer(), nullable=True),
        sa.Column("tied_party_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "works_together",
                "belongs_to",
                "sends_candidates",
                "knows",
                "pointed_to",
                name="partytiekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.CheckConstraint(
            "(tied_employer_id IS NULL) <> (tied_party_id IS NULL)", name=op.f("ck_party_ties_one_other_end")
        ),
        sa.CheckConstraint(
            "tied_party_id IS NULL OR tied_party_id <> party_id", name=op.f("ck_party_ties_not_itself")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_party_ties_party_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_party_ties_region_id")),
        sa.ForeignKeyConstraint(
            ["tied_employer_id"], ["employers.id"], name=op.f("fk_party_ties_tied_employer_id")
        ),
        sa.ForeignKeyConstraint(["tied_party_id"], ["parties.id"], name=op.f("fk_party_ties_tied_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_ties")),
        sa.UniqueConstraint(
            "party_id", "tied_employer_id", "kind", name=op.f("uq_party_ties_party_id_tied_employer_id_kind")
        ),
        sa.UniqueConstraint(
            "party_id", "tied_party_id", "kind", name=op.f("uq_party_ties_party_id_tied_party_id_kind")
        ),
    )
    with op.batch_alter_table("party_ties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_ties_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_ties_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_party_ties_tied_employer_id"), ["tied_employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_party_ties_tied_party_id"), ["tied_party_id"], unique=False)

    op.create_table(
        "rule_set_hands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["rule_set_drafts.id"], name=op.f("fk_rule_set_hands_draft_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rule_set_hands_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_set_hands")),
        sa.UniqueConstraint("draft_id", "user_id", name=op.f("uq_rule_set_hands_draft_id_user_id")),
    )
    op.create_table(
        "account_goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("reached >= 0", name=op.f("ck_account_goals_reached_counts")),
        sa.CheckConstraint("target > 0", name=op.f("ck_account_goals_target_counts")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_account_goals_employer_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["account_plans.id"], name=op.f("fk_account_goals_plan_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_account_goals_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_goals")),
    )
    with op.batch_alter_table("account_goals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_goals_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_goals_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_goals_region_id"), ["region_id"], unique=False)

    op.create_table(
        "answer_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("list_code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("list_version", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_answer_sets_author_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_answer_sets_employer_id")),
        sa.ForeignKeyConstraint(["moment_id"], ["contact_moments.id"], name=op.f("fk_answer_sets_moment_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_answer_sets_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sets")),
    )
    with op.batch_alter_table("answer_sets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_sets_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_answer_sets_employer_id_list_code_held_on"),
            ["employer_id", "list_code", "held_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_answer_sets_moment_id"), ["moment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_sets_region_id"), ["region_id"], unique=False)

    op.create_table(
        "confirmations_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("obligation_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_confirmations_taken_back_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_confirmations_taken_back_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_confirmations_taken_back_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["regions.id"], name=op.f("fk_confirmations_taken_back_region_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by_id"], ["users.id"], name=op.f("fk_confirmations_taken_back_taken_back_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations_taken_back")),
    )
    with op.batch_alter_table("confirmations_taken_back", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmations_taken_back_authority_id"), ["authority_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_confirmations_taken_back_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_confirmations_taken_back_employer_id"), ["employer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_confirmations_taken_back_region_id"), ["region_id"], unique=False
        )

    op.create_table(
        "moment_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_moment_files_employer_id")),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["contact_moments.id"], name=op.f("fk_moment_files_moment_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_moment_files_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment_files")),
    )
    with op.batch_alter_table("moment_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moment_files_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moment_files_moment_id"), ["moment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moment_files_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moment_files_sha256"), ["sha256"], unique=False)

    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "vacancy",
                "carving",
                "training",
                "sroi_advice",
                "subsidy",
                "event",
                name="needkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal",
                "soon",
                "urgent",
                name="needurgency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "phase",
            sa.Enum(
                "weighing",
                "preparing",
                "recruiting",
                "employing",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=True),
        sa.Column("react_by", sa.Date(), nullable=False),
        sa.Column("reacted_on", sa.Date(), nullable=True),
        sa.Column("reacted_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("met", "dropped", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (outcome IS NULL)", name=op.f("ck_needs_closed_with_outcome")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_needs_employer_id")),
        sa.ForeignKeyConstraint(["moment_id"], ["contact_moments.id"], name=op.f("fk_needs_moment_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_needs_owner_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["users.id"], name=op.f("fk_needs_raised_by_id")),
        sa.ForeignKeyConstraint(["reacted_by_id"], ["users.id"], name=op.f("fk_needs_reacted_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_needs_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needs_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_needs_employer_id_closed_on"), ["employer_id", "closed_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_needs_moment_id"), ["moment_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_needs_owner_id_closed_on_reacted_on_react_by"),
            ["owner_id", "closed_on", "reacted_on", "react_by"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_needs_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_needs_region_id_closed_on_react_by"),
            ["region_id", "closed_on", "react_by"],
            unique=False,
        )

    op.create_table(
        "person_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("taken_over", sa.JSON(), nullable=False),
        sa.Column("gone_was_active", sa.Boolean(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_merges_employer_id")),
        sa.ForeignKeyConstraint(["gone_id"], ["contact_persons.id"], name=op.f("fk_person_merges_gone_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["contact_persons.id"], name=op.f("fk_person_merges_kept_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["users.id"], name=op.f("fk_person_merges_merged_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_merges_region_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_person_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merges")),
    )
    with op.batch_alter_table("person_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merges_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merges_gone_id"), ["gone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merges_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_merges_region_id"), ["region_id"], unique=False)

    op.create_table(
        "person_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("from_person_id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=False),
        sa.Column("from_employer_id", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_moves_employer_id")),
        sa.ForeignKeyConstraint(
            ["from_employer_id"], ["employers.id"], name=op.f("fk_person_moves_from_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_person_id"], ["contact_persons.id"], name=op.f("fk_person_moves_from_person_id")
        ),
        sa.ForeignKeyConstraint(["moved_by_id"], ["users.id"], name=op.f("fk_person_moves_moved_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_moves_region_id")),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["contact_persons.id"], name=op.f("fk_person_moves_to_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_moves")),
        sa.UniqueConstraint("to_person_id", name=op.f("uq_person_moves_to_person_id")),
    )
    with op.batch_alter_table("person_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_moves_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_moves_from_employer_id"), ["from_employer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_moves_from_person_id"), ["from_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_moves_region_id"), ["region_id"], unique=False)

    op.create_table(
        "person_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contact_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "decides",
                "staff_affairs",
                "work_floor",
                "coach",
                "sroi",
                "purchasing",
                name="contactrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["contact_persons.id"], name=op.f("fk_person_roles_contact_person_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_roles_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_roles_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_roles")),
        sa.UniqueConstraint("contact_person_id", "role", name=op.f("uq_person_roles_contact_person_id_role")),
    )
    with op.batch_alter_table("person_roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_roles_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_roles_region_id"), ["region_id"], unique=False)

    op.create_table(
        "person_ways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("contact_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("mail", "phone", name="waykind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["contact_persons.id"], name=op.f("fk_person_ways_contact_person_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_ways_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_ways_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_ways")),
        sa.UniqueConstraint(
            "contact_person_id", "kind", "value", name=op.f("uq_person_ways_contact_person_id_kind_value")
        ),
    )
    with op.batch_alter_table("person_ways", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_ways_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_ways_region_id"), ["region_id"], unique=False)

    op.create_table(
        "person_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contact_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum(
                "not_asked",
                "given",
                "refused",
                name="consent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["contact_persons.id"], name=op.f("fk_person_wishes_contact_person_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_person_wishes_employer_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["users.id"], name=op.f("fk_person_wishes_noted_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_person_wishes_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_wishes")),
        sa.UniqueConstraint("contact_person_id", name=op.f("uq_person_wishes_contact_person_id")),
    )
    with op.batch_alter_table("person_wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_wishes_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_wishes_region_id"), ["region_id"], unique=False)

    op.create_table(
        "tender_intakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column("cpv_code", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
        sa.Column(
            "contract_type",
            sa.Enum(
                "goods",
                "services",
                "works",
                name="contracttype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("estimate_cents", sa.BigInteger(), nullable=False),
        sa.Column("labour_share", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("percentage", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "criterion",
            sa.Enum(
                "best_value",
                "lowest_cost",
                "lowest_price",
                name="awardcriterion",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("social_weight", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("award_on", sa.Date(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("rule_set_code", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "awarded",
                "withdrawn",
                name="intakestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("expected_cents", sa.BigInteger(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_in_by_id", sa.Integer(), nullable=True),
        sa.Column("search_key", sqlmodel.sql.sqltypes.AutoString(length=700), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "estimate_cents >= 0 AND expected_cents >= 0", name=op.f("ck_tender_intakes_not_negative")
        ),
        sa.CheckConstraint(
            "percentage IS NULL OR amount_cents IS NULL", name=op.f("ck_tender_intakes_one_of_both")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_tender_intakes_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_tender_intakes_contract_id")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name=op.f("fk_tender_intakes_officer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_tender_intakes_region_id")),
        sa.ForeignKeyConstraint(
            ["taken_in_by_id"], ["users.id"], name=op.f("fk_tender_intakes_taken_in_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_intakes")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_tender_intakes_contract_id")),
    )
    with op.batch_alter_table("tender_intakes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tender_intakes_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tender_intakes_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tender_intakes_region_id"), ["region_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tender_intakes_region_id_state_authority_id"),
            ["region_id", "state", "authority_id"],
            unique=False,
        )

    op.create_table(
        "share_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("kvk_number", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_share_numbers_authority_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_share_numbers_employer_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_share_numbers_region_id")),
        sa.ForeignKeyConstraint(
            ["share_id"], ["obligation_shares.id"], name=op.f("fk_share_numbers_share_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_numbers")),
        sa.UniqueConstraint("share_id", name=op.f("uq_share_numbers_share_id")),
    )
    with op.batch_alter_table("share_numbers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_numbers_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_numbers_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_numbers_kvk_number"), ["kvk_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_numbers_region_id"), ["region_id"], unique=False)

    op.create_table(
        "vacancies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("occupation", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("occupation_code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("sbi_code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column(
            "work_level",
            sa.Enum(
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                name="worklevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "contract_term",
            sa.Enum("B", "O", name="contractterm", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column(
            "agreement",
            sa.Enum(
                "01", "02", "03", "04", name="agreement", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("hours_least", sa.Integer(), nullable=False),
        sa.Column("hours_most", sa.Integer(), nullable=False),
        sa.Column(
            "shift_work",
            sa.Enum("0", "1", "2", name="shiftwork", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("licences", sa.JSON(), nullable=False),
        sa.Column("skills", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column(
            "apply_by",
            sa.Enum(
                "1", "2", "3", "4", name="application", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("apply_at", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("contact_person_id", sa.Integer(), nullable=True),
        sa.Column("open_to_carving", sa.Boolean(), nullable=False),
        sa.Column("vum_id", sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
        sa.CheckConstraint("hours_least <= hours_most", name=op.f("ck_vacancies_hours")),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["contact_persons.id"], name=op.f("fk_vacancies_contact_person_id")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_vacancies_employer_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_vacancies_need_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_vacancies_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancies")),
        sa.UniqueConstraint("need_id", name=op.f("uq_vacancies_need_id")),
        sa.UniqueConstraint("vum_id", name=op.f("uq_vacancies_vum_id")),
    )
    with op.batch_alter_table("vacancies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vacancies_contact_person_id"), ["contact_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_vacancies_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vacancies_region_id"), ["region_id"], unique=False)

    op.create_table(
        "aftercare_talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "spoken_with",
            sa.Enum(
                "employer",
                "employee",
                "coach",
                name="spokenwith",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at_risk", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_aftercare_talks_author_id")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_aftercare_talks_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_aftercare_talks_placement_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_aftercare_talks_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aftercare_talks")),
        sa.UniqueConstraint("placement_id", "month", name=op.f("uq_aftercare_talks_placement_id_month")),
    )
    with op.batch_alter_table("aftercare_talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aftercare_talks_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_aftercare_talks_region_id"), ["region_id"], unique=False)

    op.create_table(
        "network_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_network_invitations_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("fk_network_invitations_follow_up_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_network_invitations_placement_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_network_invitations_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_invitations")),
        sa.UniqueConstraint("employer_id", name=op.f("uq_network_invitations_employer_id")),
        sa.UniqueConstraint("follow_up_id", name=op.f("uq_network_invitations_follow_up_id")),
    )
    with op.batch_alter_table("network_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_invitations_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_network_invitations_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_network_invitations_region_id"), ["region_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _plans()
    else:
        for table in OWNED:
            _close(table, f"{STAFF} OR employer_id = {OWN}")
        for table in STAFF_ONLY:
            _close(table, STAFF)


def downgrade() -> None:
    with op.batch_alter_table("network_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_invitations_region_id"))
        batch_op.drop_index(batch_op.f("ix_network_invitations_placement_id"))
        batch_op.drop_index(batch_op.f("ix_network_invitations_employer_id"))

    op.drop_table("network_invitations")
    with op.batch_alter_table("aftercare_talks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aftercare_talks_region_id"))
        batch_op.drop_index(batch_op.f("ix_aftercare_talks_employer_id"))

    op.drop_table("aftercare_talks")
    with op.batch_alter_table("vacancies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vacancies_region_id"))
        batch_op.drop_index(batch_op.f("ix_vacancies_employer_id"))
        batch_op.drop_index(batch_op.f("ix_vacancies_contact_person_id"))

    op.drop_table("vacancies")
    with op.batch_alter_table("share_numbers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_numbers_region_id"))
        batch_op.drop_index(batch_op.f("ix_share_numbers_kvk_number"))
        batch_op.drop_index(batch_op.f("ix_share_numbers_employer_id"))
        batch_op.drop_index(batch_op.f("ix_share_numbers_authority_id"))

    op.drop_table("share_numbers")
    with op.batch_alter_table("tender_intakes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tender_intakes_region_id_state_authority_id"))
        batch_op.drop_index(batch_op.f("ix_tender_intakes_region_id"))
        batch_op.drop_index(batch_op.f("ix_tender_intakes_officer_id"))
        batch_op.drop_index(batch_op.f("ix_tender_intakes_authority_id"))

    op.drop_table("tender_intakes")
    with op.batch_alter_table("person_wishes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_wishes_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_wishes_employer_id"))

    op.drop_table("person_wishes")
    with op.batch_alter_table("person_ways", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_ways_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_ways_employer_id"))

    op.drop_table("person_ways")
    with op.batch_alter_table("person_roles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_roles_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_roles_employer_id"))

    op.drop_table("person_roles")
    with op.batch_alter_table("person_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_moves_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_moves_from_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_moves_from_employer_id"))
        batch_op.drop_index(batch_op.f("ix_person_moves_employer_id"))

    op.drop_table("person_moves")
    with op.batch_alter_table("person_merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_merges_region_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_kept_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_gone_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_employer_id"))

    op.drop_table("person_merges")
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_region_id_closed_on_react_by"))
        batch_op.drop_index(batch_op.f("ix_needs_region_id"))
        batch_op.drop_index(batch_op.f("ix_needs_owner_id_closed_on_reacted_on_react_by"))
        batch_op.drop_index(batch_op.f("ix_needs_moment_id"))
        batch_op.drop_index(batch_op.f("ix_needs_employer_id_closed_on"))
        batch_op.drop_index(batch_op.f("ix_needs_employer_id"))

    op.drop_table("needs")
    with op.batch_alter_table("moment_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moment_files_sha256"))
        batch_op.drop_index(batch_op.f("ix_moment_files_region_id"))
        batch_op.drop_index(batch_op.f("ix_moment_files_moment_id"))
        batch_op.drop_index(batch_op.f("ix_moment_files_employer_id"))

    op.drop_table("moment_files")
    with op.batch_alter_table("confirmations_taken_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmations_taken_back_region_id"))
        batch_op.drop_index(batch_op.f("ix_confirmations_taken_back_employer_id"))
        batch_op.drop_index(batch_op.f("ix_confirmations_taken_back_contract_id"))
        batch_op.drop_index(batch_op.f("ix_confirmations_taken_back_authority_id"))

    op.drop_table("confirmations_taken_back")
    with op.batch_alter_table("answer_sets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_sets_region_id"))
        batch_op.drop_index(batch_op.f("ix_answer_sets_moment_id"))
        batch_op.drop_index(batch_op.f("ix_answer_sets_employer_id_list_code_held_on"))
        batch_op.drop_index(batch_op.f("ix_answer_sets_employer_id"))

    op.drop_table("answer_sets")
    with op.batch_alter_table("account_goals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_goals_region_id"))
        batch_op.drop_index(batch_op.f("ix_account_goals_plan_id"))
        batch_op.drop_index(batch_op.f("ix_account_goals_employer_id"))

    op.drop_table("account_goals")
    op.drop_table("rule_set_hands")
    with op.batch_alter_table("party_ties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_ties_tied_party_id"))
        batch_op.drop_index(batch_op.f("ix_party_ties_tied_employer_id"))
        batch_op.drop_index(batch_op.f("ix_party_ties_region_id"))
        batch_op.drop_index(batch_op.f("ix_party_ties_party_id"))

    op.drop_table("party_ties")
    with op.batch_alter_table("party_talks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_talks_user_id"))
        batch_op.drop_index(batch_op.f("ix_party_talks_region_id"))
        batch_op.drop_index(batch_op.f("ix_party_talks_party_id_held_on"))

    op.drop_table("party_talks")
    with op.batch_alter_table("mother_companies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mother_companies_region_id"))
        batch_op.drop_index(batch_op.f("ix_mother_companies_mother_id"))
        batch_op.drop_index(batch_op.f("ix_mother_companies_employer_id"))

    op.drop_table("mother_companies")
    with op.batch_alter_table("import_undos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_undos_started_by_id"))

    op.drop_table("import_undos")
    with op.batch_alter_table("import_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_steps_run_id"))

    op.drop_table("import_steps")
    op.drop_table("import_plans")
    with op.batch_alter_table("import_likenesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_likenesses_run_id_place"))

    op.drop_table("import_likenesses")
    with op.batch_alter_table("import_left", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_left_run_id"))

    op.drop_table("import_left")
    with op.batch_alter_table("event_talks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_talks_region_id"))
        batch_op.drop_index(batch_op.f("ix_event_talks_event_id"))
        batch_op.drop_index(batch_op.f("ix_event_talks_employer_id"))

    op.drop_table("event_talks")
    with op.batch_alter_table("event_employers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_employers_region_id"))
        batch_op.drop_index(batch_op.f("ix_event_employers_employer_id"))

    op.drop_table("event_employers")
    with op.batch_alter_table("ended_accesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ended_accesses_region_id"))
        batch_op.drop_index(batch_op.f("ix_ended_accesses_employer_id"))

    op.drop_table("ended_accesses")
    with op.batch_alter_table("employer_tags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_tags_tag"))
        batch_op.drop_index(batch_op.f("ix_employer_tags_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_tags_employer_id"))

    op.drop_table("employer_tags")
    with op.batch_alter_table("employer_activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_activities_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_activities_employer_id"))

    op.drop_table("employer_activities")
    with op.batch_alter_table("default_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_default_views_view_id"))
        batch_op.drop_index(batch_op.f("ix_default_views_region_id"))

    op.drop_table("default_views")
    with op.batch_alter_table("certificate_offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_offers_sha256"))
        batch_op.drop_index(batch_op.f("ix_certificate_offers_region_id_state"))
        batch_op.drop_index(batch_op.f("ix_certificate_offers_region_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_offers_employer_id"))

    op.drop_table("certificate_offers")
    with op.batch_alter_table("bulk_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_steps_region_id"))
        batch_op.drop_index(batch_op.f("ix_bulk_steps_employer_id"))

    op.drop_table("bulk_steps")
    with op.batch_alter_table("archived_employers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_archived_employers_region_id"))
        batch_op.drop_index(batch_op.f("ix_archived_employers_employer_id"))

    op.drop_table("archived_employers")
    with op.batch_alter_table("account_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_plans_region_id"))
        batch_op.drop_index(batch_op.f("ix_account_plans_employer_id"))

    op.drop_table("account_plans")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_views_region_id"))

    op.drop_table("saved_views")
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parties_region_id_name"))
        batch_op.drop_index(batch_op.f("ix_parties_region_id"))
        batch_op.drop_index(batch_op.f("ix_parties_municipality_id"))

    op.drop_table("parties")
    with op.batch_alter_table("event_candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_candidates_region_id"))
        batch_op.drop_index(batch_op.f("ix_event_candidates_candidate_id"))

    op.drop_table("event_candidates")
    with op.batch_alter_table("employer_merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employer_merges_region_id"))
        batch_op.drop_index(batch_op.f("ix_employer_merges_kept"))
        batch_op.drop_index(batch_op.f("ix_employer_merges_gone"))

    op.drop_table("employer_merges")
    op.drop_table("digest_wishes")
    op.drop_table("calendar_feeds")
    with op.batch_alter_table("bulk_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_changes_region_id"))
        batch_op.drop_index(batch_op.f("ix_bulk_changes_made_by_id"))

    op.drop_table("bulk_changes")
    with op.batch_alter_table("network_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_events_region_id_starts_at"))
        batch_op.drop_index(batch_op.f("ix_network_events_region_id"))

    op.drop_table("network_events")
    with op.batch_alter_table("import_mappings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_mappings_region_id"))

    op.drop_table("import_mappings")
    with op.batch_alter_table("different_employers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_different_employers_region_id"))

    op.drop_table("different_employers")
    op.drop_table("network_changes")


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
