from connectors.linkedin.connector import LinkedIn

__all__ = ["LinkedIn"]
