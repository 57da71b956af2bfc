"""From a NetworkInput to arrays: its members, its arcs, and how they are cached."""
