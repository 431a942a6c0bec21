// Map, plane, path and pad: one is seen, and only that is drawn. Each has a box and show(state).

class Tabs {
  constructor(parts) {
    const { session, drawing, model, atlas, data } = parts;
    this.session = session;
    this.path = new Path({ ...parts, places: () => placesOf(session, atlas) });
    const plane = model.latentDim > 1;
    this.views = {
      Map: plane && atlas && new MapView(parts),
      Plane: plane && new PictureView(parts),
      Path: this.path,
      [data.like_mnist ? "Your digit" : "Your picture"]: padView(parts),
    };
    this.names = Object.keys(this.views).filter((name) => this.views[name]);
    this.buttons = this.names.map((name) => button(name, () => this.select(name), { role: "tab" }));
    this.panel = el("div", { role: "tabpanel" });
    const onkeydown = (event) => this.#key(event);
    this.box = el("section", {}, el("div", { role: "tablist", onkeydown }, ...this.buttons), this.panel);
    this.select(this.names[0]);
    session.listen(() => drawing.ask("tab", () => this.view.show(session.state)));
  }

  select(name) {
    this.path.stop();
    this.view = this.views[name];
    this.buttons.forEach((each, k) => each.setAttribute("aria-selected", this.names[k] === name));
    this.panel.replaceChildren(this.view.box);
    this.view.show(this.session.state);
    this.panel.setAttribute("aria-label", name);
  }

  // The arrows go to the tab beside.
  #key(event) {
    const step = MOVES[event.key]?.[0];
    if (!step || modified(event)) return;
    event.preventDefault();
    const beside = this.buttons.at((this.buttons.indexOf(event.target) + step) % this.buttons.length);
    beside.focus();
    beside.click();
  }
}

function placesOf(session, atlas) {
  const { z, bookmarks } = session.state;
  const means = atlas?.classes.map(({ name, mean }) => ({ name: `mean of ${name}`, z: mean })) ?? [];
  return [{ name: "here", z }, ...bookmarks, ...means];
}
