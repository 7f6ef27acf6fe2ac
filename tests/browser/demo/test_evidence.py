"""A pack for auditors as an auditor meets it: unpacked, opened from the disk, without a network; then tampered with."""

import hashlib
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import Complaints
from tests.browser.house import DESK, PHONE, House
from tests.browser.looking import sideways, too_small, violations

OpenPage = Callable[..., Page]
# The examples of FIPS 180-4, and lengths at the edges of a block.
VECTORS = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq": (
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
}
LENGTHS = (1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 100_003)


@pytest.fixture
def folder(house: House, tmp_path: Path) -> Path:
    """Asked for and downloaded by HR, as from any page."""
    page = house.page("hr", "/guidelines/desk/evidence/", size=DESK)
    page.get_by_role("button", name="Make the pack").click()
    expect(page.locator("main")).to_contain_text("How an auditor checks it", timeout=60_000)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Download the pack")).click()
    told = page.locator("dd code.fingerprint").first.inner_text()
    with zipfile.ZipFile(waiting.value.path()) as file:
        file.extractall(tmp_path / "pack")
    (folder,) = (tmp_path / "pack").iterdir()
    assert folder.name == waiting.value.suggested_filename.removesuffix(".zip")
    assert hashlib.sha256((folder / "manifest.sha256").read_bytes()).hexdigest() == told
    said = page.locator("dd", has_text="and the manifest that lists them").inner_text()
    assert int(said.partition(",")[0]) == len((folder / "manifest.sha256").read_text().splitlines())
    return folder


@pytest.fixture
def auditor(chromium: Browser) -> Iterator[OpenPage]:
    """Somebody's own browser, without a network."""
    contexts, complaints = [], Complaints()

    def opened(folder: Path, *, size: tuple[int, int] = DESK, theme: str = "light", script: str = "") -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme, offline=True
        )  # fmt: skip
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        complaints.hear(page)
        page.goto((folder / "verify.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def checked(page: Page, folder: Path) -> str:
    page.get_by_label("The unpacked folder").set_input_files(folder)
    expect(page.get_by_role("heading", name="File by file")).to_be_visible()
    return str(page.get_by_role("status").inner_text())


def summed(folder: Path) -> str:
    command = ["sha256sum", "-c", "manifest.sha256"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_every_hash_holds_in_a_browser_without_a_network_and_by_the_command(folder: Path, auditor: OpenPage) -> None:
    page = auditor(folder)
    said = checked(page, folder)
    listed = len((folder / "manifest.sha256").read_text().splitlines())
    assert said == f"All {listed} files are as they were written.", said
    assert summed(folder).count(": OK") == listed
    body = page.locator("main")
    expect(body).to_contain_text(re.compile(r"Each of the \d+ published versions is the text whose fingerprint"))
    expect(body).to_contain_text(hashlib.sha256((folder / "manifest.sha256").read_bytes()).hexdigest())
    assert "FAILED" not in summed(folder) and "receipts-0001.csv: OK" in summed(folder)


def test_what_was_changed_is_missing_or_came_along_is_named(folder: Path, auditor: OpenPage) -> None:
    receipts = folder / "receipts-0001.csv"
    content = bytearray(receipts.read_bytes())
    content[-20] ^= 1
    receipts.write_bytes(content)
    (folder / "open.csv").unlink()
    (folder / "letter.txt").write_text("Believe me.")
    page = auditor(folder)
    said = checked(page, folder)
    assert re.fullmatch(r"\d+ of \d+ files are as they were written\.", said), said
    for heading, name in (
        ("Different from what was written: 1", "receipts-0001.csv"),
        ("Missing: 1", "open.csv"),
        ("Not part of the pack: 1", "letter.txt"),
    ):
        part = page.get_by_role("heading", name=heading)
        expect(part.locator("xpath=following-sibling::ul[1]/li")).to_have_text(name)
    assert "receipts-0001.csv: FAILED" in summed(folder)


def test_a_text_and_its_hash_changed_together_do_not_fit_what_was_published(folder: Path, auditor: OpenPage) -> None:
    """Somebody who rewrites a version, and the manifests too, still stands against publications.csv and the page."""
    version = next(iter(sorted(folder.glob("versions/*-v[0-9].json"))))
    before = hashlib.sha256(version.read_bytes()).hexdigest()
    version.write_bytes(version.read_bytes().replace(b"customer", b"customerx", 1) + b" ")
    after = hashlib.sha256(version.read_bytes()).hexdigest()
    for name in ("manifest.sha256", "verify.html"):
        (folder / name).write_text((folder / name).read_text().replace(before, after))
    page = auditor(folder)
    checked(page, folder)
    body = page.locator("main")
    expect(body).to_contain_text("The text is not the one whose fingerprint publications.csv names: 1")
    expect(body).to_contain_text("This page is not the one that manifest.sha256 names.")
    expect(page.get_by_role("status")).to_have_class("bad")


def test_files_can_be_chosen_one_by_one_too(folder: Path, auditor: OpenPage) -> None:
    page = auditor(folder)
    page.get_by_label("Or its files, several at once").set_input_files(
        [one for one in folder.rglob("*") if one.is_file()]
    )
    expect(page.get_by_role("status")).to_contain_text(re.compile("^All"))


def test_its_own_sha256_is_the_known_one_where_the_browser_has_none(folder: Path, auditor: OpenPage) -> None:
    page = auditor(folder, script="Object.defineProperty(globalThis, 'crypto', {value: undefined})")
    for text, known in VECTORS.items():
        assert page.evaluate("text => sha256(new TextEncoder().encode(text))", text) == known
    for length in LENGTHS:
        found = page.evaluate("n => sha256(Uint8Array.from({length: n}, (_, i) => i * 7 % 251))", length)
        assert found == hashlib.sha256(bytes(i * 7 % 251 for i in range(length))).hexdigest(), length
    assert checked(page, folder).startswith("All ")


def test_the_page_is_for_everybody(folder: Path, auditor: OpenPage) -> None:
    (folder / "open.csv").unlink()
    for size, theme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")):
        page = auditor(folder, size=size, theme=theme)
        assert violations(page) == [] and too_small(page) == []
        checked(page, folder)
        assert violations(page) == [] and not sideways(page)
