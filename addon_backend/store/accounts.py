"""Workspaces, members and terms, in SQL."""

import uuid
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from addon_backend.domain.errors import BodyInvalid, NotVisible
from addon_backend.domain.workspaces import ACCESS_SECONDS, DEFAULT_RETENTION_DAYS, Member, Workspace
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.mapping import Plain
from addon_backend.store.models import document_access as accesses
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

    def enter(
        self, workspace_key: str, workspace_name: str, subject: str, language: str, email: str = ""
    ) -> Member:
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
        now = replace(known, language=language, email=email or known.email)
        change = update(members).where(members.c.workspace == workspace, members.c.id == now.id)
        values: Plain = {"seen_at": db_now()}
        if now != known:
            sealed = (
                self._seals.seal(workspace, email_context(now.id), now.email.encode()) if now.email else None
            )
            values |= {"language": language, "email": sealed}
        self._connection.execute(change.values(values))
        return now

    def workspace(self, workspace: str) -> Workspace:
        """Return a workspace."""
        row = self._connection.execute(select(workspaces).where(workspaces.c.id == workspace)).one_or_none()
        if row is None:
            raise NotVisible
        return Workspace(row.id, row.key, row.name, row.retention_days)

    def member(self, workspace: str, member: str) -> Member:
        """Return a member."""
        query = select(members).where(members.c.workspace == workspace, members.c.id == member)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotVisible
        return self._member_of(row)

    def find(self, workspace_key: str, subject: str) -> Member | None:
        """Return a member by what proves her, None where she has never been here."""
        query = select(workspaces.c.id).where(workspaces.c.key == workspace_key)
        workspace = self._connection.execute(query).scalar_one_or_none()
        return None if workspace is None else self._member_by_subject(workspace, subject)

    def set_mail(self, workspace: str, member: str, *, wanted: bool) -> None:
        """Write to this member from now on, or no more; saying it again changes nothing."""
        change = update(members).where(members.c.workspace == workspace, members.c.id == member)
        since = None if wanted else func.coalesce(members.c.mail_off_at, db_now())
        if not self._connection.execute(change.values(mail_off_at=since)).rowcount:
            raise NotVisible

    def prove_access(self, workspace: str, member: str, host: str, document: str) -> None:
        """Remember that the host has just said that this member can open the document."""
        now = read_clock(self._connection)
        said = insert_into(self._connection, accesses).values(
            workspace=workspace, member=member, host=host, document=document, proven_at=now
        )
        keys = [column.name for column in accesses.primary_key]
        self._connection.execute(said.on_conflict_do_update(index_elements=keys, set_={"proven_at": now}))

    def lose_access(self, workspace: str, member: str, host: str, document: str) -> None:
        """Forget it: the host has refused her since."""
        self._connection.execute(
            delete(accesses).where(
                accesses.c.workspace == workspace,
                accesses.c.member == member,
                accesses.c.host == host,
                accesses.c.document == document,
            )
        )

    def has_access(self, workspace: str, member: str, host: str, document: str) -> bool:
        """Return True where the host said so in the last `ACCESS_SECONDS`."""
        query = select(accesses.c.proven_at).where(
            accesses.c.workspace == workspace,
            accesses.c.member == member,
            accesses.c.host == host,
            accesses.c.document == document,
            accesses.c.proven_at > db_now() - ACCESS_SECONDS,
        )
        return self._connection.execute(query).scalar_one_or_none() is not None

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
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else self._member_of(row)

    def _member_of(self, row: RowMapping) -> Member:
        workspace, member, sealed = row["workspace"], row["id"], row["email"]
        return Member(
            id=member,
            workspace=workspace,
            subject=row["subject"],
            language=row["language"],
            email=self._seals.open(workspace, email_context(member), sealed).decode() if sealed else "",
            mail=row["mail_off_at"] is None,
        )


def email_context(member: str) -> str:
    """Return what a member's sealed address is bound to."""
    return f"member|{member}|email"
