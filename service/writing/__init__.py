"""The one room that every write goes through: held, checked, written, logged."""
