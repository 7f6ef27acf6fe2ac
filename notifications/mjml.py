"""From MJML to HTML that mail programs show: the one place that knows the library."""

import re

import mrml

# Otherwise a family of letters that it knows would be fetched from elsewhere, which tells somebody who reads what when.
NOTHING_FETCHED = mrml.RenderOptions(fonts={})
BESIDE_CELLS = re.compile(r"(?=<t(?:able|r|d)\b)|(?<=</t[dr]>)")


class CannotRender(Exception):
    """The template is no MJML. Ours are: tests render each."""


def to_html(source: str, *, language: str = "en") -> str:
    try:
        made = mrml.to_html(source, render_options=NOTHING_FETCHED)
    except OSError as error:  # what the library raises for whatever it cannot read
        raise CannotRender(str(error)) from error
    html = made.content.replace('lang="und"', f'lang="{language}"')
    # A line of a mail has at most 998 characters (RFC 5322, 2.1.1), or all of it has to be written differently.
    return BESIDE_CELLS.sub("\n", html)
