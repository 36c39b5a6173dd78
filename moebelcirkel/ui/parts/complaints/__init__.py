"""What the pages that know of complaints share."""
