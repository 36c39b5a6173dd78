"""A PostgreSQL server's own side: roles and their rights, and how a connection is proved."""
