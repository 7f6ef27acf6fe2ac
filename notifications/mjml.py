"""From MJML to HTML that mail programs show: the one place that knows the library."""

import mrml


class CannotRender(Exception):
    """The template is no MJML. Ours are; a test renders each."""


def to_html(source: str, *, language: str = "en") -> str:
    try:
        made = mrml.to_html(source)
    except OSError as error:  # what the library raises for whatever it cannot read
        raise CannotRender(str(error)) from error
    return made.content.replace('lang="und"', f'lang="{language}"')
