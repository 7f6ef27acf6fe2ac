"""The topics a member likes to hear of, and what their feed remembers."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import is_member, require
from accounts.views.linking import safe_next
from content import actions as content_actions
from content import queries as content
from content.models import Topic
from core import clock
from core.shell.notices import done
from shares import actions, queries


class TopicsForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topics"].queryset = content.topics()  # type: ignore[attr-defined]


@require(is_member)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    member = request.user
    sent = request.POST if request.method == "POST" else None
    form = TopicsForm(sent, initial={"topics": content.followed_topics(member)})
    if form.is_valid():
        content_actions.choose_topics(actor=member, topics=form.cleaned_data["topics"], at=clock.now())
        done(request, _("Your topics are saved."))
        return redirect("shares:topics")
    away = queries.put_away(member)
    shown = {"form": form, "away": away, "remembers": queries.remembers(member), "topics": content.topics().exists()}
    return render(request, "shares/topics.html", shown, status=422 if form.errors else 200)


@require(is_member)
@require_POST
def follow(request: HttpRequest, topic_id: int, how: str) -> HttpResponse:
    """One tap on a card."""
    topic = get_object_or_404(Topic, pk=topic_id)
    if how == "stop":
        content_actions.unfollow_topic(actor=request.user, topic=topic)
        done(request, _("You do not follow %(topic)s any more.") % {"topic": topic.name}, undo=address(topic, "start"))
    elif how == "start":
        content_actions.follow_topic(actor=request.user, topic=topic, at=clock.now())
        done(request, _("You follow %(topic)s now.") % {"topic": topic.name}, undo=address(topic, "stop"))
    else:
        raise Http404
    return redirect(safe_next(request) or "/")


def address(topic: Topic, how: str) -> str:
    return f"/topics/{topic.pk}/{how}/"


@require(is_member)
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    actions.forget_marks(actor=request.user)
    done(request, _("Forgotten. Your feed begins anew."))
    return redirect("shares:topics")
