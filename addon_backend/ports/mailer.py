"""The post: one short letter to a person who is not looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text to one address. It holds counts and a link, never a value of a sheet or the name of one."""

    to: str = field(repr=False)
    subject: str
    text: str


class Delivery(Enum):
    """What became of a letter.

    ``LATER`` is said only where it was certainly not taken, so that trying again cannot send it twice;
    ``LOST`` where nobody can know, or where trying again would not help.
    """

    SENT = "sent"
    LATER = "later"
    LOST = "lost"


class Mailer(Protocol):
    """Sends letters.

    Laws: it never raises, because no run may suffer from the post; it gives a server that is silent up within
    a minute; neither address nor credential appears in a log line.
    """

    def send(self, letter: Letter) -> Delivery:
        """Try once."""
        ...
