"""Which columns a recipe writes: what stands there already under the very name is used again."""

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe, recipe_named
from addon_backend.domain.runs import InputColumn
from addon_backend.engine.plan.outputs import left_unread, plan_outputs

PHONE = InputColumn("a", 0, "Phone", ColumnKind.PHONE)
MAIL = InputColumn("b", 1, "E-mail", ColumnKind.EMAIL)
HERS = (PHONE, MAIL)
STANDARD = recipe_named("standard")


def outputs(*more: InputColumn, recipe=STANDARD, language="en"):
    return {output.name: output for output in plan_outputs(recipe, (*HERS, *more), (), language)}


def test_columns_are_made_where_none_stands():
    made = outputs()
    assert made["clean:a"].target is None
    assert made["fill:email.type"].target is None
    assert made["duplicates"].target is None


def test_a_clean_column_is_used_again_and_not_cleaned_itself():
    twin = InputColumn("c", 2, "Phone (clean)", ColumnKind.PHONE)
    planned = outputs(twin)
    assert (planned["clean:a"].target, planned["clean:a"].header) == ("c", "Phone (clean)")
    assert "clean:c" not in planned
    assert all("c" not in output.inputs for output in planned.values())


def test_a_clean_column_in_another_language_is_the_same():
    assert outputs(InputColumn("c", 2, "Phone (nettoyé)", ColumnKind.PHONE))["clean:a"].target == "c"


def test_a_clean_column_is_known_by_its_name_whatever_its_few_values_look_like():
    planned = outputs(InputColumn("c", 2, "Phone (clean)", ColumnKind.TEXT))
    assert (planned["clean:a"].target, planned["clean:a"].header) == ("c", "Phone (clean)")


def test_in_place_writes_to_the_column_itself():
    twin = InputColumn("c", 2, "Phone (clean)", ColumnKind.PHONE)
    planned = outputs(twin, recipe=Recipe("in place", clean_default=CleanMode.IN_PLACE))
    assert planned["clean:a"].target == "a"


def test_columns_of_ours_without_a_kind_are_known_by_their_names():
    planned = outputs(
        InputColumn("c", 2, "E-mail type", ColumnKind.TEXT), InputColumn("d", 3, "Doublons", ColumnKind.TEXT)
    )
    assert (planned["fill:email.type"].target, planned["duplicates"].target) == ("c", "d")


class TestWhatIsLeftUnread:
    """The columns of which no worker sees a value."""

    COUNTRY = InputColumn("c", 2, "Country", ColumnKind.COUNTRY)
    TEXT = InputColumn("d", 3, "Colour", ColumnKind.TEXT)
    NOTES = InputColumn("e", 4, "Notes", ColumnKind.NOTES)

    def unread(self, *columns, recipe=STANDARD):
        return left_unread(columns, plan_outputs(recipe, columns, (), "en"))

    def test_notes_where_another_column_says_who_a_row_is_about(self):
        assert self.unread(*HERS, self.COUNTRY, self.TEXT, self.NOTES) == {"e"}
        assert self.unread(*HERS, self.NOTES, recipe=Recipe("phones", duplicates=False)) == {"e"}

    def test_nothing_where_none_does(self):
        assert self.unread(self.COUNTRY, self.TEXT, self.NOTES) == set()

    def test_no_column_that_is_written_to(self):
        ours = InputColumn("e", 4, "E-mail type", ColumnKind.NOTES)
        assert self.unread(*HERS, ours) == set()
