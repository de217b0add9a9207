"""Who said what, to whom, on whose authority, and when: `reportedly.read(text)`."""

__version__ = "0.1.0"
