"""Rows per second of the engine, against the usual way: one library per cell."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from statistics import median
from time import process_time

import phonenumbers
from babel import Locale
from email_validator import EmailNotValidError, validate_email
from nameparser import HumanName
from publicsuffixlist import PublicSuffixList

from addon_backend.bootstrap import COLLECT_AFTER
from addon_backend.domain.cells import CellValue, as_text
from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.runs import InputColumn, Operation, Output
from addon_backend.engine.inspect import inspect_table
from addon_backend.engine.plan.frame import Frame, engine_facts, frame_of
from addon_backend.engine.plan.outputs import plan_outputs
from benchmarks.child import in_child
from benchmarks.lists import columns
from benchmarks.report import Subject, seconds, share, table

ROWS, FEW_ROWS = 20_000, 5_000
COLUMNS = 10
ROUNDS = 3
OTHER_ROWS, OTHER_SEED = 300, 1
GOAL = 5.0
_TERRITORIES = {name.casefold(): code for code, name in Locale("en").territories.items()}
_SPACES = re.compile(r"\s+")


def per_cell(cells: Sequence[Sequence[CellValue]]) -> None:
    """Clean a list as most scripts do: each cell of each row by the library for its kind, nothing remembered.

    It infers nothing, derives nothing, and what cannot be read stays as it is. Numbers without a country code
    are read by the row's country.
    """
    suffixes = PublicSuffixList()
    for name, email, phone, company, website, title, country, city, postcode, date in zip(
        *cells, strict=True
    ):
        region = _TERRITORIES.get(as_text(country).casefold(), "FR")
        if name:
            parsed_name = HumanName(as_text(name).strip())
            parsed_name.capitalize(force=True)
            str(parsed_name)
        if email:
            with suppress(EmailNotValidError):
                validate_email(as_text(email).strip(), check_deliverability=False)
        if phone:
            with suppress(phonenumbers.NumberParseException):
                number = phonenumbers.parse(as_text(phone), region)
                if phonenumbers.is_valid_number(number):
                    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if website:
            suffixes.privatesuffix(as_text(website).removeprefix("http://").removeprefix("www.").strip("/"))
        if date:
            datetime.strptime(as_text(date), "%Y-%m-%d")  # noqa: DTZ007 - a date has no zone
        for text in (company, title, city, postcode):
            _SPACES.sub(" ", as_text(text)).strip()


def ours(headers: Sequence[str], cells: Sequence[Sequence[CellValue]]) -> dict[str, float]:
    """Inspect, then clean and derive all that the standard recipe does; return the seconds of each."""
    began = process_time()
    profiles = inspect_table(headers, cells)
    inspected = process_time()
    inputs = tuple(
        InputColumn(f"c{profile.position}", profile.position, profile.header, profile.kind)
        for profile in profiles
    )
    frame = frame_of(profiles, inputs, cells)
    outputs = plan_outputs(recipe_named("standard"), frame.columns, (), "en")
    cleaned = _timed(frame, [output for output in outputs if output.operation is Operation.CLEAN])
    derived = _timed(frame, [output for output in outputs if output.operation is Operation.FILL])
    return {"inspect": inspected - began, "clean": cleaned, "derive": derived}


def compared(rows: int) -> dict[str, float]:
    """Measure both on the same rows in this process: ours cold, the peer, ours again.

    Another list goes first, so that what libraries load at their first call is nobody's.
    """
    gc.set_threshold(*COLLECT_AFTER)  # for both, as every process of ours has it
    headers, cells = columns(OTHER_ROWS, seed=OTHER_SEED)
    ours(headers[:COLUMNS], cells[:COLUMNS])
    per_cell(cells[:COLUMNS])
    headers, cells = columns(rows)
    headers, cells = headers[:COLUMNS], cells[:COLUMNS]
    figures = {f"cold {step}": spent for step, spent in ours(headers, cells).items()}
    figures["peer"] = _seconds(lambda: per_cell(cells))
    figures |= {f"warm {step}": spent for step, spent in ours(headers, cells).items()}
    for name, column in zip(headers, cells, strict=True):
        figures[f"distinct {name}"] = len(set(column)) / rows
    return figures


def measure(*, quick: bool) -> Subject:
    """Measure three times in fresh processes: cold must be cold."""
    rows = FEW_ROWS if quick else ROWS
    tries = [in_child("benchmarks.engine:compared", rows=rows) for _ in range(ROUNDS)]
    found = {name: median(one[name] for one in tries) for name in tries[0]}
    peer, clean, derive, inspect = (
        found[name] for name in ("peer", "cold clean", "cold derive", "cold inspect")
    )
    all_of_it = inspect + clean + derive
    warm = found["warm inspect"] + found["warm clean"] + found["warm derive"]
    losses = []
    if peer / all_of_it < GOAL:
        losses.append(
            f"Inspecting, cleaning and deriving is {peer / all_of_it:.1f} × as fast as cleaning alone by "
            f"one library per cell; the goal for cleaning is {GOAL:.0f} ×. Phones go through the "
            "pure-Python phonenumbers, which costs both sides most of their time; a compiled one would "
            "change that (`facts`: 4 ×)."
        )
    distinct = {name.removeprefix("distinct "): found[name] for name in found if name.startswith("distinct ")}
    return Subject(
        name="engine",
        title=f"Cleaning, deriving, inspecting, {rows:,} rows × {COLUMNS} columns",
        how="Peer: *one library per cell* (phonenumbers, nameparser, email-validator, publicsuffixlist, "
        "strptime, called for every cell; it infers no column kinds, derives nothing, explains nothing). "
        "Ours: `inspect_table` (kinds, contexts, problems counted) on all rows, then every output of the "
        "standard recipe. Same rows, same process; CPU seconds of one core. Libraries are loaded by "
        f"another list before; cold is the first pass over these rows, warm the second. Median of {ROUNDS} "
        "processes. Distinct values: "
        + ", ".join(f"{name} {share(part)}" for name, part in distinct.items())
        + ".",
        ratios=[
            ("Peer's cleaning : our inspection and cleaning", f"{peer / (inspect + clean):.1f} ×"),
            ("Peer's cleaning : our inspection, cleaning and derivations", f"{peer / all_of_it:.1f} ×"),
            ("Cold : warm", f"{all_of_it / warm:.1f} ×"),
        ],
        figures=table(
            ("", "seconds", "rows/s"),
            [
                (name, seconds(spent), f"{rows / spent:,.0f}")
                for name, spent in (
                    ("peer, one library per cell", peer),
                    ("ours, inspect", inspect),
                    ("ours, clean (kinds are known, values seen by inspect)", clean),
                    ("ours, derive", derive),
                    ("ours, all of it, cold", all_of_it),
                    ("ours, all of it, warm", warm),
                )
            ],
        ),
        losses=losses,
    )


def _timed(frame: Frame, outputs: Sequence[Output]) -> float:
    return _seconds(lambda: [engine_facts(frame, output, "en") for output in outputs])


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began
