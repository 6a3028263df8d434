import json
import re
from pathlib import Path

PANEL = Path(__file__).parents[2] / "addon_backend" / "panel"
ENGLISH, FRENCH = (json.loads((PANEL / "i18n" / f"{name}.json").read_text("utf-8")) for name in ("en", "fr"))
SOURCES = "\n".join(
    path.read_text("utf-8") for path in PANEL.rglob("*.js") if "vendor" not in path.relative_to(PANEL).parts
)
# Keys that are put together from a part that is known at run time.
BUILT = ("mode.", "coverage.", "state.", "problem.", "lab.", "sure.")


def forms(message):
    return {"other": message} if isinstance(message, str) else message


def facts(message):
    return set(re.findall(r"\{(\w+)\}", " ".join(forms(message).values())))


def test_both_languages_have_the_same_messages():
    assert list(ENGLISH) == list(FRENCH)


def test_a_message_names_the_same_facts_in_both_languages():
    assert [key for key in ENGLISH if facts(ENGLISH[key]) != facts(FRENCH[key])] == []


def test_a_counted_message_has_every_plural_form():
    messages = [*ENGLISH.items(), *FRENCH.items()]
    assert [
        key for key, text in messages if isinstance(text, dict) and not {"one", "other"} <= set(text)
    ] == []


def test_french_keeps_its_signs_with_their_words():
    texts = [text for message in FRENCH.values() for text in forms(message).values()]
    assert [text for text in texts if re.search(r"[^\u00a0\u202f][:;!?»](\s|$)", text)] == []


def test_french_has_the_apostrophe_of_print():
    assert [text for message in FRENCH.values() for text in forms(message).values() if "'" in text] == []


def test_every_message_is_shown_somewhere():
    unused = [
        key
        for key in ENGLISH
        if f'"{key}"' not in SOURCES and not key.startswith(BUILT) and f"{key}.do" not in ENGLISH
    ]
    assert unused == []


def test_every_message_that_is_shown_exists():
    asked = set(re.findall(r'\bt\(\s*"([a-z_.]+)"', SOURCES))
    assert asked - set(ENGLISH) == set()
