"""What a change is called, and which kinds there are."""
