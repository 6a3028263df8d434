"""Amounts of money are numbers, whatever some country's shortest phone numbers look like."""

from __future__ import annotations

import random

import pytest

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.inspect.table import inspect_table

PHONES = ["+49 30 901820", "030 901820", "0049 30 901821", "+49 (30) 901822"] * 20


@pytest.mark.parametrize("header", ["Average order", "", "Total"])
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("as_text", ["{:.2f}", "{:.1f}", None])
def test_amounts_beside_phones_of_a_country_with_short_ones_are_no_phones(header, seed, as_text):
    choose = random.Random(seed)
    amounts = [round(choose.uniform(100, 999), 2) for _ in PHONES]
    cells = amounts if as_text is None else [as_text.format(amount).replace(".", ",") for amount in amounts]
    _, amount = inspect_table(["Phone", header], [PHONES, cells])
    assert amount.kind is not ColumnKind.PHONE
