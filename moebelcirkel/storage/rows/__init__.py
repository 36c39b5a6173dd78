"""Rows that come out by name, and statements and rows that go to the driver itself."""

from moebelcirkel.storage.rows.filling import fill, first, like, put, query
from moebelcirkel.storage.rows.proving import proved
from moebelcirkel.storage.rows.ready import Ready, put_in, send
