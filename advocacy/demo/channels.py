"""Two channels that hear of new stories, at the stand-ins for Slack and Teams; and one whose hook somebody removed."""

from datetime import datetime

from django.conf import settings

from accounts.models import User
from content.actions import ChannelWords, add_channel
from content.models import Channel, Topic
from core.flow import move
from notifications.models import Hook


def make_channels(actor: User, at: datetime) -> list[Channel]:
    if not (settings.SANDBOX and settings.SANDBOX_URL):
        return []
    hooks = f"{settings.SANDBOX_URL}/hooks"
    topic = Topic.objects.order_by("pk").first()
    wanted = [
        ChannelWords(Hook.SLACK, "en", f"{hooks}/slack/T0BRACKEN/B0NEWS/6fd2a9c0b7e14d83"),
        ChannelWords(Hook.TEAMS, "de", f"{hooks}/teams/workflows/3b1f?sig=Qm9yZWFz", team=actor.team, topic=topic),
        ChannelWords(Hook.SLACK, "en", f"{hooks}/slack/T0BRACKEN/B0OLD/removed", topic=topic),
    ]
    made = [add_channel(actor=actor, given=given, at=at) for given in wanted]
    move(made[-1].hook, "broken", at=at, reason="removed:404")
    return made
