// Planes of latent space: the map of the encoded images on one, and decoded pictures all over one. Knows the session.

const GRID = 11; // pictures in a row of the plane, from −3 to 3
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// A plane as {mean, axes: two of (D,)}; "principal", or two dimensions as "0,3".
function planeOf(name, data) {
  if (name === "principal") return data.atlas.plane;
  const dims = name.split(",").map(Number);
  const zeros = Array(data.latent_dim).fill(0);
  return { mean: zeros, axes: dims.map((dim) => zeros.map((_, d) => Number(d === dim))) };
}

const dot = (a, b) => a.reduce((sum, value, d) => sum + value * b[d], 0);
const project = ({ mean, axes }, z) => axes.map((axis) => dot(axis, mean.map((middle, d) => z[d] - middle)));

// The point above (x, y) that is as far off the plane as z.
function lift(plane, z, to) {
  const from = project(plane, z);
  return z.map((value, d) => value + plane.axes.reduce((sum, axis, k) => sum + axis[d] * (to[k] - from[k]), 0));
}

// A plane to choose, and a square that shows it: draw(canvas, plane, z) gives where its lower left corner
// is and how long its sides are, {low: [x, y], span}, or nothing where that is as before.
function planeView({ session, drawing, model, data }, label, marker, draw) {
  const dims = Array.from({ length: model.latentDim }, (_, dim) => [dim, data.names[dim] ?? `z${dim}`]);
  const across = choice("Across", [...(data.atlas ? [["principal", "principal axes"]] : []), ...dims], () => chosen());
  const up = choice("Up", dims, () => chosen());
  up.selectedIndex = Math.min(1, dims.length - 1);
  const canvas = el("canvas");
  const place = el("div", { className: `plane ${marker}`, tabIndex: 0, role: "application", "aria-label": `${label}; arrows move` }, canvas, el("i", { className: "cursor" }));
  const view = { plane: null, frame: null };
  const show = (z) => {
    view.frame = draw(canvas, view.plane, z) ?? view.frame;
    const [x, y] = project(view.plane, z).map((value, k) => (value - view.frame.low[k]) / view.frame.span);
    Object.assign(place.lastChild.style, { left: `${100 * x}%`, top: `${100 * (1 - y)}%` });
  };
  const chosen = () => {
    up.hidden = across.value === "principal";
    if (across.value === up.value) up.value = (Number(across.value) + 1) % dims.length;
    view.plane = planeOf(up.hidden ? "principal" : `${across.value},${up.value}`, data);
    show(session.state.z);
  };
  const to = (x, y) => lift(view.plane, session.state.z, [x, 1 - y].map((share, k) => view.frame.low[k] + share * view.frame.span));
  dragged(place, (x, y) => session.preview({ z: to(x, y) }), () => session.commit());
  place.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const here = project(view.plane, session.state.z);
    session.commit({ z: lift(view.plane, session.state.z, here.map((value, k) => value + move[k] * (event.shiftKey ? 0.01 : 0.1))) });
  });
  chosen();
  return { box: el("div", {}, place, el("div", { className: "line" }, across, up)), place, view, show };
}

// The encoded images as dots in the colours of their classes.
function mapView(parts) {
  const { data, atlas } = parts;
  return planeView(parts, "Map of the encoded images", "map", (canvas, plane) => {
    if (canvas.of === plane) return undefined;
    canvas.of = plane;
    const dots = Array.from({ length: atlas.count }, (_, k) => project(plane, atlas.at(k)));
    const frame = around(dots);
    drawDots(canvas, dots, frame, data.atlas.classes, atlas, plane);
    return frame;
  });
}

// The square around points that leaves a little room.
function around(points) {
  const [low, high] = [Math.min, Math.max].map((end) => [0, 1].map((k) => points.reduce((least, point) => end(least, point[k]), points[0][k])));
  const span = 1.08 * Math.max(high[0] - low[0], high[1] - low[1], 1e-3);
  return { low: low.map((value, k) => (value + high[k] - span) / 2), span };
}

function drawDots(canvas, dots, { low, span }, classes, atlas, plane) {
  const side = (canvas.width = canvas.height = 800);
  const context = canvas.getContext("2d");
  const spot = ([x, y]) => [((x - low[0]) / span) * side, (1 - (y - low[1]) / span) * side];
  const stride = 1931; // a prime: dots of all classes in turn, or the last class would hide the others
  for (let k = 0; k < dots.length; k++) {
    const at = (k * stride) % dots.length;
    context.fillStyle = classes[atlas.label[at]].colour;
    context.beginPath();
    context.arc(...spot(dots[at]), 3, 0, 7);
    context.fill();
  }
  context.font = "bold 24px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  apart(classes.map(({ mean }) => spot(project(plane, mean)))).forEach((at, k) => drawBadge(context, at, classes[k]));
}

// Moves places, in pixels, until none is too near to another.
function apart(places) {
  for (let turn = 0; turn < 100; turn++) {
    for (const [i, one] of places.entries()) {
      for (const other of places.slice(0, i)) {
        const [dx, dy] = [one[0] - other[0] + 0.1, one[1] - other[1]];
        const push = (44 - Math.hypot(dx, dy)) / 4;
        if (push <= 0) continue;
        const angle = Math.atan2(dy, dx);
        for (const [place, way] of [[one, push], [other, -push]]) [place[0], place[1]] = [place[0] + way * Math.cos(angle), place[1] + way * Math.sin(angle)];
      }
    }
  }
  return places;
}

function drawBadge(context, [x, y], { name, colour }) {
  const text = name.length > 12 ? `${name.slice(0, 11)}…` : name;
  const half = context.measureText(text).width / 2 + 8;
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  context.fillStyle = colour;
  context.strokeStyle = "#14161a";
  context.lineWidth = 2;
  context.fillRect(x - half, y - 17, 2 * half, 34);
  context.strokeRect(x - half, y - 17, 2 * half, 34);
  context.fillStyle = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff"; // as WCAG 2 has it
  context.fillText(text, x, y + 2);
}

// Decoded pictures all over a plane through z.
function pictureView(parts) {
  const { drawing, model } = parts;
  return planeView(parts, "Plane of decoded pictures", "pictures", (canvas, plane, z) => {
    const values = Array.from({ length: GRID }, (_, k) => -REACH + (2 * REACH * k) / (GRID - 1));
    const edge = (REACH * GRID) / (GRID - 1);
    drawing.askSlices("plane", function* () {
      for (let k = 0; k < GRID * GRID; k++) {
        const point = lift(plane, z, [values[k % GRID], values[GRID - 1 - Math.floor(k / GRID)]]);
        paint(canvas, [model.decode(point)], model.shape, GRID, GRID, k);
        yield;
      }
    });
    return { low: [-edge, -edge], span: 2 * edge };
  });
}
