"""The papers of picking and delivering."""
