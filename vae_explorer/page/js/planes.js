// A plane of latent space as a square to move on: the map and the plane of pictures are ones. Knows the session.

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const modified = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey; // a key that is the browser's
const PRINCIPAL = "principal";

// Where z stands on a plane {mean, axes: two of (D,)}.
function project({ mean, axes }, z) {
  return axes.map((axis) => axis.reduce((sum, value, d) => sum + value * (z[d] - mean[d]), 0));
}

// The point above (x, y) that is as far off the plane as z.
function lift(plane, z, to) {
  const from = project(plane, z);
  return z.map((value, d) => value + plane.axes.reduce((sum, axis, k) => sum + axis[d] * (to[k] - from[k]), 0));
}

// draw(z) shows the plane, and sets the frame where that changes.
class PlaneView {
  #chosen = ["0", "1"]; // across and up, when they were dimensions last
  frame = { low: [0, 0], span: 1 }; // the lower left corner of the square on the plane, and the length of its sides

  constructor(parts, label, kind) {
    Object.assign(this, parts);
    const { session, model, data } = parts;
    const dims = Array.from({ length: model.latentDim }, (_, dim) => [dim, data.names[dim] ?? `z${dim}`]);
    const principal = data.atlas ? [[PRINCIPAL, "principal axes"]] : [];
    const choose = () => {
      this.#choose();
      this.show(session.state);
    };
    this.across = choice("Across", [...principal, ...dims], choose);
    this.up = choice("Up", dims, choose);
    this.up.selectedIndex = 1;
    this.canvas = el("canvas");
    this.cursor = el("i", { className: "cursor" });
    const given = {
      className: `plane ${kind}`,
      tabIndex: 0,
      role: "application",
      "aria-label": `${label}; arrows move`,
    };
    const keys = { onkeydown: (event) => this.#key(event), onkeyup: () => session.commit() };
    const square = el("div", { ...given, ...keys }, this.canvas, this.cursor);
    dragged(
      square,
      (x, y) => session.preview({ z: this.#at(x, 1 - y) }),
      () => session.commit(),
    );
    const hint = el("span", { className: "quiet" }, "Tap or drag to go there");
    this.box = el("div", {}, square, el("div", { className: "line" }, this.across, this.up, hint));
    this.#choose();
  }

  show({ z }) {
    this.draw(z);
    const { low, span } = this.frame;
    const [x, y] = project(this.plane, z).map((value, k) => (100 * (value - low[k])) / span);
    Object.assign(this.cursor.style, { left: `${x}%`, top: `${100 - y}%` });
  }

  #choose() {
    const { across, up, data } = this;
    this.up.hidden = across.value === PRINCIPAL;
    const [x, y] = this.#chosen;
    // Where both would be one, they change places.
    if (across.value === up.value) {
      if (across.value === x) across.value = y;
      else up.value = x;
    }
    if (!up.hidden) this.#chosen = [across.value, up.value];
    const axis = (dim) => Array.from({ length: data.latent_dim }, (_, d) => Number(d === Number(dim)));
    this.plane = up.hidden ? data.atlas.plane : { mean: axis(-1), axes: [axis(across.value), axis(up.value)] };
  }

  // The point at shares of the square's sides, from its lower left corner.
  #at(...shares) {
    const to = shares.map((share, k) => this.frame.low[k] + share * this.frame.span);
    return lift(this.plane, this.session.state.z, to);
  }

  #key(event) {
    const move = MOVES[event.key];
    if (!move || modified(event)) return;
    event.preventDefault();
    const { z } = this.session.state;
    const step = event.shiftKey ? 0.01 : 0.1;
    const to = project(this.plane, z).map((value, k) => value + step * move[k]);
    this.session.preview({ z: lift(this.plane, z, to) });
  }
}
