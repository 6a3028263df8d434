"""Our bearer ticket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.errors import NotSignedIn
from addon_backend.domain.workspaces import Caller
from addon_backend.security.tickets import TICKET_SECONDS, Tickets, signing_keys

OLD, NEW = "the key of last month, long enough", "the key of this month, long enough"
MARIE = Caller("workspace", "marie", "fr")


class Clock:
    """A clock that tests move."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@given(workspace=st.text(), member=st.text(), language=st.text(max_size=5))
def test_who_was_signed_in_is_who_asks(workspace, member, language):
    caller = Caller(workspace, member, language)
    tickets = Tickets([NEW])
    if len(tickets.issue(caller)[0]) <= 1024:
        assert tickets.read(tickets.issue(caller)[0]) == caller


def test_a_ticket_ends_after_an_hour():
    clock = Clock()
    tickets = Tickets([NEW], clock)
    ticket, ends = tickets.issue(MARIE)
    assert ends == clock.now + TICKET_SECONDS == clock.now + 3600

    clock.now = ends
    assert tickets.read(ticket) == MARIE
    clock.now = ends + 1
    with pytest.raises(NotSignedIn):
        tickets.read(ticket)


def test_a_ticket_from_the_future_is_none():
    clock = Clock()
    tickets = Tickets([NEW], clock)
    ticket, _ = tickets.issue(MARIE)
    clock.now -= 60

    with pytest.raises(NotSignedIn):
        tickets.read(ticket)


def test_a_change_of_keys_signs_nobody_out():
    ticket, _ = Tickets([OLD]).issue(MARIE)
    rotated = Tickets([NEW, OLD])

    assert rotated.read(ticket) == MARIE
    assert Tickets([NEW]).read(rotated.issue(MARIE)[0]) == MARIE
    with pytest.raises(NotSignedIn):
        Tickets([NEW]).read(ticket)


def test_every_changed_character_makes_it_worthless():
    ticket, _ = Tickets([NEW]).issue(MARIE)
    payload = ticket.rindex(".")
    for place in range(payload):
        changed = ticket[:place] + ("A" if ticket[place] != "A" else "B") + ticket[place + 1 :]
        with pytest.raises(NotSignedIn):
            Tickets([NEW]).read(changed)


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "é", "\x00", "x" * 1_000_000, "null", "e30.aaaaaa.aaaa"]
)
def test_anything_else_is_no_ticket(text):
    with pytest.raises(NotSignedIn):
        Tickets([NEW]).read(text)


@pytest.mark.parametrize("claims", [["a", "b"], {"w": 1}, ["a", "b", 3], None, ["a", "b", "c", "d"]])
def test_claims_of_another_shape_are_no_ticket(claims):
    tickets = Tickets([NEW])
    signed = tickets._serializer.dumps(claims)  # noqa: SLF001 - as an older or newer version of us would sign

    with pytest.raises(NotSignedIn):
        tickets.read(signed)


def test_a_ticket_tells_nothing_but_ids(office, marie):
    assert "example.com" not in marie.ticket
    assert len(marie.ticket) < 300


def test_all_processes_of_a_home_sign_with_the_same_key(tmp_path):
    assert signing_keys(tmp_path) == signing_keys(tmp_path)
    assert (tmp_path / "ticket.key").stat().st_mode & 0o077 == 0
    assert Tickets(signing_keys(tmp_path)).read(Tickets(signing_keys(tmp_path)).issue(MARIE)[0]) == MARIE
