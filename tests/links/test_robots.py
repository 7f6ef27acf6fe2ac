from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.redirect.robots import LIBRARIES, PREVIEWERS, WORDS, Haste, is_robot, looks_ahead

PEOPLE = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 "
    "Safari/537.36 Edg/140.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[LinkedInApp]/9.31.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[FBAN/FBIOS;FBAV/470.0;FBDV/iPhone15,2;FBLC/en_GB]",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/125.0 Mobile Safari/537.36 Instagram 332.0 Android",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9 Build/BP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/139.0 Mobile Safari/537.36 WA4A/2.26.30.97",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6 "
    "Mobile/15E148 Safari/604.1 [WAiOS/2.26.31]",
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36 "
    "Outlook-Android/2.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Outlook-iOS/745.0.prod.iphone (3.51.0)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[Pinterest/iOS]",
    "[FBAN/FB4A;FBAV/567.1.0.52.74;FBBV/1003893689;FBDM/{density=3.0,width=1080,height=2340};FBLC/nl_NL;FBSV/16;]",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1/28.3; U; en) Presto/2.8.119 Version/11.10",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
]
ROBOTS = [
    "",
    "   ",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mastodon/4.5.0 (http.rb/5.2.0; +https://mastodon.example/)",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; mailto:support@bsky.app)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) "
    "Chrome/140.0 Safari/537.36",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0",
    "curl/8.5.0",
    "Wget/1.21",
    "python-requests/2.32.0",
    "Python/3.11 aiohttp/3.9.1",
    "Go-http-client/1.1",
    "okhttp/4.12.0",
    "axios/1.7.2",
    "Ruby",
    "Apache-HttpClient/4.5.13 (Java/17)",
    "Pleroma 2.6.0; https://pleroma.example",
    "Outlook-Android/2.0",
    "Outlook-iOS/719.3623017.prod.iphone (4.20.0)",
    "Pinterest/0.2 (+https://www.pinterest.com/)",
    "Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)",
    "GPTBot/1.2 (+https://openai.com/gptbot)",
    "ia_archiver",
    "something nobody ever heard of",
]
CHROME = PEOPLE[0]


@pytest.mark.parametrize("agent", PEOPLE)
def test_browsers_are_people(agent):
    assert not is_robot(agent)


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_are_robots(agent):
    assert is_robot(agent)


@given(st.sampled_from((WORDS + " " + PREVIEWERS + " " + LIBRARIES).split()), st.sampled_from(PEOPLE), st.booleans())
def test_a_browser_that_names_a_robot_is_one_in_any_letters(word, agent, capital):
    assert is_robot(f"{agent} {word.upper() if capital else word}")


@pytest.mark.parametrize(
    "agent", ["Mozilla/5.0 (Windows NT 6.1; WOW64) AdIdxBot/2.0", "Mozilla/5.0 (compatible; AhrefsSiteAudit/6.1)"]
)
def test_the_world_s_list_of_crawlers_is_asked_too(agent):
    assert is_robot(agent)


@given(st.text(max_size=300))
def test_no_user_agent_is_too_strange(agent):
    assert is_robot(agent) in (True, False)


@given(
    st.integers(60, 300), st.integers(0, 9999), st.sampled_from(["Windows NT 10.0; Win64; x64", "X11; Linux x86_64"])
)
def test_versions_make_nobody_a_robot(major, build, system):
    agent = f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.{build}.0 Safari/537.36"
    assert not is_robot(agent)


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "GET", "HTTP_SEC_PURPOSE": "prefetch"},
        {"REQUEST_METHOD": "GET", "HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"REQUEST_METHOD": "GET", "HTTP_PURPOSE": "Prefetch"},
        {"REQUEST_METHOD": "GET", "HTTP_X_PURPOSE": "preview"},
        {"REQUEST_METHOD": "GET", "HTTP_X_MOZ": "prefetch"},
    ],
)
def test_a_browser_that_looks_ahead_has_not_been_told_to_come(environ):
    assert looks_ahead(environ)


def test_an_ordinary_request_does_not_look_ahead():
    assert not looks_ahead({"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": CHROME})


def test_haste_is_many_links_in_seconds_and_remembered_no_longer():
    haste, noon = Haste(), datetime(2030, 6, 1, 12, tzinfo=UTC)
    assert [haste.notice("a", link, noon) for link in range(8)] == [False] * 7 + [True]
    assert not any(haste.notice("b", link, noon + timedelta(seconds=2 * link)) for link in range(20))
    haste.forget_old(noon + timedelta(minutes=1))
    assert not haste._seen
