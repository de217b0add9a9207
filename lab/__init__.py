"""Where readings are measured and weights are made. Imports reportedly, never the reverse; never shipped."""
