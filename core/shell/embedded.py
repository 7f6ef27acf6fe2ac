"""Whether a page stands inside another app, which then has a session, a keyboard and a menu of its own.

By what such pages say of themselves: inapp-spy 5 (MIT) for the social apps, ua-parser-js pull request 841 for WhatsApp,
device-detector for Teams, issues and tests on GitHub for Outlook and Pinterest (read in November 2026). Slack and Gmail
say nothing: on an iPhone theirs cannot be told from Safari, on Android it is the browser itself.
"""

import re

APPS = {
    "LinkedIn": r"LinkedInApp",
    "Messenger": r"FBAN/Messenger|FB_IAB/Orca",
    "Instagram": r"Instagram \d",
    "Threads": r"Barcelona \d",
    "Facebook": r"FBAN/|FBAV/|FB_IAB/",
    "WhatsApp": r"WAiOS/|WA4A/",
    "Outlook": r"Outlook-(?:iOS|Android)/",
    "Teams": r"TeamsMobile-(?:iOS|Android)",
    "X": r"Twitter for iPhone|TwitterAndroid",
    "Pinterest": r"Pinterest/(?:iOS|Android)",
    "TikTok": r"BytedanceWebview|musical_ly|TikTok",
    "Snapchat": r"Snapchat/",
    "LINE": r"\bLine/",
    "WeChat": r"MicroMessenger",
}
APP = re.compile("|".join(f"(?P<app{number}>{pattern})" for number, pattern in enumerate(APPS.values())))
ANY_APP = re.compile(r"Android [^)]*; wv\)")  # what an app on Android shows in itself, whichever app it is
APPLE = re.compile(r"iPhone|iPad")
CLOSED = "embedded-closed"  # the cookie of who has read it


def app_around(agent: str) -> str:
    """The name of the app that this browser belongs to; "?" for one that does not say which, nothing for none."""
    if found := APP.search(agent):
        return list(APPS)[int(str(found.lastgroup)[3:])]
    return "?" if ANY_APP.search(agent) else ""
