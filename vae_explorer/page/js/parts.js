// What stands around the views: the head, the digit, the buttons, what is told of the model. Knows the session.

const HELLO =
  "The decoder draws a picture from a few numbers, z. Drag a slider, or click a tile of its strip: " +
  "it shows where that slider alone would lead.";

function hello() {
  return el("p", { className: "quiet" }, HELLO);
}

// What is said to who does not see it, when z rests.
function aloud({ session, data, atlas }) {
  const box = el("p", { className: "aloud", role: "status" });
  session.listen(({ z }, rests) => {
    if (rests) box.textContent = `The ${data.like_mnist ? "digit" : "picture"} ${spoken(z, atlas)}.`;
  });
  return box;
}

// A cell of a notebook has no address of its own, and its theme is the notebook's.
function head({ session, data }, status, say, link) {
  if (!link) return el("header", {}, el("h1", {}, data.title), status);
  const themes = choice(
    "Colours of the page",
    [
      ["", "Colours: system"],
      ["light", "Colours: light"],
      ["dark", "Colours: dark"],
    ],
    () => {
      document.documentElement.dataset.theme = themes.value;
    },
  );
  const copy = button("Copy link", () => {
    const address = `${location.href.split("#")[0]}${linkTo(session.state.z)}`;
    navigator.clipboard?.writeText(address).then(
      () => say("The link to this place is copied."),
      () => say(address),
    ) ?? say(address);
  });
  return el("header", {}, el("h1", {}, data.title), status, copy, themes);
}

// The decoded picture, beside it the drawing that there is, and a file of it.
function digit({ session, drawing, model, atlas, data }) {
  const canvas = el("canvas", { role: "img" });
  const yours = el("canvas", { role: "img", "aria-label": "Your drawing, as the model gets it" });
  const beside = el("figure", { hidden: true }, yours, el("figcaption", {}, "yours"));
  let shown; // the drawing, which takes longer than a frame
  session.listen(({ z, strokes }) =>
    drawing.ask("digit", () => {
      paint(canvas, [model.decode(z)], model.shape);
      canvas.setAttribute("aria-label", `${data.like_mnist ? "Digit" : "Picture"}: ${spoken(z, atlas)}`);
      beside.hidden = !strokes.length;
      if (strokes.length && strokes !== shown) paint(yours, [prepare(strokes)], model.shape);
      shown = strokes;
    }),
  );
  return el(
    "div",
    { className: "digit" },
    canvas,
    el(
      "div",
      {},
      beside,
      button("Save PNG", () => savePng(canvas)),
    ),
  );
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
  const random = () =>
    session.commit({ z: Array.from(atlas ? atlas.sample(Math.random) : normals(model.latentDim, Math.random)) });
  const undo = button("Undo", () => session.undo());
  const redo = button("Redo", () => session.redo());
  session.listen(() => ([undo.disabled, redo.disabled] = [!session.canUndo, !session.canRedo]));
  const title = atlas ? "Drawn from where the data are: the aggregated posterior" : "Drawn from the prior N(0, I)";
  return el(
    "div",
    { className: "line" },
    button("Random", random, { title }),
    button("Reset", () => session.commit({ z: session.state.z.map(() => 0) })),
    undo,
    redo,
  );
}

function about({ data: { about, latent_dim: dims, version, like_mnist }, atlas }) {
  const { test, data } = about;
  const many = (count) => count.toLocaleString("en");
  const seen = atlas
    ? ` Map and answers are by ${many(atlas.count)} encoded ${like_mnist ? "digits" : "pictures"}.`
    : "";
  const well =
    test.loss == null
      ? "It was not measured."
      : `On ${many(test.images)} test images its loss is ${test.loss.toFixed(1)} nats: recon ${test.recon.toFixed(1)}, kl ${test.kl.toFixed(1)}.`;
  return el(
    "details",
    {},
    el("summary", {}, "About"),
    el(
      "p",
      {},
      `A variational autoencoder with ${dims} latent dimensions${data && `, trained on ${data}`}. ${well}${seen}`,
    ),
    el(
      "p",
      {},
      `All is computed in this page, which asks for nothing from anywhere; its weights are rounded to half precision, so a picture may be a grey level off. Made by vae-explorer ${version}.`,
    ),
  );
}
