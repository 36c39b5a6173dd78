"""The papers of a run."""
