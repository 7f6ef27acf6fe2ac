"""Figures of a member's own posts: only with the vetted product, one figure a call."""

import re

from sandbox import posts
from sandbox.wire import Answer, Call, reply

from . import guard, voice

ENTITY = re.compile(r"^\((?:share|ugc):(urn(?::|%3A).+)\)$")
COLUMNS = {
    "IMPRESSION": "impressions",
    "MEMBERS_REACHED": "impressions",
    "RESHARE": "reposts",
    "REACTION": "likes",
    "COMMENT": "replies",
}
SINCE_202604 = {"LINK_CLICKS": "clicks", "POST_SAVE": None, "POST_SEND": None}


def show(call: Call) -> Answer:
    version = guard.version(call)
    person = guard.caller(call, "r_member_postAnalytics")
    metric = call.asked("queryType")
    columns = COLUMNS | (SINCE_202604 if version >= 202604 else {})
    entity = ENTITY.match(call.asked("entity"))
    if call.asked("q") != "entity" or metric not in columns or entity is None:
        raise voice.refuse(400, "ILLEGAL_ARGUMENT", "q, entity and one queryType are needed")
    row = posts.find(call.world, voice.KEY, entity[1].replace("%3A", ":"))
    if row is None or row["account"] != person["remote_id"]:
        # An empty list, not a nought: there is nothing to say about this post.
        return reply({"paging": {"start": 0, "count": 10, "links": []}, "elements": []})
    column = columns[metric]
    wrapped = {"com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1": metric}
    count = row[column] if column else 0
    if metric == "MEMBERS_REACHED":
        count = round(count * 0.8)  # some people see a post twice
    element = {"count": count, "metricType": metric if version >= 202605 else wrapped}
    return reply({"paging": {"start": 0, "count": 10, "links": []}, "elements": [element]})
