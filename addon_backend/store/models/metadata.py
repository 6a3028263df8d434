"""What all tables share: one metadata with predictable names, and the columns that recur."""

from collections.abc import Sequence

from sqlalchemy import Column, Dialect, ForeignKeyConstraint, MetaData, String, Text
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={  # a constraint without a name cannot be changed later
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class PlainText(TypeDecorator[str]):
    """Text that people wrote (titles, names), without what PostgreSQL cannot hold.

    NUL and lone surrogates become U+FFFD: a title is shown, never compared.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what cannot be stored."""
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier(name: str, *, primary_key: bool = False) -> Column[str]:
    """Return a column for an opaque id or a stable code."""
    return Column(name, String(255), primary_key=primary_key, nullable=False)


def belongs_to(table: str, *columns: str, to: Sequence[str] | None = None) -> ForeignKeyConstraint:
    """Return a foreign key that keeps a row inside its tenant: ``workspace`` is part of it."""
    return ForeignKeyConstraint(columns, [f"{table}.{column}" for column in to or columns])
