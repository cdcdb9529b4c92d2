"""Addresses about one runner's things, for every test that walks all of them."""

from tests.project.test_routes import address_of

__all__ = ["address_of"]
