"""The drawings of ours that a card may show: templates/learning/drawings/<name>.html, coloured by the tokens, so that
one serves light and dark."""

from django.utils.translation import gettext_lazy as _

DRAWINGS = {
    "bench": _("A workbench with tools"),
    "bubbles": _("Two speech bubbles"),
    "camera": _("A camera"),
    "door": _("An open door"),
    "ear": _("An ear and waves of sound"),
    "letter": _("A letter being written"),
    "mirror": _("A card with a face and lines"),
    "path": _("A path up a hill"),
    "screen": _("A phone that reads aloud"),
    "table": _("People around a table"),
    "tag": _("A name tag"),
    "umbrella": _("An umbrella in the rain"),
}
