"""From a table of values to columns that are read the right way."""

from addon_backend.domain.cells import as_text
from addon_backend.domain.kinds import ColumnKind
from addon_backend.services.runs.selection.reading import read_table
from addon_backend.services.values import clean_values

CODES = ["03/04/2024", "25/12/2023", "07/08/2022", "30/06/2021"]


def test_a_kind_that_a_person_chose_is_read_as_such_a_column_is():
    """Days come first in this column: one of them proves it, whatever the column was taken for."""
    values = [["Ref", *CODES]]
    taken = read_table(values, [4], ["e"], header=0, kinds={4: ColumnKind.TEXT})
    assert (taken.profiles[0].kind, taken.profiles[0].confidence) == (ColumnKind.TEXT, 1.0)
    assert taken.profiles[0].context.date_order is None
    chosen = read_table(values, [4], ["e"], header=0, kinds={4: ColumnKind.DATE})
    assert chosen.profiles[0].context.date_order == "dmy"
    assert chosen.frame.contexts[0].date_order == "dmy"


def test_a_chosen_phone_column_is_read_in_the_country_of_its_table():
    """The e-mail addresses say which country's numbers these are."""
    numbers = ["06 12 34 56 78", "06 22 34 56 78", "06 32 34 56 78"]
    mails = ["a@mairie.fr", "b@mairie.fr", "c@mairie.fr"]
    countries = ["France", "France", "France"]
    table = [["Zzz", *numbers], ["Country", *countries], ["E-mail", *mails], ["Tel", *numbers]]
    read = read_table(table, [0, 1, 2, 3], list("abcd"), header=0, kinds={0: ColumnKind.PHONE})
    assert read.profiles[0].context.country == "FR"


def test_a_confirmed_kind_keeps_its_reading_and_is_sure():
    """Who confirms what we found changes nothing but our doubt."""
    values = [["Date", *CODES]]
    found = read_table(values, [0], ["a"], header=0)
    confirmed = read_table(values, [0], ["a"], header=0, kinds={0: found.profiles[0].kind})
    assert confirmed.profiles[0].context == found.profiles[0].context
    assert confirmed.profiles[0].confidence == 1.0


def test_bare_values_are_read_together():
    """The one date that can be read one way only decides for all."""
    assert [as_text(one.value) for one in clean_values(ColumnKind.DATE, CODES, None)] == [
        "2024-04-03",
        "2023-12-25",
        "2022-08-07",
        "2021-06-30",
    ]
