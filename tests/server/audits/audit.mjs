// graphql-http's audits against a server, or (`record`) what each asks and accepts.
import { writeFileSync } from "node:fs";
import { auditServer, serverAudits } from "graphql-http";

const [target] = process.argv.slice(2);

const STATUSES = [200, 299, 400, 401, 404, 405, 415, 499, 500, 599];
const BODIES = {
  data: { data: { __typename: "Query" } },
  errors: { errors: [{ message: "no" }] },
  both: { data: null, errors: [{ message: "no" }] },
};

async function tried(id, status, media, body) {
  let asked;
  const fetchFn = async (url, init = {}) => {
    asked = { url, init };
    const headers = { "content-type": media };
    return new Response(JSON.stringify(body), { status, headers });
  };
  const audits = serverAudits({ url: "http://us/graphql", fetchFn });
  const result = await audits.find((audit) => audit.id === id).fn();
  return { ok: result.status === "ok", asked };
}

async function recorded({ id, name }) {
  const first = await tried(id, 200, "application/json", BODIES.data);
  const media = first.asked.init.headers?.accept;
  const ours = media?.includes("/") && !media.includes("*") ? media : "application/json";
  // The body that a success has, and a failure: one of them is what the audit is about.
  const fits = [];
  for (const kind of Object.keys(BODIES))
    for (const status of STATUSES)
      if ((await tried(id, status, ours, BODIES[kind])).ok) fits.push([kind, status]);
  const kinds = new Set(fits.map(([kind]) => kind));
  const statuses = [...new Set(fits.map(([, status]) => status))];
  const typed = !(await tried(id, fits[0][1], "text/odd", BODIES[fits[0][0]])).ok;
  const { url, init } = first.asked;
  return {
    id,
    name,
    method: init.method ?? "GET",
    query: Object.fromEntries(new URL(url).searchParams),
    headers: init.headers ?? {},
    body: init.body ?? null,
    statuses,
    contentType: typed ? ours : null,
    noErrors: !kinds.has("errors"),
    noData: !kinds.has("data"),
  };
}

if (target === "record") {
  const found = [];
  for (const audit of serverAudits({ url: "http://us/graphql" })) found.push(await recorded(audit));
  writeFileSync(new URL("recorded.json", import.meta.url), JSON.stringify(found, null, 1) + "\n");
} else {
  const results = await auditServer({ url: target });
  console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
}
