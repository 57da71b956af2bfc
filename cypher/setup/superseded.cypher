// Which indexes of one property did an earlier version make, that now hold more?
// Params:
//   labels: ["Organisation"]
//   properties: ["country"]
// Row: name
SHOW RANGE INDEXES YIELD name, labelsOrTypes, properties
WHERE size(properties) = 1
  AND properties[0] IN $properties
  AND labelsOrTypes[0] IN $labels
RETURN name
ORDER BY name
