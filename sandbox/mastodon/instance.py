"""What the instance says about itself, and accounts."""

from sandbox import people
from sandbox.people import INSTANCE
from sandbox.wire import Answer, Call, reply

from . import entities, guard, oauth, voice
from .media import KINDS, LARGEST


def show(call: Call) -> Answer:
    mode = call.world.modes["mastodon"]
    return reply(
        {
            "domain": INSTANCE,
            "title": "Sandbox town",
            "version": mode["version"],
            "source_url": "",
            "description": "A rehearsal server. Nothing leaves this machine.",
            "usage": {"users": {"active_month": 12}},
            "thumbnail": {"url": ""},
            "icon": [],
            "languages": ["en"],
            "configuration": {
                "urls": {},
                "accounts": {"max_featured_tags": 10},
                "statuses": {
                    "max_characters": mode["max_characters"],
                    "max_media_attachments": 4,
                    "characters_reserved_per_url": 23,
                },
                "media_attachments": {
                    "supported_mime_types": sorted(KINDS),
                    "image_size_limit": LARGEST,
                    "image_matrix_limit": 33_177_600,
                    "video_size_limit": 103_809_024,
                    "description_limit": 1500,
                },
                "polls": {"max_options": 4},
                "translation": {"enabled": False},
            },
            "registrations": {"enabled": False},
            "api_versions": {"mastodon": 6},
            "contact": {},
            "rules": [],
        }
    )


def discovery(call: Call) -> Answer:
    if guard.version(call) < (4, 3):
        return voice.not_found()
    base = f"{call.world.base}/mastodon"
    return reply(
        {
            "issuer": f"{base}/",
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "revocation_endpoint": f"{base}/oauth/revoke",
            "app_registration_endpoint": f"{base}/api/v1/apps",
            "scopes_supported": sorted(oauth.KNOWN),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


def verify_credentials(call: Call) -> Answer:
    scopes = ("profile", "read:accounts") if guard.version(call) >= (4, 3) else ("read:accounts",)
    person = guard.person(call, *scopes)
    source = {"privacy": "public", "sensitive": False, "language": "en", "note": "", "fields": []}
    return reply({**entities.account(call, person), "source": source})


def account(call: Call) -> Answer:
    row = people.by_id(call.world, voice.KEY, call.params["account_id"])
    return reply(entities.account(call, row)) if row else voice.not_found()


def lookup(call: Call) -> Answer:
    row = people.find(call.world, voice.KEY, call.asked("acct"))
    return reply(entities.account(call, row)) if row else voice.not_found()
