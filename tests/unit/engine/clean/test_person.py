"""Names of persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.person_parts import split_by_library, split_name, split_plain
from tests.unit.engine.clean.strategies import ANY_TEXT

NOWHERE = ColumnContext()
FAMILY_FIRST = ColumnContext(name_order="family_first")


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("JOHN MCDONALD", "John McDonald"),
        ("shane o'neill", "Shane O'Neill"),
        ("SEAN D’ARCY", "Sean D’Arcy"),
        ("JEAN-PIERRE DE LA TOUR", "Jean-Pierre de la Tour"),
        ("DE LA CRUZ, MARIA", "de la Cruz, Maria"),
        ("VINCENT VAN DER BERG", "Vincent van der Berg"),
        ("ANNA MACDONALD JR.", "Anna MacDonald Jr."),
        ("JANE MACHADO", "Jane Machado"),
        ("henry tudor viii", "Henry Tudor Viii"),
        ("john smith iii phd", "John Smith III PhD"),
        ("JP MORGAN", "JP Morgan"),
        ("J.R.R. TOLKIEN", "J.R.R. Tolkien"),
        ("NGUYEN VAN AN", "Nguyen Van An"),
        ("MARIE-ANNE DE-LA-FONTAINE", "Marie-Anne De-la-Fontaine"),
        ("JOSE ORTEGA Y GASSET", "Jose Ortega y Gasset"),
        ("MARINE LE PEN", "Marine Le Pen"),
        ("Mr JOHN SMITH", "Mr John Smith"),
    ],
)
def test_case_is_repaired_where_there_was_none(typed, clean):
    """Capitals or small letters throughout are repaired, with the particles and marks of names."""
    verdict = clean_value(ColumnKind.PERSON_FULL_NAME, typed, NOWHERE)
    assert (verdict.status, verdict.value, verdict.reason) == ("changed", clean, "case_repaired")


@pytest.mark.parametrize(
    "typed",
    [
        "Ludwig Van Beethoven",
        "Jean DUPONT",
        "bell hooks Jr",
        "eLiNoR",
        "山田太郎",
        "محمد بن سلمان",
        "X Æ A-Xii",
        "JP",
    ],
)
def test_mixed_case_is_somebody_s_will(typed):
    """What a person typed in mixed case, or in a script without case, is never touched."""
    assert clean_value(ColumnKind.PERSON_FULL_NAME, typed, NOWHERE).status == "ok"


@pytest.mark.parametrize(
    ("typed", "country", "clean"),
    [
        ("DE LA CRUZ", None, "de la Cruz"),
        ("VAN DEN BERG", "NL", "van den Berg"),
        ("VAN DEN BERG", "BE", "Van den Berg"),
        ("DE LUCA", "IT", "De Luca"),
        ("IJSSELMEER", "NL", "IJsselmeer"),
        ("LA FONTAINE", "FR", "La Fontaine"),
        ("NG", None, "Ng"),
        ("VAN", None, "Van"),
    ],
)
def test_a_family_name_begins_as_its_country_writes_it(typed, country, clean):
    """Particles stay small, except where surnames begin with a capital; a lone particle is a name."""
    context = ColumnContext(country=country)
    assert clean_value(ColumnKind.PERSON_LAST_NAME, typed, context).value == clean


@pytest.mark.parametrize(
    ("typed", "context", "parts"),
    [
        ("Jane Doe", NOWHERE, {"given": "Jane", "family": "Doe"}),
        ("Doe Jane", FAMILY_FIRST, {"given": "Jane", "family": "Doe"}),
        ("Doe, Jane", NOWHERE, {"given": "Jane", "family": "Doe"}),
        ("Jane M. Doe", NOWHERE, {"given": "Jane", "middle": "M.", "family": "Doe"}),
        ("Doe Jane M.", NOWHERE, {"given": "Jane", "middle": "M.", "family": "Doe"}),
        ("Jean DUPONT", NOWHERE, {"given": "Jean", "family": "Dupont"}),
        ("DE LA TOUR Jean", NOWHERE, {"given": "Jean", "family": "de la Tour"}),
        ("Mme Anne MARTIN", NOWHERE, {"salutation": "Mme", "given": "Anne", "family": "Martin"}),
        (
            "M. Jean Dupont",
            ColumnContext(country="FR"),
            {"salutation": "M.", "given": "Jean", "family": "Dupont"},
        ),
        ("M. Jean Dupont", NOWHERE, {"given": "M.", "middle": "Jean", "family": "Dupont"}),
        (
            "Dr Jane van der Berg PhD",
            NOWHERE,
            {"salutation": "Dr", "given": "Jane", "family": "van der Berg", "suffix": "PhD"},
        ),
        ("Anne VAN DER BERG Paul", NOWHERE, {"given": "Anne", "family": "VAN DER BERG Paul"}),
        ("DUPONT Dr", NOWHERE, {"given": "DUPONT", "family": "Dr"}),
        ("Ma Doe J.", NOWHERE, {"given": "Ma", "middle": "Doe", "family": "J."}),
        ("Robert (Bob) SMITH", NOWHERE, {"given": "Robert", "family": "Smith", "nickname": "Bob"}),
        ("Robert (Bob) Smith", NOWHERE, {"given": "Robert", "family": "Smith", "nickname": "Bob"}),
    ],
)
def test_the_pieces_of_a_name_are_found(typed, context, parts):
    """Comma, capitals and trailing initials decide for themselves; else the column's order does."""
    assert clean_value(ColumnKind.PERSON_FULL_NAME, typed, context).parts == parts


@pytest.mark.parametrize(
    ("typed", "known"), [("Nagy Anna", False), ("NAGY Anna", True), ("Nagy, Anna", True)]
)
def test_pieces_are_left_out_where_either_order_is_usual(typed, known):
    """In Hungary or Vietnam only a column's order, a comma or capitals tell the family name."""
    parts = clean_value(ColumnKind.PERSON_FULL_NAME, typed, ColumnContext(country="HU")).parts
    assert (parts == {"given": "Anna", "family": "Nagy"}) == known
    ordered = ColumnContext(country="HU", name_order="family_first")
    assert clean_value(ColumnKind.PERSON_FULL_NAME, typed, ordered).parts == {
        "given": "Anna",
        "family": "Nagy",
    }


def test_first_and_last_name_columns_carry_their_part():
    """So that other rooms need not know which column a value came from."""
    assert clean_value(ColumnKind.PERSON_FIRST_NAME, "JANE", NOWHERE).parts == {"given": "Jane"}
    assert clean_value(ColumnKind.PERSON_LAST_NAME, "DOE", NOWHERE).parts == {"family": "Doe"}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("jane@acme.fr", "not_a_name"),
        ("https://acme.fr", "not_a_name"),
        ("12345", "not_a_name"),
        ("Room 4021", "not_a_name"),
        ("---", "placeholder"),
        ("inconnu", "placeholder"),
        ("x" * 300, "not_a_name"),
        (True, "is_a_tick"),
    ],
)
@pytest.mark.parametrize(
    "kind", [ColumnKind.PERSON_FULL_NAME, ColumnKind.PERSON_FIRST_NAME, ColumnKind.PERSON_LAST_NAME]
)
def test_what_is_no_name_is_said_so(kind, typed, reason):
    """Addresses, numbers and placeholders are not names."""
    verdict = clean_value(kind, typed, NOWHERE)
    assert (verdict.status, verdict.reason) == ("invalid", reason)


@pytest.mark.parametrize("typed", ["Null", "Nil", "Nan"])
def test_people_called_null_exist(typed):
    """A placeholder elsewhere is a surname here."""
    assert clean_value(ColumnKind.PERSON_LAST_NAME, typed, NOWHERE).status == "ok"


@pytest.mark.parametrize(
    ("typed", "status", "value"),
    [
        ("mr.", "changed", "Mr."),
        ("MME", "changed", "Mme"),
        ("Frau", "ok", "Frau"),
        ("Captain", "unknown", "Captain"),
        ("-", "invalid", "-"),
        (True, "invalid", True),
    ],
)
def test_salutations_are_written_as_their_language_does(typed, status, value):
    """The full stop stays as typed: some languages want it, some do not."""
    verdict = clean_value(ColumnKind.PERSON_SALUTATION, typed, NOWHERE)
    assert (verdict.status, verdict.value) == (status, value)


WORDS = st.sampled_from(
    """
    Jane Doe Ma Van Dr Junior Marie-Anne O'Neil D'Arcy Élodie Nguyen Al Mac Abdul Santa Y Und A. Jean-pierre
    St Mc Esq
    """.split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.tuples(WORDS, WORDS, WORDS).map(
    lambda words: f"{words[0]}, {words[1]} {words[2]}"
)


@pytest.mark.parametrize(
    "text", ["Jane", "Jane Doe M.", "jane doe", "Dr Doe", "Anna Maria Eva Berg", "Jane DOE", "Jane 2nd Doe"]
)
def test_the_fast_path_keeps_to_plain_shapes(text):
    """One word, four words, a trailing initial, titles and other case are the library's."""
    assert split_plain(text) is None


@given(NAMES | ANY_TEXT, st.booleans())
def test_the_fast_path_says_what_nameparser_says(text, family_first):
    """The plain shapes are answered without the library only where it gives the same answer."""
    plain = split_plain(text, family_first=family_first)
    if plain:
        assert plain == split_by_library(text, family_first=family_first)
    assert split_name(text, family_first=family_first) is not None
