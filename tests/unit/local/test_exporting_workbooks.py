"""An export holds exactly the edits; whatever was not edited is there byte for byte."""

import datetime as dt
import re
import zipfile

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue, same_value
from addon_backend.domain.errors import FileUnreadable, SheetUnknown
from addon_backend.local.edits import NewRow, OrderKept, Refusal, SheetEdits
from addon_backend.local.files import export_file, open_file
from tests.unit.local.books import (
    MAIN,
    STYLES,
    by_hand,
    by_openpyxl,
    export,
    package,
    parts_of,
    read,
    sheet_xml,
    workbook,
    worksheet,
)

ODD = (
    '<row r="1" spans="1:3" x14ac:dyDescent="0.25" xmlns:x14ac="y"><c r="A1" s="2" t="s"><v>0</v></c>'
    "<c s='1' r='B1' cm=\"1\"><v>43889</v></c><c r=\"C1\"/></row>\n  <!-- between -->\n"
    '<row r="3" ht="30" customHeight="1"><c r="A3"><f>B3&amp;"x"</f><v>12</v></c>'
    '<c r="B3" t="inlineStr"><is><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r></is></c>'
    '<extLst><ext uri="z"/></extLst></row><row r="5"/>'
)


def test_every_other_part_keeps_its_compressed_bytes(tmp_path):
    """Pivot caches, pictures, macros, custom parts: copied as they lie, never unpacked and packed again."""
    parts = workbook(
        worksheet(ODD),
        strings="<si><t>one</t></si>",
        xl__pivotCache__records_xml="<odd  attribute = 'kept' />",
        xl__media__picture_png=b"\x89PNG" + bytes(range(256)) * 40,
        xl__calcChain_xml="<calcChain/>",
    )
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(package(parts, stored=["xl/media/picture.png"]))
    report = export(path, {(0, 3): "Paris", (6, 0): "Lyon"})
    assert report.written == 2
    before, after = zipfile.ZipFile(path), zipfile.ZipFile(report.path)
    with before, after:
        assert after.testzip() is None
        assert [entry.filename for entry in after.infolist()] == [
            entry.filename for entry in before.infolist()
        ]
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            if old.filename != "xl/worksheets/sheet1.xml":
                assert before.read(old) == after.read(new)
                assert (old.compress_size, old.CRC, old.date_time) == (
                    new.compress_size,
                    new.CRC,
                    new.date_time,
                )
                assert packed(path.read_bytes(), old) == packed(report.path.read_bytes(), new)


def packed(data, entry):
    start = (
        entry.header_offset
        + 30
        + int.from_bytes(data[entry.header_offset + 26 : entry.header_offset + 28], "little")
    )
    start += int.from_bytes(data[entry.header_offset + 28 : entry.header_offset + 30], "little")
    return data[start : start + entry.compress_size]


def test_every_cell_that_is_not_edited_keeps_its_xml(tmp_path):
    """Only the edited cells differ: take them away, and the text of the part is the one it was."""
    path = by_hand(tmp_path, worksheet(ODD), strings="<si><t>one</t></si>")
    report = export(path, {(0, 3): "D", (1, 1): 5, (2, 2): True, (4, 0): "x", (7, 1): 1.5, (0, 2): "C"})
    text = sheet_xml(report.path)
    added = {
        '<c r="D1" t="inlineStr"><is><t xml:space="preserve">D</t></is></c>': "",
        '<row r="2"><c r="B2"><v>5</v></c></row>': "",
        '<c r="C3" t="b"><v>1</v></c>': "",
        '<row r="5"><c r="A5" t="inlineStr"><is><t xml:space="preserve">x</t></is></c></row>': '<row r="5"/>',
        '<row r="8"><c r="B8"><v>1.5</v></c></row>': "",
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve">C</t></is></c>': '<c r="C1"/>',
        ' spans="1:4"': ' spans="1:3"',
    }
    for new, old in added.items():
        assert text.count(new) == 1
        text = text.replace(new, old)
    assert text == worksheet(ODD)
    assert '<c r="C3" t="b"><v>1</v></c><extLst>' in sheet_xml(report.path)


def test_an_export_without_edits_is_the_same_sheet(tmp_path):
    """Setting what is there already, rich text or a formula's own result, changes nothing."""
    path = by_hand(tmp_path, worksheet(ODD), strings="<si><t>one</t></si>")
    report = export(path, {(0, 0): "one", (2, 0): 12, (2, 1): "rich", (9, 9): None, (0, 1): DateValue(43889)})
    assert (report.written, report.refused) == (0, ())
    assert parts_of(report.path.read_bytes()) == parts_of(path.read_bytes())


def test_sheets_written_with_a_prefix_or_without_rows_are_extended_in_kind(tmp_path):
    """New elements carry the prefix of the part; an empty sheet gets its rows."""
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData/></x:worksheet>'
    report = export(by_hand(tmp_path, part), {(1, 1): "é", (0, 0): 1})
    assert read(report.path).rows == [[1], [None, "é"]]
    assert '<x:dimension ref="A1:B2"/><x:sheetData><x:row r="1"><x:c r="A1">' in sheet_xml(report.path)
    assert openpyxl.load_workbook(report.path)["Contacts"]["B2"].value == "é"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "@SUM(A1)", "-2+3", "\t=1", '=HYPERLINK("http://x")', "0012", "1/2", "TRUE", "3 mai"],
)
def test_an_outside_value_is_text_and_stays_text(tmp_path, text):
    """Law 5: no formula, and a format that keeps Excel from making one when the cell is entered again."""
    report = export(by_openpyxl(tmp_path, lambda sheet: sheet.append(["a"])), {(0, 1): text})
    cell = openpyxl.load_workbook(report.path)["Contacts"]["B1"]
    assert (cell.value, cell.number_format) == (text, "@")
    assert cell.data_type != "f"
    assert read(report.path).formulas == {}


def test_plain_words_bring_no_format_along(tmp_path):
    """A column of cities must stay one in which a person can type a formula."""
    path = by_openpyxl(tmp_path, lambda sheet: sheet.append(["a"]))
    report = export(path, {(0, 1): "Paris", (0, 2): "Łódź & Söhne", (0, 3): 12})
    assert not read(report.path).number_formats
    assert parts_of(report.path.read_bytes())["xl/styles.xml"] == parts_of(path.read_bytes())["xl/styles.xml"]


def test_long_text_that_looks_like_a_formula_is_quoted_not_formatted(tmp_path):
    """Cells of the format Text show #### beyond 255 characters in older Excels; an apostrophe does not."""
    report = export(by_openpyxl(tmp_path, lambda sheet: sheet.append(["a"])), {(0, 1): "=" + "x" * 300})
    cell = openpyxl.load_workbook(report.path)["Contacts"]["B1"]
    assert (cell.number_format, cell.quotePrefix) == ("General", True)


def test_a_cell_keeps_its_looks(tmp_path):
    """Fill and font stay when the value changes, also where its number format has to change."""

    def fill(sheet):
        sheet.append(["a", dt.date(2024, 1, 1), 1.5])
        for cell in sheet[1]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFEE00")
        sheet["C1"].number_format = "0.00 €"

    report = export(by_openpyxl(tmp_path, fill), {(0, 0): "007", (0, 1): 5, (0, 2): 2.5})
    cells = openpyxl.load_workbook(report.path)["Contacts"][1]
    assert [cell.value for cell in cells] == ["007", 5, 2.5]
    assert [cell.number_format for cell in cells] == ["@", "General", "0.00 €"]
    assert all(cell.font.b and cell.fill.fgColor.rgb == "00FFEE00" for cell in cells)


def test_dates_are_dates_in_both_date_systems(tmp_path):
    """A date shows as one; an old Mac's workbook counts from another day."""
    for setting in ("", '<workbookPr date1904="1"/>'):
        path = by_hand(tmp_path, worksheet(""), settings=setting)
        report = export(
            path, {(0, 0): DateValue(45351), (0, 1): DateValue(45351.5)}, out=f"out{len(setting)}"
        )
        cells = openpyxl.load_workbook(report.path)["Contacts"][1]
        assert [cell.value for cell in cells] == [dt.datetime(2024, 2, 29), dt.datetime(2024, 2, 29, 12)]  # noqa: DTZ001
        assert read(report.path).rows == [[DateValue(45351), DateValue(45351.5)]]


def test_a_number_format_can_be_put_back(tmp_path):
    """Undo gives value and format; formats the workbook does not have yet are declared."""
    path = by_hand(tmp_path, worksheet('<row r="1"><c r="A1" s="1"><v>43889</v></c></row>'))
    formats = {(0, 0): '0.0 "days"', (0, 1): "yyyy\\-mm\\-dd", (0, 2): "0%"}
    report = export(path, SheetEdits({(0, 0): 43889, (0, 1): 2, (0, 2): 0.5}, number_formats=formats))
    assert dict(read(report.path).number_formats) == formats
    sheet = openpyxl.load_workbook(report.path)["Contacts"]
    assert [cell.number_format for cell in sheet[1]] == list(formats.values())


def test_a_new_cell_takes_the_style_of_its_row_or_column(tmp_path):
    """As when a person types there."""
    part = worksheet(
        '<row r="1" s="1" customFormat="1"/>',
        before='<cols><col min="2" max="16384" width="9" style="2"/></cols>',
    )
    report = export(by_hand(tmp_path, part), {(0, 1): 7, (1, 1): "007", (1, 0): "a"})
    text = sheet_xml(report.path)
    assert '<c r="B2" s="2" t="inlineStr">' in text
    assert '<c r="A2" t="inlineStr">' in text
    assert read(report.path).number_formats.get((0, 1)) is None


def test_what_must_not_be_touched_is_refused_with_a_reason(tmp_path):
    """The file is whole, the other edits are in it, and each refusal is told."""

    def fill(sheet):
        sheet.append(["Name", "Phone", "=1+1"])
        sheet.append(["Ada", "1", 3])
        sheet.merge_cells("D1:E2")
        sheet.add_table(Table(displayName="People", ref="A1:B2"))

    path = by_openpyxl(tmp_path, fill)
    edits: dict[tuple[int, int], CellValue] = {
        (0, 0): "Nom",
        (0, 2): "x",
        (1, 3): "x",
        (1, 5): "x" * 32_768,
        (1, 6): float("inf"),
        (1, 7): 2**70 + 1,
        (1, 8): DateValue(-1),
        (1, 9): ErrorValue("#ODD"),
        (2, 16_384): "x",
        (1_048_576, 0): "x",
        (1, 0): "Bea",
    }
    report = export(path, edits)
    assert report.written == 1
    assert {(cell.row, cell.column): cell.reason for cell in report.refused} == {
        (0, 0): Refusal.TABLE_HEADER,
        (0, 2): Refusal.FORMULA,
        (1, 3): Refusal.MERGED,
        (1, 5): Refusal.TOO_LONG,
        (1, 6): Refusal.NO_SUCH_NUMBER,
        (1, 7): Refusal.NO_SUCH_NUMBER,
        (1, 8): Refusal.NO_SUCH_DATE,
        (1, 9): Refusal.NO_SUCH_TEXT,
        (2, 16_384): Refusal.OUTSIDE,
        (1_048_576, 0): Refusal.OUTSIDE,
    }
    assert read(report.path).rows == [["Name", "Phone", None], ["Bea", "1", 3]]


def test_a_spill_and_a_date_without_formats_are_refused(tmp_path):
    """A file without styles cannot show dates; what an array formula fills is its own."""
    parts = workbook(
        worksheet(
            '<row r="1"><c r="A1"><f t="array" ref="A1:B1">X1:Y1</f><v>1</v></c><c r="B1"><v>2</v></c></row>'
        )
    )
    del parts["xl/styles.xml"]
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(package(parts))
    report = export(path, {(0, 1): 5, (0, 2): DateValue(1), (0, 3): "=1"})
    assert [cell.reason for cell in report.refused] == [Refusal.SPILL, Refusal.NO_SUCH_DATE]
    assert read(report.path).rows == [[1, 2, None, "=1"]]


def test_text_of_the_longest_length_is_written_whole(tmp_path):
    """Excel counts UTF-16 units: an emoji is two."""
    report = export(
        by_hand(tmp_path, worksheet("")), {(0, 0): "x" * 32_765 + "😀", (0, 1): "x" * 32_766 + "😀"}
    )
    assert [(cell.column, cell.reason) for cell in report.refused] == [(1, Refusal.TOO_LONG)]
    assert read(report.path).rows == [["x" * 32_765 + "😀"]]


def test_a_longer_cell_that_is_there_already_is_read_and_kept(tmp_path):
    """Other programs write more than Excel does; that is no reason to lose it."""
    long = "x" * 50_000
    path = by_hand(tmp_path, worksheet(f'<row r="1"><c r="A1" t="str"><v>{long}</v></c></row>'))
    assert read(export(path, {(0, 1): 1}).path).rows == [[long, 1]]


def test_what_only_excel_knows_survives(tmp_path):
    """Sparklines, conditional formats and what comes after the rows stay as they were."""
    after = (
        '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="1">'
        "<formula>A1&gt;1</formula></cfRule>"
        '</conditionalFormatting><extLst><ext uri="{05C60535}"><x14:sparklineGroups xmlns:x14="s">'
        "<x14:sparkline/></x14:sparklineGroups></ext></extLst>"
    )
    path = by_hand(tmp_path, worksheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=after))
    assert sheet_xml(export(path, {(0, 1): 1}).path).endswith(f"</sheetData>{after}</worksheet>")


def test_conditional_formats_and_widths_made_elsewhere_are_still_there(tmp_path):
    """Another program finds what it put in."""

    def fill(sheet):
        sheet.append([1, 2])
        sheet.conditional_formatting.add(
            "A1:A9", ColorScaleRule("min", None, "FF0000", "max", None, "00FF00")
        )
        sheet.column_dimensions["A"].width = 42
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = "A1:B1"

    sheet = openpyxl.load_workbook(export(by_openpyxl(tmp_path, fill), {(3, 2): "x"}).path)["Contacts"]
    assert sheet.column_dimensions["A"].width == 42
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B1")
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["A1:A9"]


def test_edits_of_a_sheet_that_is_not_there_are_refused_whole(tmp_path):
    """A name that does not exist is a mistake of the caller; no file appears."""
    path = by_hand(tmp_path, worksheet(""))
    with pytest.raises(SheetUnknown):
        export_file(path, open_file(path).signature, {"Elsewhere": SheetEdits()}, tmp_path / "out.xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["contacts.xlsx"]


SORTED = (
    '<row r="1"><c r="A1" t="str"><v>head</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="1"><v>2</v></c></row>'
    '<row r="3"><c><v>3</v></c><c r="C3"><v>33</v></c></row><row r="4" ht="40"/>'
)


def test_rows_move_as_they_stand(tmp_path):
    """Sorted, with one deleted and one added: values, styles and what is hidden go with their row."""
    path = by_hand(tmp_path, worksheet(SORTED))
    edits = SheetEdits({(2, 1): "b"}, row_order=[0, 2, None, 1], new_rows={2: NewRow({0: 9, 1: "=x"})})
    report = export(path, edits)
    assert (report.written, report.order_kept) == (3, {})
    sheet = read(report.path)
    assert sheet.rows == [["head"], [3, "b", 33], [9, "=x"], [DateValue(2)]]
    assert sheet.hidden_rows == {3}
    assert '<row r="5" ht="40"/></sheetData>' in sheet_xml(report.path)
    assert '<row r="2"><c><v>3</v></c>' in sheet_xml(report.path)
    other = openpyxl.load_workbook(report.path)["Contacts"]
    assert [[cell.value for cell in row] for row in other["A1:C3"]] == [
        ["head", None, None],
        [3, "b", 33],
        [9, "=x", None],
    ]


def test_a_new_row_is_held_to_the_same_rules_and_a_gap_can_be_filled(tmp_path):
    """What a new row cannot hold is told by its place in the result; a row without cells gets its own."""
    path = by_hand(
        tmp_path, worksheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c><v>3</v></c></row>')
    )
    new = NewRow({0: "x" * 40_000, 1: None, 2: "ok", 20_000: "x"})
    report = export(path, SheetEdits({(1, 0): 2}, row_order=[2, 1, None, 0], new_rows={2: new}))
    assert read(report.path).rows == [[3], [2], [None, None, "ok"], [1]]
    assert [(cell.row, cell.column, cell.reason, cell.new) for cell in report.refused] == [
        (2, 0, Refusal.TOO_LONG, True),
        (2, 20_000, Refusal.OUTSIDE, True),
    ]


def test_a_workbook_that_declares_no_format_yet_can_get_one(tmp_path):
    """The list of formats is made where the standard wants it: first."""
    styles = re.sub("<numFmts.*?</numFmts>", "", STYLES)
    path = by_hand(tmp_path, worksheet(""), xl__styles_xml=styles)
    report = export(path, SheetEdits({(0, 0): 1}, number_formats={(0, 0): '0 "<days>"'}))
    assert openpyxl.load_workbook(report.path)["Contacts"]["A1"].number_format == '0 "<days>"'
    made = parts_of(report.path.read_bytes())["xl/styles.xml"].decode()
    assert made.startswith(f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="165"')


@pytest.mark.parametrize(
    ("rows", "after", "kept"),
    [
        ('<row r="1"><c r="A1"><f>B1</f></c></row>', "", OrderKept.FORMULAS),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="D1:E1"/></mergeCells>',
            OrderKept.MERGED,
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<hyperlinks><hyperlink ref="A1"/></hyperlinks>',
            OrderKept.LINKS,
        ),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', '<legacyDrawing r:id="r1"/>', OrderKept.NOTES),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', '<drawing r:id="r1"/>', OrderKept.PICTURES),
    ],
)
def test_rows_stay_where_moving_them_would_tear_something_apart(tmp_path, rows, after, kept):
    """Every value is there, in the order of the file, new rows below; the report says why."""
    path = by_hand(tmp_path, worksheet(rows + '<row r="2"><c r="B2"><v>2</v></c></row>', after=after))
    edits = SheetEdits({(1, 2): "c"}, row_order=[1, None, 0], new_rows={1: NewRow({0: "new"})})
    report = export(path, edits)
    assert report.order_kept == {"Contacts": kept}
    sheet = read(report.path)
    assert [sheet.value(0, 0), sheet.rows[1:]] == [read(path).value(0, 0), [[None, 2, "c"], ["new"]]]


def test_an_order_that_is_none_is_the_callers_mistake(tmp_path):
    """A row named twice would be there twice."""
    path = by_hand(tmp_path, worksheet(SORTED))
    for wrong in ([0, 0], [7], [-1]):
        with pytest.raises(ValueError, match="row_order"):
            export(path, SheetEdits(row_order=wrong))
    with pytest.raises(ValueError, match="new_rows"):
        export(path, SheetEdits(new_rows={0: NewRow({0: 1})}))
    with pytest.raises(ValueError, match="new_rows"):
        export(path, SheetEdits(row_order=[0, 1], new_rows={0: NewRow({0: 1})}))
    assert not (tmp_path / "out.xlsx").exists()


def test_a_broken_part_that_is_not_read_does_not_stop_an_export(tmp_path):
    """We copy what we do not understand."""
    path = by_hand(tmp_path, worksheet(""), xl__charts__chart1_xml="<not closed")
    assert parts_of(export(path, {(0, 0): 1}).path.read_bytes())["xl/charts/chart1.xml"] == b"<not closed"


def test_a_part_that_is_no_xml_is_damage_on_the_way_out_too(tmp_path):
    """The same file that cannot be opened cannot be exported."""
    path = by_hand(tmp_path, worksheet("<row>"))
    with pytest.raises(FileUnreadable):
        export(path, {})


words = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300),
    words,
    st.sampled_from(["=1", "007", "_x0041_", " ", "Paris", "a\nb"]),
    st.dates(dt.date(1900, 3, 1)).map(DateValue.of),
)
cells = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 5)), values, max_size=14)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grid=cells, edits=cells)
def test_reopened_by_others_an_export_holds_the_edits_and_the_rest(tmp_path, grid, edits):
    """Any grid and any edits: our reader, calamine and openpyxl see the same cells, typed alike."""
    for old in tmp_path.iterdir():
        old.unlink()

    def fill(sheet):
        for (row, column), value in grid.items():
            cell = sheet.cell(row + 1, column + 1)
            if isinstance(value, DateValue):
                cell.value, cell.number_format = value.serial, "yyyy-mm-dd"
            elif isinstance(value, str):
                if value != escaped(value):
                    continue  # openpyxl refuses to write it, or would write something else
                cell.value, cell.data_type = value, "s"
            else:
                cell.value = value

    path = by_openpyxl(tmp_path, fill)
    before = read(path)
    report = export(path, edits)
    assert report.refused == ()
    after = read(report.path)
    other = openpyxl.load_workbook(report.path)["Contacts"]
    calamine = python_calamine.CalamineWorkbook.from_path(report.path).get_sheet_by_index(0)
    third = calamine.to_python(skip_empty_area=False)
    for row in range(8):
        for column in range(7):
            expected = edits.get((row, column), before.value(row, column))
            assert same_value(after.value(row, column), expected)
            assert same_value(of_openpyxl(other.cell(row + 1, column + 1)), escaped(expected))
            seen = third[row][column] if row < len(third) and column < len(third[row]) else ""
            assert alike(seen, expected)
    assert not after.formulas


def of_openpyxl(cell):
    value = cell.value
    if cell.data_type == "f":
        return ErrorValue("a formula")
    if isinstance(value, dt.datetime):
        return DateValue.of(value)
    return DateValue(value) if isinstance(value, int | float) and cell.is_date else value


def escaped(value):
    """openpyxl tells ``_x0001_`` as it is written."""
    if not isinstance(value, str):
        return value
    value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", value)


def alike(seen, expected):
    """calamine tells every number as a float, and days of dates."""
    if expected is None:
        return seen == ""
    if isinstance(expected, DateValue):
        return seen == dt.date.fromisoformat(expected.isoformat())
    if isinstance(expected, str):
        return seen in (expected, escaped(expected))
    return seen == expected and isinstance(seen, bool) == isinstance(expected, bool)
