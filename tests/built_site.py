"""The built sites for the tests: built once a run, served on this machine, opened in Debian's Chromium."""

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hostile import write_hostile
from site_pages import ROOT, Visit


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the shipped edition."""
    return built(tmp_path_factory, "site", lambda root: ROOT)


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of a package whose texts try to be read as code."""
    return built(tmp_path_factory, "hostile", write_hostile)


def built(tmp_path_factory: pytest.TempPathFactory, name: str, made: Callable[[Path], Path]) -> Path:
    """The folder of a built site; the first of several test processes builds it, the others wait.

    made gives the folder that it is built from, which it may write first.
    """
    if importlib.util.find_spec("material") is None:
        pytest.skip("mkdocs-material is not installed; pip install plandata[site]")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, log = shared / name, shared / f"{name}.log"
    try:
        (shared / f"{name}.lock").mkdir()
    except FileExistsError:
        while not log.exists():
            time.sleep(0.2)
    else:
        build(made(shared / f"{name}-package"), folder, log)
    assert log.read_text(encoding="utf-8").endswith("exit 0\n"), log.read_text(encoding="utf-8")
    return folder


def build(root: Path, folder: Path, log: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=root, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False,
    )  # fmt: skip
    partial = log.with_suffix(".partial")
    partial.write_text(f"{done.stdout}\nexit {done.returncode}\n", encoding="utf-8")
    partial.rename(log)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing of each request."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address that the built site is served at."""
    yield from served(site)


def served(folder: Path) -> Iterator[str]:
    """The address that a folder is served at, as long as it is asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; pip install plandata[site]")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine; apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visit]:
    """A fresh window of a desktop."""
    yield from window(chromium, address)


@pytest.fixture
def hostile_visit(chromium: Any, hostile_site: Path) -> Iterator[Visit]:
    """A fresh window for the site whose texts try to be read as code."""
    for address in served(hostile_site):
        yield from window(chromium, address)


def window(chromium: Any, address: str) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield Visit(context.new_page(), address)
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker axe-core; PLANDATA_AXE names its file."""
    path = Path(os.environ.get("PLANDATA_AXE", ROOT / "node_modules/axe-core/axe.min.js"))
    if not path.is_file():
        pytest.skip("no axe-core; npm install axe-core, and name its axe.min.js in PLANDATA_AXE")
    return path.read_text(encoding="utf-8")
