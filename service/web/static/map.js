// The map: draws the network that the page has, and keeps form, address and page in step.
// The form has the whole state. Parts of the page (data-part) are replaced by those of
// the page that the server makes for the new state.
const { MultiGraph } = graphology;
const at = (id) => document.getElementById(id);
const form = at("map-form");
const canvas = at("map-canvas");
const probe = canvas.appendChild(document.createElement("span"));
const graph = new MultiGraph();
const darkness = matchMedia("(prefers-color-scheme: dark)");
let renderer = null;
let marks = { members: new Map(), lines: [] };
let colours = {};

// A colour of the style sheet, by its class, in the theme of the visitor.
function colour(name) {
  if (!colours[name]) {
    probe.className = name;
    colours[name] = getComputedStyle(probe).color;
  }
  return colours[name];
}

// Puts the network of the page into the graph; who was there before may stay in place.
function drawNetwork(staysInPlace) {
  const { nodes, links } = JSON.parse(at("map-data").dataset.network);
  const places = new Map();
  if (staysInPlace) graph.forEachNode((key, { x, y }) => places.set(key, { x, y }));
  graph.clear();
  const largest = nodes.length > 500 ? 8 : 14;
  for (const [key, label, group, x, y, size] of nodes) {
    const place = places.get(key) ?? { x, y: 1 - y };
    graph.addNode(key, { label, group, ...place, size: 2.5 + largest * Math.sqrt(size) });
  }
  const type = links.length > 2000 ? "line" : "arrow";
  for (const [from, to] of links) graph.addEdge(nodes[from][0], nodes[to][0], { type });
  at("map-names").replaceChildren(...nodes.map((node) => new Option(node[1])));
  drawMarks();
}

// Puts the marks of the chosen member into the graph.
function drawMarks() {
  const { members, lines } = JSON.parse(at("map-member").dataset.marks);
  marks = { members: new Map(members.map(([key, ...mark]) => [key, mark])), lines };
  graph.filterEdges((_, edge) => edge.isMark).forEach((edge) => graph.dropEdge(edge));
  for (const [from, to] of lines) {
    if (graph.hasNode(from) && graph.hasNode(to)) {
      graph.addEdge(from, to, { isMark: true, type: "arrow", size: 3 });
    }
  }
  const missing = [...marks.members.keys()].filter((key) => !graph.hasNode(key)).length;
  const chosen = form.elements.selected.value;
  const notes = [];
  if (chosen && !graph.hasNode(chosen)) notes.push("The chosen member is not on this map.");
  if (missing) notes.push(`${missing} of ${marks.members.size} marked members are not on this map.`);
  at("map-note").textContent = notes.join(" ");
  renderer?.refresh();
}

// Whether a member is what the map is about now: marked, or near the chosen one.
function isLit(key) {
  const chosen = form.elements.selected.value;
  if (marks.members.size) return marks.members.has(key) || key === chosen;
  return !graph.hasNode(chosen) || key === chosen || graph.areNeighbors(key, chosen);
}

function nodeStyle(key, node) {
  const isChosen = key === form.elements.selected.value;
  if (!isLit(key)) return { ...node, color: colour("map-faint"), label: null, zIndex: 0 };
  const [own, text] = marks.members.get(key) ?? ["", ""];
  return {
    ...node,
    color: colour(own || node.group),
    label: text ? `${node.label}, ${text}` : node.label,
    forceLabel: isChosen || (marks.members.has(key) && marks.members.size <= 60),
    highlighted: isChosen,
    zIndex: isChosen ? 2 : 1,
  };
}

function edgeStyle(edge, { isMark, ...style }) {
  const chosen = form.elements.selected.value;
  if (isMark) return { ...style, color: colour("map-marked"), zIndex: 2 };
  const isOwn = !marks.members.size && graph.hasNode(chosen) && graph.hasExtremity(edge, chosen);
  if (isOwn) return { ...style, color: colour("map-marked"), size: 2, zIndex: 1 };
  const isFaint = marks.members.size > 0 || graph.hasNode(chosen);
  return { ...style, color: colour(isFaint ? "map-faint" : "map-link"), size: 1, zIndex: 0 };
}

// The points on the screen, and the names that are drawn already, of one frame.
let points = null;
let boxes = [];
function pointsOnScreen() {
  return graph.mapNodes((key) => {
    const data = renderer.getNodeDisplayData(key);
    return { key, ...renderer.framedGraphToViewport(data), radius: renderer.scaleSize(data.size) };
  });
}

// The points that a box would cover; null where it would cover a name or a large point.
function coveredPoints(box, own) {
  const { left, top, right, bottom } = box;
  if (boxes.some((b) => left < b.right && b.left < right && top < b.bottom && b.top < bottom)) return null;
  const covered = points.filter(({ key, x, y, radius }) => {
    const nearX = Math.min(Math.max(x, left), right);
    const nearY = Math.min(Math.max(y, top), bottom);
    return key !== own.key && Math.hypot(x - nearX, y - nearY) < radius;
  });
  return covered.some(({ radius }) => radius >= own.size * 0.6) ? null : covered.length;
}

// A name where it has room: right, left, above or below its point; else none.
function drawLabel(context, node, settings) {
  if (!node.label || !renderer) return; // not yet, in the first frame
  points ??= pointsOnScreen();
  const size = settings.labelSize;
  context.font = `${size}px ${settings.labelFont}`;
  const width = context.measureText(node.label).width;
  const [gap, middle] = [node.size + 3, node.x - width / 2];
  const corners = [
    [node.x + gap, node.y - size / 2],
    [node.x - gap - width, node.y - size / 2],
    [middle, node.y - gap - size],
    [middle, node.y + gap],
  ];
  const spots = corners.map(([left, top]) => {
    const box = { left, top, right: left + width, bottom: top + size };
    return { box, covered: coveredPoints(box, node) };
  });
  const free = spots.filter(({ covered }) => covered !== null).sort((a, b) => a.covered - b.covered);
  const box = free[0]?.box ?? (node.forceLabel ? spots[0].box : null);
  if (!box) return;
  boxes.push(box);
  context.fillStyle = colour("map-name");
  context.strokeStyle = colour("map-plate");
  context.lineWidth = 3; // a rim, so that the name can be read on a small point
  context.strokeText(node.label, box.left, box.bottom - size * 0.15);
  context.fillText(node.label, box.left, box.bottom - size * 0.15);
}

// The name of a member under the pointer, on a plate in the colours of the theme.
function drawName(context, node, settings) {
  context.font = `${settings.labelSize}px ${settings.labelFont}`;
  const text = node.label ?? "";
  const width = text ? context.measureText(text).width + 12 : 0;
  context.fillStyle = colour("map-plate");
  context.fillRect(node.x, node.y - 11, node.size + 4 + width, 22);
  context.beginPath();
  context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
  context.fillStyle = colour("map-marked");
  context.fill();
  context.fillStyle = colour("map-name");
  context.fillText(text, node.x + node.size + 8, node.y + settings.labelSize / 3);
}

// The state of the form as a query; what is usual is left out, as the server does.
function query() {
  const pairs = new URLSearchParams(new FormData(form));
  const boxes = [...form.querySelectorAll("[name=ties]")];
  const isUsual = boxes.every((box) => box.checked === "usual" in box.dataset);
  const ties = isUsual ? "" : pairs.getAll("ties").join(",");
  pairs.set("ties", ties); // one value, whatever the number of boxes
  for (const [name, value] of [...pairs]) {
    if (!value || value === form.elements[name].dataset?.usual) pairs.delete(name);
  }
  return pairs.toString();
}

// Puts the state of an address into the form.
function fillForm(search) {
  const pairs = new URLSearchParams(search);
  const ties = pairs.get("ties")?.split(",");
  for (const field of form.elements) {
    if (field.name === "ties") {
      field.checked = ties ? ties.includes(field.value) : "usual" in field.dataset;
    } else if (field.type === "checkbox") {
      field.checked = pairs.has(field.name);
    } else if (field.name) {
      field.value = pairs.get(field.name) ?? field.dataset.usual ?? "";
    }
  }
}

// Replaces the parts of this page by those that the server sends for an address.
let newest = 0;
async function replaceParts(path) {
  const turn = ++newest;
  const response = await fetch(path);
  if (turn !== newest) return false; // a later request was made meanwhile
  if (!response.ok || response.redirected) {
    location.assign(path.replace("/map/member", "/map")); // an error, or the sign-in
    return false;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== newest) return false;
  for (const part of page.querySelectorAll("[data-part]")) at(part.id)?.replaceWith(part);
  return true;
}

// Shows the state of the form. `step` is pushState or replaceState, or nothing.
async function show({ step = "pushState", staysInPlace = false, memberOnly = false } = {}) {
  const search = query();
  const suffix = search ? `?${search}` : "";
  if (step) history[step](null, "", `/map${suffix}`);
  canvas.setAttribute("aria-busy", "true");
  if (await replaceParts(`/map${memberOnly ? "/member" : ""}${suffix}`)) {
    if (memberOnly) drawMarks();
    else {
      drawNetwork(staysInPlace);
      setSlider();
      offerPng();
    }
    canvas.removeAttribute("aria-busy");
  }
}

function choose(key) {
  form.elements.selected.value = key;
  form.elements.need.value = "";
  marks = { members: new Map(), lines: [] };
  renderer?.refresh({ skipIndexation: true }); // at once; its facts follow
  return show({ memberOnly: true });
}

function find(name) {
  const wanted = name.trim().toLowerCase();
  const key = graph.findNode((_, node) => node.label.toLowerCase() === wanted);
  if (!key) {
    at("map-note").textContent = wanted ? `No member of this map is called ${name}.` : "";
    return;
  }
  choose(key);
  const { x, y } = renderer.getNodeDisplayData(key);
  renderer.getCamera().animate({ x, y, ratio: 0.4 }, { duration: 300 });
}

// The slider counts days from 1970. Without a dated tie there is nothing to play.
const dayText = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const dayNumber = (text) => Math.floor((text ? Date.parse(text) : Date.now()) / 86_400_000);

function setSlider() {
  const days = at("map-data").dataset.days?.split(" ");
  at("map-span").hidden = !days;
  if (!days) return;
  const slider = at("map-slider");
  [slider.min, slider.max] = days.map(dayNumber);
  slider.value = dayNumber(form.elements.day.value);
  slider.labels[0].textContent = `Since ${days[0]}`;
}

function showDay(number, step) {
  form.elements.day.value = dayText(number);
  return show({ step, staysInPlace: true });
}

// Plays from the day of the slider (from the first, if it is at the end) to the last.
async function play(button, slider) {
  const isPlaying = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isPlaying));
  const [first, last] = [Number(slider.min), Number(slider.max)];
  const start = Number(slider.value) >= last ? first : Number(slider.value);
  const pace = Math.max(1, Math.round((last - first) / 24));
  for (let day = start; button.getAttribute("aria-pressed") === "true"; day += pace) {
    const pause = new Promise((done) => setTimeout(done, 700));
    await Promise.all([showDay(Math.min(day, last), "replaceState"), pause]);
    if (day >= last) button.setAttribute("aria-pressed", "false");
  }
}

// The server draws the picture; the browser turns it into points.
async function savePng() {
  const image = new Image();
  image.src = at("map-data").dataset.picture;
  await image.decode();
  const paper = document.createElement("canvas");
  [paper.width, paper.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  paper.getContext("2d").drawImage(image, 0, 0, paper.width, paper.height);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await new Promise((done) => paper.toBlob(done)));
  link.download = "map.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function offerPng() {
  at("map-png").hidden = false;
  at("map-png").addEventListener("click", savePng);
}

function newRenderer() {
  return new Sigma(graph, canvas, {
    nodeReducer: nodeStyle,
    edgeReducer: edgeStyle,
    defaultDrawNodeHover: drawName,
    defaultDrawNodeLabel: drawLabel,
    labelColor: { color: colour("map-name") },
    labelFont: "system-ui, sans-serif",
    labelRenderedSizeThreshold: 7,
    labelDensity: 3, // those without room are not drawn
    zIndex: true,
    minCameraRatio: 0.03,
    maxCameraRatio: 3,
  });
}

function start() {
  drawNetwork(false);
  try {
    renderer = newRenderer();
  } catch { // without WebGL there is the picture, and the form loads pages
    const image = new Image();
    image.src = at("map-data").dataset.picture;
    image.alt = canvas.ariaLabel;
    image.className = "picture";
    canvas.replaceChildren(image);
    return;
  }
  renderer.setCustomBBox({ x: [0, 1], y: [0, 1] });
  renderer.on("beforeRender", () => [points, boxes] = [null, []]);
  renderer.on("clickNode", ({ node }) => choose(node));
  renderer.on("clickStage", () => form.elements.selected.value && choose(""));
  renderer.once("afterRender", () => performance.mark("map-drawn"));
  at("map-tools").hidden = false;
  at("map-find").addEventListener("change", (event) => find(event.target.value));
  at("map-closer").addEventListener("click", () => renderer.getCamera().animatedZoom());
  at("map-further").addEventListener("click", () => renderer.getCamera().animatedUnzoom());
  at("map-whole").addEventListener("click", () => renderer.getCamera().animatedReset());
  const slider = at("map-slider");
  slider.addEventListener("change", () => showDay(Number(slider.value)));
  at("map-play").addEventListener("click", (event) => play(event.target, slider));
  form.addEventListener("change", () => show());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.pathname !== "/map" || link.search.includes("csv=") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    fillForm(link.search);
    show();
  });
  addEventListener("popstate", () => {
    fillForm(location.search);
    show({ step: null });
  });
  darkness.addEventListener("change", () => {
    colours = {};
    renderer.setSetting("labelColor", { color: colour("map-name") });
  });
  setSlider();
  offerPng();
}

start();
