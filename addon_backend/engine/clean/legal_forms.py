"""Legal forms of companies and where they stand in a name; written by us from the forms' national laws."""

from __future__ import annotations

import re

_STRONG = (
    # English-speaking
    "inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lllp|plc|pllc|pty|ptyltd|ptylimited|proprietarylimited|coltd|"
    "colimited|coinc|companyltd|companylimited|companyinc|coplc|pteltd|ptelimited|pvt|pvtltd|pvtlimited|privatelimited|privateltd|"
    "coopltd|limitedpartnership|limitedliabilitycompany|publiclimitedcompany|unlimited|ultd|chartered|cic|pbc|lc|ltdco|llcltd|pubco|"
    "publiccoltd|publiccompanylimited|dac|clg|bhd|sdnbhd|"
    # French
    "sarl|sàrl|sasu|eurl|earl|scea|gaec|gie|scop|snc|sca|selarl|selas|selasu|scic|sprl|sprlu|asbl|scrl|sci|sas|srlunipersonnelle|"
    # German-speaking
    "gmbh|ggmbh|gmbh&cokg|gmbh&cokgaa|gmbh&coohg|gmbh&co|mbh&cokg|mbh|ug|ughaftungsbeschränkt|kgaa|ag&cokg|ag&cokgaa|se&cokg|se&cokgaa|"
    "&cokg|&coohg|&cokgaa|kg|ohg|gbr|eingetragenergenossenschaft|aktiengesellschaft|gesellschaftmbh|gesmbh|ltd&cokg|ek|ekfm|ekfr|ev|"
    # Dutch and Belgian
    "bv|nv|vof|bvba|cvba|ebvba|comm|commv|vzw|bvio|cooperatieua|"
    # Spanish and Portuguese
    "slu|sll|slp|slne|sau|sadecv|sdrldecv|srldecv|sapidecv|sapi|sab|sabdecv|sociedadlimitada|sociedadanonima|sociedadanónima|eireli|"
    "ltda|ltda-me|ltdame|ltdaepp|spasa|eirl|sac|srltda|cialtda|lda|unipessoallda|sgps|sgpssa|spr|"
    # Italian
    "srl|srls|spa|sapa|sas|scarl|scrl|scpa|soccoop|soccooparl|srlunipersonale|societàperazioni|"
    # Nordic and Baltic
    "oyj|oy|abp|aktiebolag|aktieselskab|aps|asa|ehf|hf|publ|abpubl|oü|uab|sia|mb|ivs|amba|fmba|"
    # Central and Eastern Europe
    "spzoo|spółkazoo|spolkazoo|spzookomandytowa|spzoospk|spzoosk|spj|spk|spółkaakcyjna|spółkazograniczonąodpowiedzialnością|sro|as|"
    "spolsro|kft|zrt|nyrt|bt|kkt|doo|dd|ad|eood|ood|ead|jdoo|ojsc|cjsc|pjsc|jsc|ooo|oao|zao|pao|ооо|оао|зао|пао|ао|ип|тов|прат|"
    # Turkey, Asia, Gulf
    "aş|anonimşirketi|ltdşti|tic|kk|godokaisha|kabushikikaisha|gk|yk|fze|fzco|fzllc|fzc|wll|llcfz|tbk|pt|persero"
)
_WEAK = (
    "ab|ag|se|sa|sas|sl|sc|sca|kg|og|oy|bv|nv|as|ks|kb|hb|is|ik|lp|pc|pa|na|nl|ad|pt|spa|ev|eg|ek|comm|kk|gk|yk|as|dd|bt|co|cv|hf|mb|tic|"
    "sab|sac|spr|is|ans|da|lda|ug|kft|aps|asa|sia|sal|sarlau|snc|scs|sce|ae|epe|oe|ee|эп|ип|ао|ltee|ltée|dac|clg|publ|me"
)
_PREFIXES = (
    "sarl|sas|sasu|eurl|earl|scea|gaec|sci|snc|scp|selarl|selas|sa|gie|scop|asbl|sprl|oy|ab|ag|pt|ptpersero|cv|uab|sia|ooo|oao|zao|pao|"
    "ооо|оао|зао|пао|ао|ип|тов|прат|as|gmbh|firma|fa|msp|ms|m/s|societe|oü"
)
_WORDS = frozenset("company limited incorporated corporation chartered unlimited comm tic".split())

STRONG_FORMS = frozenset(_STRONG.split("|"))
WEAK_FORMS = frozenset(_WEAK.split("|"))
"""Forms that are also words or initials: they count when written in capitals or with dots (``S.A.``, ``AG``)."""
PREFIX_FORMS = frozenset(_PREFIXES.split("|"))
_FORMS = STRONG_FORMS | WEAK_FORMS

_NOISE = re.compile(r"[.,\s()/'’\"]+")
_DOTTED = re.compile(r"[^\W\d_](?:\.\s?[^\W\d_])+\.?")
_LONGEST = 6
_JOINERS = frozenset({"&", "and", "et", "und", "e", "y", "+", "en", "of", "de", "the", "for"})
_TRAILING = " ,;-–—/&"


def split_form(name: str) -> tuple[str, str]:
    """Return the name without its legal form, and the form as written ("" if there is none).

    Forms are taken off at the ends only, several if need be (``Co., Ltd.``), never so that nothing, a lone
    letter or a dangling conjunction would be left (``Hotel and Spa`` keeps its ``Spa``).
    """
    one_case = name.islower()
    words = name.split(" ")
    last, first = len(words), 0
    while taken := _taken_at_end(words[:last], one_case=one_case):
        last -= taken
    tail = " ".join(words[last:])
    while (taken := _taken_at_start(words[first:last], one_case=one_case)) and not (tail and first):
        first += taken
    bare = " ".join(words[first:last])
    return bare.strip(_TRAILING).removesuffix(" (") or name, " ".join(
        filter(None, (" ".join(words[:first]), tail))
    )


def is_form(text: str) -> bool:
    """Tell whether the words alone are a legal form (``GmbH``, ``S.A.S.``, ``Pty Ltd``)."""
    return _key(text) in _FORMS


def ends_with_form(name: str) -> bool:
    """Tell whether a name carries a legal form at one of its ends: good evidence for a company."""
    return bool(split_form(name)[1])


def _key(text: str) -> str:
    return _NOISE.sub("", text.casefold())


def _taken_at_end(words: list[str], *, one_case: bool) -> int:
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        form = " ".join(words[-count:])
        if _counts(form, words[: len(words) - count], one_case=one_case):
            return count
    return 0


def _taken_at_start(words: list[str], *, one_case: bool) -> int:
    for count in range(min(3, len(words) - 1), 0, -1):
        form = " ".join(words[:count])
        rest = words[count:]
        if _key(form) in PREFIX_FORMS and _loud(form, one_case=one_case) and _enough(rest, strong=False):
            return count
    return 0


def _counts(form: str, rest: list[str], *, one_case: bool) -> bool:
    key = _key(form)
    if key not in _FORMS or not rest:
        return False
    if rest[-1].casefold() in _JOINERS and not (rest[-1] == "&" and key.startswith("co") and key != "co"):
        return False
    weak = key in WEAK_FORMS and key != "co"
    if weak and not _loud(form, one_case=one_case):
        return False
    if " " in form and len(key) <= 3 and not form.replace(" ", "").replace(".", "").isupper():
        return False
    return _enough(rest, strong=not weak)


def _loud(form: str, *, one_case: bool) -> bool:
    """Tell whether a form that is also a word is written as a form: capitals, dots, or a known mixture."""
    bare = form.replace(".", "").replace(" ", "").replace("/", "")
    return (
        one_case
        or bare.isupper()
        or bool(_DOTTED.fullmatch(form))
        or form in _MIXED
        or bare[1:] != bare[1:].lower()
    )


_MIXED = frozenset(
    {"Ab", "Oy", "As", "Firma", "Fa", "M/s", "SpA", "Kft", "Kft.", "ApS", "Sàrl", "Lda", "Lda.", "Ltée", "Ug"}
)


def _enough(rest: list[str], *, strong: bool) -> bool:
    """Tell whether what would be left can stand as a name."""
    letters = [char for word in rest for char in word if char.isalnum()]
    if len(letters) < (2 if strong else 3):
        return False
    return _key(" ".join(rest)) not in _FORMS | {"the"} and rest[0].casefold() not in {"&", "of", "and"}
