from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Phrase(models.Model):
    """Words that HR explains to whoever writes them. A recommendation says so beside them; only a rule stops a post."""

    KINDS = [
        ("unannounced", _("Not announced yet")),
        ("competitor", _("Another firm")),
        ("legal", _("A claim that has to be proved")),
        ("disclosure", _("Who is speaking")),
        ("review", _("Asking for reviews")),
        ("other", _("Something else")),
    ]

    words = models.CharField(max_length=120)
    language = models.CharField(max_length=10, blank=True)  # decides its endings; empty for names, which have none
    kind = models.CharField(max_length=12, choices=KINDS, default="other")
    is_rule = models.BooleanField(default=False)
    why = models.CharField(max_length=300)
    instead = models.CharField(max_length=120, blank=True)
    link = models.CharField(
        max_length=500, blank=True
    )  # where it is explained at length: an address, or a page of ours
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["kind", "words"]
        constraints = [models.UniqueConstraint(Lower("words"), "language", name="a_phrase_is_kept_once")]

    def __str__(self) -> str:
        return self.words
