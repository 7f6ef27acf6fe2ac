from analytics.queries.campaigns import Progress, progress_of
from analytics.queries.impact import Impact, my_impact, since_words
from analytics.queries.posts import Post, own_posts, with_figures
from analytics.queries.spans import Span, span
from analytics.queries.worked import TopicWorked, WhatWorked, Worked, what_worked

__all__ = [
    "Impact",
    "Post",
    "Progress",
    "Span",
    "TopicWorked",
    "WhatWorked",
    "Worked",
    "my_impact",
    "own_posts",
    "progress_of",
    "since_words",
    "span",
    "what_worked",
    "with_figures",
]
