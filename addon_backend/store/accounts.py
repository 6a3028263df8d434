"""Workspaces, members and terms, in SQL."""

import uuid

from sqlalchemy import Connection, select, update

from addon_backend.domain.errors import BodyInvalid, NotVisible
from addon_backend.domain.workspaces import DEFAULT_RETENTION_DAYS, Member, Workspace
from addon_backend.store.clock import read_clock
from addon_backend.store.models import member as members
from addon_backend.store.models import terms_acceptance as acceptances
from addon_backend.store.models import workspace as workspaces
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into

LONGEST_RETENTION_DAYS = 400


class SqlAccounts:
    """Implements `ports.store.Accounts`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def enter(self, workspace_key: str, workspace_name: str, subject: str, language: str) -> Member:
        """Return the member, made where missing; two first visits at once make one member."""
        workspace = self._enter_workspace(workspace_key, workspace_name)
        known = self._member_by_subject(workspace, subject)
        if known is None:
            made = insert_into(self._connection, members).values(
                workspace=workspace,
                id=uuid.uuid4().hex,
                subject=subject,
                language=language,
                created_at=read_clock(self._connection),
            )
            self._connection.execute(made.on_conflict_do_nothing())
            known = self._member_by_subject(workspace, subject)
        if known is None:
            raise NotVisible
        if known.language != language:
            change = update(members).where(members.c.workspace == workspace, members.c.id == known.id)
            self._connection.execute(change.values(language=language))
            known = Member(known.id, workspace, subject, language)
        return known

    def workspace(self, workspace: str) -> Workspace:
        """Return a workspace."""
        row = self._connection.execute(select(workspaces).where(workspaces.c.id == workspace)).one_or_none()
        if row is None:
            raise NotVisible
        return Workspace(row.id, row.key, row.name, row.retention_days)

    def member(self, workspace: str, member: str) -> Member:
        """Return a member."""
        query = select(members).where(members.c.workspace == workspace, members.c.id == member)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotVisible
        return Member(row.id, row.workspace, row.subject, row.language)

    def set_retention(self, workspace: str, days: int) -> None:
        """Keep results for so many days; runs that are over keep the day they were promised."""
        if not 1 <= days <= LONGEST_RETENTION_DAYS:
            raise BodyInvalid(days=days)
        change = update(workspaces).where(workspaces.c.id == workspace).values(retention_days=days)
        if not self._connection.execute(change).rowcount:
            raise NotVisible

    def accept_terms(self, workspace: str, member: str, version: str, text_digest: str) -> None:
        """Record an acceptance once per workspace and version."""
        self.member(workspace, member)
        accepted = insert_into(self._connection, acceptances).values(
            workspace=workspace,
            member=member,
            version=version,
            text_digest=text_digest,
            accepted_at=read_clock(self._connection),
        )
        self._connection.execute(accepted.on_conflict_do_nothing())

    def terms_in_force(self, workspace: str) -> str | None:
        """Return the version accepted last."""
        query = (
            select(acceptances.c.version)
            .where(acceptances.c.workspace == workspace)
            .order_by(acceptances.c.accepted_at.desc(), acceptances.c.version.desc())
            .limit(1)
        )
        version: str | None = self._connection.execute(query).scalar_one_or_none()
        return version

    def _enter_workspace(self, key: str, name: str) -> str:
        query = select(workspaces.c.id).where(workspaces.c.key == key)
        known: str | None = self._connection.execute(query).scalar_one_or_none()
        if known is not None:
            return known
        identifier = uuid.uuid4().hex
        made = insert_into(self._connection, workspaces).values(
            id=identifier,
            key=key,
            name=name,
            retention_days=DEFAULT_RETENTION_DAYS,
            data_key=self._seals.new_key(identifier),
            created_at=read_clock(self._connection),
        )
        self._connection.execute(made.on_conflict_do_nothing())
        made_by_whom: str = self._connection.execute(query).scalar_one()
        return made_by_whom

    def _member_by_subject(self, workspace: str, subject: str) -> Member | None:
        query = select(members).where(members.c.workspace == workspace, members.c.subject == subject)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else Member(row.id, row.workspace, row.subject, row.language)
