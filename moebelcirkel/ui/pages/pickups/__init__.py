"""Pickups: givers report what should go (Aflever møbler), the warehouse fetches (Afhentninger)."""
