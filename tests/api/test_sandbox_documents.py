"""/sandbox/documents."""

import io

import pytest

X = {"X-Sandbox": "1"}
PATH = "/sandbox/documents"


def upload(office, name, data):
    return office.stranger().post(PATH, data={"file": (io.BytesIO(data), name)}, headers=X)


def test_a_list_is_opened_shown_and_given_back(office):
    answer = upload(office, "Ma liste.csv", "Name,City\nMarie,Orléans\n".encode())

    assert answer.status_code == 201, answer.text
    document = answer.get_json()
    assert document["title"] == "Ma liste.csv"
    assert document["format"] == "csv"
    assert [(sheet["rows"], sheet["columns"]) for sheet in document["sheets"]] == [(2, 2)]
    assert office.stranger().get(PATH).get_json()["documents"] == [document]

    with office.stranger().get(f"{PATH}/{document['id']}/download") as download:
        assert "attachment" in download.headers["Content-Disposition"]
        assert "Ma liste.csv" in download.headers["Content-Disposition"]
        assert download.text.splitlines() == ["Name,City", "Marie,Orléans"]


def test_the_sample_list_is_opened_afresh_each_time(office):
    first, second = (office.stranger().post(f"{PATH}/demo", headers=X).get_json() for _ in range(2))

    assert first["id"] != second["id"]
    assert first["sheets"][0]["rows"] > 10
    newest_first = [document["id"] for document in office.stranger().get(PATH).get_json()["documents"]]
    assert newest_first == [second["id"], first["id"]]


@pytest.mark.parametrize("data", [b"PK\x03\x04 not a workbook", b"%PDF-1.7 \x00\x01"])
def test_what_is_no_list_is_refused_in_a_sentence(office, data):
    answer = upload(office, "list.xlsx", data)

    assert answer.status_code == 422
    assert answer.get_json()["title"]
    assert office.stranger().get(PATH).get_json()["documents"] == []


def test_without_a_file_nothing_is_opened(office):
    stranger = office.stranger()

    for sent in ({}, {"file": "not a file"}, {"other": (io.BytesIO(b"a,b"), "a.csv")}):
        assert stranger.post(PATH, data=sent, headers=X).status_code == 422


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(office, monkeypatch):
    monkeypatch.setattr("addon_backend.web.sandbox_documents.UPLOAD_BYTES", 1024)
    monkeypatch.setattr("addon_backend.web.sandbox_documents._MULTIPART_EXTRA", 0)

    assert upload(office, "large.csv", b"a,b\n" * 1000).status_code == 413


def test_a_document_of_someone_else_is_not_there(office, marie):
    sheet = marie.opens()

    assert office.stranger().get(f"{PATH}/{sheet.document}/download").status_code == 404
    assert office.stranger().get(PATH).get_json()["documents"] == []
