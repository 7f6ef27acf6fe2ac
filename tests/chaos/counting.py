"""What the platforms' ledger says about every share, by its marker."""

from collections import Counter
from dataclasses import dataclass

from core.models import AuditEntry
from shares.models import Attempt, Share
from tests.control import control


@dataclass(frozen=True)
class Found:
    run: str
    shares: int
    published: int
    duplicates: int
    lost: int
    cut_off: int  # calls in flight when their worker was killed
    killed: Counter[str]
    seconds: float  # from the moment all were due until all rested
    dropped: int
    asked: int
    resent: int
    doubts: list[str]

    @property
    def line(self) -> str:
        return (
            f"{self.run}: shares={self.shares} duplicates={self.duplicates} lost={self.lost} "
            f"killed_in_flight={self.cut_off} dropped={self.dropped} asked={self.asked} "
            f"published={self.published} resent={self.resent} settled={self.seconds:.0f}s "
            f"killed={','.join(f'{name}:{times}' for name, times in sorted(self.killed.items()))}"
        )

    def is_as_expected(self, broken: str, enough: int) -> bool:
        if broken == "blind":
            return self.duplicates > 0
        if broken == "forget":
            return self.lost > 0
        everything = {"worker", "beat", "redis", "postgres"} <= set(self.killed)
        troubled = everything and self.cut_off >= enough and self.dropped >= enough
        return troubled and self.duplicates == self.lost == 0 and self.published == self.shares


def count(*, run: str, cut_off: int, killed: "Counter[str]", seconds: float) -> Found:
    posts = Counter(post["marker"] for post in control("GET", "/ledger")["posts"])
    shares = list(Share.objects.select_related("link"))
    doubles = [share for share in shares if posts[share.link.code] > 1]
    # Lost: no post, and nobody was told that there is none; or said to be posted when it is not; or never decided.
    lost = [share for share in shares if not posts[share.link.code] and share.state not in ("failed", "cancelled")]
    lost += [share for share in shares if posts[share.link.code] and share.state != "published"]
    return Found(
        run=run,
        shares=len(shares),
        published=sum(share.state == "published" for share in shares),
        duplicates=sum(posts[share.link.code] - 1 for share in doubles),
        lost=len(lost),
        cut_off=cut_off,
        killed=killed,
        seconds=seconds,
        dropped=control("GET", "/stats")["faults"].get("drop_after", 0),
        asked=AuditEntry.objects.filter(kind="share.answered").count(),
        resent=Attempt.objects.filter(resend=True).count(),
        doubts=[f"{share.connector} {share.pk} {share.state}: {share.reason}" for share in [*doubles, *lost][:20]],
    )
