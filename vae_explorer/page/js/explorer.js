// The explorer of one model in an element of a page: what stands where, and what a program may ask of it.

const HELLO = "The decoder draws a picture from a few numbers, z. Drag a slider, or click a tile of its strip: it shows where that slider alone would lead.";

// root: an element or a shadow root; data: unpacked; options: {z, link: whether the address says where z is}
// → {z, onmove(z), decode, encode, atlas, prepare, straight, arc, destroy()}
function mount(root, data, options = {}) {
  const model = openModel(data);
  const atlas = openAtlas(data);
  const memory = remembered(`vae-explorer ${data.sha256}`, data.latent_dim);
  const session = new Session({ z: options.z ?? data.z, bookmarks: memory.read() ?? data.bookmarks, strokes: [] });
  const parts = { session, drawing: new Drawing(), model, data, atlas, memory };
  const [status, aloud] = ["status", "aloud"].map((className) => el("p", { className, role: "status" }));
  const say = (text) => (status.textContent = text);
  const tabs = tabsOf(parts);
  const box = el("div", { className: "explorer" }, el("div", { className: "whole" },
    head(parts, say, options.link), status, el("main", {},
      el("div", { className: "left" }, el("p", { className: "quiet" }, HELLO), sliders(parts), presets(parts), moves(parts)),
      el("div", { className: "middle" }, digit(parts), answers(parts)),
      el("div", { className: "right" }, tabs.box, shelf(parts))),
    aloud, about(data)));
  (options.link ? document : box).addEventListener("keydown", (event) => shortcut(event, session));
  root.append(box);
  tabs.show();
  const explorer = { decode: model.decode, encode: model.encoder?.encode, atlas, prepare, straight, arc, onmove: null };
  let quiet = false;
  Object.defineProperty(explorer, "z", {
    get: () => [...session.state.z],
    set: (z) => {
      quiet = true;
      session.commit({ z: linked(linkTo(Array.from(z)), model.latentDim) });
      quiet = false;
    },
  });
  let last = session.state.z;
  session.listen(({ z }, rests) => {
    if (rests) aloud.textContent = `${data.like_mnist ? "The digit" : "The picture"} ${spoken(z, atlas)}.`;
    if (z !== last && !quiet) explorer.onmove?.([...z]);
    last = z;
    if (rests && options.link) history.replaceState(null, "", linkTo(z));
  });
  if (options.link) follow(session, model.latentDim, say);
  explorer.destroy = () => (tabs.stop(), box.remove());
  return explorer;
}

// The page itself, around its data.
async function begin(page) {
  const data = await unpacked(JSON.parse(page.getElementById("data").textContent));
  return mount(page.body, data, { link: true });
}

function follow(session, dims, say) {
  const go = () => {
    try {
      const z = linked(location.hash, dims);
      if (z) session.commit({ z });
    } catch (error) {
      say(error.message);
    }
  };
  addEventListener("hashchange", go);
  go();
}

// A cell of a notebook has no address of its own, and its theme is the notebook's.
function head({ session, data }, say, link) {
  if (!link) return el("header", {}, el("h1", {}, data.title));
  const themes = choice("Colours of the page", [["", "as the system"], ["light", "light"], ["dark", "dark"]], () => {
    document.documentElement.dataset.theme = themes.value;
  });
  const copy = button("Copy link", () => {
    const address = `${location.href.split("#")[0]}${linkTo(session.state.z)}`;
    navigator.clipboard?.writeText(address).then(() => say("The link to this place is copied."), () => say(address)) ?? say(address);
  });
  return el("header", {}, el("h1", {}, data.title), copy, themes);
}

// The decoded picture, beside it a drawing while z is its own, and a file of it.
function digit({ session, drawing, model, atlas, data }) {
  const canvas = el("canvas", { role: "img" });
  const yours = el("canvas", { role: "img", "aria-label": "Your drawing, as the model gets it" });
  const beside = el("figure", { hidden: true }, yours, el("figcaption", {}, "yours"));
  session.listen(({ z, strokes }) => drawing.ask("digit", () => {
    paint(canvas, [model.decode(z)], model.shape);
    canvas.setAttribute("aria-label", `${data.like_mnist ? "Digit" : "Picture"}: ${spoken(z, atlas)}`);
    beside.hidden = !strokes.length;
    if (strokes.length) paint(yours, [prepare(strokes)], model.shape);
  }));
  return el("div", { className: "digit" }, canvas, el("div", {}, beside, button("Save PNG", () => savePng(canvas))));
}

function savePng(canvas) {
  const large = el("canvas", { width: canvas.width * 20, height: canvas.height * 20 });
  const context = large.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, large.width, large.height);
  large.toBlob((blob) => {
    const link = el("a", { href: URL.createObjectURL(blob), download: "latent.png" });
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

function moves({ session, model, atlas }) {
  const random = () => session.commit({ z: Array.from(atlas ? atlas.sample(Math.random) : normals(model.latentDim, Math.random)) });
  const undo = button("Undo", () => session.undo());
  const redo = button("Redo", () => session.redo());
  session.listen(() => ([undo.disabled, redo.disabled] = [!session.canUndo, !session.canRedo]));
  const title = atlas ? "Drawn from where the data are: the aggregated posterior" : "Drawn from the prior N(0, I)";
  return el("div", { className: "line" }, button("Random", random, { title }), button("Reset", () => session.commit({ z: session.state.z.map(() => 0) })), undo, redo);
}

function shortcut(event, session) {
  if (event.target.matches("input:not([type=range])") || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key === "z") (event.shiftKey ? session.redo() : session.undo());
  else if (key === "y") session.redo();
  else return;
  event.preventDefault();
}

// Map, plane, path and pad: one is seen, and only that is drawn.
function tabsOf(parts) {
  const { session, model, atlas, data } = parts;
  const places = () => [{ name: "here", z: session.state.z }, ...session.state.bookmarks, ...(atlas?.classes.map(({ name, mean }) => ({ name: `mean of ${name}`, z: mean })) ?? [])];
  const views = { path: pathView({ ...parts, places }), pad: padView(parts) };
  if (model.latentDim > 1) Object.assign(views, { plane: pictureView(parts) }, atlas && { map: mapView(parts) });
  const titles = { map: "Map", plane: "Plane", path: "Path", pad: data.like_mnist ? "Your digit" : "Your picture" };
  const names = Object.keys(titles).filter((name) => name in views);
  const buttons = names.map((name) => button(titles[name], () => show(name), { role: "tab" }));
  const panel = el("div", { role: "tabpanel" });
  let seen = names[0];
  const draw = (state) => views[seen].show(views[seen].view ? state.z : state);
  function show(name = seen) {
    views.path.stop();
    seen = name;
    buttons.forEach((each, k) => each.setAttribute("aria-selected", names[k] === name));
    panel.replaceChildren(views[name].box);
    draw(session.state);
  }
  session.listen((state) => parts.drawing.ask("tab", () => draw(session.state)));
  return { box: el("section", {}, el("div", { role: "tablist" }, ...buttons), panel), show, stop: () => views.path.stop() };
}

function about({ about, latent_dim: dims, version }) {
  const { test, data } = about;
  const well = test.loss == null ? "It was not measured." : `On ${test.images} test images its loss is ${test.loss.toFixed(1)} nats: recon ${test.recon.toFixed(1)}, kl ${test.kl.toFixed(1)}.`;
  return el("details", {}, el("summary", {}, "About"), el("p", {}, `A variational autoencoder with ${dims} latent dimensions${data && `, trained on ${data}`}. ${well}`),
    el("p", {}, `All is computed in this page, which asks for nothing from anywhere; its weights are rounded to half precision, so a picture may be a grey level off. Made by vae-explorer ${version}.`));
}
