"""Words for codes: complete, in both languages, and none twice."""

import pytest

from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.labels import VALUE_LABELS, value_label
from addon_backend.engine.clean.phone import _TYPES
from addon_backend.engine.enrich.department_stems import DEPARTMENTS, WEAK_DEPARTMENTS
from addon_backend.engine.enrich.mailboxes import MailboxType
from addon_backend.engine.enrich.rank_stems import RANKS

CODES = {
    "email.type": set(MailboxType),
    "phone.type": {*_TYPES.values(), "other"},
    "job.seniority": {name for name, _ in RANKS},
    "job.department": {name for name, _ in (*DEPARTMENTS, *WEAK_DEPARTMENTS)},
}


@pytest.mark.parametrize("field", CODES)
def test_every_code_that_the_engine_knows_has_words(field):
    assert field in CATALOGUE
    assert set(VALUE_LABELS[field]) == CODES[field]


@pytest.mark.parametrize("field", VALUE_LABELS)
@pytest.mark.parametrize("language", [0, 1])
def test_no_two_codes_share_their_words(field, language):
    words = [pair[language] for pair in VALUE_LABELS[field].values()]
    assert len(set(words)) == len(words)


def test_words_are_in_the_reader_s_language():
    assert value_label("phone.type", "fixed", "fr-CA") == "Fixe"
    assert value_label("phone.type", "fixed", "de") == "Landline"
    assert value_label("phone.type", "what a later list brings", "en") == "what a later list brings"
