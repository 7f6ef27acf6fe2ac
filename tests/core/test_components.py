import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from core.shell.parts import NavItem, split_nav
from core.templatetags.components import hue_class, initials
from core.templatetags.states import STATES, look

ROOT = Path(__file__).parents[2]
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "img" / "icons.svg").read_text()))


def render(source, **context):
    return Template("{% load components states %}" + source).render(Context(context))


class Form(forms.Form):
    link = forms.URLField(help_text="With https.", assume_scheme="https")
    when = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_every_icon_named_in_a_template_is_drawn():
    templates = (ROOT / "templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    buttons = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'icon="([\w-]+)"', path.read_text())
    }
    assert named | buttons <= SYMBOLS


@pytest.mark.parametrize("name", STATES)
def test_every_state_has_a_word_and_a_drawn_sign(name):
    assert look(name).word and look(name).sign in SYMBOLS


def test_an_unknown_state_shows_its_own_word():
    assert "Being weighed" in render('{% state "being_weighed" %}')


def test_a_button_with_an_address_is_a_link():
    assert render('{% button "Share" href="/x/" kind="primary" %}').startswith('<a class="button primary" href="/x/"')


def test_an_icon_alone_still_has_its_word():
    page = render('{% button "Search stories" kind="icon-only" icon="search" %}')
    assert 'aria-label="Search stories"' in page


def test_attributes_are_escaped():
    page = render("{% button label data_text=text %}", label="<i>", text='"><script>')
    assert "<script>" not in page and "<i>" not in page


def test_a_wrong_field_says_so_to_eye_and_ear():
    page = render("{% field form.link %}", form=Form({"link": "nothing"}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_link_help id_link_error"' in page
    assert page.count('id="id_link_error"') == page.count('id="id_link_help"') == 1


def test_radios_are_a_group_with_a_legend():
    page = render("{% field form.when %}", form=Form())
    assert page.count("<fieldset") == page.count("<legend") == 1
    assert page.count('type="radio"') == 2


@pytest.mark.parametrize(
    ("used", "shown"), [(238, "238</b> / 300"), (288, "12 left"), (300, "0 left"), (309, "9 too many")]
)
def test_a_length_says_what_is_left_or_too_many(used, shown):
    assert shown in render('{% length "Bluesky" used 300 %}', used=used)


@pytest.mark.parametrize(
    ("name", "letters"), [("Mina Okafor", "MO"), ("Ana de la Cruz", "AC"), ("李 明", "李明"), ("", "?")]
)
def test_initials_come_from_the_first_and_last_name(name, letters):
    assert initials(name) == letters


def test_a_hue_is_always_the_same_and_one_of_six():
    assert hue_class(7) == hue_class(1) == "hue-1"
    assert hue_class("Workshop") == hue_class("Workshop")
    assert hue_class("") == ""


def test_five_places_fit_the_bar_and_the_sixth_goes_behind_more():
    items = [NavItem(str(number), f"/{number}/", "today") for number in range(4)]
    programme = [NavItem(str(number), f"/{number}/", "today", group="Programme") for number in range(4, 6)]
    assert len(split_nav([*items, programme[0]]).bar) == 5
    split = split_nav([*items, *programme])
    assert (len(split.bar), len(split.rest)) == (4, 2)


def test_a_pager_keeps_what_else_stands_in_the_address():
    from django.core.paginator import Paginator

    page = Paginator(range(30), 10).page(2)
    shown = render("{% pager page %}", page=page, request=RequestFactory().get("/?topic=city&page=2"))
    assert "?topic=city&amp;page=1" in shown and "?topic=city&amp;page=3" in shown


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_every_template_can_be_read(path):
    get_template(str(path.relative_to(ROOT / "templates")))
