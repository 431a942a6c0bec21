// The explorer in a cell of a notebook: what anywidget calls for each view of the widget. Knows mount, the style sheet
// as STYLE and anywidget's model; nothing of what the explorer shows.

// model: of z and _data; el: where the view is to be → what takes it away again
async function render({ model, el }) {
  const host = el.appendChild(document.createElement("div"));
  host.dataset.lmSuppressShortcuts = "true"; // or JupyterLab takes arrows and letters for commands of its own
  const root = host.attachShadow({ mode: "open" });
  root.appendChild(document.createElement("style")).textContent = STYLE;
  const explorer = mount(root, await unpacked(JSON.parse(model.get("_data"))), { z: model.get("z") });
  const ends = [tied(model, explorer), themed(host), () => explorer.destroy(), () => host.remove()];
  return () => ends.forEach((end) => end());
}

// Let z of the model and of the explorer be the same, whoever moves it → what ends that
function tied(model, explorer) {
  let here = String(explorer.z); // what this view has said itself comes back to it
  const follow = () => {
    const z = model.get("z");
    if (String(z) === here) return;
    here = String(z);
    explorer.z = z;
  };
  explorer.onmove = (z) => {
    here = String(z);
    model.set("z", Array.from(z));
    model.save_changes(); // while the kernel is busy, the newest waits for all
  };
  model.on("change:z", follow);
  return () => model.off("change:z", follow);
}

// Let an element have the theme of the notebook, which is dark where its text is light → what ends that
function themed(element) {
  const follow = () => {
    const [red, green, blue] = getComputedStyle(document.body)
      .color.match(/[\d.]+/g)
      .map(Number);
    element.dataset.theme = 0.299 * red + 0.587 * green + 0.114 * blue > 127 ? "dark" : "light";
  };
  const observer = new MutationObserver(follow);
  for (const each of [document.documentElement, document.body]) observer.observe(each, { attributes: true });
  follow();
  return () => observer.disconnect();
}

export default { render };
