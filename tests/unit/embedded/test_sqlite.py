"""The database of a home that configured none."""

import pytest
from sqlalchemy import make_url

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.embedded.sqlite import database_url


@pytest.mark.parametrize("name", ["plain", "with spaces", "100% sûr?", "a/b/c"])
def test_the_address_names_a_file_in_the_home_whatever_the_home_is_called(tmp_path, name):
    home = tmp_path / name
    assert make_url(database_url(home)).database == str(home / "addon.db")
    assert home.is_dir()


def test_a_home_on_a_network_file_system_is_refused_with_one_thing_to_do(tmp_path):
    mounts = tmp_path / "mountinfo"
    shared = tmp_path / "shared disk"
    escaped = str(shared).replace(" ", "\\040")
    mounts.write_text(
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
        f"40 22 0:35 / {escaped} rw,relatime shared:9 - nfs4 server:/export rw\n"
    )
    with pytest.raises(EngineUnavailable, match=r"network file system .*ADDON_HOME"):
        database_url(shared / "home", mounts=mounts)
    assert database_url(tmp_path / "home", mounts=mounts)


def test_a_home_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineUnavailable, match="cannot be made"):
        database_url(tmp_path / "file" / "home")
