"""The same decision in this library and in its peers, in one process on one core, in turns."""
