"""The import-linter contract that keeps the house's one table of directions (in ``pyproject.toml``).

Why not import-linter's own kinds: ``layers`` and ``forbidden`` fail on a package that does not exist yet, and
a dozen of them say in a page what the table says in fifteen lines. A package that has no row breaks the
contract, so a new room cannot open without saying whom it may talk to.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

HOUSE = "addon_backend"
Table = dict[str, frozenset[str]]


class DirectionContract(Contract):
    """Each room imports only the rooms its row names, itself, and the leaves.

    ``may_import``: rows ``room room -> room room``. The longest room that holds a module decides, so
    ``jobs.bell`` may have a row beside ``jobs``. ``leaves``: rooms anyone may import, except a room whose row
    says ``only``. ``reserved``: rows ``package package -> room room``, for packages of others that no
    other room may import.
    """

    type_name = "direction"

    may_import = fields.ListField(subfield=fields.StringField())
    leaves = fields.ListField(subfield=fields.StringField())
    reserved = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find every direct import that the table does not allow, and every module without a row."""
        wrong = violations(
            {
                module: sorted(graph.find_modules_directly_imported_by(module))
                for module in sorted(graph.modules)
            },
            rows=cast("list[str]", self.may_import),
            leaves=cast("list[str]", self.leaves),
            reserved=cast("list[str]", self.reserved),
        )
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each of them."""
        for line in cast("list[str]", check.metadata["wrong"]):
            output.print_error(line, bold=False)


def violations(
    imports: Mapping[str, Sequence[str]],
    *,
    rows: Sequence[str],
    leaves: Sequence[str],
    reserved: Sequence[str],
) -> list[str]:
    """One sentence for each import (module → modules, by full name) that breaks the table."""
    table, owners = _table(rows), _table(reserved)
    wrong = []
    for module, imported in imports.items():
        if not module.startswith(f"{HOUSE}."):
            continue
        room = _room(module, table)
        if room is None:
            wrong.append(f"{module} is in a room without a row in the table (pyproject.toml, may_import)")
            continue
        allowed = table[room] - {"only"}
        if "only" not in table[room]:
            allowed |= frozenset(leaves)
        for other in imported:
            if other in owners and not owners[other] & _lineage(module):
                wrong.append(f"{module} imports {other}, which is for {', '.join(sorted(owners[other]))}")
            elif (
                other.startswith(f"{HOUSE}.")
                and not _same_room(module, other)
                and not allowed & _lineage(other)
            ):
                wrong.append(
                    f"{module} imports {other}; {room} may import {', '.join(sorted(allowed)) or 'nothing'}"
                )
    return wrong


def _table(rows: Sequence[str]) -> Table:
    return {
        room: frozenset(allowed.split())
        for rooms, _, allowed in (row.partition("->") for row in rows)
        for room in rooms.split()
    }


def _lineage(module: str) -> frozenset[str]:
    """``addon_backend.jobs.bell`` → ``{jobs.bell, jobs}``."""
    parts = module.split(".")[1:]
    return frozenset(".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _room(module: str, table: Table) -> str | None:
    return max(_lineage(module) & table.keys(), key=len, default=None)


def _same_room(module: str, other: str) -> bool:
    return module.split(".")[1] == other.split(".")[1]
