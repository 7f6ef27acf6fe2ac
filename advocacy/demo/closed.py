"""Audiences with a name, a list, what some people know, and stories that are not for everybody."""

from datetime import timedelta

from accounts.models import Organisation, Team, User
from advocacy.demo.content import article_url
from advocacy.demo.sharing import Firm
from audiences.models import Audience, Listed, MemberList
from audiences.terms import cleaned
from content.models import Caption, Story

SKILLS = ["First aid", "Photography", "Welding", "Wheel building"]
# job, and what such people have put into their profile
KNOWN = [("Frame welder", ["Welding"]), ("Service mechanic", ["Wheel building"]), ("Line lead", ["First aid"])]


def close(firm: Firm) -> None:
    """After stories are saved."""
    Organisation.objects.filter(pk=1).update(skills=SKILLS)
    for job, skills in KNOWN:
        User.objects.filter(job_title=job).update(skills=skills)
    sofia, mina = firm.person("sofia").user, firm.person("mina").user
    apprentices = MemberList.objects.create(name="Apprentices", made_by=sofia, made_at=firm.at)
    young = User.objects.filter(job_title="Apprentice", is_active=True)
    Listed.objects.bulk_create(Listed(list=apprentices, member=member) for member in young)
    assembly = Team.objects.get(name="Assembly")
    teams = {"kind": "team", "values": [str(mina.team_id), str(assembly.pk)]}
    country, listed = {"kind": "country", "values": ["DE"]}, {"kind": "list", "values": [str(apprentices.pk)]}
    bench = audience(firm, "Drawing office and bench", {"in": [teams], "except": [listed]})
    audience(firm, "Colleagues in Germany", {"in": [country], "who": [{"kind": "language", "values": ["de"]}]})
    audience(firm, "Photographers", {"in": [{"kind": "skill", "values": ["Photography"]}]})  # nobody has said so yet
    tell(firm, bench)


def audience(firm: Firm, name: str, terms: dict[str, object]) -> Audience:
    made_by = firm.person("sofia").user
    return Audience.objects.create(name=name, terms=cleaned(terms), made_by=made_by, made_at=firm.at)


def tell(firm: Firm, audience: Audience) -> None:
    sofia, moment = firm.person("sofia").user, firm.at - timedelta(days=6)
    story = Story.objects.create(
        title="The bench has a notebook of its own", url=article_url("a-left-handed-bench") + "?notebook",
        summary="What the early shift works out, the late shift finds written down. Page one is about spoke keys.",
        language="en", audience=audience, state="live", state_at=moment, live_at=moment, created_at=moment,
        created_by=sofia, edited_at=moment, edited_by=sofia,
    )  # fmt: skip
    for text in (
        "We keep a notebook at the bench now. The first entry is about a spoke key nobody admits to owning.",
        "The late shift left us two pages on wheel truing. Best thing I have read all week.",
    ):
        Caption.objects.create(story=story, text=text, language="en")
