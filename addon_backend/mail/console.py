"""Letters on the console: what a laptop without a mail server does with them."""

from __future__ import annotations

import sys
from typing import TextIO

from addon_backend.ports.mailer import Delivery, Letter


class ConsoleMailer:
    """`Mailer` that prints; of the address only so much that its owner knows it again."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, letter: Letter) -> Delivery:
        """Print the letter to stderr, or to the stream that was given."""
        lines = [f"To: {masked(letter.to)}", f"Subject: {letter.subject}", "", *letter.text.splitlines()]
        try:
            print(*(f"| {line}".rstrip() for line in lines), sep="\n", file=self._stream or sys.stderr)
        except OSError:
            return Delivery.LOST
        return Delivery.SENT


def masked(address: str) -> str:
    """Return ``m***@example.com`` for an address, ``***`` for what is none."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if at and name else "***"
