// {"key_0":"􏿿","limit_0":3,"value_0":"􏿿"}
RETURN [
  COLLECT {
    MATCH (n1:Person) USING INDEX SEEK n1:Person(name, key)
    WHERE n1.name <= $value_0 AND n1.key IS NOT NULL AND CASE n1.name WHEN $value_0 THEN n1.key < $key_0 ELSE true END
    WITH n1
    ORDER BY n1.name DESC, n1.key DESC
    LIMIT $limit_0
    RETURN [[n1.name], n1.name, n1.key]
  },
  null
] AS value
