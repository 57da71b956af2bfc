// Was this request answered before, for which input, and how?
// Params:
//   key: "local a-key"
// Row: input, text, change
OPTIONAL MATCH (a:Answer {key: $key})
// Not a.input, which the server calls unknown before the first answer is kept.
RETURN
  properties(a)["input"] AS input,
  properties(a)["text"] AS text,
  properties(a)["change"] AS change
