"""Who made what the stories tell, what colleagues gave, and the hints that HR keeps."""

from datetime import timedelta

from advocacy.demo.sharing import Firm
from content.models import Caption, Maker, Phrase, Story, Suggestion

# story, who worked on it, how they answered, and whether colleagues may pass on their post
MAKERS = [
    ("a-left-handed-bench", "mina", "willing", True),
    ("forty-wheels-before-lunch", "mina", "asked", False),
]
# who gave it, how many days ago, and what
SUGGESTIONS = [
    ("carys", 0.4, {"title": "The bench that folds away", "credited": True, "worked_on": True, "lends_words": True,
     "words": "We share one workshop with the apprentices on Fridays. Since last week the left-handed bench "
     "folds into the wall, and the apprentices built the hinge."}),
    ("joe", 1.2, {"url": "https://wheelbuilders.example/spokes", "title": "What a spoke sounds like", "credited": False,
     "words": "They asked us how we hear a loose one. Page two is my kettle."}),
]  # fmt: skip
# words, language, what they are, a rule?, why, what to say instead
PHRASES = [
    ("Carter 3", "", "unannounced", True, "It is shown in spring, and dealers hear first. Until then nobody does.", ""),
    ("Velocargo", "", "competitor", False, "Readers hear a comparison. Speak of what you have seen yourself.", ""),
    ("best in the world", "en", "legal", False, "That has to be proved. What is it that you like?", "good"),
    ("carbon neutral", "en", "legal", False, "Building a bicycle is not. Say what was saved, and where.", ""),
    ("klimaneutral", "de", "legal", False, "Ein Rad zu bauen ist es nicht. Sagen Sie, was wo gespart wurde.", ""),
    ("please review us", "en", "review", False, "Asking for reviews misleads readers. Tell your own story.", ""),
]


def give(firm: Firm) -> None:
    """After stories and shares are saved."""
    make_makers(firm)
    make_suggestions(firm)
    make_phrases(firm)


def make_makers(firm: Firm) -> None:
    sofia = firm.person("sofia").user
    Maker.objects.bulk_create(
        Maker(
            story=firm.story(slug).story, member=firm.person(key).user, state=state, asked_by=sofia,
            state_at=firm.at - timedelta(days=2), lends_post=lends,
        )
        for slug, key, state, lends in MAKERS
    )  # fmt: skip


def make_suggestions(firm: Firm) -> None:
    """Two that wait, one of Mina's that was used, one that was not, and a sentence of hers that colleagues may use."""
    sofia, mina = firm.person("sofia").user, firm.person("mina").user
    for key, ago, given in SUGGESTIONS:
        giver = next((one.user for one in firm.people if one.key == key), mina)
        moment = firm.at - timedelta(days=ago)
        Suggestion.objects.create(giver=giver, state="open", state_at=moment, given_at=moment, **given)
    month = firm.at - timedelta(days=9)
    Suggestion.objects.create(
        giver=mina, state="used", state_at=month + timedelta(hours=5), given_at=month, credited=True, answered_by=sofia,
        title="Carys moved four tools and a lamp", story=firm.story("a-left-handed-bench").story,
        words="There is a left-handed bench in Assembly now, and everybody who draws brackets should see it.",
    )  # fmt: skip
    Suggestion.objects.create(
        giver=mina, state="declined", state_at=month + timedelta(days=1), given_at=month, answered_by=sofia,
        title="Our new brake", answer="It is not announced before spring. Please remind us in March.",
    )  # fmt: skip
    lend_sentence(firm, firm.story("sixteen-schools-one-bike-train").story)


def lend_sentence(firm: Firm, story: Story) -> None:
    mina, words = (
        firm.person("mina").user,
        "Number eleven in this line is my daughter, and she is looking the wrong way.",
    )
    caption = Caption.objects.create(story=story, text=words, language="en", given_by=mina)
    Suggestion.objects.create(
        giver=mina, state="used", state_at=firm.at - timedelta(days=3), given_at=firm.at - timedelta(days=3, hours=2),
        about=story, words=words, credited=True, caption=caption, answered_by=firm.person("sofia").user,
    )  # fmt: skip


def make_phrases(firm: Firm) -> None:
    ruth, at = firm.person("ruth").user, firm.at - timedelta(days=40)
    Phrase.objects.bulk_create(
        Phrase(
            words=words, language=language, kind=kind, is_rule=is_rule, why=why, instead=instead, edited_at=at,
            edited_by=ruth,
        )
        for words, language, kind, is_rule, why, instead in PHRASES
    )  # fmt: skip
