// All indexes are ready when this returns.
// Params:
// Row:
CALL db.awaitIndexes(300)
