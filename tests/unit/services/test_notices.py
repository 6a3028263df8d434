"""She leaves: one e-mail for each end that nobody looked at, and a badge until she does."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from addon_backend.domain.runs import NOTICE_SECONDS
from addon_backend.jobs.tasks import Shift
from addon_backend.ports.mailer import Delivery
from addon_backend.services import notices
from addon_backend.services.accounts import enter
from addon_backend.services.notices import tell
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.history import unseen
from addon_backend.services.runs.report import report
from addon_backend.services.upkeep import sweep
from addon_backend.store.engine import make_engine
from tests.fakes.post import MemoryMailer
from tests.unit.services.desk import Desk, people

ADDRESS = "ana@example.com"


class Home(Desk):
    """A desk whose person told us her address; time passes by SQL."""

    def __init__(self, folder, rows=60, language="en"):
        super().__init__(folder, people(rows))
        self.caller = enter(self.house, "person:ana", "Ana", "ana", language, ADDRESS)

    @property
    def post_office(self) -> MemoryMailer:
        assert isinstance(self.house.mailer, MemoryMailer)
        return self.house.mailer

    @property
    def letters(self):
        return self.post_office.letters

    def passes(self, seconds):
        engine = make_engine(f"sqlite:///{self.folder / 'truth.db'}")
        with engine.connect() as connection, connection.begin():
            connection.execute(text("UPDATE notice SET due_at = due_at - :by"), {"by": seconds})
        engine.dispose()

    def post(self):
        """A minute goes by, and the post is made."""
        self.passes(NOTICE_SECONDS)
        return tell(self.house, lambda: False)

    def leaves(self, recipe="standard", **how):
        """Press the button and go."""
        run = self.press(recipe, **how)
        self.work()
        return run


@pytest.fixture
def desk(tmp_path):
    return Home(tmp_path)


def test_a_run_that_ends_unseen_is_told_once_with_counts_and_a_link(desk):
    desk.leaves()
    assert desk.post() == 1
    assert desk.post() == 0
    (letter,) = desk.letters
    written = desk.view(unseen(desk.house, desk.caller)[0].id).counts["written"]
    assert (letter.to, letter.subject) == (ADDRESS, "Your list is ready")
    assert "- 60 rows" in letter.text
    assert f"- {written} cells filled or corrected" in letter.text
    assert "https://enrich.example\n" in letter.text


def test_the_link_leads_to_the_sheet_where_its_id_tells_where_it_is(desk):
    desk.house = replace(desk.house, links={"local": "https://sheets.example/{document}"})
    desk.leaves()
    desk.post()
    assert f"https://sheets.example/{desk.document}\n" in desk.letters[0].text


def test_a_letter_holds_no_value_and_not_even_the_name_of_the_list(desk):
    desk.leaves("complete")
    desk.post()
    told = desk.letters[0].subject + desk.letters[0].text
    for cell in {str(cell) for row in desk.table() for cell in row if cell}:
        assert len(cell) < 4 or cell not in told.replace(desk.house.public_url, "")
    assert "list.csv" not in told


def test_nobody_is_told_before_an_open_panel_has_had_its_time(desk):
    desk.leaves()
    desk.passes(NOTICE_SECONDS - 5)
    assert tell(desk.house, lambda: False) == 0


@pytest.mark.parametrize("look", [Desk.view, lambda desk, run: report(desk.house, desk.caller, run)])
def test_who_looks_at_it_is_not_written_to(desk, look):
    run = desk.leaves()
    look(desk, run)
    assert desk.post() == 0


def test_a_look_while_it_goes_on_is_not_a_look_at_its_end(desk):
    run = desk.press()
    desk.view(run)
    desk.work()
    assert desk.post() == 1


def test_every_wait_and_the_end_are_told_one_by_one(desk):
    """The ceiling is reached, later the end comes: two things to know, two letters."""
    run = desk.leaves("complete", most=3)
    assert desk.post() == 1
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    assert desk.post() == 1
    assert [letter.subject for letter in desk.letters] == [
        "Your run has reached its ceiling",
        "Your list is ready",
    ]
    assert "credits spent" in desk.letters[-1].text


def test_a_run_that_went_on_in_time_is_not_told_to_wait(desk):
    run = desk.leaves("complete", trial=True)
    go_on(desk.house, desk.caller, run, None)
    assert desk.post() == 0


def test_french_who_runs_in_french(tmp_path):
    desk = Home(tmp_path, language="fr")
    desk.leaves()
    desk.post()
    assert desk.letters[0].subject == "Votre liste est prête"
    assert "cellules remplies" in desk.letters[0].text


def test_a_stop_and_an_undo_are_told_as_what_they_are(desk):
    run = desk.run()
    undo(desk.house, desk.caller, run.id, "undo-1")
    desk.work()
    stop(desk.house, desk.caller, desk.press(key="k2"))
    assert desk.post() == 2
    assert {letter.subject for letter in desk.letters} == {
        "Your cells are as they were before",
        "Your run was stopped",
    }


def test_who_wants_no_mail_gets_none_until_she_does(desk):
    def wants(mail):
        with desk.house.store.unit() as unit:
            unit.accounts.set_mail(desk.caller.workspace, desk.caller.member, wanted=mail)
            unit.commit()

    wants(False)
    desk.leaves()
    assert desk.post() == 0
    wants(True)
    desk.leaves(key="k2")
    assert desk.post() == 1


def test_who_told_no_address_gets_none(desk):
    desk.caller = enter(desk.house, "person:bob", "Bob", "bob", "en")
    desk.document = desk.open(people(5))
    with desk.house.store.unit() as unit:
        unit.accounts.accept_terms(desk.caller.workspace, desk.caller.member, "2026-11", "digest")
        unit.commit()
    desk.leaves()
    assert desk.post() == 0


def test_a_post_that_is_down_is_tried_again_with_longer_and_longer_pauses(desk):
    desk.leaves()
    desk.post_office.answers = [Delivery.LATER] * 3
    assert desk.post() == 0
    for pause in (60, 120):
        desk.passes(pause - 1)
        assert tell(desk.house, lambda: False) == 0
        assert len(desk.post_office.answers) == {60: 2, 120: 1}[pause]
        desk.passes(2)
        assert tell(desk.house, lambda: False) == 0
    desk.passes(241)
    assert tell(desk.house, lambda: False) == 1


def test_a_post_that_stays_down_is_given_up(desk):
    desk.leaves()
    desk.post_office.answers = [Delivery.LATER] * 100
    for _ in range(notices.MOST_TRIES + 2):
        desk.passes(1e6)
        tell(desk.house, lambda: False)
    assert len(desk.post_office.answers) == 100 - notices.MOST_TRIES


def test_a_letter_in_doubt_is_not_sent_twice(desk):
    desk.leaves()
    desk.post_office.answers = [Delivery.LOST]
    assert [desk.post(), desk.post()] == [0, 0]


def test_a_worker_that_dies_while_it_sends_tells_nobody_twice(desk):
    desk.leaves()

    class Dying:
        def send(self, _letter):
            raise KeyboardInterrupt

    alive = desk.house
    desk.house = replace(alive, mailer=Dying())
    with pytest.raises(KeyboardInterrupt):
        desk.post()
    desk.house = alive
    assert desk.post() == 0
    assert len(unseen(desk.house, desk.caller)) == 1, "the badge still tells her"


def test_a_worker_that_answers_the_bell_makes_the_post(desk):
    worker = Shift(desk.house, "host:1:a")
    desk.press()
    worker.answer_bell()
    assert desk.letters == []
    desk.passes(NOTICE_SECONDS)
    worker.answer_bell()
    assert len(desk.letters) == 1


def test_the_sweep_rings_for_letters_that_are_due(desk):
    desk.leaves()
    desk.house.bell.rings = 0
    assert sweep(desk.house, "one").due == 0
    desk.passes(NOTICE_SECONDS)
    assert sweep(desk.house, "one").due == 1
    assert desk.house.bell.rings == 1


def test_the_badge_counts_what_she_has_not_looked_at(desk):
    first, second = desk.leaves(), desk.leaves(key="k2")
    going = desk.press(key="k3")
    assert [line.id for line in unseen(desk.house, desk.caller)] == [second, first]
    desk.view(first)
    assert [line.id for line in unseen(desk.house, desk.caller)] == [second]
    desk.view(going)
    desk.work()
    assert [line.id for line in unseen(desk.house, desk.caller)] == [going, second]
