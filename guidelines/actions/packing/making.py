"""A pack, piece by piece. Each piece is one file, written by one worker under a lease and then kept: who goes on
after a worker was lost begins with the first file that is not there."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.queries import organisation
from core import audit, clock
from core.flow import LostRace, claim, move
from core.zones import zone_of
from guidelines import archive
from guidelines.actions.packing import pieces
from guidelines.archive import Kept
from guidelines.models import Pack

LEASE = timedelta(minutes=2)  # a piece takes seconds


def make_piece(*, at: datetime) -> bool:
    """The next one of the pack that has waited longest. False where none waits."""
    pack = _claim(at)
    if pack is None:
        return False
    try:
        with override(pack.language), timezone.override(zone_of(organisation().time_zone)):
            _go_on(pack)
    except LostRace:
        pass  # held too long: somebody else has it
    except OSError:
        with override(pack.language):
            _settle(pack, "failed", problem=_("It could not be written; there may be no room left on the disk."))
    return True


def _claim(at: datetime) -> Pack | None:
    with transaction.atomic():
        waiting = Pack.objects.order_by("state_at", "pk")
        for pack in claim(waiting, "making", at=at, limit=1, lease_until=at + LEASE):
            Pack.objects.filter(pk=pack.pk).update(turn=F("turn") + 1)
            return Pack.objects.select_related("asked_by", "guideline").get(pk=pack.pk)
    return None


def _go_on(pack: Pack) -> None:
    if not pack.plan:
        plan = pieces.plan_of(pack)
        _settle(pack, "asked", plan=plan, total=len(pieces.names(plan)))
        return
    kept = [Kept(**one) for one in pack.files]
    kept = before(kept, next((one.name for one in kept if not archive.still_there(pack.pk, one)), ""))
    name = next((name for name in pieces.names(pack.plan) if name not in {one.name for one in kept}), "")
    if not name:
        _finish(pack, kept)
        return
    with archive.draft(pack.pk, name) as draft:
        made = pieces.write(pack, name, kept, draft)
        _settle(pack, "asked", draft, files=[one.as_data for one in [*kept, made]])


def before(kept: list[Kept], name: str) -> list[Kept]:
    """Without this file, and those that tell of all others."""
    if not name:
        return kept
    return [one for one in kept if one.name != name and one.name not in pieces.TELLING]


def _finish(pack: Pack, kept: list[Kept]) -> None:
    try:
        size = archive.gather(pack.pk, kept, pack.stem)
    except archive.Differs as error:
        _settle(pack, "asked", files=[one.as_data for one in before(kept, error.name)])
        return
    manifest = next(one.sha256 for one in kept if one.name == pieces.MANIFEST)
    with transaction.atomic():
        _settle(pack, "ready", manifest=manifest, size=size)
        data = {"manifest": manifest, "files": len(kept), "head": pack.plan["head"]}
        audit.record(actor=None, kind="guideline_pack_ready", about=f"pack:{pack.pk}", at=clock.now(), data=data)


def _settle(pack: Pack, to: str, draft: archive.Draft | None = None, **changes: object) -> None:
    """Raises LostRace when this worker was too slow and another one holds it now."""
    with transaction.atomic():
        if not Pack.objects.select_for_update().filter(pk=pack.pk, state="making", turn=pack.turn).exists():
            raise LostRace(f"pack {pack.pk}")
        move(pack, to, at=clock.now(), lease_until=None, tries=0, **changes)
        if draft:
            # Before the row says so: a file that nobody knows is made again, one that is missing would be a fault.
            draft.keep()
