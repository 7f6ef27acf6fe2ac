from connectors.base.connector import Connector
from connectors.base.counting import counted
from connectors.base.errors import (
    ConnectorError,
    NeedsRelink,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Unavailable,
)
from connectors.base.keys import record_key
from connectors.base.limits import Limit, Prices, Quota
from connectors.base.media import Carries
from connectors.base.things import (
    App,
    Card,
    Credentials,
    Departure,
    Draft,
    Grant,
    Identity,
    Marker,
    Media,
    Mention,
    Problem,
    Reading,
    Receipt,
)

__all__ = [
    "App",
    "Card",
    "Carries",
    "Connector",
    "ConnectorError",
    "Credentials",
    "Departure",
    "Draft",
    "Grant",
    "Identity",
    "Limit",
    "Marker",
    "Media",
    "Mention",
    "NeedsRelink",
    "OutcomeUnknown",
    "Prices",
    "Problem",
    "Quota",
    "RateLimited",
    "Reading",
    "Receipt",
    "Rejected",
    "Unavailable",
    "counted",
    "record_key",
]
