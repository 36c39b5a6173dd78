"""The database: engine, tables, unit of work, search and migration. Rows never leave services."""

import inspect

from moebelcirkel import loading

# SQLAlchemy imports it for drivers that nobody here uses; it brings sockets and TLS along.
loading.later("asyncio", iscoroutine=inspect.iscoroutine)
