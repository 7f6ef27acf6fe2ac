from connectors.x.connector import X

__all__ = ["X"]
