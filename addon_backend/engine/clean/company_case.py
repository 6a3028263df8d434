"""Letter case of company names that were typed in capitals or in small letters only."""

from __future__ import annotations

import re

from addon_backend.engine.clean.legal_forms import split_form

_LONGEST_LONE_BRAND = 6
_LONGEST_ACRONYM = 3
_LONGEST_SHORT_NAME = 4

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


def repair_company_case(text: str) -> str:
    """Return the name with its letter case repaired where that is safe; mixed case is untouched.

    In capitals, lone names of up to six letters, words without vowels, unknown words of three letters and
    known initials stay (``IBM``, ``VINCI``, ``BNP Paribas``). In small letters lone names stay: they may be
    a style (``adidas``).
    """
    shouted = text.isupper()
    if not (shouted or text.islower()):
        return text
    name, form = split_form(text)
    lone = " " not in name and "-" not in name
    if lone and not shouted:
        return text
    kept = lone and len(name) <= _LONGEST_LONE_BRAND
    bare = name if kept else _bare(name, shouted=shouted)
    before, _, after = text.partition(name)
    return _form(before) + bare + _form(after) if form else before + bare + after


def _bare(name: str, *, shouted: bool) -> str:
    return " ".join(_word(word, first=at == 0, shouted=shouted) for at, word in enumerate(name.split(" ")))


def _form(text: str) -> str:
    return _WORD.sub(lambda found: _FORM_CASE.get(found[0].lower(), found[0].upper()), text)


def _word(word: str, *, first: bool, shouted: bool) -> str:
    if any(map(str.isdigit, word)) or "." in word.rstrip(".,"):
        return word
    bare = word.strip("(),.&\"'").lower()
    if bare in _SMALL and not first:
        return word.lower()
    if len(bare) == 1:
        return word.upper()
    if bare in _FORM_CASE:
        return _form(word)
    return _WORD.sub(lambda found: _piece(found[0], shouted=shouted), word)


def _piece(piece: str, *, shouted: bool) -> str:
    low = piece.lower()
    if low in _ACRONYMS or (not _VOWEL.search(piece) and (shouted or len(low) >= _LONGEST_ACRONYM)):
        return piece.upper()
    if shouted and len(low) <= _LONGEST_ACRONYM and low not in _SHORT_WORDS:
        return piece
    for mark in "'’":
        before, found, after = low.partition(mark)
        if found and len(before) == 1 and len(after) > 1:
            return before.upper() + mark + _capital(after)
    if low.startswith("mc") and len(low) > _LONGEST_SHORT_NAME:
        return "Mc" + _capital(low[2:])
    return _capital(low)


def _capital(low: str) -> str:
    first = low[:1].upper()
    return (first if len(first) == 1 else first.title()) + low[1:]
