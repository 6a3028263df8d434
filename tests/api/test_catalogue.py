"""GET /v1/catalogue."""

from addon_backend.domain.kinds import ColumnKind


def test_everything_that_can_be_chosen_has_a_label(marie):
    reply = marie.get("/v1/catalogue").get_json()

    assert {line["kind"] for line in reply["kinds"]} == set(ColumnKind)
    assert all(line["label"] for group in reply.values() for line in group)
    assert {"standard", "clean"} <= {line["name"] for line in reply["recipes"]}


def test_labels_are_in_the_language_of_the_caller(office, marie):
    jean = office.sign_in(subject="jean", language="fr")

    assert marie.get("/v1/catalogue").get_json()["fields"] != jean.get("/v1/catalogue").get_json()["fields"]
