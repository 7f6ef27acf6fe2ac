"""Stories from a file: a dry run, then all or none, and what bad files are told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audiences.actions import compose_audience
from content import actions, queries
from content.actions import CaptionWords
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Campaign, Story, Topic
from core.csvfiles import read_csv
from core.models import Job
from core.sheets import MOST_COLUMNS, read_sheet, write_sheet
from tests.content.conftest import AT, signed_in, words
from tests.factories import AudienceFactory, StoryFactory, TeamFactory

GOOD = (
    "title;address;topic;words 1;goes live\n"
    "Bäckerei;https://blog.example/b;Stadt;Warmes Brot.;2026-12-01 09:00\n"
    "Ohne;;;Nur Worte.;\n"
)


def looked_at(member, text, name="stories.csv"):
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return actions.check_import(actor=member, content=content, name=name, at=AT)


@pytest.fixture
def job(sofia):
    Topic.objects.create(name="Stadt")
    return looked_at(sofia, GOOD)


def test_a_dry_run_makes_nothing_and_says_what_would_come(job):
    assert (job.state, job.total, job.problems, Story.objects.count()) == ("checked", 2, [], 0)


def test_all_become_drafts_with_their_words_and_times(job, sofia):
    actions.start_import(actor=sofia, job=job, at=AT)
    assert actions.due_jobs(at=AT) == [job.pk]
    done = actions.run_import(job_id=job.pk, at=AT)
    baker, words = Story.objects.order_by("pk")
    assert (done.state, done.done) == ("done", 2)
    assert (baker.title, baker.state, baker.kind, baker.topic.name) == ("Bäckerei", "draft", "web", "Stadt")
    assert (baker.captions.get().text, baker.live_from.hour) == ("Warmes Brot.", 9)
    assert (words.kind, words.url) == ("words", "")


def test_run_twice_or_by_two_it_is_done_once(job, sofia):
    actions.start_import(actor=sofia, job=job, at=AT)
    assert actions.run_import(job_id=job.pk, at=AT) and actions.run_import(job_id=job.pk, at=AT) is None
    with pytest.raises(MovedOn):
        actions.start_import(actor=sofia, job=Job.objects.get(), at=AT)
    assert Story.objects.count() == 2


def test_wrong_lines_are_named_one_by_one_and_cannot_be_brought_in(sofia):
    text = (
        "title,kind,address,topic,language,ends\n"
        ",,https://blog.example/a,,,\n"
        "No address,web,,,,\n"
        "Script,web,javascript:alert(1),,,\n"
        "Kind,telegram,,,,\n"
        "Topic,,https://blog.example/b,Nowhere,,\n"
        "Language,,https://blog.example/c,,english!,\n"
        "Time,,https://blog.example/d,,,tomorrow\n"
        "=1+1,,https://blog.example/e,,,\n"
        "Good,,https://blog.example/f,,,\n"
    )
    job = looked_at(sofia, text)
    assert [one["line"] for one in job.problems] == [2, 3, 4, 5, 6, 7, 8, 9] and job.total == 9
    with pytest.raises(NotReady):
        actions.start_import(actor=sofia, job=job, at=AT)
    assert actions.due_jobs(at=AT) == []


@pytest.mark.parametrize("text", ["", "name;words\nA;B\n", "title\n\n\n", b"\x89PNG\x00\x00"])
def test_a_file_that_is_no_list_of_stories_is_told_why(sofia, text):
    with pytest.raises(NotReady) as caught:
        looked_at(sofia, text)
    assert caught.value.sentence.endswith(".") and not Job.objects.exists()


def test_missing_columns_are_named(sofia):
    with pytest.raises(NotReady, match="missing: title"):
        looked_at(sofia, "headline;address\nA;https://blog.example/\n")


def test_columns_nobody_knows_are_left_out_and_named(sofia):
    assert looked_at(sofia, "Title;Words_1;Budget\nA;B;5\n").data["ignored"] == ["budget"]


def test_if_one_story_cannot_be_made_none_is(job, sofia):
    actions.start_import(actor=sofia, job=job, at=AT)
    Topic.objects.all().delete()
    failed = actions.run_import(job_id=job.pk, at=AT)
    assert failed.state == "failed" and "no topic" in failed.problems[0]["sentence"] and not Story.objects.exists()


def test_who_is_no_curator_any_more_brings_nothing_in(job, sofia, mina):
    with pytest.raises(NotAllowed):
        looked_at(mina, GOOD)
    actions.start_import(actor=sofia, job=job, at=AT)
    type(sofia).objects.filter(pk=sofia.pk).update(roles=[])
    assert actions.run_import(job_id=job.pk, at=AT).state == "failed" and not Story.objects.exists()


def test_what_a_lost_worker_held_waits_again_and_has_failed_after_the_third_time(job, sofia):
    actions.start_import(actor=sofia, job=job, at=AT)
    later = AT + timedelta(minutes=11)
    for tries, state in ((1, "waiting"), (3, "failed")):
        Job.objects.update(state="running", tries=tries, lease_until=AT)
        actions.due_jobs(at=later)
        assert Job.objects.get().state == state


# The pages


def test_a_file_goes_in_by_the_page_and_out_again(sofia, mina):
    browser = signed_in(sofia)
    upload = SimpleUploadedFile(
        "mine.xlsx", write_sheet("S", [["title", "address"], ["Van", "https://blog.example/v"]])
    )
    page = browser.post("/curate/files/", {"file": upload}, follow=True)
    assert "Make 1 draft" in page.content.decode() and not Story.objects.exists()
    job = Job.objects.get()
    page = browser.post(f"/curate/files/{job.pk}/start/", follow=True).content.decode()
    assert "under way" in page and "hx-trigger" in page
    actions.run_import(job_id=job.pk, at=AT)
    assert "1 story brought in" in browser.get(f"/curate/files/{job.pk}/").content.decode()
    Story.objects.update(summary="=cmd|' /C calc'!A0")
    for kind, read in (("csv", read_csv), ("xlsx", read_sheet)):
        rows = read(browser.get(f"/curate/files/stories.{kind}").content)
        assert rows[1][0] == "Van" and rows[1][3].startswith("'=")
        assert signed_in(mina).get(f"/curate/files/stories.{kind}").status_code == 403
    assert browser.get("/curate/files/stories.pdf").status_code == 404


def test_a_bad_file_leads_back_to_the_page_with_a_sentence(sofia):
    browser = signed_in(sofia)
    for sent in ({}, {"file": SimpleUploadedFile("a.csv", b"nothing;here\n1;2\n")}):
        answer = browser.post("/curate/files/", sent)
        assert answer.status_code == 422 and 'id="file_error"' in answer.content.decode()


def test_the_list_of_stories_asks_the_same_number_of_questions_for_one_and_for_many(sofia, django_assert_num_queries):
    for number in (1, 9):
        StoryFactory.create_batch(number)
        with django_assert_num_queries(3):
            list(queries.story_rows(sofia))


# Out and in again


FIELDS = (
    "title", "kind", "url", "summary", "language", "topic", "campaign", "utm_campaign", "audience", "partnership",
    "live_from", "expires_at", "pinned_until", "urgent_until", "picture_rights", "picture_note",
)  # fmt: skip
OF_CAPTION = ("text", "connector", "language", "locked", "for_makers", "first_comment")


@pytest.fixture
def workshop(db):
    return AudienceFactory(name="Workshop", team=[TeamFactory().pk])


@pytest.fixture
def winter(db) -> Campaign:
    return Campaign.objects.create(
        name="Winter", starts_on=AT.date(), ends_on=AT.date() + timedelta(days=30), state="open", state_at=AT
    )


def brought_in(member, kind: str) -> list[Story]:
    """Everything there is, taken along as the pages give it, and brought in as drafts by the same pages."""
    browser, before = signed_in(member), set(Story.objects.values_list("pk", flat=True))
    content = browser.get(f"/curate/files/stories.{kind}").content
    browser.post("/curate/files/", {"file": SimpleUploadedFile(f"stories.{kind}", content)})
    job = Job.objects.latest("pk")
    assert job.problems == []
    browser.post(f"/curate/files/{job.pk}/start/")
    assert actions.run_import(job_id=job.pk, at=AT).state == "done"
    return list(Story.objects.exclude(pk__in=before).order_by("title"))


def said(story: Story) -> tuple[list[object], list[tuple[object, ...]]]:
    return [getattr(story, name) for name in FIELDS], list(story.captions.order_by("pk").values_list(*OF_CAPTION))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_along_comes_back_the_same(sofia, workshop, winter, kind):
    full = words(
        title="A full one", summary="=SUM of what we did", language="de", topic=Topic.objects.create(name="Stadt"),
        campaign=winter, utm_campaign="frost", audience=workshop, partnership=True, live_from=AT + timedelta(days=1),
        expires_at=AT + timedelta(days=9), pinned_until=AT + timedelta(days=2), urgent_until=AT + timedelta(days=3),
        picture_rights="licensed", picture_note="Rosa Weber, until 2027",
    )  # fmt: skip
    captions = [
        CaptionWords("Capital at risk.", "x", "en", locked=True),
        CaptionWords("Ich war dabei.\nUnd froh.", "", "de", for_makers=True, first_comment="Mehr steht dort."),
        *(CaptionWords(f"Words, the {number}th", "linkedin", "de-at") for number in range(3, 8)),
    ]
    actions.make_story(actor=sofia, words=full, captions=captions, at=AT)
    actions.make_story(actor=sofia, words=words(title="Only here", kind="internal", url=""), at=AT)
    expected = [said(one) for one in Story.objects.order_by("title")]
    assert [said(one) for one in brought_in(sofia, kind)] == expected
    assert len(expected[0][1]) == 7, "no suggestion past the fifth is lost"


def test_the_dry_run_says_for_whom_each_story_is(sofia, workshop):
    upload = SimpleUploadedFile("stories.csv", b"title;audience\nA;workshop\nB;\nC;Everybody\nD;Workshop\n")
    page = " ".join(signed_in(sofia).post("/curate/files/", {"file": upload}, follow=True).content.decode().split())
    assert "For everybody · 2 stories" in page and "For: workshop · 2 stories" in page
    assert "Line 2 · For: workshop" in page and "Line 3 · For everybody" in page


def test_a_closed_story_without_a_named_audience_never_comes_back_for_everybody(sofia, workshop):
    terms = {"in": [{"kind": "team", "values": [TeamFactory(name="Paint shop").pk]}], "who": [], "except": []}
    closed = StoryFactory(title="Closed", audience=compose_audience(actor=sofia, terms=terms, at=AT))
    browser = signed_in(sofia)
    table = browser.get("/curate/files/stories.csv").content
    assert "(chosen for this story alone: " in table.decode() and "Paint shop" in table.decode()
    page = browser.post("/curate/files/", {"file": SimpleUploadedFile("s.csv", table)}, follow=True).content.decode()
    assert "has no name, so it cannot be found again" in page and "Make 1 draft" not in page
    assert list(Story.objects.all()) == [closed]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("audience", "Workshp", "no audience “Workshp” here"),
        ("campaign", "Autumn", "no campaign “Autumn” here that still runs"),
        ("rewarded", "perhaps", "either yes or empty"),
        ("picture rights", "mine", "“mine” does not say whose"),
        ("urgent until", "soon", "no day and time"),
        ("words 1 platform", "MySpace", "no platform “MySpace” here"),
        ("words 1 language", "english!", "no language"),
        ("words 1 locked", "perhaps", "either yes or empty"),
        ("words 2", "I did [[what", "“words 2”: One blank is not whole."),
        ("words 2 comment", "Alone.", "“words 2”: There are no words"),
        ("title", "x" * 301, "longer than 300 characters"),
        ("address", "https://blog.example/b", "“address” is filled in, but a story of the kind “words” has none."),
    ],
)
def test_what_a_line_names_has_to_be_here(sofia, winter, column, cell, sentence):
    Campaign.objects.create(
        name="Autumn", starts_on=AT.date(), ends_on=AT.date(), state="ended", state_at=AT
    )  # fmt: skip
    row = {"title": "A", "kind": "words", "words 1": "Warm bread."} | {column: cell}
    (problem,) = looked_at(sofia, f"{';'.join(row)}\n{';'.join(row.values())}\n").problems
    assert problem["line"] == 2 and sentence in problem["sentence"]


def test_what_does_not_fit_into_a_line_is_said_both_ways(sofia):
    many = [CaptionWords(f"Words, the {number}th") for number in range(14)]
    actions.make_story(actor=sofia, words=words(), captions=many, at=AT)
    browser = signed_in(sofia)
    table = browser.get("/curate/files/stories.csv").content
    assert "2 more suggestions" in table.decode()
    page = browser.post("/curate/files/", {"file": SimpleUploadedFile("s.csv", table)}, follow=True).content.decode()
    assert "Not all suggestions of these stories fitted" in page and "2 more suggestions" in page
    job = looked_at(sofia, "title;words 12;words 13\nA;B;C\n")
    assert job.data["ignored"] == ["words 13"]


def test_a_wide_table_is_read_to_its_end(sofia):
    actions.make_story(actor=sofia, words=words(), captions=[CaptionWords(f"No {n}") for n in range(14)], at=AT)
    assert len(next(queries.story_rows(sofia))) <= MOST_COLUMNS
