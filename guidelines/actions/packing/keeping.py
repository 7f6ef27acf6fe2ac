"""What happens to packs by itself: one whose worker was lost waits again, and files go after a while."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import audit
from core.flow import move
from guidelines import archive
from guidelines.models import Pack

KEPT_DAYS = 30
MOST_TRIES = 3


def take_back_lost(*, at: datetime) -> int:
    """Of pieces that a worker held too long. What was written is kept; after some tries it has failed."""
    with transaction.atomic():
        lost = Pack.objects.select_for_update(skip_locked=True).filter(state="making", lease_until__lt=at)
        several = list(lost)
        for pack in several:
            if pack.tries + 1 < MOST_TRIES:
                move(pack, "asked", at=at, tries=pack.tries + 1, lease_until=None)
                continue
            with override(pack.language):
                problem = _("It was interrupted several times. Please ask for it once more.")
            move(pack, "failed", at=at, lease_until=None, problem=problem)
    return len(several)


def tidy_packs(*, at: datetime) -> int:
    """Files go after thirty days, and those about one person with that person; whatever lies there without a pack goes,
    too. That a pack was asked for, and the hash of its manifest, stay. How many went."""
    ready = Pack.objects.filter(state="ready")
    old = ready.filter(state_at__lte=at - timedelta(days=KEPT_DAYS))
    erased = ready.filter(member__isnull=False).exclude(member__in=User._base_manager.values("pk"))
    gone = old.union(erased)
    for pack in gone:
        with transaction.atomic():
            move(pack, "gone", at=at)
            audit.record(actor=None, kind="guideline_pack_gone", about=f"pack:{pack.pk}", at=at)
    for number in archive.folders():
        state = Pack.objects.filter(pk=number).values_list("state", flat=True).first()
        if state in (None, "failed", "gone"):
            archive.clear(number)
        elif state == "ready":
            archive.clear_pieces(number)
    return len(gone)
