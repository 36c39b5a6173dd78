"""The workshop (Værksted): the board of cases and the panel of one case."""
