// {"key_0":"firm"}
MATCH (n1:Member&Organisation {key: $key_0})
RETURN [n1.name] AS value
