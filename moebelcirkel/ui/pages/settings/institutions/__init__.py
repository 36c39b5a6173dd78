"""Institutions in the settings: their register, and two that become one."""
