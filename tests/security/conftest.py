"""The same office as in the API's tests."""

from tests.api.conftest import ada, blank_home, colleague, connected, foreigner, marie, office

__all__ = ["ada", "blank_home", "colleague", "connected", "foreigner", "marie", "office"]
