// Which of these requests were answered before, for which input, and how?
// Params:
//   keys: ["local a-key"]
// Row: key, input, text, change
// Rows: by key
// Example: Every mutation with an `idempotencyKey`.
UNWIND $keys AS key
MATCH (a:Answer {key: key})
USING INDEX SEEK a:Answer(key)
// Not a.input: the server warns of an unknown property before an answer is stored.
RETURN
  key,
  properties(a)["input"] AS input,
  properties(a)["text"] AS text,
  properties(a)["change"] AS change
ORDER BY key
