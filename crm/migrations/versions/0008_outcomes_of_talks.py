"""Outcomes of talks"""

import sqlalchemy as sa
from alembic import op

from crm.migrations import walls

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OWNED: tuple[str, ...] = ("moment_outcomes",)
STAFF_ONLY: tuple[str, ...] = ()
REGIONAL: tuple[str, ...] = ("moment_outcomes",)


def upgrade() -> None:
    op.create_table(
        "moment_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "appointment",
                "need",
                "carving",
                "candidates",
                "network",
                "later",
                "no_interest",
                "not_reached",
                name="talkoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employers.id"], name=op.f("fk_moment_outcomes_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["contact_moments.id"], name=op.f("fk_moment_outcomes_moment_id")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_moment_outcomes_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment_outcomes")),
        sa.UniqueConstraint("moment_id", "outcome", name=op.f("uq_moment_outcomes_moment_id_outcome")),
    )
    with op.batch_alter_table("moment_outcomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moment_outcomes_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moment_outcomes_region_id"), ["region_id"], unique=False)
    walls.close(OWNED, STAFF_ONLY)
    walls.plan(REGIONAL)


def downgrade() -> None:
    with op.batch_alter_table("moment_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moment_outcomes_region_id"))
        batch_op.drop_index(batch_op.f("ix_moment_outcomes_employer_id"))

    op.drop_table("moment_outcomes")
