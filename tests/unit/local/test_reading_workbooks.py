"""What a workbook holds is told as Excel shows it, however its XML was written."""

import datetime as dt

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formula.translate import Translator
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from addon_backend.domain.cells import DateValue, ErrorValue
from addon_backend.domain.errors import FileUnreadable
from addon_backend.domain.sheet import GridRange
from addon_backend.local.files import open_file
from addon_backend.local.formats import shows_dates
from addon_backend.local.opened import Why
from addon_backend.local.xlsx.formulas import moved
from addon_backend.local.xlsx.text import read_text, write_text
from tests.unit.local.books import MAIN, by_hand, by_openpyxl, export, package, read, workbook, worksheet


def test_every_kind_of_value_keeps_its_type(tmp_path):
    """Numbers, text that looks like a number, truth, dates and errors are told apart."""

    def fill(sheet):
        sheet.append([1, 1.5, "007", True, dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 18, 0)])  # noqa: DTZ001
        sheet.append([-3, 1e300, " spaced ", False, dt.time(6, 0), "#N/A"])

    sheet = read(by_openpyxl(tmp_path, fill))
    assert sheet.rows == [
        [1, 1.5, "007", True, DateValue(45351), DateValue(45351.75)],
        [-3, 1e300, " spaced ", False, DateValue(0.25), ErrorValue("#N/A")],
    ]
    assert sheet.rows[0][3] is True
    assert sheet.number_formats[0, 4] == "yyyy-mm-dd"
    assert (0, 0) not in sheet.number_formats


def test_two_other_readers_see_the_same_values(tmp_path):
    """calamine and openpyxl, which share no code with us, agree on a sheet with gaps."""

    def fill(sheet):
        sheet["C3"], sheet["A7"], sheet["F3"], sheet["B9"] = "x & <y>", 12, "é\n2", 0.1

    path = by_openpyxl(tmp_path, fill)
    rows = read(path).rows
    calamine = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    seen = [
        [value if value != "" else None for value in row] for row in calamine.to_python(skip_empty_area=False)
    ]
    assert [row + [None] * (6 - len(row)) for row in rows] == seen
    other = openpyxl.load_workbook(path)["Contacts"]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            assert other.cell(row + 1, column + 1).value == value


def test_shared_strings_come_with_runs_and_without_phonetics(tmp_path):
    """Rich text is read whole; the reading above Japanese characters is no part of the text."""
    strings = (
        "<si><t>plain</t></si><si><r><rPr><b/></rPr><t>Da</t></r><r><t xml:space='preserve'>ta </t></r></si>"
        '<si><t>課長</t><rPh sb="0" eb="1"><t>カチョウ</t></rPh><phoneticPr fontId="1"/></si>'
        "<si/><si><t/></si>"
        "<si><t>a_x000B_b_x005F_x000B_ &amp; &#233;</t></si>"
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABCDEF"))
    sheet = read(by_hand(tmp_path, worksheet(f'<row r="1">{cells}</row>'), strings=strings))
    assert sheet.rows == [["plain", "Data ", "課長", "", "", "a\x0bb_x000B_ & é"]]


def test_cells_without_addresses_follow_each_other(tmp_path):
    """Rows and cells may leave out where they are; they then stand right after the one before."""
    rows = (
        "<row><c><v>1</v></c><c r='C1'><v>3</v></c><c><v>4</v></c></row>"
        "<row r='4'><c s='0' r='B4'><v>2</v></c></row><row><c><v>5</v></c></row>"
    )
    sheet = read(by_hand(tmp_path, worksheet(rows)))
    assert sheet.rows == [[1, None, 3, 4], [], [], [None, 2], [5]]


def test_comments_cdata_and_prefixes_do_not_hide_or_invent_cells(tmp_path):
    """XML says one thing in many ways; cells inside a comment are none."""
    part = (
        f"<?xml version='1.0'?><!-- <x:sheetData><x:row r='1'> --><x:worksheet xmlns:x='{MAIN}'><x:sheetData>"
        "<x:row r='1' note='a>b'><!-- <x:c r='A1'><x:v>9</x:v></x:c> --><x:c t='inlineStr' r='A1'><x:is><x:t>"
        "<![CDATA[<c r='B1'>&]]></x:t></x:is></x:c><x:c r='B1' t='str'><x:v>1<!-- 0 -->2</x:v></x:c>"
        "<?pi <x:c r='C1'/>?></x:row></x:sheetData></x:worksheet>"
    )
    assert read(by_hand(tmp_path, part)).rows == [["<c r='B1'>&", "12"]]


def test_strict_files_and_iso_dates_are_read(tmp_path):
    """The strict flavour has other namespaces and writes dates as text."""
    part = worksheet(
        '<row r="1"><c r="A1" t="d" s="1"><v>2024-02-29T12:00:00</v></c><c r="B1"><v>7</v></c></row>'
    )
    strict = part.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert read(by_hand(tmp_path, strict)).rows == [[DateValue(45351.5), 7]]


def test_parts_written_in_utf_16_are_read(tmp_path):
    """No known program writes this; the standard allows it."""
    part = worksheet('<row r="1"><c r="A1" t="str"><v>é</v></c></row>').replace(
        'encoding="UTF-8"', 'encoding="UTF-16"'
    )
    assert read(by_hand(tmp_path, part.encode("utf-16"))).rows == [["é"]]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "us-ascii", "utf-8"])
def test_parts_in_other_encodings_are_read_and_exported(tmp_path, encoding):
    """A part says what it is written in; what is exported is UTF-8."""
    text = "e" if encoding == "us-ascii" else "é"
    part = worksheet(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>').replace("UTF-8", encoding)
    path = by_hand(tmp_path, part.encode(encoding))
    assert read(path).rows == [[text]]
    assert read(export(path, {(0, 1): "Łódź"}).path).rows == [[text, "Łódź"]]


@pytest.mark.parametrize("encoding", ["EBCDIC-CP-US", "utf-16", "rot13"])
def test_an_encoding_that_nobody_writes_is_damage(tmp_path, encoding):
    """Decoders are many, and some do more than decode."""
    with pytest.raises(FileUnreadable):
        read(by_hand(tmp_path, worksheet("").replace("UTF-8", encoding).encode()))


def test_line_ends_inside_a_cell_are_what_xml_makes_of_them(tmp_path):
    """A bare carriage return is a line feed to every parser; a written out one is itself."""
    rows = '<row r="1"><c r="A1" t="str"><v>a\r\nb\rc&#13;d_x000D_e</v></c></row>'
    assert read(by_hand(tmp_path, worksheet(rows).encode())).rows == [["a\nb\nc\rd\re"]]


def test_absolute_targets_odd_case_and_missing_parts_are_found_or_not_missed(tmp_path):
    """Other writers name parts from the root, in another case, and leave out styles and shared strings."""
    parts = workbook(worksheet('<row r="1"><c r="A1" s="9"><v>1</v></c></row>'))
    links = (
        str(parts["xl/_rels/workbook.xml.rels"]).replace("worksheets/", "/xl/Worksheets/").replace("r2", "r9")
    )
    parts["xl/_rels/workbook.xml.rels"] = links.replace("styles.xml", "nowhere.xml")
    del parts["xl/styles.xml"], parts["[Content_Types].xml"]
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(package(parts))
    assert open_file(path).suffix == ".xlsx"
    assert read(path).rows == [[1]]


def test_dates_of_old_macs_mean_the_same_day(tmp_path):
    """A workbook that counts from 1904 shows the same calendar day."""
    path = by_hand(
        tmp_path,
        worksheet('<row r="1"><c r="A1" s="1"><v>43889</v></c></row>'),
        settings='<workbookPr date1904="1"/>',
    )
    assert read(path).rows == [[DateValue(45351)]]


@pytest.mark.parametrize(
    ("code", "dates"),
    [
        ("yyyy-mm-dd", True),
        ("[$-409]d\\-mmm\\-yy;@", True),
        ("[h]:mm", True),
        ("General", False),
        ("0.00E+00", False),
        ('0 "days"', False),
        ("[Red]0;\\d0", False),
        ('_-* #,##0.00\\ "zł"_-;\\-* #,##0.00', False),
        ("@", False),
        ('"unclosed d', False),
    ],
)
def test_a_format_shows_dates_by_its_letters_outside_quotes(code, dates):
    """Colours, currencies and literal text hold letters too."""
    assert shows_dates(code) is dates


def test_shared_formulas_are_written_out_for_every_cell(tmp_path):
    """Excel stores the text once; each cell has its own, its last result beside it."""
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*$C$1+LOG10(D1)&amp;"B1"</f><v>1</v></c>'
        "</row>"
        '<row r="2"><c r="A2" t="str"><f t="shared" si="0"/><v>two</v></c></row>'
        '<row r="3"><c r="A3" t="e"><f t="shared" si="0"></f><v>#DIV/0!</v></c><c r="B3"><f>A1</f></c></row>'
    )
    sheet = read(by_hand(tmp_path, worksheet(rows)))
    assert sheet.formulas == {
        (0, 0): '=B1*$C$1+LOG10(D1)&"B1"',
        (1, 0): '=B2*$C$1+LOG10(D2)&"B1"',
        (2, 0): '=B3*$C$1+LOG10(D3)&"B1"',
        (2, 1): "=A1",
    }
    assert sheet.rows == [[1], ["two"], [ErrorValue("#DIV/0!"), None]]


def test_a_shared_formula_may_come_after_the_cells_that_share_it(tmp_path):
    """Not as Excel writes it, but as some others do; a share of nothing is a formula all the same."""
    rows = (
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c><c r="B1"><f t="shared" si="7"/></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A1:A2" si="0">C2</f><v>2</v></c></row>'
    )
    sheet = read(by_hand(tmp_path, worksheet(rows)))
    assert sheet.formulas == {(0, 0): "=C1", (0, 1): "=", (1, 0): "=C2"}


OPERANDS = (
    "A1 $B$2 C$3 $D4 'A1_b'!E5 Sheet1!F6 AB1!C3 \"G7\" LOG10(A1) SUM(H:H,$I:J) SUM(3:4,$5:6) "
    "name_1 TRUE 12.5 A1:B2 Table1[[#This_Row],[A1]] [1]Sheet1!A1 'it''s'!A1"
).split()


@given(
    st.lists(st.sampled_from(OPERANDS), min_size=1, max_size=5),
    st.sampled_from("+&,"),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_a_moved_formula_is_what_another_program_makes_of_it(operands, operator, rows, columns):
    """openpyxl translates formulas with a tokeniser of its own; it cannot go past the last cell."""
    formula = f"SUM({operator.join(operands)})"
    target = get_column_letter(columns + 1) + str(rows + 1)
    if "XFD1048576" in operands and (rows or columns):
        assert "=" + moved(formula, rows, columns) != Translator("=" + formula, "A1").translate_formula("A1")
    else:
        assert "=" + moved(formula, rows, columns) == Translator("=" + formula, "A1").translate_formula(
            target
        )


def test_array_formulas_mark_the_cells_they_fill(tmp_path):
    """What another cell's formula fills belongs to that formula."""

    def fill(sheet):
        sheet["A1"] = ArrayFormula("A1:B3", "=ROW(A1:B3)")
        for cell in ("B1", "A2", "B2", "A3", "B3", "C3"):
            sheet[cell] = 1

    sheet = read(by_openpyxl(tmp_path, fill))
    assert sheet.formulas == {(0, 0): "=ROW(A1:B3)"}
    assert sheet.spills == {(0, 1), (1, 0), (1, 1), (2, 0), (2, 1)}


def test_what_stands_in_the_way_is_told(tmp_path):
    """Merges, validated ranges, what is hidden, protection with its unlocked cells, table headers."""

    def fill(sheet):
        sheet.append(["Name", "Phone"])
        sheet.append(["Ada", "1"])
        sheet.merge_cells("A4:B5")
        sheet["D1"].comment = Comment("note", "me")
        rule = DataValidation(type="list", formula1='"a,b"', sqref="B2:B9 D2")
        hint = DataValidation(sqref="A1")
        sheet.add_data_validation(rule)
        sheet.add_data_validation(hint)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.protection.sheet = True
        sheet["B2"].protection = Protection(locked=False)
        sheet.add_table(Table(displayName="People", ref="A1:B2"))

    sheet = read(by_openpyxl(tmp_path, fill))
    assert sheet.merged == (GridRange(3, 0, 5, 2),)
    assert set(sheet.validated) == {GridRange(1, 1, 9, 2), GridRange(1, 3, 2, 4)}
    assert sheet.table_headers == (GridRange(0, 0, 1, 2),)
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {2}
    assert sheet.protected
    assert sheet.is_locked(0, 0)
    assert not sheet.is_locked(1, 1)
    assert (sheet.row_count, sheet.column_count) == (2, 2)


def test_validation_in_an_extension_counts_too(tmp_path):
    """Excel keeps rules that look at another sheet in an extension list."""
    after = (
        '<extLst><ext uri="x" xmlns:x14="a" xmlns:xm="b"><x14:dataValidations>'
        '<x14:dataValidation type="list">'
        "<x14:formula1><xm:f>Lists!A1:A9</xm:f></x14:formula1><xm:sqref>C2:C9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    assert read(by_hand(tmp_path, worksheet("", after=after))).validated == (GridRange(1, 2, 9, 3),)


def test_hidden_sheets_are_kept_and_charts_are_not_sheets(tmp_path):
    """A hidden tab may hold the list; a chart has no cells."""
    book = openpyxl.Workbook()
    book.create_sheet("Hidden").sheet_state = "veryHidden"
    book.create_chartsheet("Chart")
    path = tmp_path / "contacts.xlsx"
    book.save(path)
    assert [(sheet.name, sheet.hidden) for sheet in open_file(path).sheets] == [
        ("Sheet", False),
        ("Hidden", True),
    ]


def test_a_workbook_with_macros_asks_for_its_own_ending(tmp_path):
    """Excel refuses to open macros behind ``.xlsx``."""
    parts = workbook(worksheet(""))
    types = str(parts["[Content_Types].xml"])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = types.replace(kind, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    path = tmp_path / "contacts.xlsm"
    path.write_bytes(package(parts))
    assert (open_file(path).format, open_file(path).suffix) == ("xlsx", ".xlsm")


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2'/><row r='1'/>",
        "<row r='1'/><row r='1'/>",
        "<row r='1'><c r='B1'/><c r='A1'/></row>",
        "<row r='1'><c r='A2'/></row>",
        "<row r='1'><c r='1A'/></row>",
        "<row r='0'/>",
        "<row r='x'/>",
        "<row r='1048577'/>",
        "<row r='1'><c r='XFE1'/></row>",
        "<row r='1'><c r='A1' t='s'><v>0</v></c></row>",
        "<row r='1'><c r='A1' s='-1'/></row>",
    ],
)
def test_cells_that_contradict_themselves_are_damage(tmp_path, rows):
    """Excel asks to repair such files; guessing a place for a cell could write beside it later."""
    with pytest.raises(FileUnreadable) as caught:
        read(by_hand(tmp_path, worksheet(rows)))
    assert caught.value.facts["reason"] == Why.DAMAGED


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.0", 1),
        ("-0.5", -0.5),
        ("1E3", 1000),
        (" 7 ", 7),
        ("nan", ErrorValue("#NUM!")),
        ("1_0", "1_0"),
        ("x", "x"),
        ("", None),
    ],
)
def test_numbers_are_read_as_excel_reads_them(tmp_path, raw, value):
    """What is no number stays the text it is; nothing is guessed."""
    sheet = read(
        by_hand(tmp_path, worksheet(f'<row r="1"><c r="A1"><v>{raw}</v></c><c r="B1"><v>0</v></c></row>'))
    )
    assert sheet.value(0, 0) == value


@given(st.text())
def test_any_text_survives_xml(text):
    """Controls and what looks like an escape come back; half a character as the sign for unknown."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert read_text(write_text(text)) == whole


@given(st.text("_x05F0abB&<\x0b\r\n", max_size=12))
def test_text_that_looks_like_an_escape_survives_xml(text):
    """``_x000B_`` typed by a person stays what she typed."""
    assert read_text(write_text(text)) == text
