"""Ceilings that were shown to a person, in SQL."""

from sqlalchemy import Connection, insert, select, update

from addon_backend.domain.errors import QuoteUnknown, QuoteUsed
from addon_backend.domain.recipes import Recipe
from addon_backend.domain.runs import Quote
from addon_backend.domain.sheet import GridRange, SheetRef
from addon_backend.store.mapping import kinds_data, kinds_of
from addon_backend.store.models import quote as quotes


class SqlQuotes:
    """Implements `ports.store.Quotes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, quote: Quote) -> None:
        """Keep a quote."""
        self._connection.execute(
            insert(quotes).values(
                workspace=quote.workspace,
                id=quote.id,
                member=quote.member,
                host=quote.sheet.host,
                document=quote.sheet.document,
                sheet=quote.sheet.sheet,
                title=quote.title,
                top=quote.range.top,
                left=quote.range.left,
                bottom=quote.range.bottom,
                right=quote.range.right,
                header_row=quote.header_row,
                recipe=quote.recipe.as_data(),
                kinds=kinds_data(quote.kinds),
                marks=dict(quote.marks),
                price_book=quote.price_book,
                rows=quote.rows,
                credits=quote.credits,
                provider_units=quote.provider_units,
                trial=quote.trial,
                created_at=quote.created_at,
                expires_at=quote.expires_at,
            )
        )

    def get(self, workspace: str, member: str, quote: str) -> Quote:
        """Return this person's quote, expired or not."""
        query = select(quotes).where(
            quotes.c.workspace == workspace, quotes.c.member == member, quotes.c.id == quote
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise QuoteUnknown
        return Quote(
            id=row.id,
            workspace=row.workspace,
            member=row.member,
            sheet=SheetRef(row.host, row.document, row.sheet),
            title=row.title,
            range=GridRange(row.top, row.left, row.bottom, row.right),
            header_row=row.header_row,
            recipe=Recipe.from_data(row.recipe),
            kinds=kinds_of(row.kinds),
            marks=row.marks or {},
            price_book=row.price_book,
            rows=row.rows,
            credits=row.credits,
            provider_units=row.provider_units,
            trial=row.trial,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )

    def use(self, workspace: str, quote: str, run: str) -> None:
        """Let the quote start this run and no other: of two at once, one finds it used."""
        unused = (quotes.c.workspace == workspace) & (quotes.c.id == quote) & quotes.c.run.is_(None)
        if not self._connection.execute(update(quotes).where(unused).values(run=run)).rowcount:
            raise QuoteUsed
