// Returns when all indexes are ready.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
CALL db.awaitIndexes(300)
