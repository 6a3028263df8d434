"""Letter case of person names that were typed in capitals or in small letters only."""

from __future__ import annotations

import re

_SUFFIXES = {
    "jr": "Jr", "sr": "Sr", "ii": "II", "iii": "III", "iv": "IV", "phd": "PhD", "ph.d": "Ph.D", "md": "MD",
    "mba": "MBA", "cpa": "CPA", "dds": "DDS", "dvm": "DVM", "esq": "Esq", "obe": "OBE", "mbe": "MBE",
    "cbe": "CBE", "rn": "RN", "msc": "MSc", "bsc": "BSc", "cfa": "CFA", "pmp": "PMP",
}  # fmt: skip
PARTICLES = frozenset(
    """
        af av bin binti da das de del della den der des di dos du ibn la las los op och of ten ter tho 't
        und van von vom y zu zum zur
    """.split()
)
"""Words inside a surname that are written small."""
_OPENING_PARTICLES = frozenset(
    "af av da das de del den der des dos du ten ter 't van von vom zu zum zur".split()
)
_ARTICLES = frozenset("la las los".split())
"""Small only after another particle: "de la Cruz", but "La Fontaine"."""
_CAPITAL_PARTICLES_IN = frozenset({"IT", "BE"})
"""Italian and Belgian surnames write a leading particle with a capital (De Luca, Van den Berg)."""
_DUTCH = frozenset({"NL", "BE"})
_VIETNAMESE = frozenset(
    "nguyen nguyễn tran trần pham phạm hoang hoàng phan vu vũ dang đặng bui bùi do đỗ ngo ngô".split()
)
_MAC = frozenset(
    """
        alister allister arthur aulay bean beth bride cabe callum carthy cartney caskill clure coll cormack
        cormick corquodale coy dermid dermott diarmid donald donell donnell dougal dougall dowell duff
        eachern elroy ewan ewen farland farlane fie gill gillivray gowan gowran greagor gregor guire innes
        innis intosh intyre ivor kay kellar kenna kenzie kinley kinnon kintosh lachlan laine laren lauchlan
        laughlin lean lellan lennan leod mahon manus master millan mullan murray nab nair naughton neil
        neill nish phee pherson phail quarie quarrie queen rae ritchie shane sween swan taggart tavish vicar
    """.split()
)
_PIECE = re.compile(r"[^\W\d_]+(?:['’`´][^\W\d_]+)*", re.UNICODE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}", re.UNICODE)
_VOWEL = re.compile(r"[aeiouyàâäáãåéèêëíìîïóòôöõúùûüýøæœ]", re.IGNORECASE)
_TWO = 2


def repair_case(text: str, *, family: bool = False, country: str | None = None) -> str:
    """Return the name with its letter case repaired; text in mixed case, as a person typed it, is untouched.

    ``family`` says that the text begins with a family name, where a leading particle stays small
    (``DE LA CRUZ`` → ``de la Cruz``) except where the ``country`` writes it with a capital.
    """
    if not (text.isupper() or text.islower()):
        return text
    words = text.lower().split(" ")
    capitals = text.isupper()
    plain = words[0] in _VIETNAMESE
    return " ".join(
        word
        if not plain and _small(words, at, family=family, country=country)
        else _word(word, at, len(words), capitals=capitals, country=country)
        for at, word in enumerate(words)
    )


def _small(words: list[str], at: int, *, family: bool, country: str | None) -> bool:
    """Tell whether the word is a particle that this surname writes small."""
    word = words[at]
    if word not in PARTICLES or at + 1 == len(words) or words[at + 1].strip(".,") in _SUFFIXES:
        return False
    if at == 0 or words[at - 1].endswith(","):
        return family and word in _OPENING_PARTICLES and country not in _CAPITAL_PARTICLES_IN
    if word in _ARTICLES:
        return words[at - 1] in PARTICLES
    return country not in _CAPITAL_PARTICLES_IN or words[at - 1] in PARTICLES


def _word(word: str, at: int, count: int, *, capitals: bool, country: str | None) -> str:
    bare = word.strip(".,()")
    if at > 0 and bare in _SUFFIXES:
        return word.replace(bare, _SUFFIXES[bare])
    if _INITIALS.fullmatch(word.rstrip(",")):
        return word.upper()
    if capitals and len(bare) == _TWO and at == 0 and (count > 1 or bare != "ng") and not _VOWEL.search(bare):
        return word.upper()  # JP, TJ: initials, not a syllable
    pieces = word.split("-")
    return "-".join(
        piece
        if 0 < number < len(pieces) - 1 and piece in PARTICLES
        else _PIECE.sub(lambda found: _piece(found[0], country), piece)
        for number, piece in enumerate(pieces)
    )


def _piece(piece: str, country: str | None) -> str:
    for mark in "'’`´":
        before, found, after = piece.partition(mark)
        if found and (len(after) > 1 or len(before) == 1):
            return _capital(before, country) + mark + _piece(after, country)
    if piece.startswith("mc") and len(piece) > 4:
        return "Mc" + _capital(piece[2:], country)
    if piece.startswith("mac") and piece[3:] in _MAC:
        return "Mac" + _capital(piece[3:], country)
    return _capital(piece, country)


def _capital(piece: str, country: str | None) -> str:
    if country in _DUTCH and piece.startswith("ij"):
        return "IJ" + piece[2:]
    first = piece[:1].upper()
    return (first if len(first) == 1 else first.title()) + piece[1:]
