"""Where the links of a story lead, how long, and its code for paper."""

from datetime import timedelta

import pytest

from accounts.models import Organisation
from accounts.queries import forget_kept
from content import actions, queries
from content.actions.errors import MovedOn, NotAllowed
from links.actions import make_link, record_clicks
from links.models import ShortLink
from links.redirect.lines import Row
from tests.content.conftest import AT, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def live(draft, sofia, dai):
    actions.submit_story(actor=sofia, story=draft, at=AT)
    return actions.approve_story(actor=dai, story=draft, at=AT)


@pytest.fixture
def link(live):
    return make_link(target=live.url, group=f"story:{live.pk}", owner=None, at=AT)


def test_a_link_ends_with_its_story_and_begins_again_with_it(live, link, sofia, dai):
    poster = actions.make_poster_link(actor=sofia, story=live, at=AT)

    def ends():
        return {one.ends_at for one in ShortLink.objects.filter(pk__in=[link.pk, poster.pk])}

    actions.reschedule_story(actor=sofia, story=live, live_from=None, expires_at=AT + 2 * HOUR, at=AT)
    assert ends() == {AT + 2 * HOUR}
    actions.turn_stories(at=AT + 3 * HOUR)
    assert ends() == {AT + 2 * HOUR}
    live.refresh_from_db()
    actions.reopen_story(actor=sofia, story=live, at=AT + 4 * HOUR)
    actions.submit_story(actor=sofia, story=live, at=AT + 4 * HOUR)
    actions.approve_story(actor=dai, story=live, at=AT + 4 * HOUR)
    assert ends() == {None}
    actions.withdraw_story(actor=sofia, story=live, reason="The price was wrong.", at=AT + 5 * HOUR)
    assert ends() == {AT + 5 * HOUR}


def test_the_firm_s_words_are_added_once_and_a_story_s_own_come_first(live):
    assert queries.link_target(live, "linkedin") == live.url
    Organisation.objects.update_or_create(
        defaults={"utm_source": "{platform}", "utm_medium": "staff", "utm_campaign": "all year"}
    )
    forget_kept()
    live.url = "https://example.org/a?x=1&utm_medium=mail#part"
    assert queries.link_target(live, "linkedin") == (
        "https://example.org/a?x=1&utm_medium=mail&utm_source=linkedin&utm_campaign=all+year#part"
    )
    live.utm_campaign = "harvest"
    assert "utm_campaign=harvest" in queries.link_target(live, queries.POSTER)
    assert "utm_source=poster" in queries.link_target(live, queries.POSTER)


def test_only_a_curator_makes_a_code_and_only_of_what_is_approved(live, sofia, mina):
    with pytest.raises(NotAllowed):
        actions.make_poster_link(actor=mina, story=live, at=AT)
    actions.withdraw_story(actor=sofia, story=live, reason="No more.", at=AT)
    with pytest.raises(MovedOn):
        actions.make_poster_link(actor=sofia, story=live, at=AT)


def test_the_page_makes_it_once_shows_it_and_counts_it_apart(live, link, sofia):
    client = signed_in(sofia)
    page = f"/curate/stories/{live.pk}/poster/"
    assert client.get(f"/curate/stories/{live.pk}/poster.svg").status_code == 404
    assert "Make the code" in client.get(page).content.decode()
    for _ in range(2):
        client.post(page)
    (poster,) = ShortLink.objects.filter(group=f"poster:{live.pk}")
    assert poster.owner is None
    record_clicks([Row(poster.pk, AT, True, False, False), Row(link.pk, AT, True, False, False)])
    shown = client.get(page).content.decode()
    assert f"/go/{poster.code}" in shown and "Opened 1 time " in shown
    drawing, picture = (client.get(f"/curate/stories/{live.pk}/poster.{kind}") for kind in ("svg", "png"))
    assert drawing["Content-Type"] == "image/svg+xml" and b"<svg" in drawing.content
    assert picture.content.startswith(b"\x89PNG")
    assert "attachment" in client.get(f"/curate/stories/{live.pk}/poster.png?save")["Content-Disposition"]
    assert client.get(f"/curate/stories/{live.pk}/poster.exe").status_code == 404


def test_nobody_else_sees_it(live, mina):
    assert signed_in(mina).get(f"/curate/stories/{live.pk}/poster/").status_code == 403
