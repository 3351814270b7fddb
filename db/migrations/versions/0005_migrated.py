"""The few groups that became supergroups are found in the log without reading all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MIGRATED = sa.text("verb = 'migrated'")


def upgrade() -> None:
    op.create_index(
        "ix_audit_migrated", "audit", ["verb"], sqlite_where=MIGRATED, postgresql_where=MIGRATED
    )


def downgrade() -> None:
    op.drop_index("ix_audit_migrated", "audit")
