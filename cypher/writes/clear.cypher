// Deletes everything that valuenet wrote, in batches.
// Params:
// Row:
// Example: `valuenet database clear`
MATCH (n)
WHERE NOT n:ValuenetSchema
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
