"""The reference engine: short, slow and exact. It is the meaning; the fast engines must agree with it."""

from policydsl.engines.reference.session import open_session

__all__ = ["open_session"]
