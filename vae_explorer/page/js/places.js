// Places to go to: the classes, the bookmarks, the link in the address. Knows the session.

// "#z=0.5,-1" → the point, null where there is none. Throws where it is no point of this model.
function linked(hash, dims) {
  const text = new URLSearchParams(hash.slice(1)).get("z");
  return text === null
    ? null
    : checked(
        text.split(",").map((part) => (part.trim() ? Number(part) : NaN)),
        dims,
      );
}

function checked(z, dims) {
  if (isPoint(z, dims)) return z;
  throw new Error(`That is no place of this model, which has ${dims} numbers between −${MOST_Z} and ${MOST_Z}.`);
}

function isPoint(z, dims) {
  const fits = (value) => typeof value === "number" && Math.abs(value) <= MOST_Z; // NaN does not
  return Array.isArray(z) && z.length === dims && z.every(fits);
}

const linkTo = (z) => `#z=${z.map((value) => Number(value.toFixed(4))).join(",")}`;

function presets({ session, atlas, data }) {
  if (!atlas) return null;
  const buttons = atlas.classes.map(({ name, mean }) =>
    button(name, () => session.commit({ z: mean }), { title: `The mean of ${name}` }),
  );
  return el(
    "section",
    {},
    el("h2", {}, `Go to a typical ${data.like_mnist ? "digit" : "picture"}`),
    el(
      "div",
      { className: atlas.classes.some(({ name }) => name.length > 2) ? "presets wide" : "presets" },
      ...buttons,
    ),
  );
}

function shelf({ session, drawing, model, memory }) {
  const list = el("div", { className: "shelf" });
  const keep = button("Bookmark this place", () => {
    const { z, bookmarks } = session.state;
    session.commit({ bookmarks: [...bookmarks, { name: freeName(bookmarks), z: [...z] }] });
  });
  const cards = new WeakMap(); // by z: a new name leaves its card, and with it the focus and a click on it
  let shown;
  session.listen(({ bookmarks }) => {
    if (bookmarks === shown) return;
    const boxes = bookmarks.map(({ name, z }) => {
      if (!cards.has(z)) cards.set(z, card(session, z, keep));
      cards.get(z).show(name);
      return cards.get(z).box;
    });
    if (boxes.length !== list.children.length || boxes.some((box, k) => box !== list.children[k])) {
      for (const box of [...list.children]) if (!boxes.includes(box)) box.remove();
      boxes.forEach((box, k) => box === list.children[k] || list.insertBefore(box, list.children[k] ?? null));
      for (const { z } of bookmarks) drawing.ask(z, () => paint(cards.get(z).canvas, [model.decode(z)], model.shape));
    }
    if (shown) memory.write(bookmarks);
    shown = bookmarks;
  });
  return el("section", {}, keep, list);
}

function freeName(bookmarks) {
  let k = 1;
  while (bookmarks.some(({ name }) => name === `place ${k}`)) k++;
  return `place ${k}`;
}

// A bookmark: its picture to go there, its name to change, and a button to remove it, which hands the focus on.
function card(session, z, keep) {
  const others = () => session.state.bookmarks.filter((each) => each.z !== z);
  const renamed = (each) => (each.z === z ? { z, name: entry.value || each.name } : each);
  const rename = () => session.commit({ bookmarks: session.state.bookmarks.map(renamed) });
  const canvas = el("canvas");
  const go = el("button", { type: "button", onclick: () => session.commit({ z }) }, canvas);
  const entry = el("input", { "aria-label": "Name of the bookmark", onchange: rename });
  const remove = button("×", () => {
    const next = (box.nextElementSibling ?? box.previousElementSibling)?.lastChild ?? keep;
    session.commit({ bookmarks: others() });
    next.focus();
  });
  const box = el("div", { className: "card" }, go, entry, remove);
  return {
    canvas,
    box,
    show(name) {
      entry.value = name;
      go.setAttribute("aria-label", `Go to ${name}`);
      remove.setAttribute("aria-label", (remove.title = `Remove ${name}`));
    },
  };
}

// Bookmarks between two visits, where the browser lets a page remember anything. What lies there may be anything, too.
// All files of a folder may share one memory, so the bookmarks that a page came with are part of its key. The page may
// be open twice: what another one has kept since stays; what that has taken out or renamed may come back.
function remembered({ sha256, bookmarks: given, latent_dim: dims }) {
  const key = `vae-explorer ${sha256} ${JSON.stringify(given)}`;
  const text = ({ name, z }) => JSON.stringify([name, z]);
  let mine = given; // what was read or written here last
  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem(key)).filter(
        ({ name, z }) => typeof name === "string" && isPoint(z, dims),
      );
    } catch {
      return null;
    }
  };
  return {
    read: () => (mine = stored() ?? given),
    write(bookmarks) {
      const known = new Set([...mine, ...bookmarks].map(text));
      const others = (stored() ?? []).filter((each) => !known.has(text(each)));
      mine = bookmarks;
      try {
        localStorage.setItem(key, JSON.stringify([...bookmarks, ...others]));
      } catch {
        // they last as long as the page is open
      }
    },
  };
}
