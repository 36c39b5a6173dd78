"""Speed beside the bare libraries, measured in the same run; nothing here asserts a time."""
