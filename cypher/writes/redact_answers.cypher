// Replaces the stored answers that mention a person.
// Params:
//   texts: ["Ingrid Hallberg"]
//   empty_outcome: "[[], [], 0]"
// Row:
// Example: Erasing a person: `erasePerson`.
MATCH (a:Answer)
WHERE any(text IN $texts WHERE a.text CONTAINS text OR a.key CONTAINS text)
SET
  a.text = $empty_outcome,
  a.key = randomUUID()
