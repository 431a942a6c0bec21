// The explorer of one model in an element of a page: what stands where, and what a program may ask of it.

// root: an element or a shadow root; data: unpacked; options: {z, link: whether the address says where z is}
// → {z, onmove(z), decode, encode, atlas, prepare, straight, arc, destroy()}
function mount(root, data, options = {}) {
  const [model, atlas] = [openModel(data), openAtlas(data)];
  const memory = remembered(data);
  const session = new Session({ z: options.z ?? data.z, bookmarks: memory.read(), strokes: [] });
  const parts = { session, drawing: new Drawing(), model, data, atlas, memory };
  const tabs = new Tabs(parts);
  const status = el("p", { className: "status", role: "status" });
  const say = (text) => (status.textContent = text);
  const box = laidOut(parts, tabs, head(parts, status, say, options.link));
  const ends = new AbortController();
  const until = { signal: ends.signal };
  (options.link ? document : box).addEventListener("keydown", (event) => shortcut(event, session), until);
  root.append(box);
  if (options.link) follow(session, model.latentDim, say, until);
  const destroy = () => (ends.abort(), tabs.path.stop(), box.remove());
  return asked(session, {
    decode: model.decode,
    encode: model.encoder?.encode,
    atlas,
    prepare,
    straight,
    arc,
    destroy,
  });
}

function laidOut(parts, tabs, top) {
  const column = (className, ...children) => el("div", { className }, ...children);
  const left = column("left", hello(), presets(parts), moves(parts), sliders(parts));
  const middle = column("middle", digit(parts), answers(parts));
  const right = column("right", tabs.box, shelf(parts));
  const main = el("main", {}, left, column("views", middle, right));
  const whole = column("whole", top, main, aloud(parts), about(parts));
  return column("explorer", whole);
}

// What a program may ask: z is read and set, and onmove(z) called when anything else moves it.
function asked(session, explorer) {
  let quiet = false;
  let last = session.state.z;
  Object.defineProperty(explorer, "z", {
    get: () => [...session.state.z],
    set(z) {
      const to = checked(Array.from(z), session.state.z.length);
      quiet = true;
      session.commit({ z: to });
      quiet = false;
    },
  });
  session.listen(({ z }) => {
    if (z !== last && !quiet) explorer.onmove?.([...z]);
    last = z;
  });
  return explorer;
}

// The page itself, around its data.
async function begin(page) {
  try {
    new DecompressionStream("deflate-raw");
  } catch {
    page.body.append("This browser is too old for this page: it needs one of 2023 or later.");
    return null;
  }
  const data = await unpacked(JSON.parse(page.getElementById("data").textContent));
  return mount(page.body, data, { link: true });
}

// z goes where the address says, and the address says where z rests.
function follow(session, dims, say, until) {
  const go = () => {
    try {
      const z = linked(location.hash, dims);
      if (z) session.commit({ z });
    } catch (error) {
      say(error.message);
    }
  };
  addEventListener("hashchange", go, until);
  go();
  session.listen(({ z }, rests) => {
    if (!rests || until.signal.aborted) return;
    say("");
    try {
      history.replaceState(null, "", linkTo(z));
    } catch {
      // a browser may find that too often, or allow it nowhere
    }
  });
}

function shortcut(event, session) {
  if (event.target.matches("input:not([type])") || !(event.ctrlKey || event.metaKey)) return;
  const redoes = { z: event.shiftKey, y: true }[event.key.toLowerCase()];
  if (redoes === undefined) return;
  if (redoes) session.redo();
  else session.undo();
  event.preventDefault();
}
