from typing import Any

from django import forms
from django.core import signing
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content import queries
from content.actions import StoryWords, belongs, take_picture, take_video
from content.actions.errors import BadAddress, BadPicture
from content.actions.kinds import address_of
from content.actions.pictures import LARGEST_FILE
from content.forms.languages import language_choices
from content.forms.moments import MomentField
from content.models import Campaign, Story, Topic

SALT = "content.picture"


WRITTEN = (
    "kind", "title", "url", "summary", "picture_alt", "picture_rights", "picture_note", "language", "partnership",
    "utm_campaign",
)  # fmt: skip
MOMENTS = ("live_from", "expires_at", "pinned_until", "urgent_until")
KINDS = [
    (Story.WEB, _("A page on the web")),
    (Story.PICTURES, _("Pictures")),
    (Story.DOCUMENT, _("A document")),
    (Story.VIDEO, _("A video")),
    (Story.WORDS, _("Words only")),
    (Story.INTERNAL, _("For reading here only")),
]
RIGHTS = [
    ("", _("Please choose")),
    (Story.OWN, _("Ours")),
    (Story.LICENSED, _("Licensed to us")),
    (Story.LINK_ONLY, _("Not ours: we may only link to it")),
]


class Scheduled(forms.Form):
    live_from = MomentField(label=_("Goes live"))
    expires_at = MomentField(label=_("Ends"))
    pinned_until = MomentField(label=_("Stands first until"))
    urgent_until = MomentField(label=_("Urgent until"))

    def __init__(self, *args: Any, member: User, story: Story | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in MOMENTS:
            moment = getattr(story, name) if story else None
            self.initial.setdefault(name, self.fields[name].shows(moment, member.time_zone))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("live_from"), given.get("expires_at")
        if begins and ends and ends <= begins:
            self.add_error("expires_at", _("The story would end before it begins. Please choose a later end."))
        return given


class ScheduleForm(Scheduled):
    """After approval only the times may still change."""


class StoryForm(Scheduled):
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=300, error_messages={"required": _("Please give the story a title.")}
    )
    url = forms.CharField(
        label=_("Address of the page"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    picture = forms.FileField(label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    # A file cannot be put back into a form, so a good one is kept and its signed name comes back instead.
    picture_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    picture_removed = forms.BooleanField(label=_("Use no picture"), required=False)
    picture_alt = forms.CharField(
        label=_("What the picture shows"),
        required=False,
        max_length=500,
        help_text=_("For people who cannot see it. It goes out with the post."),
    )
    picture_rights = forms.ChoiceField(
        label=_("Whose picture is it?"),
        choices=RIGHTS,
        required=False,
        help_text=_("One we may only link to is shown here, and never sent with a post."),
    )
    nothing_seen = forms.BooleanField(label=_("I have looked: nothing of that can be seen"), required=False)
    picture_note = forms.CharField(label=_("Licensed from whom, until when"), required=False, max_length=200)
    video = forms.FileField(
        label=_("The video as a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "video/mp4"}),
        help_text=_("MP4, at most 40 MB. Colleagues watch it here, and can save it to post it by hand."),
    )
    video_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    video_removed = forms.BooleanField(label=_("Use no file"), required=False)
    partnership = forms.BooleanField(
        label=_("Sharing this is rewarded"),
        required=False,
        help_text=_("A prize draw, for example. X then shows its own label as well."),
    )
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none(), required=False)
    utm_campaign = forms.CharField(
        label=_("Campaign word of its links"),
        required=False,
        max_length=60,
        help_text=_("One word for your web statistics (utm_campaign), if this story has one of its own."),
    )
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False)
    language = forms.ChoiceField(label=_("Language"))
    fetches_picture = forms.BooleanField(
        label=_("Take the picture from that page"),
        required=False,
        initial=True,
        help_text=_("And its summary, where you write none."),
    )

    def __init__(self, *args: Any, member: User, story: Story | None = None, **options: Any) -> None:
        initial = written(story) if story else {"language": member.language}
        super().__init__(
            *args, member=member, story=story, initial=initial | (options.pop("initial", None) or {}), **options
        )
        # A browser would cut what is pasted without a word; refused, it is still there.
        self.fields["summary"].widget.attrs.pop("maxlength", None)
        self.story, self.kept, self.kept_video = story, "", ""
        topics = self.fields["topic"]
        topics.queryset, topics.empty_label = Topic.objects.order_by("name"), _("No topic")
        chosen = self.fields["campaign"]
        chosen.queryset = queries.open_campaigns(story.campaign_id if story else None)
        chosen.empty_label = _("No campaign")
        self.fields["language"].choices = language_choices(member.language, str(self.initial.get("language") or ""))

    @property
    def chosen_kind(self) -> str:
        """As it stands on the page; a form sent without one is about a page, as every story once was."""
        chosen = str(self["kind"].value() or "")
        return chosen if chosen in Story.KINDS else Story.WEB

    def asks_for(self, part: str) -> bool:
        return belongs(part, self.chosen_kind)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Story.WEB

    def clean_url(self) -> str:
        try:
            return address_of(self.chosen_kind, self.cleaned_data["url"])
        except BadAddress as error:
            raise forms.ValidationError(error.sentence) from None

    def clean_picture(self) -> None:
        upload = self.cleaned_data.get("picture")
        try:
            if upload:
                # One byte more than we take says that it is too large, and no more than that is read.
                self.kept = take_picture(upload.read(LARGEST_FILE + 1))
        except BadPicture as error:
            raise forms.ValidationError(error.sentence) from None

    def clean_video(self) -> None:
        upload = self.cleaned_data.get("video")
        try:
            if upload:
                self.kept_video = take_video(upload.chunks())
        except BadPicture as error:
            raise forms.ValidationError(error.sentence) from None

    def clean_video_kept(self) -> str:
        try:
            self.kept_video = self.kept_video or signing.loads(self.cleaned_data["video_kept"], salt=SALT)
        except signing.BadSignature:
            pass
        return self.kept_video

    def clean_picture_kept(self) -> str:
        try:
            self.kept = self.kept or signing.loads(self.cleaned_data["picture_kept"], salt=SALT)
        except signing.BadSignature:
            pass
        return self.kept

    @property
    def kept_token(self) -> str:
        return signing.dumps(self.kept, salt=SALT) if self.kept else ""

    @property
    def video_token(self) -> str:
        return signing.dumps(self.kept_video, salt=SALT) if self.kept_video else ""

    @property
    def kept_url(self) -> str:
        """Where the picture that was just chosen can be looked at."""
        return default_storage.url(self.kept) if self.kept else ""

    def as_typed(self) -> dict[str, Any]:
        """Everything as it was typed, to fill a fresh form that complains about nothing yet."""
        names = [name for name in self.fields if name not in ("picture", "picture_kept", "video", "video_kept")]
        return {name: self[name].value() for name in names}

    @property
    def words(self) -> StoryWords:
        given = self.cleaned_data
        picture = "" if given["picture_removed"] else self.kept or None
        video = "" if given["video_removed"] else self.kept_video or None
        return StoryWords(
            picture=picture, video=video, **{name: given[name] for name in (*WRITTEN, *MOMENTS, "topic", "campaign")}
        )


def written(story: Story) -> dict[str, Any]:
    return {name: getattr(story, name) for name in WRITTEN} | {
        "topic": story.topic_id,
        "campaign": story.campaign_id,
    }
