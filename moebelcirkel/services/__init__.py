"""Use cases, a module per word: check the role, open the unit of work, ask the domain, save."""
