"""The post without a server: letters that were handed in, and trouble on demand."""

from __future__ import annotations

from dataclasses import dataclass, field

from addon_backend.ports.mailer import Delivery, Letter


@dataclass
class MemoryMailer:
    """`Mailer` that remembers; ``answers`` are given first, one each, then every letter is sent."""

    letters: list[Letter] = field(default_factory=list)
    answers: list[Delivery] = field(default_factory=list)

    def send(self, letter: Letter) -> Delivery:
        """Take the letter, or answer as told."""
        delivery = self.answers.pop(0) if self.answers else Delivery.SENT
        if delivery is Delivery.SENT:
            self.letters.append(letter)
        return delivery
