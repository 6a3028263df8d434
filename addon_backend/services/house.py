"""What every use case is given: the ports, already joined to their adapters by ``bootstrap``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from addon_backend.ports.access import Access
    from addon_backend.ports.administrators import AdministratorDesk
    from addon_backend.ports.bell import Bell
    from addon_backend.ports.consent import ConsentDesk
    from addon_backend.ports.documents import Documents
    from addon_backend.ports.identity import IdTokens
    from addon_backend.ports.licences import Licences
    from addon_backend.ports.mailer import Mailer
    from addon_backend.ports.pace import Pace
    from addon_backend.ports.shared_sheets import SharedSheets
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.ports.source import Source
    from addon_backend.ports.store import Store
    from addon_backend.ports.workbooks import Workbooks
    from addon_backend.services.runs.writing.write_size import HostPace


@dataclass(frozen=True, slots=True)
class House:
    """The ports of one process."""

    store: Store
    bell: Bell
    host: Callable[[str, str, str], SheetHost]
    """(host name, workspace, member) → the host, acting with that member's credential."""
    sources: Mapping[str, Source]
    documents: Documents
    workbooks: Workbooks
    mailer: Mailer
    public_url: str
    """Where people reach us: what links in letters lead to, but for the hosts in ``links``."""
    access: Mapping[str, Access] = field(default_factory=dict)
    """Host name → how it is asked who can open a document; a host that is not here cannot be asked."""
    told_by_panel: frozenset[str] = frozenset()
    """Hosts that are not asked before a run: until then, what the panel reads there is all we know."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Host name → where a person opens her ``{document}``; a host is absent where its id does not tell."""
    paces: dict[str, HostPace] = field(default_factory=dict)
    """What this process has learnt of its hosts: how long writes take, by host name."""
    id_tokens: IdTokens | None = None
    """Google's word about who asks; None where no client of Google's is configured."""
    licences: Licences | None = None
    """Who has installed us; None where nobody is asked: then everybody may sign in."""
    consent: ConsentDesk | None = None
    """Where people consent to work in their absence; None where no client of Google's is configured."""
    shared_sheets: SharedSheets | None = None
    """Google sheets that people have shared with the operator's account; the command line's alone."""
    administrators: AdministratorDesk | None = None
    """Who administers an organisation, by Google's word; None where no client of Google's is configured."""
    pace: Pace | None = None
    """Only in a sandbox."""
