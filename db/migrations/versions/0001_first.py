"""The first tables, and an audit log that the database itself refuses to change."""

import sqlalchemy as sa
from alembic import op

import db.models
from db import guards

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", db.models.base.Instant(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("tenure_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", db.models.base.Instant(), nullable=False),
        sa.Column("expires_at", db.models.base.Instant(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("source", name=op.f("uq_draft_source")),
    )
    op.create_table(
        "opd",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("head_title", sa.String(), nullable=False),
        sa.Column("secretary_title", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("chat_title", sa.String(), server_default="", nullable=False),
        sa.Column("chat_trouble", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opd")),
        sa.UniqueConstraint("chat_id", "topic_id", name=op.f("uq_opd_chat_id_topic_id")),
        sa.UniqueConstraint("code", name=op.f("uq_opd_code")),
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", db.models.base.Instant(), nullable=False),
        sa.Column("ended_at", db.models.base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_table(
        "person",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_person")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", db.models.base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("aspect_weight", sa.Integer(), nullable=False),
        sa.Column("weight_in_aspect", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_form", sa.String(), nullable=False),
        sa.Column("evidence_freshness", sa.String(), nullable=False),
        sa.Column("lead_time", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_indicator_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_indicator_programme_id_number")
        ),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "sekda",
                "secretary",
                "head",
                "operator",
                "auditor",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("opd_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_post_opd_id_opd")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_table(
        "owed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("opd_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", db.models.base.Instant(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "owed",
                "claimed",
                "sent",
                "unknown",
                "failed",
                "obsolete",
                name="fate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("not_before", db.models.base.Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", db.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_owed_opd_id_opd")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_owed_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed")),
        sa.UniqueConstraint("key", name=op.f("uq_owed_key")),
    )
    op.create_index("ix_owed_fate", "owed", ["fate"], unique=False)
    op.create_index("ix_owed_kind_day", "owed", ["kind", "day"], unique=False)
    op.create_index(
        "ix_owed_turn",
        "owed",
        ["day", "not_before"],
        unique=False,
        sqlite_where=sa.text("not_before IS NOT NULL"),
        postgresql_where=sa.text("not_before IS NOT NULL"),
    )
    op.create_table(
        "tenure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "acting",
            sa.Enum("", "plt", "plh", "pj", name="acting", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("began_at", db.models.base.Instant(), nullable=False),
        sa.Column("ended_at", db.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_tenure_post_id_post")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["person.user_id"], name=op.f("fk_tenure_user_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
    )
    op.create_index("ix_tenure_user_id", "tenure", ["user_id"], unique=False)
    op.create_index(
        "uq_tenure_post_user_current",
        "tenure",
        ["post_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", db.models.base.Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", db.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["tenure.id"], name=op.f("fk_bundle_made_by_tenure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "sekda",
                "secretary",
                "head",
                "operator",
                "auditor",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("opd_id", sa.Integer(), nullable=True),
        sa.Column(
            "acting",
            sa.Enum("", "plt", "plh", "pj", name="acting", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("made_at", db.models.base.Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", db.models.base.Instant(), nullable=False),
        sa.Column("used_at", db.models.base.Instant(), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_in", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["tenure.id"], name=op.f("fk_invitation_made_by_tenure")
        ),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_invitation_opd_id_opd")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("bundle_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "verified",
                "returned",
                "not_applicable",
                "dropped",
                name="state",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due_at", db.models.base.Instant(), nullable=False),
        sa.Column("due_zone", sa.String(), nullable=False),
        sa.Column("first_due_at", db.models.base.Instant(), nullable=False),
        sa.Column("moved_by_hand", sa.Boolean(), nullable=False),
        sa.Column("first_submitted_at", db.models.base.Instant(), nullable=True),
        sa.Column("submitted_at", db.models.base.Instant(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("has_evidence", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["bundle.id"], name=op.f("fk_item_bundle_id_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_item_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_item_opd_id_opd")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["tenure.id"], name=op.f("fk_item_submitted_by_tenure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("opd_id", "number", name=op.f("uq_item_opd_id_number")),
    )
    op.create_index(op.f("ix_item_bundle_id"), "item", ["bundle_id"], unique=False)
    op.create_index(op.f("ix_item_indicator_id"), "item", ["indicator_id"], unique=False)
    op.create_index("ix_item_state_due_at", "item", ["state", "due_at"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("at", db.models.base.Instant(), nullable=False),
        sa.Column("tenure_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_event_item_id_item")),
        sa.ForeignKeyConstraint(
            ["tenure_id"], ["tenure.id"], name=op.f("fk_event_tenure_id_tenure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("item_id", "verb", "source", name=op.f("uq_event_item_id_verb_source")),
    )
    op.create_index("ix_event_source", "event", ["source"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("at", db.models.base.Instant(), nullable=False),
        sa.Column("tenure_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_evidence_item_id_item")),
        sa.ForeignKeyConstraint(
            ["tenure_id"], ["tenure.id"], name=op.f("fk_evidence_tenure_id_tenure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("item_id", "link", name=op.f("uq_evidence_item_id_link")),
    )
    op.create_table(
        "heard",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("due_at", db.models.base.Instant(), nullable=False),
        sa.Column("stage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_heard_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "due_at", "stage", name=op.f("pk_heard")),
    )
    _one_post_a_role_and_opd()
    for statement in guards.append_only(op.get_bind().dialect.name, "audit"):
        op.execute(statement)


def downgrade() -> None:

    op.drop_table("heard")
    op.drop_table("evidence")
    op.drop_table("event")
    op.drop_index("ix_item_state_due_at", table_name="item")
    op.drop_index(op.f("ix_item_indicator_id"), table_name="item")
    op.drop_index(op.f("ix_item_bundle_id"), table_name="item")
    op.drop_table("item")
    op.drop_table("invitation")
    op.drop_table("bundle")
    op.drop_index(
        "uq_tenure_post_user_current",
        table_name="tenure",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_tenure_user_id", table_name="tenure")
    op.drop_table("tenure")
    op.drop_index(
        "ix_owed_turn",
        table_name="owed",
        sqlite_where=sa.text("not_before IS NOT NULL"),
        postgresql_where=sa.text("not_before IS NOT NULL"),
    )
    op.drop_index("ix_owed_kind_day", table_name="owed")
    op.drop_index("ix_owed_fate", table_name="owed")
    op.drop_table("owed")
    op.drop_table("post")
    op.drop_table("indicator")
    op.drop_table("pulse")
    op.drop_table("programme")
    op.drop_table("person")
    op.drop_table("outage")
    op.drop_table("opd")
    op.drop_table("draft")
    op.drop_table("audit")


def _one_post_a_role_and_opd() -> None:
    op.create_index(
        "uq_post_role_opd", "post", ["role", sa.text("coalesce(opd_id, 0)")], unique=True
    )
