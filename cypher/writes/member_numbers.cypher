// Gives the next numbers to members without a number.
// Params:
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
MATCH (s:ValuenetSchema {name: "valuenet"})
// A write first: two processes that number at the same time wait for each other.
SET s.numbered = coalesce(s.numbered, 0)
WITH s
MATCH (m:Member)
WHERE m.number IS NULL
WITH s, s.numbered AS first, collect(m) AS added
SET s.numbered = first + size(added)
WITH first, added
UNWIND range(0, size(added) - 1) AS i
WITH added[i] AS m, first + i AS number
SET m.number = number
