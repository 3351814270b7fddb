"""The audit log takes entries at its end only: REPLACE would remove one unseen by the triggers
that refuse changes."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """
    CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
    WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END
"""
POSTGRESQL = (
    """
    CREATE FUNCTION audit_is_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit) THEN
            RAISE EXCEPTION 'audit is append-only';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_is_in_order()",
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in [SQLITE] if is_sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_in_order")
    else:
        op.execute("DROP FUNCTION audit_is_in_order CASCADE")
