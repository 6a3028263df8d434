"""Switches, admissions, proofs and traces of administrators, in SQL."""

import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, case, delete, func, select, update

from addon_backend.domain.errors import NotVisible
from addon_backend.domain.runs import RunState
from addon_backend.domain.switches import PROOF_SECONDS, Admission, Switches
from addon_backend.ports.administration import AuditLine, Seat, Spent
from addon_backend.store.accounts import email_context
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.mapping import Plain
from addon_backend.store.models import administrator as administrators
from addon_backend.store.models import arrival as arrivals
from addon_backend.store.models import audit as traces
from addon_backend.store.models import credential as credentials
from addon_backend.store.models import member as members
from addon_backend.store.models import policy as policies
from addon_backend.store.models import reservation as reservations
from addon_backend.store.models import run as runs
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into

_ACTIVE = (RunState.QUEUED, RunState.PREPARING, RunState.RUNNING)


class SqlAdministration:
    """Implements `ports.administration.Administration`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def switches(self, workspace: str) -> Switches:
        """Return how its switches stand; the usual ones where nobody has touched them."""
        row = self._connection.execute(
            select(policies).where(policies.c.workspace == workspace)
        ).one_or_none()
        if row is None:
            return Switches()
        fields = None if row.fields is None else frozenset(row.fields)
        return Switches(row.everybody, fields, row.in_place, row.delegation, row.paused)

    def set_switches(self, workspace: str, switches: Switches) -> None:
        """Let them stand like this from now on."""
        values: Plain = {
            "everybody": switches.everybody,
            "fields": None if switches.fields is None else sorted(switches.fields),
            "in_place": switches.in_place,
            "delegation": switches.delegation,
            "paused": switches.paused,
        }
        kept = insert_into(self._connection, policies).values(workspace=workspace, **values)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["workspace"], set_=values))

    def admission(self, workspace: str, member: str) -> Admission:
        """Return what was said of a member."""
        query = select(members.c.admission).where(members.c.workspace == workspace, members.c.id == member)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotVisible
        return Admission(row.admission or Admission.USUAL)

    def set_admission(self, workspace: str, member: str, admission: Admission) -> None:
        """Say it."""
        change = update(members).where(members.c.workspace == workspace, members.c.id == member)
        told = None if admission is Admission.USUAL else admission.value
        if not self._connection.execute(change.values(admission=told)).rowcount:
            raise NotVisible

    def prove(self, workspace: str, member: str) -> str:
        """Remember that her provider has just said that she administers the organisation."""
        now = read_clock(self._connection)
        said = insert_into(self._connection, administrators).values(
            workspace=workspace, member=member, series=uuid.uuid4().hex, proven_at=now
        )
        keys = ["workspace", "member"]
        again = said.on_conflict_do_update(index_elements=keys, set_={"proven_at": now})
        series: str = self._connection.execute(again.returning(administrators.c.series)).scalar_one()
        return series

    def disprove(self, workspace: str, member: str) -> None:
        """Forget it."""
        mine = (administrators.c.workspace == workspace, administrators.c.member == member)
        self._connection.execute(delete(administrators).where(*mine))

    def proven(self, workspace: str, member: str) -> str:
        """Return the series of a proof of the last `PROOF_SECONDS`, "" where there is none."""
        query = select(administrators.c.series).where(
            administrators.c.workspace == workspace,
            administrators.c.member == member,
            administrators.c.proven_at > db_now() - PROOF_SECONDS,
        )
        return self._connection.execute(query).scalar_one_or_none() or ""

    def seats(self, workspace: str, provider: str) -> Sequence[Seat]:
        """Return all members, and how each one's consent at a provider stands."""
        hers = (
            (credentials.c.workspace == members.c.workspace)
            & (credentials.c.member == members.c.id)
            & (credentials.c.provider == provider)
        )
        query = (
            select(members, credentials.c.granted_at, credentials.c.revoked_at)
            .outerjoin(credentials, hers)
            .where(members.c.workspace == workspace)
            .order_by(members.c.created_at, members.c.id)
        )
        return [
            Seat(
                member=row.id,
                email=self._seals.open(workspace, email_context(row.id), row.email).decode()
                if row.email
                else "",
                admission=Admission(row.admission or Admission.USUAL),
                granted=None if row.granted_at is None else row.revoked_at is None,
                created_at=row.created_at,
                seen_at=row.seen_at,
            )
            for row in self._connection.execute(query)
        ]

    def spent(self, workspace: str, months: Sequence[float]) -> Sequence[Spent]:
        """Sum up runs by member and month."""
        month = case(*((runs.c.created_at >= months[at], at) for at in reversed(range(len(months))))).label(
            "month"
        )
        query = (
            select(
                runs.c.member,
                month,
                func.count().label("runs"),
                func.sum(runs.c.rows).label("rows"),
                func.sum(reservations.c.spent).label("credits"),
            )
            .join(
                reservations,
                (reservations.c.workspace == runs.c.workspace) & (reservations.c.run == runs.c.id),
            )
            .where(runs.c.workspace == workspace, runs.c.created_at >= months[0])
            .group_by(runs.c.member, month)
        )
        found = self._connection.execute(query).mappings()
        return [
            Spent(row["member"], row["month"], row["runs"], int(row["rows"]), int(row["credits"]))
            for row in found
        ]

    def active(self, workspace: str) -> Sequence[tuple[str, str]]:
        """Return (run, member) of the runs that are queued, preparing or running."""
        query = select(runs.c.id, runs.c.member).where(
            runs.c.workspace == workspace, runs.c.state.in_([state.value for state in _ACTIVE])
        )
        return [(row.id, row.member) for row in self._connection.execute(query)]

    def note(self, workspace: str, member: str, what: str, value: str = "", about: str = "") -> None:
        """Keep that a member switched something."""
        kept = insert_into(self._connection, traces).values(
            workspace=workspace,
            id=uuid.uuid4().hex,
            member=member,
            at=read_clock(self._connection),
            what=what,
            value=value,
            about=about,
        )
        self._connection.execute(kept)

    def audit(self, workspace: str, limit: int) -> Sequence[AuditLine]:
        """Return what was kept of that, newest first."""
        query = select(traces).where(traces.c.workspace == workspace)
        newest = query.order_by(traces.c.at.desc(), traces.c.id).limit(limit)
        return [
            AuditLine(row.at, row.member, row.what, row.value, row.about)
            for row in self._connection.execute(newest)
        ]

    def set_out(self, secret: str, browser: str, seconds: float) -> None:
        """Expect a browser back with this secret."""
        kept = insert_into(self._connection, arrivals).values(
            digest=_digest(secret), browser=_digest(browser), expires_at=db_now() + seconds
        )
        self._connection.execute(kept)

    def come_back(self, secret: str, browser: str) -> bool:
        """Let the secret be gone: of two who come back with it, one is let in."""
        gone = delete(arrivals).where(arrivals.c.digest == _digest(secret))
        row = self._connection.execute(
            gone.returning(arrivals.c.browser, arrivals.c.expires_at)
        ).one_or_none()
        return (
            row is not None
            and row.browser == _digest(browser)
            and row.expires_at > read_clock(self._connection)
        )


def _digest(secret: str) -> str:
    """A plain digest is enough: the secret is random, and too long to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
