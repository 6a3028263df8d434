"""CSV and TSV: read without guessing, given back byte for byte but for the edits."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue, as_text
from addon_backend.domain.errors import SheetUnknown
from addon_backend.local.delimited.encoding import decode
from addon_backend.local.delimited.export import write_list
from addon_backend.local.delimited.reading import read_raw, sheet_of
from addon_backend.local.edits import NewRow, Outcome, Refusal, SheetEdits, csv_safe
from addon_backend.local.files import export_file, open_file
from addon_backend.local.opened import DEFAULT_LIMITS


def rows_of(data: bytes, *, tabs_likely: bool = False) -> list[list[CellValue]]:
    return sheet_of(read_raw(data, tabs_likely=tabs_likely, limits=DEFAULT_LIMITS), "list").rows


def rewrite(data: bytes, edits: SheetEdits | dict[tuple[int, int], CellValue]) -> tuple[bytes, Outcome]:
    target = io.BytesIO()
    changes = edits if isinstance(edits, SheetEdits) else SheetEdits(edits)
    raw = read_raw(data, tabs_likely=False, limits=DEFAULT_LIMITS)
    outcome = write_list(raw, "list", changes, target)
    return target.getvalue(), outcome


pieces = st.sampled_from(
    [b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\r\n", b"a", b"b c", b"\xc3\xa9", b"\xe9", b"\0"]
)
anything = st.one_of(
    st.binary(max_size=60),
    st.lists(pieces, max_size=30).map(b"".join),
    st.tuples(
        st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\r\n"]), st.binary(max_size=30)
    ).map(b"".join),
)


@settings(max_examples=600)
@given(anything)
def test_without_edits_any_bytes_come_back(data):
    """Whatever it is, and however it was meant."""
    assert rewrite(data, {})[0] == data


def test_lists_that_nobody_here_wrote_come_back_and_read_as_python_reads_them(corpora):
    """Real exports: the same bytes, and the same values as the standard library's reader."""
    paths = sorted(Path(corpora).rglob("*.csv"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        assert rewrite(data, {})[0] == data
        raw = read_raw(data, tabs_likely=False, limits=DEFAULT_LIMITS)
        expected = [
            [field or None for field in record]
            for record in csv.reader(
                io.StringIO(raw.decoded.text, newline=""), delimiter=raw.dialect.delimiter
            )
        ]
        for record in expected:
            while record and record[-1] is None:
                record.pop()
        assert sheet_of(raw, "list").rows == expected, path.name


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"id,zip\n1,007\n", [["id", "zip"], ["1", "007"]]),
        (b"a;b;c\n1,5;2,5;3,5\n", [["a", "b", "c"], ["1,5", "2,5", "3,5"]]),
        (b"a\tb, c\n1\t2, 3\n", [["a", "b, c"], ["1", "2, 3"]]),
        (b"a|b\n1|2", [["a", "b"], ["1", "2"]]),
        (b"Acme, Inc\nBolt\nCog, Ltd\nDot\n", [["Acme, Inc"], ["Bolt"], ["Cog, Ltd"], ["Dot"]]),
        (b"sep=;\r\na;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
        (b'a,b\r\n"x, ""y""\r\nz",2\r\n', [["a", "b"], ['x, "y"\r\nz', "2"]]),
        (b"a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        (b"a,b\r\r\n1,2\r\r\n", [["a", "b"], ["1", "2"]]),
        (b'a,b\n"12 inch,x\n"Acme, Inc",y\n', [["a", "b"], ['"12 inch', "x"], ["Acme, Inc", "y"]]),
        (b'a,b\n5" disk,x\n"said "hi"",y\n', [["a", "b"], ['5" disk', "x"], ['said hi""', "y"]]),
        (b"a,b\n\n1,\n,,\n\n", [["a", "b"], [], ["1"]]),
        (b"a\0,b\n\0\0,2\n", [["a", "b"], [None, "2"]]),
        (
            b"Export 2024\na,b,c\n1,2,3\n4,5,6\n",
            [["Export 2024"], ["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]],
        ),
    ],
)
def test_lists_are_read_as_people_mean_them(data, rows):
    """Delimiters by consistency, quotes with patience, nothing guessed about values."""
    assert rows_of(data) == rows


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("name,city\nJosé,Łódź\n", "utf-8", "utf-8"),
        ("name,city\nJosé,Łódź\n", "utf-8-sig", "utf-8-sig"),
        ("name\tcity\r\nJosé\tŁódź\r\n", "utf-16", "utf-16-le"),
        ("name\tcity\r\nJosé\tŁódź\r\n", "utf-16-le", "utf-16-le"),
        ("name\tcity\r\nJosé\tŁódź\r\n", "utf-16-be", "utf-16-be"),
        ("name,city\nJosé,Zürich €\n", "cp1252", "cp1252"),
        ("name,city\nAda,Paris\n", "ascii", "ascii"),
    ],
)
def test_encodings_are_told_by_their_bytes(text, encoding, name):
    """With and without a byte order mark."""
    data = text.encode(encoding)
    found = decode(data)
    assert (found.name, found.text) == (name, text)
    assert rows_of(data)[1][0] in ("José", "Ada")


def test_one_stray_byte_does_not_turn_every_name_into_mojibake():
    """A list in UTF-8 with one line pasted from elsewhere stays UTF-8, and the stray byte stays that byte."""
    data = "name\nJosé\nŁódź\nŠárka\nZoë\n".encode() + b"Ren\xe9\n"
    assert rows_of(data) == [["name"], ["José"], ["Łódź"], ["Šárka"], ["Zoë"], ["René"]]
    assert rewrite(data, {(1, 0): "Jos"})[0] == data.replace("José".encode(), b"Jos")


def test_untouched_fields_keep_quotes_and_spaces():
    """Only the edited field and the added columns differ; rows that were as wide as the head stay so."""
    data = b'id, name ,"city"\r\n1, "Ada" ,"Paris"\r\n2,Bo,""\r\n\r\n3\r\n'
    made, outcome = rewrite(data, {(0, 3): "ok", (1, 3): "yes", (2, 1): "Bo, Jr"})
    assert made == b'id, name ,"city",ok\r\n1, "Ada" ,"Paris",yes\r\n2,"Bo, Jr","",\r\n\r\n3\r\n'
    assert outcome.written == 3


def test_a_list_that_quotes_everything_goes_on_doing_so():
    """Some importers expect it."""
    assert (
        rewrite(b'"a";"b"\n"1";"2"\n', {(0, 2): "c", (1, 2): "3", (1, 1): None})[0]
        == b'"a";"b";"c"\n"1";"";"3"\n'
    )


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("+33612345678", "+33612345678"),
        ("-12.5 (3)", "-12.5 (3)"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-x", "'-x"),
        ("+1\n", "'+1\n"),
        ("+", "'+"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_outside_text_is_made_safe_exactly_as_law_5_says(text, safe):
    """An apostrophe where a spreadsheet would see a formula, and nowhere else."""
    assert csv_safe(text) == safe


def test_law_5_is_for_outside_values_only():
    """What a person typed, and what was in her list, stays as she has it; a negative number is no formula."""
    data = b"a,b,c,d\n=1,2,3,4\n"
    edits = SheetEdits({(1, 0): "=1", (1, 1): "=2", (1, 2): "=3", (1, 3): -1.5e-7}, own=frozenset({(1, 1)}))
    assert rewrite(data, edits)[0] == b"a,b,c,d\n=1,=2,'=3,-1.5e-07\n"


def test_a_value_the_encoding_lacks_makes_the_list_utf_8_and_says_so():
    """She sees every name when she opens it in Excel; the old form is in her original."""
    made, outcome = rewrite("name\r\nJosé\r\n".encode("cp1252"), {(1, 1): "Łódź"})
    assert made == "\ufeffname,\r\nJosé,Łódź\r\n".encode()
    assert (outcome.encoding, outcome.reencoded) == ("utf-8-sig", True)
    made, outcome = rewrite(b"name\nAda\n", {(1, 1): "José"})
    assert (made, outcome.reencoded) == ("\ufeffname,\nAda,José\n".encode(), True)
    made, outcome = rewrite("name\nJosé\n".encode(), {(1, 1): "Łódź"})
    assert (made, outcome.encoding, outcome.reencoded) == ("name,\nJosé,Łódź\n".encode(), "utf-8", False)


def test_an_encoding_that_we_do_not_know_is_not_changed():
    """Bytes that are not Windows-1252 mean something else than we show: we must not store our guess."""
    data = b"name,city\nA\x81\x8d,x\n"
    made, outcome = rewrite(data, {(1, 1): "Łódź", (0, 2): "ok"})
    assert made == b"name,city,ok\nA\x81\x8d,x,\n"
    assert [(cell.row, cell.column, cell.reason) for cell in outcome.refused] == [
        (1, 1, Refusal.NOT_IN_ENCODING)
    ]


def test_what_text_cannot_hold_is_refused():
    """NUL and half a character."""
    _, outcome = rewrite(b"a,b\n", {(1, 0): "x\0", (1, 1): "\ud83d", (-1, 0): "x", (0, 20_000): "x"})
    assert {(cell.row, cell.column): cell.reason for cell in outcome.refused} == {
        (1, 0): Refusal.NO_SUCH_TEXT,
        (1, 1): Refusal.NO_SUCH_TEXT,
        (-1, 0): Refusal.OUTSIDE,
        (0, 20_000): Refusal.OUTSIDE,
    }


def test_values_that_are_no_text_are_written_as_people_read_them():
    """Dates as ISO dates, truth in capitals, whole numbers without a point."""
    edits: dict[tuple[int, int], CellValue] = {
        (0, 1): DateValue(45351),
        (0, 2): True,
        (0, 3): 12.0,
        (0, 4): ErrorValue("#N/A"),
        (0, 5): 0.5,
    }
    assert rewrite(b"a\n", edits)[0] == b"a,2024-02-29,TRUE,12,#N/A,0.5\n"


def test_lines_move_as_they_stand():
    """Sorted, one deleted, one added; the last line gets an end when it is no longer the last."""
    data = b'h,i\r\n1,"x"\r\n2,y\n3 ,z'
    edits = SheetEdits(
        {(3, 1): "w"}, row_order=[0, 3, None, 1], new_rows={2: NewRow({0: "=4", 1: "=5"}, own=frozenset({0}))}
    )
    made, outcome = rewrite(data, edits)
    assert made == b'h,i\r\n3 ,w\r\n=4,\'=5\r\n1,"x"'
    assert outcome.written == 3


def test_a_stray_quote_does_not_swallow_a_new_value():
    """A quote that opened nothing is written as a character once something follows that could close it."""
    data = b'a,b\n"12 inch,x\n'
    made, _ = rewrite(data, {(1, 1): ",y"})
    assert rows_of(made) == [["a", "b"], ['"12 inch', ",y"]]


def test_rows_below_the_end_are_added_as_lines():
    """Between them and the list stand blank lines."""
    assert rewrite(b"a,b\n1,2\n", {(4, 1): "x"})[0] == b"a,b\n1,2\n\n\n,x\n"
    assert rewrite(b"a,b\n1,2", {(2, 0): "x"})[0] == b"a,b\n1,2\nx"


def test_a_list_of_old_macs_keeps_its_line_ends():
    """One line feed, and every line end would be something else."""
    made, _ = rewrite(b"a,b\r1,2\r", {(1, 1): "x\ny"})
    assert made == b'a,b\r1,"x\ry"\r'
    assert rows_of(made) == [["a", "b"], ["1", "x\ry"]]


def test_a_list_is_a_sheet_called_as_its_file(tmp_path):
    """Format by delimiter; where there is none, by name."""
    path = tmp_path / "My leads.csv"
    path.write_bytes(b"a\tb\n1\t2\n")
    opened = open_file(path)
    assert (opened.format, opened.suffix, opened.sheets[0].name) == ("tsv", ".tsv", "My leads")
    with pytest.raises(SheetUnknown):
        export_file(path, opened.signature, {"other": SheetEdits()}, tmp_path / "out.csv")
    single = tmp_path / "one.tsv"
    single.write_bytes(b"a\nb\n")
    report = export_file(
        single, open_file(single).signature, {"one": SheetEdits({(0, 1): "c"})}, tmp_path / "out.tsv"
    )
    assert report.path.read_bytes() == b"a\tc\nb\t\n"


plain = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=6)
grids = st.lists(st.lists(plain, min_size=2, max_size=4), min_size=1, max_size=6)
edits = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 5)), st.one_of(st.none(), plain, st.integers()), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(grid=grids, changes=edits, delimiter=st.sampled_from(",;\t|"), newline=st.sampled_from(["\n", "\r\n"]))
def test_any_list_holds_the_edits_and_the_rest(grid, changes, delimiter, newline):
    """Written by the standard library, edited by us, read again by both."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=newline).writerows(grid)
    data = written.getvalue().encode("utf-8-sig")
    before = read_raw(data, tabs_likely=False, limits=DEFAULT_LIMITS)
    assume(before.dialect.delimiter == delimiter)  # a handful of cells may look like another list
    made, outcome = rewrite(data, SheetEdits(changes, own=frozenset(changes)))
    assert outcome.refused == []
    read = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    seen = [list(record) for record in read]
    for row in range(8):
        for column in range(7):
            old = grid[row][column] if row < len(grid) and column < len(grid[row]) else ""
            expected = as_text(changes.get((row, column), old))
            assert (seen[row][column] if row < len(seen) and column < len(seen[row]) else "") == expected
