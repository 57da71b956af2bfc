"""Commands that change records: checked, compared with what is stored, and applied."""
