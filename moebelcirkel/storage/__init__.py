"""The database: engine, tables, unit of work, search and migration. Rows never leave services."""
