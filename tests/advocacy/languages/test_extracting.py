"""What a translator is shown, without gettext on the machine."""

from advocacy.languages.extracting import in_facts, in_python, in_template, template


def texts(found):
    return [(message, context) for _place, message, _comments, context in found]


def test_python_strings_with_plural_context_and_another_name() -> None:
    source = b"""
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
A = _("One " "sentence.")
B = _now("At once")
C = ngettext("%(n)s post", "%(n)s posts", n)
D = pgettext_lazy("date format", "j F")
E = _(name)
"""
    assert texts(in_python(source, "a.py")) == [
        ("One sentence.", None),
        ("At once", None),
        (("%(n)s post", "%(n)s posts"), None),
        ("j F", "date format"),
    ]


def test_templates_with_blocks_plurals_contexts_and_strings_in_tags() -> None:
    source = """{% load i18n %}<p title="{% translate 'Look "here"' %}">
      {% translate "May" context "month" as name %}{{ label|default:_("Undo") }}{% button _("Send") kind="plain" %}
      {% blocktranslate trimmed %}
        Two
        lines
      {% endblocktranslate %}
    {% blocktranslate count n=posts %}{{ n }} post at 5 %{% plural %}{{ n }} posts at 5 %{% endblocktranslate %}
    {# _("never") #}{% comment %}{% translate "Nor this" %}{% endcomment %}<p>{{ user.name }}'s</p>"""
    assert texts(in_template(source, "a.html")) == [
        ('Look "here"', None),
        ("May", "month"),
        ("Undo", None),
        ("Send", None),
        ("Two lines", None),
        (("%(n)s post at 5 %%", "%(n)s posts at 5 %%"), None),
    ]


def test_facts_about_a_platform_are_sentences_too() -> None:
    source = """
registered_by = "Nobody."
asked_of_page = "Nothing."
costs = "Nothing at all."
beforehand = ["Have it ready.", "And this."]
never_sees = []
lasts = "Long."
ends = "There."
read_on = 2026-11-22
"""
    found = [message for message, _context in texts(in_facts(source, "facts.toml"))]
    assert found == ["Nobody.", "Nothing.", "Nothing at all.", "Have it ready.", "And this.", "Long.", "There."]


def test_the_whole_tree_is_read() -> None:
    known = template()
    assert known.get("Share this story") and known.get(("%(n)s minute ago", "%(n)s minutes ago"))
    assert known.get("j F", "date format")
    assert not any("tests/" in place or ".venv" in place for message in known for place, _line in message.locations)
