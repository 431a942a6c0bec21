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
  if (z.length === dims && z.every((value) => Math.abs(value) <= MOST_Z)) return z;
  throw new Error(`That is no place of this model, which has ${dims} numbers between −${MOST_Z} and ${MOST_Z}.`);
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
  const change = (bookmarks) => session.commit({ bookmarks });
  const keep = button("Bookmark this place", () => {
    const { z, bookmarks } = session.state;
    change([...bookmarks, { name: `place ${bookmarks.length + 1}`, z }]);
  });
  const card = ({ name, z }, k, all) => {
    const canvas = el("canvas");
    drawing.ask(`bookmark ${k}`, () => paint(canvas, [model.decode(z)], model.shape));
    const rename = (event) =>
      change(all.map((each, i) => (i === k ? { ...each, name: event.target.value || name } : each)));
    return el(
      "div",
      { className: "card" },
      el("button", { type: "button", "aria-label": `Go to ${name}`, onclick: () => session.commit({ z }) }, canvas),
      el("input", { value: name, "aria-label": "Name of the bookmark", onchange: rename }),
      button("×", () => change(all.filter((_, i) => i !== k)), {
        title: `Remove ${name}`,
        "aria-label": `Remove ${name}`,
      }),
    );
  };
  let shown = [];
  session.listen(({ bookmarks }, rests) => {
    if (bookmarks !== shown) list.replaceChildren(...bookmarks.map(card));
    if (rests) memory.write(bookmarks);
    shown = bookmarks;
  });
  return el("section", {}, keep, list);
}

// Bookmarks between two visits, where the browser lets a page remember anything. What lies there may be anything, too.
// All files of a folder may share one memory, so the bookmarks that a page came with are part of its key.
function remembered({ sha256, bookmarks: given, latent_dim: dims }) {
  const key = `vae-explorer ${sha256} ${JSON.stringify(given)}`;
  const isPoint = (z) => Array.isArray(z) && z.length === dims && z.every((value) => Math.abs(value) <= MOST_Z);
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key)).filter(({ name, z }) => typeof name === "string" && isPoint(z));
      } catch {
        return null;
      }
    },
    write(bookmarks) {
      try {
        localStorage.setItem(key, JSON.stringify(bookmarks));
      } catch {
        // they last as long as the page is open
      }
    },
  };
}
