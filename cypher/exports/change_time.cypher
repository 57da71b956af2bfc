// When was the change with this number committed?
// Params:
//   number: 1
// Row: at
// Rows: one
// Example: Every table.
MATCH (c:Change {number: $number})
RETURN c.at AS at
