"""``clean``: one value per line in, one JSON object per line out, whatever the lines are made of."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from addon_backend.domain.errors import FileUnknown
from tests.unit.commands.terminal import ROOT


def values(terminal):
    return [json.loads(line)["value"] for line in terminal.out.splitlines()]


def test_each_line_is_answered_in_order(terminal):
    """The four keys come first; parts of the kind follow."""
    assert terminal.types("clean", "--kind", "person.full_name", typed="DUPONT Marie\n\nJohn Smith") == 0
    lines = [json.loads(line) for line in terminal.out.splitlines()]
    assert [list(line)[:4] for line in lines] == [["input", "value", "status", "reason"]] * 3
    assert [line["input"] for line in lines] == ["DUPONT Marie", "", "John Smith"]
    assert {line["status"] for line in lines} <= {"ok", "changed", "invalid", "unknown"}
    assert (lines[0]["given"], lines[0]["family"]) == ("Marie", "Dupont")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("from_file", [True, False])
def test_any_encoding_is_read(terminal, encoding, ends, from_file):
    """Zoé is Zoé, from a file and through a pipe."""
    sent = f"Zoé{ends}Jürgen{ends}".encode(encoding)
    source = [terminal.file("names.txt", sent)] if from_file else []

    assert terminal.types("clean", "--kind", "person.first_name", *source, typed=sent) == 0
    assert values(terminal) == ["Zoé", "Jürgen"]


@pytest.mark.parametrize("sent", [b"", b"\xff\xfe", b"\xed\xa0\x80\n", b"a\0b\n", b"\x81\n", b"x" * 50_000])
def test_no_bytes_end_in_a_traceback(terminal, sent):
    assert terminal.types("clean", "--kind", "email", typed=sent) == 0
    assert all(json.loads(line) for line in terminal.out.splitlines())


@pytest.mark.parametrize("country", ["France", "F", "33", ""])
def test_a_country_is_two_letters(terminal, country):
    assert terminal.types("clean", "--kind", "phone", "--country", country, typed="1") == 2
    assert "--country" in terminal.told


def test_an_unknown_kind_is_wrong_usage(terminal):
    assert terminal.types("clean", "--kind", "nonsense", typed="1") == 2
    assert "--kind" in terminal.told


def test_a_file_that_is_not_there_is_told(terminal):
    assert terminal.types("clean", "--kind", "email", terminal.folder / "nowhere.txt") == 1
    assert terminal.was_told(FileUnknown())


def test_a_reader_that_leaves_is_no_accident():
    """``clean … | head -1``: no traceback, and the line that was read is whole."""
    command = [sys.executable, "-m", "addon_backend", "clean", "--kind", "text"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(b"a\n" * 10_000)
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["value"] == "a"
        running.stdout.close()
        try:
            running.stdin.write(b"a\n" * 40_000)
            running.stdin.close()
        except BrokenPipeError:
            pass
        assert running.wait(60) == 1
        assert running.stderr.read() == b""
