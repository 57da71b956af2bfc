// {"key_0":"firm","limit_0":3,"value_0":"Firm"}
RETURN [
  COLLECT {
    MATCH (n1:Member) USING INDEX SEEK n1:Member(name, key)
    WHERE n1.name >= $value_0 AND n1.key IS NOT NULL AND CASE n1.name WHEN $value_0 THEN n1.key > $key_0 ELSE true END
    WITH n1
    ORDER BY n1.name ASC, n1.key ASC
    LIMIT $limit_0
    RETURN [[[n1.name, n1.key], [n1.name]], n1.name, n1.key]
  },
  COUNT { (n1:Member) }
] AS value
