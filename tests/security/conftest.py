"""The same office as in the API's tests."""

from tests.api.conftest import blank_home, colleague, connected, foreigner, marie, office

__all__ = ["blank_home", "colleague", "connected", "foreigner", "marie", "office"]
