from analytics.queries.campaigns import Progress, progress_of
from analytics.queries.impact import Impact, my_impact, since_words
from analytics.queries.posts import Post, own_posts, with_figures
from analytics.queries.spans import Span, span
from analytics.queries.worked import TopicWorked, Worked, to_write_next, topics_worked, what_worked

__all__ = [
    "Impact",
    "Post",
    "Progress",
    "Span",
    "TopicWorked",
    "Worked",
    "my_impact",
    "own_posts",
    "progress_of",
    "since_words",
    "span",
    "to_write_next",
    "topics_worked",
    "what_worked",
    "with_figures",
]
