"""Rows that come out by name, and statements and rows that go to the driver itself."""

from moebelcirkel.storage.rows.asking import connected, fill, first
from moebelcirkel.storage.rows.filling import like, put, query
from moebelcirkel.storage.rows.inserting import Rows, own_insert, put_in, put_in_both
from moebelcirkel.storage.rows.known import known, reads_anew
from moebelcirkel.storage.rows.proving import proved
from moebelcirkel.storage.rows.ready import Plain, Ready, await_all, send, unasked
