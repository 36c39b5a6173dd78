"""Intake (Modtagelse): from the van to labelled pieces on shelves, by keyboard alone."""
