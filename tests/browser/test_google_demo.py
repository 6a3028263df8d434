"""What ``./dev demo --host google --once`` plays, on a short list."""

import pytest

from tests.demo.stand_in import stand_in
from tests.demo.story import Story

pytestmark = pytest.mark.timeout(300)  # a site starts, and two real runs go through it


@pytest.fixture
def page(_browser):
    """A page on which nobody has consented yet."""
    with _browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-US") as context:
        yield context.new_page()


def test_the_whole_story_keeps_every_promise(page, tmp_path):
    told: list[str] = []
    with stand_in(tmp_path / "home", 30) as sheet:
        seen = Story(page, sheet, told.append).play()

    assert seen.well, seen
    assert len(told) == 7
