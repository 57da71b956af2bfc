// Baseline peer: @neo4j/graphql served by graphql-yoga on one Node process.
//   BOLT_URI=bolt://127.0.0.1:7687 PORT=4000 NODE_ENV=production node server.mjs
// POST /graphql is the API; GET /null is an endpoint that does nothing; GET /stats gives the memory and the versions.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const started = performance.now();
const BOLT_URI = process.env.BOLT_URI ?? "bolt://127.0.0.1:7687";
const HOST = process.env.HOST ?? "127.0.0.1";
const PORT = Number(process.env.PORT ?? 4000);
const DATABASE = process.env.DATABASE ?? "neo4j";
const auth = process.env.BOLT_USER ? neo4j.auth.basic(process.env.BOLT_USER, process.env.BOLT_PASSWORD ?? "") : undefined;

const typeDefs = /* GraphQL */ `
  interface Investor {
    id: ID!
    name: String!
  }

  type Organisation implements Investor @node {
    id: ID!
    name: String!
    country: String!
    foundedOn: Date
    teams: [Team!]! @relationship(type: "PART_OF", direction: IN)
    staff: [Person!]! @relationship(type: "WORKS_FOR", direction: IN, properties: "Employment")
    investors: [Investor!]! @relationship(type: "INVESTED_IN", direction: IN, properties: "Investment")
    investments: [Organisation!]! @relationship(type: "INVESTED_IN", direction: OUT, properties: "Investment")
    contracts: [Contract!]! @relationship(type: "PARTY_TO", direction: OUT, properties: "Party")
    dependsOn: [Organisation!]! @relationship(type: "DEPENDS_ON", direction: OUT, properties: "Dependency")
    dependents: [Organisation!]! @relationship(type: "DEPENDS_ON", direction: IN, properties: "Dependency")
  }

  type Person implements Investor @node {
    id: ID!
    name: String!
    employers: [Organisation!]! @relationship(type: "WORKS_FOR", direction: OUT, properties: "Employment")
    investments: [Organisation!]! @relationship(type: "INVESTED_IN", direction: OUT, properties: "Investment")
  }

  type Team @node {
    id: ID!
    name: String!
    kind: String!
    organisations: [Organisation!]! @relationship(type: "PART_OF", direction: OUT)
  }

  type Contract @node {
    id: ID!
    title: String!
    value: Float!
    currency: String!
    since: Date
    until: Date
    parties: [Organisation!]! @relationship(type: "PARTY_TO", direction: IN, properties: "Party")
  }

  type Investment @relationshipProperties {
    round: String!
    amount: Float!
    on: Date
  }

  type Employment @relationshipProperties {
    title: String!
  }

  type Party @relationshipProperties {
    role: String!
  }

  type Dependency @relationshipProperties {
    strength: Float!
  }
`;

const driver = neo4j.driver(BOLT_URI, auth);
const neoSchema = new Neo4jGraphQL({
  typeDefs,
  driver,
  features: {
    // The library's own optimisation page: leave the deprecated fields out of the schema.
    excludeDeprecatedFields: {
      mutationOperations: true,
      aggregationFilters: true,
      aggregationFiltersOutsideConnection: true,
      relationshipFilters: true,
      attributeFilters: true,
    },
  },
});
const schema = await neoSchema.getSchema();
const schemaMs = performance.now() - started;
if (process.env.ASSERT_CONSTRAINTS) {
  await neoSchema.assertIndexesAndConstraints({ driver, sessionConfig: { database: DATABASE } });
}

const yoga = createYoga({
  schema,
  graphiql: process.env.NODE_ENV !== "production",
  // The named database saves the driver its home-database lookup.
  context: () => ({ sessionConfig: { database: DATABASE } }),
});

// Read, not required: @neo4j/graphql does not export its package.json.
const version = (name) =>
  JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;
const versions = () => ({
  node: process.version,
  "@neo4j/graphql": version("@neo4j/graphql"),
  graphql: version("graphql"),
  "graphql-yoga": version("graphql-yoga"),
  "neo4j-driver": version("neo4j-driver"),
});

const server = createServer((req, res) => {
  if (req.url === "/null") {
    res.writeHead(200, { "content-type": "application/json" });
    res.end('{"data":null}');
  } else if (req.url === "/stats") {
    res.writeHead(200, { "content-type": "application/json" });
    res.end(JSON.stringify({ pid: process.pid, ...process.memoryUsage(), versions: versions() }));
  } else {
    yoga(req, res);
  }
});
server.listen(PORT, HOST, () => {
  const ready = performance.now();
  console.log(
    JSON.stringify({
      ready: `http://${HOST}:${server.address().port}/graphql`,
      schema_ms: Math.round(schemaMs),
      since_process_start_ms: Math.round(ready),
      rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      types_in_schema: Object.keys(schema.getTypeMap()).length,
    }),
  );
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    driver.close().finally(() => process.exit(0));
  });
}
