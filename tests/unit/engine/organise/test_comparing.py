"""How two values of one kind stand to each other: what a person would call the same, near, or different."""

from __future__ import annotations

import pytest

from addon_backend.engine.organise import contacts, firms, persons, places
from addon_backend.engine.organise.evidence import MISSING, Feature, Model, spread_pairs
from addon_backend.engine.organise.firms import FirmFeature, firm_of
from addon_backend.engine.organise.folding import compact, fold
from addon_backend.engine.organise.persons import Person


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan  Vital!", "elan vital"),
        ("O'Brien", "obrien"),
        ("S.A.R.L.", "sarl"),
        ("Straße 5", "strasse 5"),
        ("", ""),
    ],
)
def test_folding_leaves_ascii_words(text: str, folded: str) -> None:
    """No accents, case or punctuation."""
    assert fold(text) == folded
    assert compact(text) == folded.replace(" ", "")


@pytest.mark.parametrize(
    ("full", "order", "person"),
    [
        ("Jean Dupont", None, Person("jean", "dupont")),
        ("Dupont Jean", "family_first", Person("jean", "dupont")),
        ("Dupont, Jean", None, Person("jean", "dupont")),
        ("DUPONT Jean", None, Person("jean", "dupont")),
        ("LE GOFF Yann", None, Person("yann", "le goff")),
        ("Mme Marie-Claire Durand", None, Person("marie claire", "durand")),
        ("John Smith Jr.", None, Person("john", "smith", "jr")),
        ("Smith, John, Jr.", None, Person("john", "smith", "jr")),
        ("Sr. Luis Ortega", None, Person("luis", "ortega")),
        ("Dupont", None, Person("", "dupont")),
        ("Jr", None, Person("", "jr")),
        ("(CEO)", None, None),
        ("12", None, None),
    ],
)
def test_a_full_name_is_cut_in_two(full: str, order: str | None, person: Person | None) -> None:
    """Comma, capitals or the column's order decide; titles are no names."""
    assert persons.person_of_full(full, order) == person


def test_two_cells_make_a_person() -> None:
    """Either may be missing; with both missing there is nobody."""
    assert persons.person_of_parts("Dr. Eva", "Sol Jr") == Person("eva", "sol", "jr")
    assert persons.person_of_parts("", "Sol") == Person("", "sol")
    assert persons.person_of_parts(" ", "") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("robert", "bob", persons.NEAR),
        ("jean", "jean pierre", persons.NEAR),
        ("jeanpierre", "jean pierre", persons.NEAR),
        ("catherine", "catherin", persons.NEAR),
        ("j", "jean", persons.INITIAL),
        ("j pierre", "jean pierre", persons.INITIAL),
        ("m", "jean", persons.OTHER),
        ("osrac", "oscar", persons.LOOSE),
        ("alexandre", "alexandra", persons.NEAR),
        ("jean", "marie", persons.OTHER),
    ],
)
def test_given_names_are_compared_as_people_write_them(left: str, right: str, level: int) -> None:
    """Short forms, initials, slips."""
    assert persons.compare_given(left, right) == level
    assert persons.compare_given(right, left) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("dupont", "dupond", persons.NEAR),
        ("de la tour", "delatour", persons.NEAR),
        ("dupont martin", "martin", persons.LOOSE),
        ("d", "dupont", persons.INITIAL),
        ("d", "martin", persons.OTHER),
        ("li", "lu", persons.OTHER),
        ("dupont", "martin", persons.OTHER),
    ],
)
def test_family_names_are_compared_as_people_write_them(left: str, right: str, level: int) -> None:
    """Slips, joined and double names."""
    assert persons.compare_family(left, right) == level
    assert persons.compare_family(right, left) == level


def test_a_street_of_signs_only_is_none() -> None:
    """Nothing to compare."""
    assert places.street_of("-") is None


def test_companies_are_compared_by_their_rare_words() -> None:
    """Legal forms do not count, common words little, initials partly."""
    names = [
        "Acme Bois SAS",
        "ACME BOIS",
        "Acmebois",
        "Acme Bois Lyon",
        "Dupont Bois",
        "Grand Hotel Europe",
        "GHE",
    ]
    values = [firm_of(name) for name in [*names, *(f"Firm{number} Bois" for number in range(30))]]
    feature = FirmFeature(values, spread_pairs(len(values)))

    levels = [feature.meet(0, row)[0] for row in range(1, 5)]

    assert levels == [firms.SAME, firms.CLOSE, firms.LITTLE, firms.OTHER]
    assert feature.meet(5, 6)[0] == firms.PARTLY
    assert feature.meet(0, 1)[1] > feature.meet(0, 3)[1] > feature.meet(0, 4)[1]


@pytest.mark.parametrize(
    ("name", "form"),
    [("Acme Limited", "ltd"), ("Acme Ltd.", "ltd"), ("Acme S.A.S.", "sas"), ("Acme", "")],
)
def test_a_legal_form_is_known_by_any_spelling(name: str, form: str) -> None:
    """Written out or short, with or without dots; it makes no other company."""
    firm = firm_of(name)

    assert firm is not None
    assert firm.form == form
    assert firm == firm_of("acme")


def test_a_company_of_signs_only_is_none() -> None:
    """Nothing to compare."""
    assert firm_of("--- !") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("7 N. Homan Ave", "7 North Homan Avenue", places.SAME),
        ("12, r. de la Paix", "12 rue de la Paix", places.SAME),
        ("360-364 E. 61st", "360 East 61 Street", places.SAME),
        ("854 7th ave. between 54th and 55th sts.", "854 Seventh Ave.", places.SAME),
        ("12 rue de la Paix", "12 rue de la Pai", places.NEAR),
        ("rue de la Paix", "12 rue de la Paix", places.LOOSE),
        ("123 rue de la Paix", "125 rue de la Paix", places.LOOSE),
        ("12 rue de la Paix", "98 rue de la Paix", places.NUMBER_DIFFERS),
        ("12 rue de la Paix", "12 quai du Port", places.OTHER),
        ("rue Haute", "rue Basse", places.OTHER),
        ("1900 W Polk", "1900 W Van Buren", places.OTHER),
        ("12", "12 rue de la Paix", places.OTHER),
    ],
)
def test_streets_are_compared_by_number_and_telling_words(left: str, right: str, level: int) -> None:
    """Types and directions may be short or missing; another number is another door."""
    one, other = places.street_of(left), places.street_of(right)

    assert one is not None
    assert other is not None
    assert (places.SAME if one == other else places.compare_streets(one, other)) == level
    assert (places.SAME if one == other else places.compare_streets(other, one)) == level


@pytest.mark.parametrize(
    ("left", "right", "level"), [("1000", "01000", 0), ("75002", "75003", 1), ("75002", "69003", 2)]
)
def test_postcodes_survive_lost_zeros_and_a_slip(left: str, right: str, level: int) -> None:
    """A spreadsheet eats leading zeros."""
    assert places.compare_postcodes(left, right) == level


def test_a_postcode_is_letters_and_digits() -> None:
    """ZIP+4 is its ZIP, a number is its digits."""
    assert places.postcode_of("60302-1234") == "60302"
    assert places.postcode_of("75002.0") == "75002"
    assert places.postcode_of("sw1a 1aa") == "sw1a1aa"
    assert places.postcode_of("-") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [("paris", "pairs", 1), ("lyon", "lyon 03", 1), ("saint denis", "saint deni", 1), ("paris", "lille", 2)],
)
def test_cities_survive_a_slip_and_a_district(left: str, right: str, level: int) -> None:
    """Two cities are near or not."""
    assert places.compare_cities(left, right) == level


def test_regions_are_the_same_or_not() -> None:
    """There is no nearly."""
    assert [places.compare_regions("vic", "vic"), places.compare_regions("vic", "nsw")] == [0, 1]


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("jean.dupont@acme.fr", "jean.dupond@acme.fr", contacts.NEAR_MAIL),
        ("jean.dupont@acme.fr", "jean.dupont@acne.fr", contacts.NEAR_MAIL),
        ("evied56@harris-bailey.net", "evihd56@earris-bailey.net", contacts.NEAR_MAIL),
        ("jean.dupont@acme.fr", "jean.dupont@other.com", contacts.SAME_LOCAL),
        ("jean.dupont@acme.fr", "eva.sol@acme.fr", contacts.SAME_COMPANY),
        ("jdupont@acme.fr", "mdupont@acme.fr", contacts.SAME_COMPANY),
        ("jean1@gmail.com", "jean@gmail.com", contacts.OTHER_MAIL),
        ("info@acme.fr", "info@other.com", contacts.OTHER_MAIL),
        ("jean@acme.fr", "jean@other.com", contacts.OTHER_MAIL),
        ("eva.sol@gmail.com", "jean.dupont@gmail.com", contacts.OTHER_MAIL),
        ("eva.sol@acme.fr", "jean.dupont@other.com", contacts.OTHER_MAIL),
    ],
)
def test_e_mails_are_compared_by_what_a_slip_can_do(left: str, right: str, level: int) -> None:
    """A slip is near; another initial or number is another person; a shared mailbox is nobody."""
    one, other = contacts.mail_of(left), contacts.mail_of(right)

    assert one is not None
    assert other is not None
    assert contacts.compare_mails(one, other) == contacts.compare_mails(other, one) == level


def test_an_e_mail_is_read_out_of_what_people_paste() -> None:
    """``mailto:`` and ``Name <address>``; a bare word is none."""
    found = contacts.mail_of("Jean <Jean.Dupont@ACME.fr>")

    assert found == contacts.mail_of("mailto:jean.dupont@acme.fr")
    assert contacts.mail_of("jean.dupont") is None
    assert contacts.mail_of("@acme.fr") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("+33 1 44 55 66 77", "01 44 55 66 77", 0),
        ("+44 (0)20 7946 0958", "020 7946 0958", 0),
        ("(312) 226-2649", "2262649", 0),
        ("+33 1 44 55 66 77 ext. 12", "0144556677", 0),
        ("01 44 55 66 77", "01 44 55 66 78", 1),
        ("01 44 55 66 77", "06 12 34 56 78", 2),
    ],
)
def test_phones_are_the_same_with_or_without_codes(left: str, right: str, level: int) -> None:
    """Country code, trunk zero, area code and extension do not make another number."""
    one, other = contacts.phone_of(left), contacts.phone_of(right)

    assert one is not None
    assert other is not None
    assert (0 if one == other else contacts.compare_phones(one, other)) == level


def test_too_few_digits_are_no_phone() -> None:
    """A word or an extension alone."""
    assert contacts.phone_of("none") is None
    assert contacts.phone_of("x 123") is None


def test_domains_lose_host_and_path() -> None:
    """The registered part counts; a mail provider's domain says nothing; another ending is near."""
    assert contacts.domain_of("https://www.acme.co.uk/about") == "acme.co.uk"
    assert contacts.domain_of("gmail.com") is None
    assert contacts.domain_of("not a domain") is None
    assert contacts.compare_domains("acme.fr", "acme.com") == 1
    assert contacts.compare_domains("acme.fr", "beta.fr") == 2


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("732829320", "73282932000074", 0),
        ("732829320", "732829321", 1),
        ("732829320", "552100554", 2),
        ("1001", "1002", 2),
    ],
)
def test_numbers_of_companies_begin_with_their_own(left: str, right: str, level: int) -> None:
    """A branch's number is its company's; a slip counts in long numbers only."""
    assert contacts.compare_identifiers(left, right) == level
    assert contacts.compare_identifiers(right, left) == level


def test_an_identifier_has_three_signs_at_least() -> None:
    """Shorter ones identify nobody."""
    assert contacts.identifier_of("FR 12-34") == "fr1234"
    assert contacts.identifier_of("n/a") is None


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1984-03-02", "02/03/1984", contacts.SAME_DATE),
        ("19840302", "1984-03-02", contacts.SAME_DATE),
        ("1984-03-02", "1984-02-03", contacts.NEAR_DATE),
        ("1984-03-02", "1985-03-02", contacts.NEAR_DATE),
        ("1984-03-02", "1984-12-19", contacts.LOOSE_DATE),
        ("1984-03-02", "1994-03-05", contacts.LOOSE_DATE),
        ("1984-03-02", "1951-11-27", contacts.OTHER_DATE),
        ("1984", "2021", contacts.OTHER_DATE),
    ],
)
def test_dates_are_compared_by_what_a_slip_can_do(left: str, right: str, level: int) -> None:
    """Swapped day and month, one slip, two slips or a year apart."""
    one, other = contacts.date_of(left), contacts.date_of(right)

    assert one is not None
    assert other is not None
    assert (0 if one == other else contacts.compare_dates(one, other)) == level


def test_a_text_without_digits_is_no_date() -> None:
    """Nothing to compare."""
    assert contacts.date_of("yesterday") is None


def test_other_texts_are_near_by_their_letters() -> None:
    """Nearly the same text is near."""
    assert contacts.compare_generic("marketing manager", "marketing managers") == 1
    assert contacts.compare_generic("abc", "abd") == 2


_MODEL = Model(m=(0.8, 0.1, 0.1), u=(0.01, 0.01, 0.98))


def _compare(left: str, right: str) -> int:
    return 1 if left[0] == right[0] else 2


def test_a_rare_value_in_common_says_more_than_a_common_one() -> None:
    """Evidence falls with how many rows share the value, and a difference speaks against."""
    values = ["rare", "rare", *(["common"] * 98), *(f"x{number}" for number in range(100)), None]
    feature = Feature(values, _compare, _MODEL, spread_pairs(len(values)))

    rare, common = feature.meet(0, 1), feature.meet(2, 3)

    assert rare[0] == common[0] == 0
    assert rare[1] > common[1] + 4
    assert feature.meet(0, 2)[1] < 0
    assert feature.meet(0, 200) == (MISSING, 0.0)
    assert feature.value(200) is None
    assert feature.same(0, 1)
    assert not feature.same(200, 200)


def test_each_pair_of_values_is_compared_once() -> None:
    """The second look at a pair of values is free, in either order."""
    asked: list[tuple[str, str]] = []

    def compare(left: str, right: str) -> int:
        asked.append((left, right))
        return 2

    feature = Feature(["a", "b", "a", "b"], compare, _MODEL, ())
    for left, right in ((0, 1), (1, 0), (2, 3), (3, 2)):
        feature.meet(left, right)

    assert len(asked) == 1


def test_spread_pairs_are_different_rows_and_always_the_same_ones() -> None:
    """No chance is involved, and no row is paired with itself."""
    pairs = spread_pairs(500)

    assert pairs == spread_pairs(500)
    assert all(left != right and 0 <= left < 500 and 0 <= right < 500 for left, right in pairs)
    assert len(set(pairs)) > 10_000
    assert spread_pairs(1) == []
