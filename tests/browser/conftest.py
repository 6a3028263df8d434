"""A browser for the session, a fresh page for each test, and the mock server that the panel speaks to."""

import threading

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.chromium import FLAGS
from tests.front.mock_server import Mock, create_mock

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def _browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(_browser):
    """A browser that remembers nothing."""
    context = _browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page on which every complaint of the browser fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def hear(message):
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", hear)
    yield page
    expected = ("Failed to load resource",)  # an answer that a test asked for
    assert [text for text in complaints if not text.startswith(expected)] == []


@pytest.fixture
def mock():
    """The mock server's memory; ``mock.url`` is where it listens."""
    memory = Mock()
    server = make_server("127.0.0.1", 0, create_mock(memory), threaded=True)
    memory.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield memory
    server.shutdown()
    server.server_close()
    thread.join()
