from analytics.queries.campaigns import Progress, progress_of
from analytics.queries.impact import Impact, my_impact, since_words
from analytics.queries.posts import Post, own_posts, with_figures
from analytics.queries.spans import Span, span

__all__ = [
    "Impact",
    "Post",
    "Progress",
    "Span",
    "my_impact",
    "own_posts",
    "progress_of",
    "since_words",
    "span",
    "with_figures",
]
