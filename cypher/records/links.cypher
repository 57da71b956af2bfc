// Which records do these records link to, and by what?
// Each: NODE=Referral; TYPE=MADE|OF|TO|LED_TO
// Params:
//   keys: ["a-referral"]
// Row: key, ends
// Rows: by key
// Budget: 50 db hits
// Example: { organisation(key: "asvik-pump") { referrals { nodes { customer { key } } } } }
UNWIND $keys AS key
MATCH (n:Referral {key: key})
USING INDEX SEEK n:Referral(key)
RETURN
  key,
  // One list an end: type of the link, key of the end, its labels.
  COLLECT {
    MATCH (n)-[link:MADE|OF|TO|LED_TO]-(end)
    RETURN [type(link), end.key] + labels(end) AS target
    ORDER BY type(link), end.key
  } AS ends
ORDER BY key
