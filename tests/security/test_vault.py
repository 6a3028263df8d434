"""Sealed bytes open for whoever sealed them, where they were sealed, unchanged; and never otherwise."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.security.vault import AesGcmVault, key_id, load_or_create_key

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def vault():
    """A vault with one key-encryption key."""
    return AesGcmVault({"old": OLD}, "old")


def refused(call, *arguments):
    with pytest.raises(EngineUnavailable) as caught:
        call(*arguments)
    return caught.value.facts == {"reason": "sealed_bytes_refused"}


@given(data=st.binary(max_size=2000), context=st.text(max_size=50))
def test_what_was_sealed_opens_again(data, context):
    vault = AesGcmVault({"old": OLD}, "old")
    key = vault.new_data_key("w1")
    sealed = vault.seal(key, context, data)
    assert vault.open(key, context, sealed) == data
    assert vault.seal(key, context, data) != sealed, "a nonce is never used twice"


def test_neither_data_nor_keys_lie_open(vault):
    key = vault.new_data_key("w1")
    assert b"ada@example.com" not in vault.seal(key, "c", b"ada@example.com")
    assert OLD not in key


def test_swapped_rows_and_contexts_are_refused(vault):
    ours, theirs = vault.new_data_key("w1"), vault.new_data_key("w2")
    sealed = vault.seal(ours, "w1|run|input|1", b"data")
    assert refused(vault.open, ours, "w1|run|input|2", sealed)
    assert refused(vault.open, theirs, "w1|run|input|1", sealed)


@pytest.mark.parametrize("place", [0, 1, 12, 13, 20, -1])
def test_tampering_is_refused(vault, place):
    key = vault.new_data_key("w1")
    sealed = bytearray(vault.seal(key, "c", b"some bytes"))
    sealed[place] ^= 1
    assert refused(vault.open, key, "c", bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28])
def test_cut_off_bytes_are_refused(vault, length):
    key = vault.new_data_key("w1")
    assert refused(vault.open, key, "c", vault.seal(key, "c", b"some bytes")[:length])


def test_no_bit_of_a_wrapped_key_can_be_changed(vault):
    key = vault.new_data_key("w1")
    sealed = vault.seal(key, "c", b"data")
    for place in range(len(key)):
        bent = bytearray(key)
        bent[place] ^= 1
        assert refused(vault.open, bytes(bent), "c", sealed)


@pytest.mark.parametrize("wrapped", [b"", b"\x01", b"\x01\xff", b"rubbish" * 20])
def test_what_is_no_wrapped_key_is_refused(vault, wrapped):
    assert refused(vault.seal, wrapped, "c", b"data")


def test_a_key_of_another_house_is_refused(vault):
    other = AesGcmVault({"old": NEW}, "old")
    assert refused(vault.seal, other.new_data_key("w1"), "c", b"data")


def test_after_a_rotation_old_bytes_open_and_the_old_key_is_not_needed(vault):
    key = vault.new_data_key("w1")
    sealed = vault.seal(key, "c", b"data")
    rotating = AesGcmVault({"old": OLD, "new": NEW}, "new")
    assert rotating.open(key, "c", sealed) == b"data"
    rewrapped = rotating.rewrap(key)
    after = AesGcmVault({"new": NEW}, "new")
    assert after.open(rewrapped, "c", sealed) == b"data"
    assert after.digest(rewrapped, "c", "text") == vault.digest(key, "c", "text")
    assert refused(after.open, key, "c", sealed)


def test_digests_depend_on_key_context_and_text(vault):
    ours, theirs = vault.new_data_key("w1"), vault.new_data_key("w2")
    digests = {
        vault.digest(ours, "a", "bc"),
        vault.digest(ours, "ab", "c"),
        vault.digest(ours, "a", "b"),
        vault.digest(theirs, "a", "bc"),
    }
    assert len(digests) == 4
    assert vault.digest(ours, "a", "bc") in digests
    assert len(vault.digest(ours, "a", "lone \ud800 surrogate")) == 64


@pytest.mark.parametrize(
    ("keys", "current"), [({}, "old"), ({"old": OLD}, "new"), ({"old": b"short"}, "old")]
)
def test_a_vault_without_a_good_key_does_not_open(keys, current):
    with pytest.raises(EngineUnavailable):
        AesGcmVault(keys, current)


def test_more_workspaces_than_are_kept_in_memory_still_open(vault):
    keys = [vault.new_data_key(f"w{number}") for number in range(300)]
    sealed = [vault.seal(key, "c", b"data") for key in keys]
    assert all(vault.open(key, "c", one) == b"data" for key, one in zip(keys, sealed, strict=True))


def test_the_key_file_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "vault.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_create_key(path), range(8)))
    assert len(keys) == 1
    assert load_or_create_key(path) in keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path], "no draft is left behind"


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "vault.key"
    load_or_create_key(path)
    path.chmod(0o640)
    with pytest.raises(EngineUnavailable) as caught:
        load_or_create_key(path)
    assert caught.value.facts == {"reason": "vault_key_file_readable_by_others"}


def test_a_damaged_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "vault.key"
    path.write_bytes(b"short")
    with pytest.raises(EngineUnavailable):
        load_or_create_key(path)
    assert path.read_bytes() == b"short"


def test_the_same_key_has_the_same_name():
    assert key_id(OLD) == key_id(OLD) != key_id(NEW)
