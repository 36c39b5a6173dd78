"""Køreture: the runs of a week, their stops in order, and what waits for one."""
