"""What tests share: worlds, comparisons, and clients."""
