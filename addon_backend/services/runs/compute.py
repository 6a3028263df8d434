"""Compute a chunk once and keep the result, before any sheet is touched (law 2)."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RunState as RunMoved
from addon_backend.domain.errors import SourceTrouble
from addon_backend.domain.facts import Fact, FactColumn
from addon_backend.domain.runs import RunState, Stage
from addon_backend.engine.plan.frame import blanks, engine_facts
from addon_backend.engine.plan.protection import COLUMN_GONE
from addon_backend.services.runs.blocks import pack_facts, unpack_facts
from addon_backend.services.runs.pricing import identities
from addon_backend.services.runs.snapshot import Slice, chunk_key
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.runs import Chunk, Claim, Output, Run
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.source import Source
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

BUDGET = Fact(None, "budget")
STOPPED = Fact(None, "stopped")
WAITS, WAIT_SECONDS = 40, 0.25
CREDITS_SECONDS = 0.5
"""How long a chunk waits before it looks again whether others have left it credits."""
UNKNOWN = Fact(None, "source_has_nothing")
TROUBLE = Fact(None, "source_trouble")
NO_INPUT = Fact(None, "no_input")
DROPPED = Fact(None, COLUMN_GONE)

Worth = dict[str, dict[str, int]]
"""Identity → field → what one new value of it costs."""


class CreditsSetAside(Exception):
    """Other chunks hold what this one lacks: how much is left is known when they are written."""


def compute(house: House, claim: Claim) -> None:
    """Fill the claimed chunk's result blocks, or hand it back for a while when others hold its credits.

    Raises `Lost` when somebody else has taken over, `RunState` when the run was stopped before it began.
    """
    with house.store.reading() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
        if run.state is not RunState.RUNNING:
            raise RunMoved(state=run.state.value)
        chunk = unit.chunks.get(claim)
        frame = Slice(unit, run, chunk.first, chunk.count).frame
    if chunk.stage is Stage.ENGINE:
        results = {output.name: engine_facts(frame, output, run.language) for output in run.outputs}
    else:
        try:
            results = _Asking(house, claim, run, chunk, frame).results()
        except CreditsSetAside:
            with house.store.unit() as unit:
                unit.work.hand_back(claim, after=CREDITS_SECONDS)
                unit.commit()
            return
    failpoint("after_compute")
    with house.store.unit() as unit:
        for name, facts in results.items():
            unit.blocks.put(chunk_key(run, "result", chunk.stage, chunk.number, name), pack_facts(facts))
        unit.chunks.computed(claim)
        unit.runs.touch(run.workspace, run.id)
        unit.commit()
    house.bell.ring()


class _Asking:
    """One chunk's turn at the priced sources: ask for as many as credits were set aside for."""

    def __init__(self, house: House, claim: Claim, run: Run, chunk: Chunk, frame: Frame) -> None:
        self.house, self.claim, self.run, self.frame = house, claim, run, frame
        self.outputs = [output for output in run.outputs if output.sources]
        self.engine = {output.name: engine_facts(frame, output, run.language) for output in self.outputs}
        self.chunk = chunk

    def results(self) -> dict[str, FactColumn]:
        """Return the facts of every priced output; rows that were not asked say why."""
        missing = {o.name: set(blanks(self.frame, o, self.engine[o.name])) for o in self.outputs}
        asking = [o for o in self.outputs if not self.run.is_dropped(o)]
        found = {
            o.name: dict.fromkeys(missing[o.name], NO_INPUT if o in asking else DROPPED) for o in self.outputs
        }
        for name in dict.fromkeys(source for o in asking for source in o.sources):
            source = self.house.sources[name]
            outputs = [o for o in asking if name in o.sources]
            who = {o.name: identities(source, self.frame, o) for o in outputs}
            open_rows = {
                o.name: [
                    row for row, fact in found[o.name].items() if fact.value is None and who[o.name][row]
                ]
                for o in outputs
            }
            answers = self._ask(source, outputs, who, open_rows)
            for output in outputs:
                for row in open_rows[output.name]:
                    identity = who[output.name][row] or ""
                    found[output.name][row] = _fact_for(answers.get(identity, BUDGET), output.field)
        return {
            output.name: FactColumn.of(
                [found[output.name].get(row, self.engine[output.name][row]) for row in range(self.frame.rows)]
            )
            for output in self.outputs
        }

    def _ask(
        self,
        source: Source,
        outputs: Sequence[Output],
        who: Mapping[str, Sequence[str | None]],
        open_rows: Mapping[str, Sequence[int]],
    ) -> dict[str, Mapping[str, Fact] | Fact]:
        """Return facts by field for each identity, or the one fact that says why there are none."""
        worth: Worth = {}
        for output in outputs:
            for identity in dict.fromkeys(who[output.name][row] for row in open_rows[output.name]):
                worth.setdefault(identity or "", {})[output.field] = output.price
        if not worth:
            return {}
        digests = self._digests(source, list(worth))
        known, wanted = self._known(source, digests, worth)
        answers: dict[str, Mapping[str, Fact] | Fact] = dict(known)
        for first in range(0, len(wanted), source.batch_size):
            batch = wanted[first : first + source.batch_size]
            try:
                answers.update(self._look_up(source, batch, digests))
            except RunMoved:
                return answers | dict.fromkeys(wanted[first:], STOPPED)
        return answers

    def _digests(self, source: Source, names: list[str]) -> dict[str, str]:
        with self.house.store.reading() as unit:
            return dict(
                zip(names, unit.blocks.digests(self.run.workspace, f"ask|{source.name}", names), strict=True)
            )

    def _known(
        self, source: Source, digests: Mapping[str, str], worth: Worth
    ) -> tuple[dict[str, Mapping[str, Fact] | Fact], list[str]]:
        """Return what this run knows already, and whom the set-aside credits allow to ask about.

        What is charged already costs nothing again. Where credits lack that other chunks have set aside,
        this chunk sets nothing aside and waits (`CreditsSetAside`): who waits holds nothing, so that no two
        can wait for each other.
        """
        with self.house.store.unit() as unit:
            ledger, asked_of = unit.ledger, (self.run.workspace, self.run.id, source.name)
            ledger.abandon(self.claim, source.name, list(digests.values()))
            calls = ledger.known(*asked_of, list(digests.values()))
            paid = ledger.charged(*asked_of, list(digests.values()))
            known: dict[str, Mapping[str, Fact] | Fact] = {}
            fresh: list[str] = []
            for identity, digest in digests.items():
                call = calls.get(digest)
                if call is None or (call.answer is None and call.state == "asked"):
                    fresh.append(identity)
                else:
                    known[identity] = TROUBLE if call.answer is None else _unpack_answer(call.answer)
            needs = {
                identity: sum(
                    price for field, price in prices.items() if (field, digests[identity]) not in paid
                )
                for identity, prices in worth.items()
                if known.get(identity) is not TROUBLE
            }
            granted = unit.runs.allocate(self.claim, sum(needs.values()))
            if granted < sum(needs.values()) and self._others_hold_credits(unit):
                unit.runs.allocate(self.claim, 0)
                unit.commit()
                raise CreditsSetAside
            granted -= sum(needs.get(identity, 0) for identity in known)
            wanted = []
            for identity in fresh:
                if needs[identity] > granted:
                    break
                granted -= needs[identity]
                wanted.append(identity)
            unit.commit()
        return known, wanted

    def _others_hold_credits(self, unit: UnitOfWork) -> bool:
        return any(
            chunk.allocated
            for chunk in unit.chunks.of_run(self.run.workspace, self.run.id)
            if (chunk.stage, chunk.number) != (self.chunk.stage, self.chunk.number)
        )

    def _look_up(
        self, source: Source, batch: Sequence[str], digests: Mapping[str, str]
    ) -> dict[str, Mapping[str, Fact] | Fact]:
        """Record the batch as asked, ask, record the answers: each in its own transaction.

        Raises `RunState` where a Stop came before the batch was recorded.
        """
        by_digest = {digests[identity]: identity for identity in batch}
        with self.house.store.unit() as unit:
            unit.work.renew(self.claim)
            others = unit.ledger.ask(self.claim, source.name, list(by_digest), source.provider_units)
            unit.commit()
        mine = [identity for digest, identity in by_digest.items() if digest not in others]
        failpoint("after_ask")
        try:
            answers = source.look_up(mine) if mine else ()
        except SourceTrouble:
            with self.house.store.unit() as unit:
                unit.ledger.in_doubt(self.claim, source.name, [digests[identity] for identity in mine])
                unit.commit()
            return dict.fromkeys(batch, TROUBLE)
        failpoint("after_answer")
        with self.house.store.unit() as unit:
            unit.ledger.answer(
                self.claim,
                source.name,
                {digests[a.identity]: (a.units, _pack_answer(a.facts)) for a in answers},
            )
            unit.commit()
        found: dict[str, Mapping[str, Fact] | Fact] = {a.identity: dict(a.facts) for a in answers}
        found.update(self._awaited(source, {digest: by_digest[digest] for digest in others}))
        return found

    def _awaited(self, source: Source, theirs: Mapping[str, str]) -> dict[str, Mapping[str, Fact] | Fact]:
        """Wait a little for answers that another chunk of this run is asking for right now."""
        found: dict[str, Mapping[str, Fact] | Fact] = {}
        for _ in range(WAITS):
            with self.house.store.unit() as unit:
                unit.work.renew(self.claim)
                calls = unit.ledger.known(self.run.workspace, self.run.id, source.name, list(theirs))
                unit.commit()
            found = {
                theirs[digest]: _unpack_answer(call.answer) if call.answer is not None else TROUBLE
                for digest, call in calls.items()
            }
            if all(call.state != "asked" for call in calls.values()):
                break
            sleep(WAIT_SECONDS)
        return found


def _fact_for(answer: Mapping[str, Fact] | Fact, field: str) -> Fact:
    if isinstance(answer, Fact):
        return answer
    return answer.get(field, UNKNOWN)


def _pack_answer(facts: Mapping[str, Fact]) -> bytes:
    names = sorted(facts)
    return "\n".join(names).encode() + b"\x00" + pack_facts(FactColumn(tuple(facts[n] for n in names), ()))


def _unpack_answer(data: bytes) -> dict[str, Fact]:
    names, _, packed = data.partition(b"\x00")
    return dict(zip(names.decode().splitlines(), unpack_facts(packed).facts, strict=True))
