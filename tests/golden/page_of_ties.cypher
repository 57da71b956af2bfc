// {"key_0":"","limit_0":4,"value_0":""}
RETURN [
  COLLECT {
    MATCH ()-[r1:PROVIDES]->() USING INDEX SEEK r1:PROVIDES(key)
    WHERE r1.key >= $value_0 AND r1.key IS NOT NULL AND CASE r1.key WHEN $value_0 THEN r1.key > $key_0 ELSE true END
    WITH r1
    ORDER BY r1.key ASC, r1.key ASC
    LIMIT $limit_0
    WITH r1, startNode(r1) AS n1, endNode(r1) AS n2
    RETURN [[r1.deliverable, r1.value, [n1.name], [n2.name]]]
  },
  null
] AS value
