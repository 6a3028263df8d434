"""One migrated database per session, one copy of it and one application per test."""

import pytest

from tests.api.google_office import google_office
from tests.api.office import Office, Person, build_blank, furnish, settings_for


@pytest.fixture(scope="session")
def blank_home(tmp_path_factory):
    """A folder with a migrated, empty database."""
    home = tmp_path_factory.mktemp("blank")
    build_blank(home)
    return home


@pytest.fixture
def office(tmp_path, blank_home) -> Office:
    """A running application over a house of its own."""
    home = tmp_path / "home"
    return Office(settings_for(home), furnish(home, blank_home))


@pytest.fixture
def marie(office: Office) -> Person:
    """A member of example.com."""
    return office.sign_in()


@pytest.fixture
def colleague(office: Office) -> Person:
    """Another member of the same workspace."""
    return office.sign_in(subject="colleague")


@pytest.fixture
def foreigner(office: Office) -> Person:
    """A member of another workspace."""
    return office.sign_in("google:elsewhere.example", "foreigner")


@pytest.fixture
def ada(connected):
    """Someone who came in by her Google account."""
    return connected.sign_in()


@pytest.fixture
def connected(tmp_path, blank_home):
    """An office that is connected to Google."""
    with google_office(tmp_path / "home", blank_home) as office:
        yield office
