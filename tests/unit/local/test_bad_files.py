"""A file that cannot be used is refused with one sentence and a reason, quickly, and without side effects."""

import io
import os
import random
import re
import struct
import zipfile

import pytest

from addon_backend.domain.errors import FileLocked, FileTooLarge, FileUnknown, FileUnreadable
from addon_backend.local.files import open_file
from addon_backend.local.opened import FileLimits, Why
from tests.unit.local.books import MAIN, by_hand, package, parts_of, workbook, worksheet

GOOD = package(workbook(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


NOISE = random.Random(1).randbytes(5_000)
PEOPLE = "name,city\nJosé,Zürich\nChloé,Genève\n"


def stream(name):
    """A directory entry of a compound file, as far as anybody looks for it by name."""
    return name.encode("utf-16-le").ljust(128, b"\0")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Why.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, Why.NOT_A_LIST),
        (b"%PDF-1.7\n1 0 obj", Why.NOT_A_LIST),
        (NOISE, Why.NOT_A_LIST),
        (b"\xff\xfe" + NOISE, Why.NOT_A_LIST),
        (b"\xfe\xff" + NOISE, Why.NOT_A_LIST),
        (b"\xef\xbb\xbf" + NOISE, Why.NOT_A_LIST),
        (b"name,city\n" * 7_000 + NOISE * 20, Why.NOT_A_LIST),
        (b"\x7fELF\x02\x01\x01" + bytes(9) + b"/lib64/ld-linux-x86-64.so.2\0" * 90, Why.NOT_A_LIST),
        (b"MZ\x90\0\x03" + bytes(59) + b"This program cannot be run in DOS mode.\r\n$" * 9, Why.NOT_A_LIST),
        (b"\xde\x12\x04\x95" + b"Cancel\0Annuler\0Close\0Fermer\0" * 90, Why.NOT_A_LIST),
        (b"people.csv".ljust(257, b"\0") + b"ustar  \0".ljust(255, b"\0") + b"name,city\n", Why.NOT_A_LIST),
        (bytes(2_000), Why.NOT_A_LIST),
        (bytes(range(1, 256)) * 9, Why.NOT_A_LIST),
        (COMPOUND + stream("Root Entry") + stream("Workbook"), Why.OLD_EXCEL),
        (COMPOUND + stream("Root Entry") + stream("WordDocument"), Why.NOT_A_LIST),
        (b"\n <!DOCTYPE html><table><tr><td>1</td></tr></table>", Why.WEB_PAGE),
        (b"\xef\xbb\xbf<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", Why.WEB_PAGE),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", Why.WEB_PAGE),
        (GOOD[: len(GOOD) // 2], Why.TRUNCATED),
        (GOOD[:-30], Why.TRUNCATED),
        (package({"word/document.xml": "<document/>"}), Why.NOT_A_LIST),
        (package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Why.OPEN_DOCUMENT),
        (package({}), Why.NOT_A_LIST),
        (package({"notes.txt": "hello"}), Why.NOT_A_LIST),
    ],
)
@pytest.mark.parametrize("name", ["contacts.xlsx", "contacts.csv"])
def test_what_is_no_list_says_what_it_is(tmp_path, content, reason, name):
    """The content decides, not the name; where Excel can save it in another form, we say so."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == reason
    told = caught.value.facts.get("save_as")
    assert told == (".xlsx" if reason in (Why.OLD_EXCEL, Why.WEB_PAGE, Why.OPEN_DOCUMENT) else None)
    assert name not in str(caught.value)


def test_a_workbook_called_a_list_opens_as_a_workbook_and_the_other_way_round(tmp_path):
    """Mail programs and people rename files."""
    (tmp_path / "contacts.csv").write_bytes(GOOD)
    (tmp_path / "contacts.xlsx").write_bytes(b"name;city\nAda;Paris\n")
    assert open_file(tmp_path / "contacts.csv").format == "xlsx"
    assert open_file(tmp_path / "contacts.xlsx").format == "csv"


@pytest.mark.parametrize(
    "content",
    [
        *(
            PEOPLE.encode(name)
            for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
        ),
        "имя,город\nОльга,Москва\n".encode("cp1251"),
        "氏名,市\n山田,東京\n".encode("shift-jis"),
        "氏名,市\n山田,東京\n".encode("iso-2022-jp"),
        "氏名,市\n山田 😀,東京\n".encode("utf-16"),
        PEOPLE.encode("utf-16") + b"\n",
        b"name,city\r\nAda\0\0\0\0\0,Paris\0\0\0\r\n\x1a",
        PEOPLE.encode() + b"a remark with a control character \x01 in it,\n",
        b"a",
    ],
)
@pytest.mark.parametrize("name", ["contacts.xls", "contacts.txt", "contacts.xlsx"])
def test_text_opens_as_a_list_whatever_its_name_and_encoding(tmp_path, content, name):
    """Exports that call themselves .xls, in encodings that we know and in some that we can only guess."""
    path = tmp_path / name
    path.write_bytes(content)
    assert open_file(path).format == "csv"


@pytest.mark.parametrize("content", [COMPOUND + stream("EncryptedPackage"), None])
def test_a_password_is_said_to_be_in_the_way(tmp_path, content):
    """Office wraps an encrypted workbook in its old container; a zip may be encrypted, too."""
    if content is None:
        marked = bytearray(GOOD)
        marked[marked.index(b"PK\x01\x02") + 8] |= 1
        content = bytes(marked)
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileLocked):
        open_file(path)


def test_a_binary_workbook_asks_to_be_saved_again(tmp_path):
    """``.xlsb`` is a zip like the others, with another language inside."""
    parts = workbook(worksheet(""))
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("workbook.xml", "workbook.bin")
    path = tmp_path / "contacts.xlsb"
    path.write_bytes(package(parts))
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts == {"reason": Why.BINARY_WORKBOOK, "save_as": ".xlsx"}


@pytest.mark.parametrize(
    "place", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY c SYSTEM "http://127.0.0.1:9/">',
    ],
)
def test_entities_are_refused_wherever_they_are_declared(tmp_path, place, declared):
    """Neither a bomb nor a file of ours comes out of a workbook."""
    parts = workbook(worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings="<si><t>x</t></si>")
    root = str(parts[place]).partition("?>\n")[2] or str(parts[place])
    parts[place] = f"<!DOCTYPE r [{declared}]>" + root.replace(">x<", ">&c;<")
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(package(parts))
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.DECLARES_ENTITIES


SMALL = FileLimits(
    file_bytes=200_000, unpacked_bytes=3_000_000, ratio=50, ratio_floor=100_000, entries=50, cells=1_000
)


SHARED = '<row r="1"><c r="A1"><f t="shared" ref="A1:A900" si="0">' + "B1+" * 2_000 + "1</f></c></row>"
ARRAY = '<row r="{0}"><c r="A{0}"><f t="array" ref="A1:XFD1048576">1</f></c><c r="Z{0}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("sheet", "more", "limit"),
    [
        ("<row/>" + " " * 2_900_000, {}, "unpacked"),
        ("<row/>", {"xl__media__huge_bin": b"\0" * 4_000_000}, "unpacked"),
        ("<row/>", {f"xl__more{number}_xml": "" for number in range(60)}, "entries"),
        ("<row/>" * 1_001, {}, "cells"),
        ("".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in (1, 2)), {}, "cells"),
        ('<row r="1000000"/>', {}, "cells"),
        (SHARED + '<row><c><f t="shared" si="0"/></c></row>' * 50, {}, "cells"),
        ("".join(ARRAY.format(row) for row in range(1, 20)), {}, "cells"),
    ],
    ids=["ratio", "total", "entries", "rows", "wide", "tall", "shared formulas", "arrays"],
)
def test_what_grows_out_of_proportion_is_too_large(tmp_path, sheet, more, limit):
    """Bombs of every sort meet a limit before they meet memory."""
    path = by_hand(tmp_path, worksheet(sheet), **more)
    assert path.stat().st_size < SMALL.file_bytes
    with pytest.raises(FileTooLarge) as caught:
        open_file(path, limits=SMALL)
    assert list(caught.value.facts) == [limit]


def test_a_bomb_that_lies_about_its_size_is_measured(tmp_path):
    """Headers say what their author wants; what comes out is counted."""
    sheet = worksheet("<row/>" + " " * 2_900_000)
    data = bytearray(package(workbook(sheet)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark)
        while at >= 0:
            if struct.unpack_from("<L", data, at + offset)[0] > 1_000_000:
                struct.pack_into("<L", data, at + offset, 500)
            at = data.find(mark, at + 4)
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileTooLarge):
        open_file(path, limits=SMALL)


def test_members_that_overlap_are_damage(tmp_path):
    """The same bytes behind three names are the start of a bomb."""
    data = package({"a/1.bin": os.urandom(50_000), "b/2.bin": b"", "c/3.bin": b""}, stored=["a/1.bin"])
    first, second, third = (found.start() for found in re.finditer(b"PK\x01\x02", data))
    record = data[first:second]
    copies = b"".join(record.replace(b"a/1.bin", name) for name in (b"a/1.bin", b"b/2.bin", b"c/3.bin"))
    end = data[data.index(b"PK\x05\x06", third) :]
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(data[:first] + copies + end)
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.DAMAGED


def test_members_that_share_a_name_are_damage(tmp_path):
    """Two parts of one name are read differently by every program."""
    path = tmp_path / "contacts.xlsx"
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        for name, part in parts_of(GOOD).items():
            archive.writestr(name, part)
        archive.writestr("XL/Workbook.xml", "<workbook/>")
    path.write_bytes(twice.getvalue())
    with pytest.raises(FileUnreadable):
        open_file(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_office_does_not_know_is_damage(tmp_path, method):
    """Excel cannot open it either."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts_of(GOOD).items():
            archive.writestr(name, part)
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(target.getvalue())
    with pytest.raises(FileUnreadable):
        open_file(path)


def test_a_flipped_byte_is_noticed(tmp_path):
    """Checksums are there to be compared: either it is refused, or what is read is what was stored."""
    path = tmp_path / "contacts.xlsx"
    for at in range(0, len(GOOD), 7):
        broken = bytearray(GOOD)
        broken[at] ^= 0x20
        path.write_bytes(broken)
        try:
            rows = open_file(path).sheets[0].rows
        except (FileUnreadable, FileLocked, FileTooLarge):
            continue
        assert rows == [[1]]


def test_names_that_climb_out_of_the_package_are_only_names(tmp_path):
    """Nothing is ever unpacked to disk."""
    parts = workbook(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    parts["../../escaped.xml"] = "<x/>"
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "contacts.xlsx").write_bytes(package(parts))
    assert open_file(folder / "contacts.xlsx").sheets[0].rows == [[1]]
    assert [path.name for path in tmp_path.rglob("*.*")] == ["contacts.xlsx"]


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "/nowhere.xml", "http://127.0.0.1/x.xml", "missing.xml"]
)
def test_links_to_what_is_not_in_the_package_are_damage(tmp_path, target):
    """A sheet that is not there cannot be read as empty: it would be filled."""
    parts = workbook(worksheet(""))
    links = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1.xml", target)
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(package(parts))
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.DAMAGED


def test_a_workbook_without_any_sheet_has_no_list(tmp_path):
    """Only a chart, or nothing at all."""
    path = by_hand(tmp_path, worksheet(""), xl__workbook_xml=f'<workbook xmlns="{MAIN}"><sheets/></workbook>')
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.NO_SHEET


@pytest.mark.parametrize(
    "part", ["<worksheet", "<worksheet/>", "<chartsheet/>", "\udcff", worksheet("<row>"), "<a:worksheet/>"]
)
def test_a_sheet_part_that_is_none_is_damage(tmp_path, part):
    """Not closed, without rows, of another kind, not UTF-8."""
    path = by_hand(tmp_path, part.encode("utf-8", "surrogateescape"))
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.DAMAGED


def test_text_as_long_as_no_cell_is_read_whole(tmp_path):
    """50,000 characters in a cell: more than Excel writes, not more than can be read."""
    part = worksheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"é" * 50_000}</t></is></c></row>')
    assert open_file(by_hand(tmp_path, part)).sheets[0].rows == [["é" * 50_000]]


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path):
    """A pipe would keep us waiting for ever."""
    with pytest.raises(FileUnknown):
        open_file(tmp_path / "nowhere.xlsx")
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv"):
        with pytest.raises(FileUnreadable) as caught:
            open_file(path)
        assert caught.value.facts["reason"] == Why.NOT_A_FILE


def test_a_file_we_may_not_read_says_so(tmp_path):
    """Not damaged: closed to us."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root reads everything")
    with pytest.raises(FileUnreadable) as caught:
        open_file(path)
    assert caught.value.facts["reason"] == Why.NO_PERMISSION


def test_a_large_file_is_not_even_read(tmp_path):
    """Its size is told by the folder; a list of too many cells by its lines."""
    path = tmp_path / "contacts.csv"
    with path.open("wb") as file:
        file.truncate(SMALL.file_bytes + 1)
    with pytest.raises(FileTooLarge):
        open_file(path, limits=SMALL)
    path.write_bytes(b"a,b\n" * 501)
    with pytest.raises(FileTooLarge):
        open_file(path, limits=SMALL)
