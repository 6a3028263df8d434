"""The tests' own ground: engines are real and empty, the network is closed, what is missing is said."""

import socket
from pathlib import Path

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError
from redis import Redis

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("turn", [1, 2])
def test_redis_is_real_and_holds_nothing(valkey_url, turn):
    with Redis.from_url(valkey_url) as redis:
        assert redis.dbsize() == 0
        redis.set("left", turn)


@pytest.mark.parametrize("turn", [1, 2])
def test_postgresql_is_real_and_holds_nothing(postgres_url, turn):
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as database:
        database.execute("CREATE TABLE mine (turn int)")
        assert database.execute("SELECT count(*) FROM mine").fetchone() == (0,)
        version = database.execute("SHOW server_version_num").fetchone()
    assert version is not None
    assert int(version[0]) >= 150000


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_the_world_outside_this_machine_is_closed():
    with socket.socket() as client, pytest.raises(SocketConnectBlockedError):
        client.connect(("192.0.2.1", 80))  # TEST-NET-1, RFC 5737


def test_this_machine_is_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_what_was_left_out_is_said_once_with_what_would_add_it(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("ADDON_CORPORA", raising=False)
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("case", range(3))
        def test_with_material(corpora, case): ...

        @pytest.mark.long
        def test_for_minutes(): raise AssertionError
        """
    )
    lines = pytester.runpytest_subprocess("-p", "tests.conftest", "-pno:valkey", "-pno:cov").stdout.lines
    said = [line for line in lines if "×" in line]
    assert said == [
        "3 × outside test material (no ADDON_CORPORA). Add it with: ADDON_CORPORA=FOLDER ./dev test",
        "1 × what takes minutes. Add it with: ./dev test --long",
    ]


def test_long_tests_run_when_asked_for(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.long
        def test_for_minutes(): ...
        """
    )
    pytester.runpytest_subprocess("-p", "tests.conftest", "-pno:valkey", "--long").assert_outcomes(passed=1)
