"""Company names: white space, cautious letter case, and the name without its legal form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addon_backend.engine.clean.legal_forms import is_form, split_form
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, readable, settle, wrong_type

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_COMPANY = 300
_LONGEST_LONE_BRAND = 6
_LONGEST_ACRONYM = 3

_FORM_CASE = {
    word.lower(): word
    for word in """
    Inc Corp Co Ltd GmbH mbH Limited Corporation Incorporated Company Pty Ltda Bhd Sdn Pvt Pte ApS Oy Oyj Lda
    GbR KGaA OHG Kft Zrt plc
    """.split()
}
_ACRONYMS = frozenset(
    """
    aaa abb abc adp aig aol att axa basf bbc bbva bcg bmw bnp bp bpce cbs cea cgi cic cma cnrs csc cvs dhl
    dkv dpd dxc edf eon epa esa esn eu gea gls gm hp hsbc ibm iga ihs ikea ing it itv jll jp kfc kpmg lcl lg
    lvmh maif mgm mit mma mtn nasa nato nbc ncr nec ntt nyse ovh pmu psa pwc ratp rbc rte rwe sap sas seb
    sfr sgs siemag skf sncf ssab tcs tf1 tnt tui ubs uk un ups us usa usaa vtb ze zf
    """.split()
)
_SHORT_WORDS = frozenset(
    """
    the and for new old big all one our car air art bar bay bio box day eco eye fit fly fun gas gym hub ice
    ink inn jet key lab law max net oil pet pro red sea sky son sun tax tea top toy web win zoo les des une
    sud est nord und der die das del los las von van aux chez sur ile mer eau vin bel bon le la de du et en
    au of to in on at by my go ou el il al san st ste da do di y e
    """.split()
)
_SMALL = frozenset(
    "and of the for de du des la le les et en und der die das del los las y e di da do dos van von of".split()
)
_VOWEL = re.compile(r"[AEIOUYÀÂÄÁÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÝØÆŒ]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def clean_company(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the name in one line; parts ``name`` (without legal form) and ``legal_form`` as written.

    Mixed case is never touched. Names in capitals are repaired word by word only where that is safe: short
    words without vowels, known initials and lone short names (``IBM``, ``SAP``, ``VINCI``) stay. Names in
    small letters are repaired from two words on, because lone ones may be a style (``adidas``).
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if len(text) > LONGEST_COMPANY or not any(map(str.isalnum, text)):
        return invalid(value, Reason.NOT_A_COMPANY)
    if "@" in text and " " not in text and "." in text.rpartition("@")[2]:
        return invalid(value, Reason.NOT_A_COMPANY)
    clean = _repaired(text)
    name, form = split_form(clean)
    return settle(
        value, clean, Reason.NORMALISED, {"name": name, "legal_form": form} if form else {"name": name}
    )


def _repaired(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    name, form = split_form(text)
    words = name.split(" ")
    lone = len(words) == 1 and "-" not in name
    if lone and (text.islower() or len(name) <= _LONGEST_LONE_BRAND):
        if not form or text.islower():
            return text
        bare = name
    else:
        bare = " ".join(_word(word, first=at == 0) for at, word in enumerate(words))
    return text.replace(name, bare, 1) if not form else _with_form(text, name, bare)


def _with_form(text: str, name: str, bare: str) -> str:
    before, _, after = text.partition(name)
    return _form(before) + bare + _form(after)


def _form(text: str) -> str:
    return _WORD.sub(lambda found: _FORM_CASE.get(found[0].lower(), found[0].upper()), text) if text else text


def _word(word: str, *, first: bool) -> str:
    if any(map(str.isdigit, word)) or "." in word.rstrip(".,") or len(word) == 1:
        return word.upper() if len(word) == 1 and word.isalpha() and word not in {"y", "e", "à"} else word
    bare = word.strip("(),.&\"'").lower()
    if bare in _SMALL and not first:
        return word.lower()
    if is_form(bare) and bare in _FORM_CASE:
        return _form(word)
    return _WORD.sub(lambda found: _piece(found[0]), word)


def _piece(piece: str) -> str:
    low = piece.lower()
    if low in _ACRONYMS or not _VOWEL.search(piece):
        return piece.upper()
    if len(piece) <= _LONGEST_ACRONYM and low not in _SHORT_WORDS:
        return piece.upper()
    for mark in "'’":
        before, found, after = low.partition(mark)
        if found and len(before) == 1 and len(after) > 1:
            return before.upper() + mark + _capital(after)
    if low.startswith("mc") and len(low) > 4:
        return "Mc" + _capital(low[2:])
    return _capital(low)


def _capital(low: str) -> str:
    first = low[:1].upper()
    return (first if len(first) == 1 else first.title()) + low[1:]
