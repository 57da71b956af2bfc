// Everything that valuenet wrote is gone, some at a time.
// Params:
// Row:
MATCH (n)
WHERE NOT n:ValuenetSchema
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
