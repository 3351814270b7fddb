"""The triggers by which the database itself refuses to change or remove a row."""

from __future__ import annotations

AUDIT = {  # those of the audit log, by dialect and name
    "sqlite": ("audit_in_order", "audit_no_delete", "audit_no_update"),
    "postgresql": ("audit_append_only", "audit_in_order"),
}


def append_only(dialect: str, table: str) -> list[str]:
    """The statements by which the database itself refuses to change or remove a row."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()",
    ]
