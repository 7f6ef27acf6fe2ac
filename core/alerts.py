"""What needs somebody, kept as rows: begun when it is first seen, over when it is no longer seen."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from core.flow import LostRace, move
from core.models import Alert

# What comes back so soon is the same trouble; it is shown again, but not said again.
SAME = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One kind of trouble at this moment; `about` tells two of a kind apart, `data` is what its sentence counts."""

    kind: str
    about: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def keep(findings: Collection[Finding], *, at: datetime, tell: Callable[[Alert], None]) -> None:
    """Begin, renew and end alerts so that the open ones are these. `tell` is called once for each new one, in the
    transaction that begins it: of two watches at the same time one begins it."""
    known = {(alert.kind, alert.about): alert for alert in Alert.objects.filter(state="open")}
    for finding in findings:
        alert = known.pop((finding.kind, finding.about), None)
        if alert is None:
            _begin(finding, at, tell)
        elif alert.data != finding.data:
            Alert.objects.filter(pk=alert.pk).update(data=dict(finding.data))
    for alert in known.values():
        try:
            move(alert, "over", at=at)
        except LostRace:
            continue


def _begin(finding: Finding, at: datetime, tell: Callable[[Alert], None]) -> None:
    before = Alert.objects.filter(kind=finding.kind, about=finding.about, state="over", state_at__gt=at - SAME)
    is_news = not before.exists()
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                kind=finding.kind, about=finding.about, data=dict(finding.data), state="open", state_at=at, begun_at=at
            )
            if is_news:
                tell(alert)
    except IntegrityError:
        return
