"""Cells as no test author would think of them: any text, any type, and near-misses of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""All of Unicode, lone surrogates and controls included."""

NEARLY = st.sampled_from(
    [
        *("Jane.Doe@Example.COM", "<a@b.fr>", "a@b.fr; c@d.fr", "user@xn--mnchen-3ya.de", "JOHN@ACME.FR"),
        *("+33 (0)6 12 34 56 78", "06 12 34 56 78", "1-800-FLOWERS", "0033612345678", "650 253 0000 x12"),
        *("DE LA CRUZ, MARIA", "Jean DUPONT", "mr john mcdonald jr", "NGUYEN VAN AN", "O'NEIL", "L’HAŸ"),
        *("BNP PARIBAS SA", "sarl dupont", "GmbH & Co. KG", "S.A.", "co ltd", "Hotel and Spa", "3M Company"),
        *("HTTP://WWW.Acme.COM:80/", "acme.com/a?b#c", "MÜNCHEN.de", "shop.acme.co.uk", "//x.fr", "1.2.3.4"),
        *("linkedin.com/in/Jane%c3%a9", "linkedin.com/pub/a/1/2/3", "in/foo", "urn:li:member:1"),
        *("uk", "ÉTATS-UNIS", "Côte d’Ivoire", "FRA", "fr", "the netherlands", "Germnay"),
        *("FR 40 303 265 045", "che-107.787.577 mwst", "NO 923609016 MVA", "EL094259216", "GB 980 7806 84"),
        *("552 100 554", "55210055400013", "sc123456", "RCS Paris B 552 100 554", "HRB 12345 B", "1234567"),
        *("gb82 west 1234 5698 7654 32", "5493001KJTIIGC8Y1R12", "2024-02-30", "31/12/24", "05/06/2024"),
        *(
            "12 mars 2024 à 9h30",
            "March 5th, 2024 11:00 PM",
            "1 234,56",
            "1,234",
            "€ 12",
            "-5 %",
            "0012",
            "oui",
        ),
        *(
            "75 001",
            "sw1a1aa",
            "1000",
            "ÎLE-DE-FRANCE",
            "saint-étienne",
            "VP OF SALES",
            "RESP. R&D",
            "n/a",
            "-",
        ),
        *(
            "=SUM(A1)",
            "+x",
            "@y",
            "'z",
            "CafÃ©",
            "a\u200bb",
            "  a  b ",
            "a\r\nb",
            "AT&amp;T",
            "&amp;amp;",
            "ǅ",
            "ß",
            "ŉ",
        ),
    ]
)

MIXED = st.tuples(NEARLY, ANY_TEXT, NEARLY).map("".join)
SPACED = st.tuples(
    st.sampled_from(["", " ", "\u00a0", "\n", "\u200b"]), NEARLY, st.sampled_from(["", "  ", "\t", ";"])
)

TEXTS = ANY_TEXT | NEARLY | MIXED | SPACED.map("".join) | NEARLY.map(str.upper) | NEARLY.map(str.lower)

CELLS: st.SearchStrategy[CellValue] = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.floats().map(DateValue)
    | st.sampled_from(["#N/A", "#REF!"]).map(ErrorValue)
)

KINDS = st.sampled_from(ColumnKind)

CONTEXTS = st.builds(
    ColumnContext,
    country=st.sampled_from([None, "FR", "US", "GB", "DE", "NL", "BE", "IT", "CH", "NO", "GR", "ZZ", ""]),
    date_order=st.sampled_from([None, "dmy", "mdy", "ymd"]),
    name_order=st.sampled_from([None, "given_first", "family_first"]),
    decimal=st.sampled_from([None, ".", ","]),
)
