// Answers that mention a person no longer tell what they told.
// Params:
//   texts: ["Ingrid Hallberg"]
//   nothing: "[[], [], 0]"
// Row:
MATCH (a:Answer)
WHERE any(text IN $texts WHERE a.text CONTAINS text OR a.key CONTAINS text)
SET
  a.text = $nothing,
  a.key = randomUUID()
