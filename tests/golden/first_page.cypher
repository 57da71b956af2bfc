// {"key_0":"","limit_0":3,"value_0":""}
RETURN [
  COLLECT {
    MATCH (n1:Organisation) USING INDEX SEEK n1:Organisation(name, key)
    WHERE n1.name >= $value_0 AND n1.key IS NOT NULL AND CASE n1.name WHEN $value_0 THEN n1.key > $key_0 ELSE true END
    WITH n1
    ORDER BY n1.name ASC, n1.key ASC
    LIMIT $limit_0
    RETURN [[n1.key, n1.name]]
  },
  null
] AS value
