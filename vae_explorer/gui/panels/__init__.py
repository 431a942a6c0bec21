"""What opens over the window: to read, to find a command, to be asked."""
