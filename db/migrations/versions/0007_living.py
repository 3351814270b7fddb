"""Messages whose buttons and words follow the state."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WAITS = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "living",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("keyboard", sa.JSON(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("look_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_living_opd_id_opd")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_living")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_living_chat_id_message_id")),
    )
    op.create_index(op.f("ix_living_opd_id"), "living", ["opd_id"])
    op.create_index(op.f("ix_living_until"), "living", ["until"])
    op.create_index(
        "ix_living_look_at", "living", ["look_at"], sqlite_where=WAITS, postgresql_where=WAITS
    )


def downgrade() -> None:
    op.drop_table("living")
