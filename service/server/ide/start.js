// Starts the editor for this server's own /graphql, with a question that the demo answers.
const question = `# Who brokers between the regions of the demo ecosystem?
# Run it with the button or Ctrl-Enter. Ctrl-Space completes
# your text; the book icon on the left opens the documentation.
query BrokersOfTheDemo {
  brokerage(
    network: { ties: [EXCHANGE], community: "demo", asOf: "2026-11-01" }
    groupBy: REGION
    first: 5
  ) {
    nodeCount
    arcCount
    brokers {
      member { key name }
      group
      scores {
        observed {
          coordinator consultant representative gatekeeper liaison total
        }
        z { total }
      }
    }
  }
}
`;

// A link may bring its own question: /graphql#document=…&variables=…
const given = new URLSearchParams(location.hash.slice(1));

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: question,
    query: given.get("document") ?? undefined,
    variables: given.get("variables") ?? undefined,
  }),
);
