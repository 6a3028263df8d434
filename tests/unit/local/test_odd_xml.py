"""One sheet, written in every way XML allows: read alike, edited alike, otherwise left as written."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon_backend.domain.sheet import column_letter
from tests.unit.local.books import MAIN, by_hand, export, read, sheet_xml

ASIDES = [
    "",
    "",
    "",
    " ",
    "\n  ",
    "<!-- <{p}c r='A1'><{p}v>9</{p}v></{p}c></{p}row> -->",
    "<?go <{p}row r='1'/> ?>",
]
TEXTS = ["x", "a<b & c", "</c>", "é", " two ", "_x0041_", "<!-- -->"]


@st.composite
def sheets(draw):
    """Return what a sheet holds (row → column → value), and one of the ways to write it."""
    prefix = draw(st.sampled_from(["", "x:", "ß:"]))
    aside = st.sampled_from(ASIDES).map(lambda text: text.replace("{p}", prefix))
    held: dict[int, dict[int, object]] = {}
    rows, number = [], -1
    for gap in draw(st.lists(st.integers(0, 2), max_size=5)):
        number += gap + 1
        cells, column, inside = {}, -1, [draw(aside)]
        for skip in draw(st.lists(st.integers(0, 2), max_size=4)):
            column += skip + 1
            value = draw(st.one_of(st.none(), st.integers(0, 99), st.sampled_from(TEXTS)))
            place = f"{column_letter(column)}{number + 1}" if skip or draw(st.booleans()) else ""
            inside += [draw(written_cell(prefix, place, value)), draw(aside)]
            if value is not None:
                cells[column] = value
        held[number] = cells
        place = f' r="{number + 1}"' if gap or draw(st.booleans()) else ""
        note = draw(st.sampled_from(["", " ht='12' ", ' note="a > b"', " spans='1:2'"]))
        body = "".join(inside)
        rows += [
            f"<{prefix}row{place}{note}/>"
            if not body
            else f"<{prefix}row{note}{place}>{body}</{prefix}row >",
            draw(aside),
        ]
    name = f":{prefix[:-1]}" if prefix else ""
    data = "".join(rows)
    wrapped = f"<{prefix}sheetData>{data}</{prefix}sheetData>" if data else f"<{prefix}sheetData />"
    return (
        held,
        f"<{prefix}worksheet xmlns{name}='{MAIN}'>{draw(aside)}{wrapped}{draw(aside)}</{prefix}worksheet>",
    )


@st.composite
def written_cell(draw, p, place, value):
    """Return one of the ways to write a cell."""
    quote = draw(st.sampled_from("\"'"))
    attributes = [f"r={quote}{place}{quote}"] if place else []
    if draw(st.booleans()):
        attributes.append(f"s={quote}2{quote}")
    content = ""
    if isinstance(value, int):
        content = draw(
            st.sampled_from(
                [f"<{p}v>{value}</{p}v>", f"<{p}v >{value}.0</{p}v >", f"<{p}v>{value}</{p}v><{p}extLst/>"]
            )
        )
    elif isinstance(value, str):
        kind = draw(st.sampled_from(["inlineStr", "str"]))
        attributes.append(f"t={quote}{kind}{quote}")
        text = value.replace("_x0041_", "_x005F_x0041_")
        plain = (
            text.replace("&", "&amp;").replace("<", "&lt;").replace(">", draw(st.sampled_from([">", "&gt;"])))
        )
        plain = plain if "]]>" not in plain else plain.replace(">", "&gt;")
        text = draw(
            st.sampled_from([plain, f"<![CDATA[{text}]]>", "".join(f"&#{ord(letter)};" for letter in text)])
        )
        content = (
            f"<{p}v>{text}</{p}v>"
            if kind == "str"
            else f"<{p}is><{p}t xml:space='preserve'>{text}</{p}t></{p}is>"
        )
    inside = " ".join(["", *draw(st.permutations(attributes))])
    if not content and draw(st.booleans()):
        return f"<{p}c{inside}/>"
    return f"<{p}c{inside}>{content}</{p}c>"


values = st.one_of(st.integers(0, 99), st.sampled_from(TEXTS), st.none())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    sheet=sheets(),
    edits=st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 11)), values, max_size=5),
)
def test_every_way_to_write_a_sheet_is_read_and_edited_alike(tmp_path, sheet, edits):
    """The values are those meant, the edits are where they belong, nothing between cells is lost."""
    held, xml = sheet
    for old in tmp_path.iterdir():
        old.unlink()
    path = by_hand(tmp_path, xml)
    before = read(path)
    report = export(path, edits)
    after = read(report.path)
    for row in range(13):
        for column in range(13):
            assert before.value(row, column) == held.get(row, {}).get(column)
            expected = edits.get((row, column), before.value(row, column))
            assert after.value(row, column) == expected
    left = sheet_xml(report.path)
    for aside in ("<!-- <", "<?go"):  # they stand between cells, so none of them can be lost
        assert left.count(aside) == xml.count(aside)
    if all(value == before.value(*place) for place, value in edits.items()):
        assert left == xml
