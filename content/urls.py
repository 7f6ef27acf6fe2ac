from django.urls import path

from content.views import acts, board, editing, feeds, handing_out, makers, phrases, posters, suggesting, suggestions

app_name = "content"
urlpatterns = [
    path("curate/", board.board, name="board"),
    path("curate/lanes/<slug:state>/", board.lane, name="lane"),
    path("curate/bulk/", acts.bulk, name="bulk"),
    path("curate/stories/new/", editing.new_story, name="new_story"),
    path("curate/stories/<int:story_id>/", editing.story, name="story"),
    path("curate/stories/<int:story_id>/times/", editing.reschedule, name="reschedule"),
    path("curate/stories/<int:story_id>/poster/", posters.poster, name="poster"),
    path("curate/stories/<int:story_id>/poster.<slug:kind>", posters.poster_file, name="poster_file"),
    path("curate/stories/<int:story_id>/makers/", makers.makers, name="makers"),
    path("curate/stories/<int:story_id>/<slug:name>/", acts.act, name="act"),
    path("curate/lengths/", editing.lengths, name="lengths"),
    path("curate/feeds/", feeds.feeds, name="feeds"),
    path("curate/feeds/<int:feed_id>/", feeds.feed, name="feed"),
    path("curate/feeds/<int:feed_id>/<slug:name>/", feeds.act, name="feed_act"),
    path("curate/suggestions/", suggestions.suggestions, name="suggestions"),
    path("curate/suggestions/<int:suggestion_id>/<slug:name>/", suggestions.answer, name="answer_suggestion"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/button/", suggesting.suggest_button, name="suggest_button"),
    path("suggest/<int:suggestion_id>/take-back/", suggesting.take_back, name="take_back"),
    path("hints/", phrases.phrases, name="phrases"),
    path("hints/<int:phrase_id>/", phrases.phrase, name="phrase"),
    path("made/<int:maker_id>/", makers.maker, name="maker"),
    path("handed-out/<str:token>", handing_out.picture, name="handed_out"),
]
