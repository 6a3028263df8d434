"""What a person reads: one sentence and one thing to do, in English and French (law 10).

The texts are tables in ``domain/texts``; engine reasons live beside their rules (``engine/*/reasons.py``). No
sentence ever holds a cell value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.texts import Pair
from addon_backend.domain.texts.access import ACCESS
from addon_backend.domain.texts.cells import PREFLIGHT, REASONS
from addon_backend.domain.texts.files import FILES
from addon_backend.domain.texts.runs import RUNS, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.errors import AddonError

PROBLEMS = FILES | ACCESS | RUNS
"""What went wrong, and the one thing to do: by an error's code, or by its code and reason."""

_THINGS: dict[str, tuple[Pair, Pair]] = {
    "email": (("e-mail", "e-mails"), ("e-mail", "e-mails")),
    "phone": (("phone", "phones"), ("téléphone", "téléphones")),
    "person.full_name": (("name", "names"), ("nom", "noms")),
    "person.first_name": (("first name", "first names"), ("prénom", "prénoms")),
    "person.last_name": (("last name", "last names"), ("nom", "noms")),
    "job_title": (("job title", "job titles"), ("fonction", "fonctions")),
    "company.name": (("company", "companies"), ("société", "sociétés")),
    "company.domain": (("domain", "domains"), ("domaine", "domaines")),
    "url": (("link", "links"), ("lien", "liens")),
    "linkedin.person": (("LinkedIn profile", "LinkedIn profiles"), ("profil LinkedIn", "profils LinkedIn")),
    "linkedin.company": (("LinkedIn page", "LinkedIn pages"), ("page LinkedIn", "pages LinkedIn")),
    "country": (("country", "countries"), ("pays", "pays")),
    "vat": (("VAT number", "VAT numbers"), ("numéro de TVA", "numéros de TVA")),
    "registration": (
        ("registration number", "registration numbers"),
        ("immatriculation", "immatriculations"),
    ),
    "date": (("date", "dates"), ("date", "dates")),
    "email.type": (("e-mail type", "e-mail types"), ("type d’e-mail", "types d’e-mail")),
    "phone.type": (("phone type", "phone types"), ("type de téléphone", "types de téléphone")),
    "phone.time_zone": (("time zone", "time zones"), ("fuseau horaire", "fuseaux horaires")),
    "job.seniority": (("seniority", "seniorities"), ("niveau", "niveaux")),
    "job.department": (("department", "departments"), ("service", "services")),
    "company.industry": (("industry", "industries"), ("secteur", "secteurs")),
    "company.size": (("company size", "company sizes"), ("effectif", "effectifs")),
}

NAMED_IN_HEADLINE = 2


SCOPES: dict[str, Pair] = {
    "drive.file": (
        "Read and fill the files that you choose",
        "Lire et compléter les fichiers que vous choisissez",
    ),
    "spreadsheets": (
        "Read and fill all of your spreadsheets",
        "Lire et compléter toutes vos feuilles de calcul",
    ),
}
"""What a member has allowed us, in English and French."""


def scope_sentence(scope: str, language: str) -> str:
    """Return what a scope allows, by its short name."""
    return SCOPES[scope][_tongue(language)] if scope in SCOPES else scope


def problem_sentence(error: AddonError, language: str) -> Pair:
    """Return what happened and the one thing to do; a known ``reason`` among the facts says it closer.

    A closer sentence may have places for other facts, which come with its reason.
    """
    closer = PROBLEMS.get(f"{error.code}:{error.facts.get('reason')}")
    if closer is None:
        return PROBLEMS.get(error.code, PROBLEMS["failed"])[_tongue(language)]
    what, todo = closer[_tongue(language)]
    return what.format_map(error.facts), todo.format_map(error.facts)


def reason_sentence(code: str, language: str, engine: Mapping[str, tuple[str, str]] | None = None) -> Pair:
    """Return why a cell ended as it did, and what can be done ("" for nothing)."""
    if code in REASONS:
        return REASONS[code][_tongue(language)]
    if engine and code in engine:
        return engine[code][_tongue(language)], ""
    return code.replace("_", " ").capitalize() + ".", ""


def state_sentence(state: str, reason: str, language: str) -> str:
    """Return where a run stands."""
    pair = STATES.get(f"{state}:{reason}")
    if pair is None and state == "failed" and reason in PROBLEMS:
        return " ".join(PROBLEMS[reason][_tongue(language)])
    return (pair or STATES[state])[_tongue(language)]


def preflight_sentence(code: str, count: int, language: str, field: str = "") -> str:
    """Return what will be left alone; ``field`` says what a person has filled."""
    words = _plural(PREFLIGHT[code][_tongue(language)], count, language)
    return words.format(n=_number(count, language), thing=thing(field, count, language))


def counted(forms: tuple[Pair, Pair], count: int, language: str) -> str:
    """Return "1 row" or "2 rows" from English and French forms with ``{n}`` in them."""
    return _plural(forms[_tongue(language)], count, language).format(n=_number(count, language))


def headline(counts: Sequence[tuple[str, str, int]], *, sampled: bool, language: str) -> str:
    """Return "Fix 812 phones, fill 340 countries, look up 200 industries, 37 possible duplicates".

    From (operation, field, count); ``ask`` is the operation of cells that a source may fill.
    """
    french = _tongue(language) == 1
    verbs = ("Corriger", "compléter", "rechercher") if french else ("Fix", "fill", "look up")
    parts = []
    for operation, verb in zip(("clean", "fill", "ask"), verbs, strict=True):
        largest = sorted((c for c in counts if c[0] == operation), key=lambda c: -c[2])[:NAMED_IN_HEADLINE]
        named = [f"{_number(n, language)} {thing(field, n, language)}" for _, field, n in largest]
        if named:
            parts.append(f"{verb} {_listed(named, french=french)}")
    doubled = sum(n for operation, _, n in counts if operation == "duplicates")
    if doubled:
        words = (
            ("doublon possible", "doublons possibles")
            if french
            else ("possible duplicate", "possible duplicates")
        )
        parts.append(f"{_number(doubled, language)} {_plural(words, doubled, language)}")
    if not parts:
        return "Tout est déjà propre." if french else "Everything is clean already."
    text = ", ".join(parts)
    about = ("Environ : " if french else "About: ") if sampled else ""
    return about + text[0].upper() + text[1:]


def decisions_headline(decisions: int, rows: int, language: str) -> str:
    """Return "37 decisions settle 412 rows"; "" where nothing is open."""
    if not decisions:
        return ""
    if _tongue(language):
        verbs, what, of = ("règle", "règlent"), ("décision", "décisions"), ("ligne", "lignes")
    else:
        verbs, what, of = ("settles", "settle"), ("decision", "decisions"), ("row", "rows")
    subject = f"{_number(decisions, language)} {_plural(what, decisions, language)}"
    settled = f"{_number(rows, language)} {_plural(of, rows, language)}"
    return f"{subject} {_plural(verbs, decisions, language)} {settled}"


def thing(field: str, count: int, language: str) -> str:
    """Return the word for one or many of a kind or field, in lower case."""
    words = _THINGS.get(field)
    return _plural(words[_tongue(language)], count, language) if words else field


def _listed(words: Sequence[str], *, french: bool) -> str:
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + (" et " if french else " and ") + words[-1]


def _plural(forms: Pair, count: int, language: str) -> str:
    one = count in {0, 1} if _tongue(language) else count == 1
    return forms[0] if one else forms[1]


def _number(count: int, language: str) -> str:
    return f"{count:,}".replace(",", "\u202f" if _tongue(language) else ",")


def _tongue(language: str) -> int:
    return 1 if language.lower().startswith("fr") else 0


_UNSPENT: dict[str, tuple[Pair, Pair]] = {
    "free_engine": (
        ("{n} cell was filled without any paid source.", "{n} cells were filled without any paid source."),
        (
            "{n} cellule remplie sans aucune source payante.",
            "{n} cellules remplies sans aucune source payante.",
        ),
    ),
    "already_there": (
        ("{n} value was there already: not charged.", "{n} values were there already: not charged."),
        ("{n} valeur déjà présente : non facturée.", "{n} valeurs déjà présentes : non facturées."),
    ),
    "released": (
        (
            "{n} credit set aside for this run was given back.",
            "{n} credits set aside for this run were given back.",
        ),
        ("{n} crédit mis de côté a été rendu.", "{n} crédits mis de côté ont été rendus."),
    ),
}


def unspent_sentence(code: str, count: int, language: str) -> str:
    """Return one line of what was not spent."""
    return counted(_UNSPENT[code], count, language)
