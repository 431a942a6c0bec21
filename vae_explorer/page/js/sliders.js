// A slider for each dimension, and over it a strip of where that slider alone would lead. Knows the session and decode.

const TILES = 11;
const REACH = 3; // of a slider; a typed value goes further
const KEYS = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -1, PageUp: 1 };

function sliders({ session, drawing, model, data, atlas }) {
  const rows = Array.from({ length: model.latentDim }, (_, dim) => sliderRow(session, model, data, dim));
  const box = el("section", { className: "sliders", "aria-label": "Sliders" }, ...rows.map((row) => row.box));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    drawStrips();
  });
  rows.forEach((row) => watch.observe(row.box));
  function drawStrips() {
    drawing.askSlices("strips", function* () {
      for (const row of rows.filter((each) => seen.has(each.box))) yield* row.strip(session.state.z);
    });
  }
  session.listen(({ z }) => {
    const looks = atlas ? `, looks like ${said(z, atlas).shares[0].name}` : "";
    rows.forEach((row) => row.show(z, looks));
    drawStrips();
  });
  return box;
}

function sliderRow(session, model, data, dim) {
  const name = data.names[dim] ?? `z${dim}`;
  const at = (value) => session.state.z.map((old, d) => (d === dim ? value : old));
  const move = (value) => session.preview({ z: at(value) });
  const go = (value) => session.commit({ z: at(value) });
  let before;
  const range = el("input", {
    type: "range",
    min: -REACH,
    max: REACH,
    step: 0.01,
    "aria-label": name,
    oninput: () => move(Number(range.value)),
    onchange: () => session.commit(),
    onkeydown: (event) => keyed(event, session.state.z[dim], move),
    onkeyup: () => session.commit(),
    ondblclick: () => go(0),
    onpointerdown: () => (before = session.state.z),
    onpointercancel: () => session.commit({ z: before }), // the finger scrolls the page
  });
  const entry = el("input", {
    className: "value",
    inputMode: "decimal",
    "aria-label": `${name}, typed`,
    onchange: () => typed(entry, session.state.z[dim], go),
    onblur: () => (entry.value = signed(session.state.z[dim])),
  });
  const canvas = el("canvas", {
    className: "strip",
    width: TILES * model.shape[2],
    height: model.shape[1],
    onclick: (event) => go(valueAt(pointed(event, canvas)[0])),
  });
  const kl =
    data.kl &&
    el(
      "span",
      { className: "quiet", title: "How much this dimension tells of a picture, on average" },
      `${data.kl[dim].toFixed(1)} nats`,
    );
  const box = el("div", { className: "row" }, el("b", {}, name), kl, entry, canvas, range);
  return {
    box,
    show(z, looks) {
      range.value = z[dim];
      range.setAttribute("aria-valuetext", signed(z[dim]) + looks);
      if (box.getRootNode().activeElement !== entry) entry.value = signed(z[dim]);
    },
    *strip(z) {
      for (let k = 0; k < TILES; k++) {
        const tile = z.map((old, d) => (d === dim ? tileValue(k) : old));
        paint(canvas, [model.decode(tile)], model.shape, TILES, 1, k);
        yield;
      }
    },
  };
}

const tileValue = (k) => -REACH + (2 * REACH * k) / (TILES - 1);
const valueAt = (share) => tileValue(Math.min(Math.floor(share * TILES), TILES - 1));

function keyed(event, value, move) {
  const step = KEYS[event.key];
  if ((event.key !== "Home" && !step) || modified(event)) return;
  event.preventDefault();
  move(event.key === "Home" ? 0 : value + step * (event.shiftKey && Math.abs(step) < 1 ? 0.1 : 1));
}

// Goes to a typed value, if it is one; blurred first, so that the entry is then shown what z has become.
function typed(entry, value, go) {
  const text = entry.value.trim().replace("−", "-").replace(",", ".");
  const to = Number(text);
  entry.blur();
  go(text && Number.isFinite(to) ? to : value);
}
