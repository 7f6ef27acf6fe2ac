from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from core.flow import Flow, FlowModel


class Campaign(FlowModel):
    """Stories that serve one goal between two days. While it is open, what its prizes demand is said in each post."""

    flow = Flow("open", {"open": "ended", "ended": "open"})

    name = models.CharField(max_length=80)
    goal = models.TextField(blank=True)
    wanted_stories = models.PositiveIntegerField(null=True, blank=True)
    wanted_shares = models.PositiveIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    has_prizes = models.BooleanField(default=False)  # sharing its stories can win something
    utm_campaign = models.CharField(max_length=60, blank=True)  # of the links of its stories
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_campaign_per_name"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaigns_end_after_they_begin"
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="campaigns_to_end", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return self.name
