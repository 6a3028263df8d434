"""Opened local workbooks: the sheet itself, not our record of a run."""

from sqlalchemy import Boolean, Column, Double, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from addon_backend.store.models.metadata import METADATA, PlainText, belongs_to, identifier

document = Table(
    "document",
    METADATA,
    identifier("workspace"),
    identifier("id"),
    Column("title", PlainText, nullable=False),
    identifier("format"),
    Column("source", Text, nullable=False),
    Column("copy", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("opened_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "id"),
    belongs_to("workspace", "workspace", to=["id"]),
)

document_sheet = Table(
    "document_sheet",
    METADATA,
    identifier("workspace"),
    identifier("document"),
    identifier("id"),
    Column("position", Integer, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made", Integer, nullable=False),  # rows made after opening: their ids are never given again
    Column("protected", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace", "document", "id"),
    belongs_to("document", "workspace", "document", to=["workspace", "id"]),
)

_SHEET = ("workspace", "document", "sheet")

document_column = Table(
    "document_column",
    METADATA,
    identifier("workspace"),
    identifier("document"),
    identifier("sheet"),
    identifier("id"),
    Column("index", Integer, nullable=False),
    Column("key", Text),
    PrimaryKeyConstraint("workspace", "document", "sheet", "id"),
    belongs_to("document_sheet", *_SHEET, to=["workspace", "document", "id"]),
    Index(None, "workspace", "document", "sheet", "key", unique=True),
)

document_row = Table(
    "document_row",
    METADATA,
    identifier("workspace"),
    identifier("document"),
    identifier("sheet"),
    Column("id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("cells", LargeBinary, nullable=False),  # sealed; empty where no cell holds anything
    PrimaryKeyConstraint("workspace", "document", "sheet", "id"),
    belongs_to("document_sheet", *_SHEET, to=["workspace", "document", "id"]),
    Index(None, "workspace", "document", "sheet", "position"),
)
