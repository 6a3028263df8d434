"""A browser for the session, a fresh page for each test, and the mock server that the panel speaks to."""

import threading

import pytest
from flask import Flask
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.chromium import FLAGS
from tests.browser.panel import be_host
from tests.front.mock_server import Mock, create_mock

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def _browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _page(_browser):
    context = _browser.new_context()
    context.set_default_timeout(15_000)
    page = context.new_page()
    be_host(page)
    return page


@pytest.fixture
def page(_page):
    """A page that remembers nothing, and on which every complaint of the browser fails the test.

    It is one page for all tests: a new one costs a second of a core to come to the same.
    """
    complaints: list[str] = []

    def hear(message):
        if message.type == "error":
            complaints.append(message.text)

    listeners = {"pageerror": lambda error: complaints.append(str(error)), "console": hear}
    _page.set_viewport_size({"width": 1280, "height": 800})
    _page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    for event, listener in listeners.items():
        _page.on(event, listener)
    yield _page
    _page.mouse.up()
    _page.evaluate("localStorage.clear(); sessionStorage.clear()")
    _page.context.clear_cookies()
    _page.goto("about:blank")
    for event, listener in listeners.items():
        _page.remove_listener(event, listener)
    expected = ("Failed to load resource",)  # an answer that a test asked for
    assert [text for text in complaints if not text.startswith(expected)] == []


@pytest.fixture(scope="session")
def _door():
    """One server for all tests, so that the browser may keep what it loaded. The last mock of all answers."""
    asked: list[Flask] = []

    def answer(environ, start_response):
        return asked[-1](environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield asked, f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def mock(_door):
    """The mock server's memory; ``mock.url`` is where it listens."""
    asked, url = _door
    memory = Mock()
    memory.url = url
    asked.append(create_mock(memory))
    return memory
