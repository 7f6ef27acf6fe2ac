from learning.views.desk import act, begin, desk, edit, ours, preview
from learning.views.lessons import lesson, place
from learning.views.mine import certificate, certificate_file, forget, mine, path

__all__ = [
    "act",
    "begin",
    "certificate",
    "certificate_file",
    "desk",
    "edit",
    "forget",
    "lesson",
    "mine",
    "ours",
    "path",
    "place",
    "preview",
]
