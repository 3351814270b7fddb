"""HEAD is the newest revision: the start compares it without loading Alembic."""

HEAD = "0007"
