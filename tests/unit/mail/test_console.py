"""Letters on the console."""

import io

import pytest

from addon_backend.mail.console import ConsoleMailer, masked
from addon_backend.ports.mailer import Delivery, Letter


def test_a_letter_is_printed_and_its_receiver_masked(capsys):
    letter = Letter("marie.dupont@example.com", "Your list is ready", "- 3 rows\n\nhttps://enrich.example/\n")
    assert ConsoleMailer().send(letter) is Delivery.SENT
    text = capsys.readouterr().err
    assert "m***@example.com" in text
    assert "marie" not in text
    assert "Your list is ready" in text
    assert "- 3 rows" in text


@pytest.mark.parametrize("address", ["", "@example.com", "nobody"])
def test_what_is_no_address_is_masked_whole(address):
    assert masked(address) == "***"


def test_a_console_that_is_gone_is_no_accident():
    class Gone(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

    assert ConsoleMailer(Gone()).send(Letter("a@b.example", "s", "t")) is Delivery.LOST
