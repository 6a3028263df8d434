"""Formulas of cells that share one: Excel stores the text once, relative to the cell that holds it."""

from __future__ import annotations

import re

from addon_backend.domain.sheet import column_index, column_letter

_ROWS, _COLUMNS = 1_048_576, 16_384
_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"                              # text
    | '(?:[^']|'')*'                            # the quoted name of a sheet
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]             # a table's column, another workbook
    | (?<![\w.$\\])(?:
        (\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!\[])            # a cell
        | (\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w.(!\[$])             # whole columns
        | (\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})(?![\w.(!\[$])   # whole rows
    )
    """,
    re.VERBOSE,
)


def moved(formula: str, rows: int, columns: int) -> str:
    """Return the formula as Excel shows it this many rows and columns further down and right."""
    return _TOKEN.sub(lambda token: _moved_token(token, rows, columns), formula)


def _moved_token(token: re.Match[str], rows: int, columns: int) -> str:
    dollar_c, column, dollar_r, row = token.group(1, 2, 3, 4)
    if row:
        return _column(dollar_c, column, columns) + _row(dollar_r, row, rows)
    dollar_a, first, dollar_b, last = token.group(5, 6, 7, 8)
    if first:
        return f"{_column(dollar_a, first, columns)}:{_column(dollar_b, last, columns)}"
    dollar_a, top, dollar_b, bottom = token.group(9, 10, 11, 12)
    if top:
        return f"{_row(dollar_a, top, rows)}:{_row(dollar_b, bottom, rows)}"
    return token[0]


# Past the edge Excel goes on at the other side.


def _column(dollar: str, letters: str, by: int) -> str:
    return dollar + (letters if dollar else column_letter((column_index(letters) + by) % _COLUMNS))


def _row(dollar: str, digits: str, by: int) -> str:
    return dollar + (digits if dollar else str((int(digits) - 1 + by) % _ROWS + 1))
