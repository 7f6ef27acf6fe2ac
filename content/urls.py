from django.urls import path

from content.views import acts, board, campaigns, disclosures, editing, feeds, handing_out, makers, posters

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
    path("curate/campaigns/", campaigns.campaigns, name="campaigns"),
    path("curate/campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("curate/campaigns/<int:campaign_id>/edit/", campaigns.edit_campaign, name="edit_campaign"),
    path("curate/campaigns/<int:campaign_id>/<slug:name>/", campaigns.act, name="campaign_act"),
    path("disclosures/", disclosures.disclosures, name="disclosures"),
    path("disclosures/new/", disclosures.new_disclosure, name="new_disclosure"),
    path("disclosures/<int:rule_id>/", disclosures.disclosure, name="disclosure"),
    path("disclosures/<int:rule_id>/remove/", disclosures.remove, name="remove_disclosure"),
    path("made/<int:maker_id>/", makers.maker, name="maker"),
    path("handed-out/<str:token>", handing_out.picture, name="handed_out"),
]
