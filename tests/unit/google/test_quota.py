"""Calls to Google are counted before they are sent, for each person and for all."""

from __future__ import annotations

import pytest

from addon_backend.domain.errors import EngineUnavailable, HostTrouble
from addon_backend.google.quota import Quotas


def spend(quota, kind, times):
    for _ in range(times):
        quota.spend(kind)


def test_a_person_has_so_many_reads_and_so_many_writes_a_minute():
    ada = Quotas(per_user=5, per_project=100).of("ada")
    spend(ada, "read", 5)
    spend(ada, "write", 5)
    with pytest.raises(HostTrouble) as trouble:
        ada.spend("read")
    assert 0 < (trouble.value.retry_after or 0) <= 63


def test_what_others_spend_is_not_hers_but_the_project_has_its_own_limit():
    quotas = Quotas(per_user=5, per_project=7)
    spend(quotas.of("ada"), "read", 5)
    bob = quotas.of("bob")
    spend(bob, "read", 2)
    with pytest.raises(HostTrouble):
        bob.spend("read")


def test_a_refused_call_is_not_counted():
    quotas = Quotas(per_user=3, per_project=4)
    spend(quotas.of("ada"), "read", 3)
    for _ in range(5):
        with pytest.raises(HostTrouble):
            quotas.of("ada").spend("read")
    quotas.of("bob").spend("read")


def test_room_is_told_without_being_taken():
    ada = Quotas(per_user=3, per_project=100).of("ada")
    for _ in range(5):
        assert ada.wait(3, 1) == 0.0
    ada.spend("read")
    assert ada.wait(2, 3) == 0.0
    assert ada.wait(3, 1) > 0.0


def test_all_workers_count_together(valkey_url):
    one, another = (Quotas(lambda: valkey_url, per_user=4).of("ada of this test") for _ in range(2))
    spend(one, "write", 3)
    spend(another, "write", 1)
    for quota in (one, another):
        with pytest.raises(HostTrouble):
            quota.spend("write")


def test_without_redis_calls_go_out_uncounted():
    def gone():
        raise EngineUnavailable(engine="redis")

    ada = Quotas(gone, per_user=1).of("ada")
    spend(ada, "read", 3)
    assert ada.wait(1, 1) == 0.0
