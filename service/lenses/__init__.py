"""Four schools' views of one ecosystem: exchanges, change, openings, fit, mediation."""
