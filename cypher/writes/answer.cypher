// Was this request answered before, for which input, and how?
// Params:
//   key: "local a-key"
// Row: input, text, change
OPTIONAL MATCH (a:Answer {key: $key})
RETURN
  a.input AS input,
  a.text AS text,
  a.change AS change
