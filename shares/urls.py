from django.urls import path

from shares import views

app_name = "shares"

urlpatterns = [
    path("stories/<int:story_id>/", views.story, name="story"),
    path("stories/<int:story_id>/share/", views.compose, name="compose"),
    path("stories/<int:story_id>/draft/", views.save_draft, name="draft"),
    path("stories/<int:story_id>/throw-away/", views.throw_away, name="throw_away"),
    path("stories/<int:story_id>/by-hand/", views.by_hand, name="by_hand"),
    path("stories/<int:story_id>/aside/<slug:how>/", views.aside, name="aside"),
    path("campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("curate/seen-as/stories/<int:story_id>/", views.story_seen_as, name="story_seen_as"),
    path("curate/seen-as/audiences/<int:number>/", views.audience_seen_as, name="audience_seen_as"),
    path("stories/seen/", views.seen, name="seen"),
    path("search/", views.search, name="search"),
    path("search/keep/", views.keep_search, name="keep_search"),
    path("search/<int:number>/forget/", views.forget_search, name="forget_search"),
    path("open/<str:token>/", views.opened, name="opened"),
    path("topics/", views.topics, name="topics"),
    path("topics/forget/", views.forget, name="forget"),
    path("topics/<int:topic_id>/<slug:how>/", views.follow, name="follow"),
    path("stories/<int:story_id>/posts/<int:post_id>/", views.pass_on, name="pass_on"),
    path("given/", views.given, name="given"),
    path("shares/<int:share_id>/lend/", views.lend, name="lend"),
    path("words/", views.words, name="words"),
    path("words/<int:number>/approve/", views.approve, name="approve_words"),
    path("words/<int:number>/refuse/", views.refuse, name="refuse_words"),
    path("shares/", views.plans, name="plans"),
    path("shares/<int:share_id>/", views.share, name="share"),
    path("shares/<int:share_id>/state/", views.state, name="state"),
    path("shares/<int:share_id>/words/", views.edit, name="edit"),
    path("shares/<int:share_id>/time/", views.move, name="move"),
    path("shares/<int:share_id>/cancel/", views.cancel, name="cancel"),
    path("shares/<int:share_id>/send/", views.send_now, name="send_now"),
    path("shares/<int:share_id>/hand-over/", views.hand_over, name="hand_over"),
    path("shares/<int:share_id>/retry/", views.retry, name="retry"),
    path("shares/<int:share_id>/delete/", views.delete, name="delete"),
    path("shares/<int:share_id>/answer/", views.answer, name="answer"),
    path("shares/<int:share_id>/says/", views.disclosed, name="disclosed"),
    path("shares/<int:share_id>/by-hand/", views.handed_back, name="handed_back"),
]
