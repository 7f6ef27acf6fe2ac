"""Nobody is asked to review what their firm sells, unless the text itself says who is speaking."""

import pytest

from content import actions
from content.actions.errors import NotReady
from content.models import Caption
from content.queries import asks_for_reviews
from core import clock
from tests.factories import MemberFactory, StoryFactory


@pytest.mark.parametrize(
    "text",
    [
        "Love the Carter? Please review us on Trustpilot.",
        "Leave us a review, it helps.",
        "Leave a quick review!",
        "Write a glowing review on Google.",
        "Rate us in the app store.",
        "Give us five stars.",
        "Bewertet uns auf Google.",
        "Bewerte unseren neuen Gepäckträger.",
        "Schreib uns eine Bewertung.",
        "Hinterlasst bitte eine kurze Rezension!",
        "Eine Bewertung schreiben dauert eine Minute.",
        "Fünf Sterne für das Rad.",
    ],
)
def test_a_request_for_reviews_is_noticed(text):
    assert asks_for_reviews(text)


@pytest.mark.parametrize(
    "text",
    [
        "I work at Brackenby, and I would be glad if you would leave us a review.",
        "Ich arbeite hier: Schreibt uns eine Bewertung, gern auch eine schlechte.",
        "We reviewed a year of punctures.",
        "The review of the brakes is done, and they generate useless heat no more.",
        "We migrate users.",
        "Die Bewertung der Materialien ist fertig.",
        "Nell did the sums.",
    ],
)
def test_other_words_are_left_alone(text):
    assert not asks_for_reviews(text)


def test_such_a_story_is_not_sent_to_review_and_says_why(db):
    sofia = MemberFactory(roles=["curator"])
    story = StoryFactory(state="draft", created_by=sofia)
    Caption.objects.create(story=story, text="Please review us on Google.")
    with pytest.raises(NotReady, match="asks colleagues for reviews"):
        actions.submit_story(actor=sofia, story=story, at=clock.now())
    story.refresh_from_db()
    assert story.state == "draft"
