from connectors.base.connector import Connector
from connectors.base.errors import (
    ConnectorError,
    NeedsRelink,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Unavailable,
)
from connectors.base.keys import record_key
from connectors.base.things import (
    App,
    Card,
    Credentials,
    Departure,
    Draft,
    Grant,
    Identity,
    Marker,
    Mention,
    Problem,
    Reading,
    Receipt,
)

__all__ = [
    "App",
    "Card",
    "Connector",
    "ConnectorError",
    "Credentials",
    "Departure",
    "Draft",
    "Grant",
    "Identity",
    "Marker",
    "Mention",
    "NeedsRelink",
    "OutcomeUnknown",
    "Problem",
    "RateLimited",
    "Reading",
    "Receipt",
    "Rejected",
    "Unavailable",
    "record_key",
]
