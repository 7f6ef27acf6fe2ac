import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from core import stylesheet

CSS = Path(__file__).parents[2] / "static" / "css"
JS = CSS.parent / "js"


def test_the_sheet_is_small_and_tokens_stand_first():
    css = stylesheet.join(CSS)
    assert css.startswith("@layer reset,tokens,base,layout,components,pages;")
    assert len(gzip.compress(css.encode())) <= 20_000


def test_every_file_is_in_the_sheet_and_in_a_layer():
    assert {path.name for path in stylesheet.parts(CSS)} == {path.name for path in CSS.rglob("*.css")}
    for path in stylesheet.parts(CSS):
        assert re.match(r"(/\*.*?\*/\s*)?@layer ", path.read_text(), flags=re.DOTALL), path


def test_braces_close_in_every_file():
    for path in stylesheet.parts(CSS):
        assert path.read_text().count("{") == path.read_text().count("}"), path


def test_every_property_of_our_own_that_is_used_is_decided_somewhere():
    css = stylesheet.join(CSS)
    used = set(re.findall(r"var\(--([\w-]+)\)", css))
    assert used <= set(re.findall(r"--([\w-]+):", css))


def test_no_colour_stands_outside_the_tokens():
    for path in stylesheet.parts(CSS)[1:]:
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", path.read_text()), path


def test_light_and_dark_come_without_light_dark():
    assert "light-dark(" not in stylesheet.join(CSS)


def test_shrinking_keeps_what_matters():
    assert stylesheet.shrink("a :hover { width: calc(1px + 2px); /* why */ }") == "a :hover{width:calc(1px + 2px)}"


def test_django_finds_the_sheet_as_a_static_file(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    found = Path(finders.find("css/site.css"))
    assert found.read_text() == stylesheet.join(CSS)
    before = found.stat().st_mtime_ns
    assert Path(finders.find("css/site.css")).stat().st_mtime_ns == before


def test_the_scripts_with_htmx_are_small():
    """All that any page can ask for; but for those of the desks (js/desk/), which no first visit meets."""
    htmx = Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()
    ours = sum(len(gzip.compress(path.read_bytes())) for path in JS.glob("*.js"))
    assert len(gzip.compress(htmx)) + ours <= 35_000


def test_every_behaviour_that_is_named_exists():
    named = set(re.findall(r'import\("\./([\w./]+)"\)', (JS / "site.js").read_text()))
    assert named <= {str(path.relative_to(JS)) for path in JS.rglob("*.js")}
    for name in named:
        assert "export function start(" in (JS / name).read_text(), name


def test_no_script_reads_words_as_html_or_code():
    for path in JS.rglob("*.js"):
        assert not re.search(r"innerHTML|outerHTML\s*=|eval\(|new Function|document\.write", path.read_text()), path


def test_names_carry_a_hash_also_inside_the_modules(settings, tmp_path):
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "core.stylesheet.HashedStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    entry = staticfiles_storage.stored_name("js/site.js")
    assert re.search(r'import\("\./menu\.[0-9a-f]{12}\.js"\)', (tmp_path / "static" / entry).read_text())
    assert (tmp_path / "static" / (staticfiles_storage.stored_name("css/site.css") + ".gz")).exists()
