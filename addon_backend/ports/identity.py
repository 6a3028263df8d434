"""Who somebody is, by the word of an identity provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as her provider vouches for her.

    ``subject`` is the provider's stable id; ``domain`` is the organisation that manages her account, "" for
    an account of her own. The part of ``email`` after the @ proves nothing about an organisation.
    """

    subject: str
    email: str = field(repr=False)
    domain: str = ""


class IdTokens(Protocol):
    """Checks identity tokens.

    Laws: an `Identity` is returned only for a token that the provider has signed, for us, that has begun and
    not ended, of a person whose address the provider has verified. Anything else raises `NotSignedIn`, which
    never carries a part of the token; `HostTrouble` means that the provider's keys could not be had just now.
    """

    def verify(self, token: str) -> Identity:
        """Return who the token stands for. Raises `NotSignedIn` or `HostTrouble`."""
        ...
