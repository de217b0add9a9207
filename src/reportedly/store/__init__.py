"""Where do readings stay, and how are they found again? Stores are exchangeable behind `store.base`."""
