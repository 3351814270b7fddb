"""Which updates were answered, so that a start after a crash does not answer them again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "given",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_given"),
    )
    op.create_index("ix_given_at", "given", ["at"])


def downgrade() -> None:
    op.drop_table("given")
