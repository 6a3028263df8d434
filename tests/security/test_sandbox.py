"""The sandbox is for this machine: on every route it has."""

import pytest

X = {"X-Sandbox": "1"}


def routes(office):
    """Return (method, path) of everything under /sandbox."""
    return [
        (method, rule.rule.replace("<document>", "d").replace("<sheet>", "s"))
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/sandbox")
    ]


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "10.0.0.1",
        "192.0.2.1",
        "127.0.0.1:80@x",
        "[::]",
        "",
    ],
)
def test_another_name_for_this_machine_is_refused(office, host):
    for method, path in routes(office):
        answer = office.stranger().open(path, method=method, headers={"Host": host, **X})
        assert answer.status_code == 404, (method, path)
        assert answer.get_json()["code"] == "not_found"


@pytest.mark.parametrize("address", ["192.168.1.7", "8.8.8.8", "fe80::1", "", "unix:"])
def test_another_machine_is_refused(office, address):
    for method, path in routes(office):
        told = {"REMOTE_ADDR": address}
        answer = office.stranger().open(path, method=method, headers=X, environ_overrides=told)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found"), (method, path)


def test_an_address_that_somebody_claims_in_a_header_counts_for_nothing(office):
    claims = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}

    answer = office.stranger().get("/sandbox", headers=claims, environ_overrides={"REMOTE_ADDR": "8.8.8.8"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1:5000", "[::1]:8080", "LOCALHOST:1"]
)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_welcome(office, host, address):
    answer = office.stranger().get(
        "/sandbox", headers={"Host": host}, environ_overrides={"REMOTE_ADDR": address}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("told", [{}, {"X-Sandbox": "0"}, {"X-Sandbox": "true"}])
def test_what_changes_anything_wants_a_header_that_no_foreign_page_can_send(office, told):
    for method, path in routes(office):
        if method == "POST":
            assert office.stranger().post(path, headers=told).status_code == 403, path


def test_there_are_routes_to_guard(office):
    assert len(routes(office)) >= 10
