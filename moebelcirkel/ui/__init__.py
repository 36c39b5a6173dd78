"""The window: main_window above pages above kit."""
