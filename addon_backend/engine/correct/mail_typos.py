"""The domain that was meant, where an e-mail's domain is one slip away from a known one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from addon_backend.engine.clean.web import readable_host
from addon_backend.engine.correct.mail_domains import EVERYWHERE, MISTYPED_TOPS, POPULAR, TOPS

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_IN_HOST = re.compile(r"[^\w.-]+")
_SHORT_NAME = 4
"""``sky`` and ``ski`` are two companies: shorter names than five letters are not corrected."""
_LONG_NAME = 9
_MOST_IN_TOP = 2
_FAMILIAR = 5
"""So many addresses of one sheet make its domain one that others may be mistyped from."""


def meant_domain(
    domain: str, recurring: frozenset[str] = frozenset(), familiar: frozenset[str] = frozenset()
) -> str | None:
    """Return the domain that ``domain`` was probably meant to be, or None.

    ``recurring`` domains are never corrected; ``familiar`` ones are known beside the popular ones. One slip
    (Damerau: a letter missing, added, changed, or two swapped) in the name, two in long names, and two in
    the ending count; a name is compared apart from its ending. Method: mailcheck.
    """
    domain = domain.lower()
    known = POPULAR | familiar
    if domain in known or domain in recurring or _is_branch(domain):
        return None
    bare = _NOT_IN_HOST.sub("", domain).strip(".")
    if bare != domain:
        return bare if bare in known else None
    return _closest(domain, known) or _mended_top(domain)


def recurring_domains(addresses: Iterable[tuple[str, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the domains that two different local parts share, and those that at least five do."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for local, domain in addresses:
        users[domain].add(local.casefold())
    return (
        frozenset(domain for domain, locals_ in users.items() if len(locals_) > 1),
        frozenset(domain for domain, locals_ in users.items() if len(locals_) >= _FAMILIAR),
    )


def _is_branch(domain: str) -> bool:
    """Tell whether a domain is a provider's with another real ending (``yahoo.com.ph``)."""
    name, _, top = domain.partition(".")
    return name in EVERYWHERE and top not in MISTYPED_TOPS and readable_host(domain) is not None


def _closest(domain: str, known: frozenset[str]) -> str | None:
    undotted = domain.replace(".", "")
    near: list[tuple[int, bool, str]] = []
    for candidate in known:
        if candidate.replace(".", "") == undotted:
            return candidate
        if slips := _slips(domain, candidate):
            near.append((slips, not candidate.endswith(".com"), candidate))
    return min(near)[2] if near else None


def _slips(domain: str, candidate: str) -> int | None:
    """Return how many slips lie between, or None where too many or too uncertain."""
    name, _, top = domain.partition(".")
    right_name, _, right_top = candidate.partition(".")
    allowed = 2 if len(right_name) >= _LONG_NAME else 1
    in_name = OSA.distance(name, right_name, score_cutoff=allowed)
    if in_name > allowed or (in_name and len(right_name) <= _SHORT_NAME):
        return None
    in_top = OSA.distance(top, right_top, score_cutoff=_MOST_IN_TOP)
    if in_top > _MOST_IN_TOP or (in_top and not _may_be_slip(name, top, in_name)):
        return None
    return in_name + in_top


def _may_be_slip(name: str, top: str, in_name: int) -> bool:
    """Tell whether an ending may be a slip: not a real one, or a notorious one after a known name."""
    if readable_host(f"{name}.{top}") is None:
        return True
    return top in MISTYPED_TOPS and not in_name and len(name) > _SHORT_NAME


def _mended_top(domain: str) -> str | None:
    """Return the domain with a real ending where its own does not exist and one is a slip away."""
    name, _, top = domain.rpartition(".")
    if not name or readable_host(domain) is not None:
        return None
    if top in MISTYPED_TOPS:
        return f"{name}.com"
    near = [right for right in TOPS if OSA.distance(top, right) == 1]
    return f"{name}.{near[0]}" if near else None
