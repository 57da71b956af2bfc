// Which records contain these words, and how well do they match?
// Each: NODES=Organisation|Team; FILTER=coalesce(n.since <= $values.day, true); BEYOND=CASE WHEN score = $values.v0 THEN id > $values.v1 ELSE score < $values.v0 END
// Params:
//   words: "+(pump^4 pump*)"
//   values: {"v0": 1.5, "v1": "Team:a", "day": "2026-11-01"}
//   limit: 21
// Row: labels, properties, score, id
// Rows: by key
// Budget: 440 db hits
// Example: { search(text: "pump") { totalCount nodes { id } } }
CALL db.index.fulltext.queryNodes("search", $words)
YIELD node AS n, score
WHERE n:Organisation|Team
  AND coalesce(n.since <= $values.day, true)
WITH
  n,
  score,
  // Keys of members are unique; another label's may be the same.
  CASE WHEN n:Member THEN "" ELSE head(labels(n)) END + ":" + n.key AS id
WHERE CASE WHEN score = $values.v0 THEN id > $values.v1 ELSE score < $values.v0 END
RETURN
  labels(n) AS labels,
  properties(n) AS properties,
  score,
  id
ORDER BY score DESC, id
LIMIT $limit
