"""Which lessons there are: ours, those of the firm's curators, and theirs in the place of ours."""

from collections.abc import Mapping

from learning import shipped, texts
from learning.models import HiddenLesson, WrittenLesson


def library() -> dict[str, texts.Lesson]:
    """What members find, by key: the firm's own last. Two questions."""
    hidden = set(HiddenLesson.objects.values_list("key", flat=True))
    found = {key: lesson for key, lesson in shipped.lessons().items() if key not in hidden}
    for row in WrittenLesson.objects.filter(state="published").order_by("pk"):
        found[row.key] = lesson_of(row)
    return found


def whole_library() -> list[tuple[texts.Lesson, bool]]:
    """Ours for curators: each with whether it is hidden."""
    hidden = set(HiddenLesson.objects.values_list("key", flat=True))
    return [(lesson, lesson.key in hidden) for lesson in shipped.lessons().values()]


def lesson_of(row: WrittenLesson) -> texts.Lesson:
    content = {language: texts.read(raw) for language, raw in row.content.items()}
    return texts.Lesson(row.key, row.topic, row.kind, row.language, content, written=row.pk)


def lines_of(path: shipped.LearningPath, lessons: Mapping[str, texts.Lesson]) -> list[texts.Lesson]:
    """The lessons of a path, in its order, without those that are hidden here."""
    return [lessons[key] for key in path.lessons if key in lessons]


def matches(text: texts.Text, wanted: str) -> bool:
    """Whether each of these words is somewhere in it."""
    said = text.words.casefold()
    return all(word in said for word in wanted.casefold().split())
