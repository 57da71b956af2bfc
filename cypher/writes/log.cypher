// Numbers the changes and the new members of a transaction, and stores the changes and answers.
// Params:
//   count: 0
//   members: []
//   packs: []
//   answers: []
// Row: last
// Rows: one
// Example: Every mutation and every load.
// The last statement of a transaction: it waits here for the commit of the write before
// it, so numbers have no gaps and the log is in the order of commits.
MATCH (s:ValuenetSchema {name: "valuenet"})
SET
  s.changes = coalesce(s.changes, 0) + $count,
  s.numbered = coalesce(s.numbered, 0) + size($members)
WITH s, datetime.realtime() AS at
CALL (s) {
  UNWIND range(0, size($members) - 1) AS i
  MATCH (m:Member {key: $members[i]})
  SET m.number = s.numbered - size($members) + i
}
CALL (s, at) {
  UNWIND $packs AS pack
  CREATE (c:Change {number: s.changes - $count + pack.last})
  SET c.at = at
  SET c += pack.properties
}
CALL (s, at) {
  UNWIND $answers AS answer
  // A second answer with the same key is an error: the request was sent twice at once.
  CREATE (a:Answer {key: answer.key})
  SET
    a.at = at,
    a.change = s.changes - $count + answer.last,
    a.input = answer.input,
    a.text = answer.text
}
RETURN s.changes AS last
