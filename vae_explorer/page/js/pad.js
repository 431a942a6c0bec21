// A pad to draw a digit on, which the encoder is handed while the pen moves. Knows the session and the encoder.

const DETAIL = 16; // pixels of the pad to each of a picture
const ABOUT = "Pad: draw a digit; arrows move the pen, Space sets it down and lifts it";

// The pad, or in a few words why there is none.
function padView(parts) {
  const { drawing: why } = parts.data.missing;
  return why
    ? { box: el("p", { className: "quiet" }, `Nothing can be drawn for this model: ${why}.`), show() {} }
    : new Pad(parts);
}

class Pad {
  #at = [SIDE / 2, SIDE / 2]; // of the pen, in pixels of a picture
  #down = false;
  #stroke; // the one that the pen draws, or drew last
  #encoded; // the drawing that was encoded last,
  #found; // and its mu

  constructor({ session, drawing, model }) {
    Object.assign(this, { session, drawing, model });
    const side = SIDE * DETAIL;
    const given = { width: side, height: side, tabIndex: 0, role: "application", "aria-label": ABOUT };
    this.canvas = el("canvas", {
      ...given,
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#setDown(false),
    });
    dragged(
      this.canvas,
      (x, y, begins) => this.#move([x * SIDE, y * SIDE], begins),
      () => session.commit(),
    );
    this.eraser = el("input", { type: "checkbox" });
    this.back = button("Back to yours", () => session.commit({ z: this.#mu(session.state.strokes) }));
    const clear = button("Clear", () => session.commit({ strokes: [] }));
    const line = el("div", { className: "line" }, el("label", {}, this.eraser, " Eraser"), clear, this.back);
    this.box = el("div", {}, this.canvas, line);
  }

  show({ z, strokes }) {
    const cursor = this.canvas.getRootNode().activeElement === this.canvas && this.#at;
    this.drawing.ask("pad", () => drawPad(this.canvas, strokes, cursor));
    this.back.disabled = !strokes.length || this.#mu(strokes).every((value, d) => Math.abs(value - z[d]) < 1e-6);
  }

  // What the encoder says of a drawing, which is asked for in each frame while z moves.
  #mu(strokes) {
    if (strokes !== this.#encoded) {
      this.#encoded = strokes;
      this.#found = Array.from(this.model.encoder.encode(prepare(strokes)).mu);
    }
    return this.#found;
  }

  // Moves the pen that is down; where it begins, or what it began was undone, with a new stroke.
  #move(to, down) {
    const { strokes } = this.session.state;
    const begins = down || strokes.at(-1) !== this.#stroke;
    this.#at = within(to);
    const last = begins ? { points: [], erases: this.eraser.checked } : this.#stroke;
    this.#stroke = { ...last, points: [...last.points, this.#at] };
    const drawn = [...(begins ? strokes : strokes.slice(0, -1)), this.#stroke];
    this.session.preview({ strokes: drawn, z: this.#mu(drawn) });
  }

  #key(event) {
    if (modified(event)) return;
    const [right, up] = MOVES[event.key] ?? [];
    const to = within([this.#at[0] + right, this.#at[1] - up]);
    if (event.key === " ") this.#setDown(!this.#down);
    else if (right === undefined) return;
    else if (this.#down) this.#move(to, false);
    else this.#at = to;
    event.preventDefault();
    this.show(this.session.state);
  }

  #setDown(down) {
    this.#down = down;
    if (down) this.#move(this.#at, true);
    else this.session.commit();
  }
}

const within = (point) => point.map((value) => Math.min(Math.max(value, 0), SIDE));

function drawPad(canvas, strokes, cursor) {
  const context = canvas.getContext("2d");
  context.setTransform(DETAIL, 0, 0, DETAIL, 0, 0);
  context.fillStyle = "#000";
  context.fillRect(0, 0, SIDE, SIDE);
  context.lineCap = context.lineJoin = "round";
  for (const { points, erases } of strokes) {
    context.strokeStyle = erases ? "#000" : "#fff";
    context.lineWidth = 2 * (erases ? RUBBER : PEN);
    context.beginPath();
    context.moveTo(points[0][0] - 0.01, points[0][1]); // a line of no length would not be drawn
    for (const [x, y] of points) context.lineTo(x, y);
    context.stroke();
  }
  context.fillStyle = "#aaa";
  context.font = "1.4px system-ui, sans-serif";
  context.textAlign = "center";
  if (!strokes.length) context.fillText("Draw a digit here", SIDE / 2, SIDE / 2);
  context.strokeStyle = "#6a9cff";
  context.lineWidth = 0.15;
  if (cursor) context.strokeRect(cursor[0] - 0.4, cursor[1] - 0.4, 0.8, 0.8);
}
