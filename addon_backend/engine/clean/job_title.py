"""Job titles: white space and letter case; abbreviations are left as they were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import at_rest, tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, readable, settle, wrong_type

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_TITLE = 300
_LONGEST_LONE_ACRONYM = 4

_ACRONYMS = {
    word.lower(): word
    for word in (
        """
            CEO CFO CTO COO CMO CIO CISO CRO CPO CDO CCO CHRO CSO CLO CXO VP SVP EVP AVP GM MD HR IT R&D PR
            QA QC UX UI SEO SEA SEM CRM ERP SAP SaaS B2B B2C SDR BDR AE CSM PMO EMEA APAC LATAM DACH UK US
            USA EU M&A KAM RSE CSR ESG PDG DG DGA DAF DRH DSI DSIN RH RRH DPO QSE QHSE HSE EHS SAV BTP ADV
            PME SI MOA MOE ASP AP AR RF BI AI API AWS GmbH GF CPA PhD MBA RN LPN II III IV DevOps iOS .NET
            PHP SQL TV
        """
    ).split()
}
_SMALL = frozenset(
    """
        a an and at by for from in of on or the to with de du des la le les et en au aux à pour sur l' d'
        und für der die das von zur zum im y e del el los las para por di della dei degli delle per da do
        dos das van voor het een met bij
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:[&'’.][^\W_]+)*|\.net\b", re.IGNORECASE)
_ELIDED = re.compile(r"([ld])(['’])(.+)", re.IGNORECASE)


def clean_job_title(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Repair spaces; give title case to titles all in capitals or all in small letters; part ``title``.

    Known acronyms (``CEO``, ``PDG``, ``R&D`` …) and lone words of up to four capitals keep their capitals;
    small words of our languages (``of``, ``de``, ``und`` …) are written small inside a title.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if len(text) > LONGEST_TITLE or "@" in text or not any(map(str.isalpha, text)):
        return invalid(value, Reason.NOT_A_JOB_TITLE)
    clean = at_rest(_repaired, text)
    return settle(value, clean, Reason.NORMALISED, {"title": clean})


def _repaired(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    if text.isupper() and len(text) <= _LONGEST_LONE_ACRONYM:
        return text
    return _WORD.sub(lambda found: _word(found[0], first=found.start() == 0), text.lower())


def _word(word: str, *, first: bool) -> str:
    if known := _ACRONYMS.get(word):
        return known
    if elided := _ELIDED.fullmatch(word):
        return (elided[1].upper() if first else elided[1]) + elided[2] + _word(elided[3], first=False)
    if word in _SMALL and not first:
        return word
    upper = word[0].upper()
    return (upper if len(upper) == 1 else upper.title()) + word[1:]
