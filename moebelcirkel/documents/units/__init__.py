"""The papers of one piece: its label and its møbelpas."""
