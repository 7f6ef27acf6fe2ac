"""From the Markdown that people write to HTML that is safe to show: the one place that knows the two libraries."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = {"https", "http", "mailto", "tel"}
# Pictures are left out: they would be fetched from elsewhere, and nobody would keep them.
_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "code", "fence", "html_block"])


def to_html(words: str) -> SafeString:
    """Headings begin below those of the page. What is not allowed is shown as its words, never as markup."""
    tokens = _reader.parse(words)
    for token in tokens:
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    made = _reader.renderer.render(tokens, _reader.options, {})
    return mark_safe(nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))
