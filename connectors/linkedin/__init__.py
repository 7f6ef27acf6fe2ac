from connectors.linkedin.analytics import VettedLinkedIn
from connectors.linkedin.connector import LinkedIn

__all__ = ["LinkedIn", "VettedLinkedIn"]
