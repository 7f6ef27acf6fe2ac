"""Stories from a file: a dry run, then all or none, and what bad files are told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content import actions, queries
from content.actions.errors import MovedOn, NotAllowed, NotReady
from content.models import Story, Topic
from core.csvfiles import read_csv
from core.models import Job
from core.sheets import read_sheet, write_sheet
from tests.content.conftest import AT, signed_in
from tests.factories import StoryFactory

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
        with django_assert_num_queries(2):
            list(queries.story_rows(sofia))
