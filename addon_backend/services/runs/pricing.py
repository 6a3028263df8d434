"""What a run may cost at most, in two currencies (DESIGN §4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.engine.plan.frame import blanks
from addon_backend.engine.plan.outputs import Offer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from addon_backend.domain.facts import FactColumn
    from addon_backend.domain.kinds import ColumnKind
    from addon_backend.domain.runs import Output
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.source import Source


@dataclass(frozen=True, slots=True)
class Ask:
    """For one source: what each identity could fill. ``fields`` maps an identity to its output names."""

    source: str
    outputs: Mapping[str, Sequence[str]]
    units: int

    def credits(self, prices: Mapping[str, int]) -> int:
        """Sum our price over every (identity, output) once: duplicates in a run are charged once."""
        return sum(prices[name] for names in self.outputs.values() for name in names)


def offers_of(sources: Mapping[str, Source]) -> list[Offer]:
    """Return what the sources of this house can fill."""
    return [
        Offer(name, {field: source.price(field) for field in source.fields}, tuple(source.needs))
        for name, source in sources.items()
    ]


def identities(source: Source, frame: Frame, output: Output) -> list[str | None]:
    """Return who would be looked up for each row, None where the row does not say."""
    inputs = frame.by_kind(output.inputs)
    texts: dict[ColumnKind, list[str]] = {
        kind: [as_text(value) for value in values] for kind, values in inputs.items()
    }
    known: dict[tuple[str, ...], str | None] = {}
    found = []
    for row in range(frame.rows):
        cells = tuple(column[row] for column in texts.values())
        if cells not in known:
            known[cells] = source.identity(dict(zip(texts, cells, strict=True)))
        found.append(known[cells])
    return found


def asks(
    sources: Mapping[str, Source],
    frame: Frame,
    outputs: Sequence[Output],
    facts: Mapping[str, FactColumn],
    rows: Collection[int] | None = None,
) -> list[Ask]:
    """Return who would be asked about whom, over all rows or some of them."""
    wanted: dict[str, dict[str, list[str]]] = {}
    for output in outputs:
        for name in output.sources:
            source = sources[name]
            missing = blanks(frame, output, facts[output.name])
            who = identities(source, frame, output)
            for row in missing:
                identity = who[row]
                if identity is None or (rows is not None and row not in rows):
                    continue
                names = wanted.setdefault(name, {}).setdefault(identity, [])
                if output.name not in names:
                    names.append(output.name)
    return [Ask(name, found, sources[name].provider_units * len(found)) for name, found in wanted.items()]


def ceiling(found: Sequence[Ask], outputs: Sequence[Output]) -> tuple[int, int]:
    """Return the most that these asks can cost: our credits, and provider units."""
    prices = {output.name: output.price for output in outputs}
    return sum(ask.credits(prices) for ask in found), sum(ask.units for ask in found)
