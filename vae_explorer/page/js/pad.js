// A pad to draw a digit on, which the encoder is handed while the pen moves. Knows the session and the encoder.

const KEY_STEP = 1; // pixels of the picture, of a cursor that is moved by keys

function padView({ session, drawing, model, data }) {
  if (data.missing.drawing) return { box: el("p", { className: "quiet" }, `Nothing can be drawn for this model: ${data.missing.drawing}.`), show() {} };
  const canvas = el("canvas", { width: SIDE * 12, height: SIDE * 12, tabIndex: 0, role: "application",
    "aria-label": "Pad: draw a digit; arrows move the pen, Space sets it down and lifts it", onkeydown: (event) => keys(event) });
  const eraser = el("input", { type: "checkbox" });
  const back = button("Back to yours", () => session.commit({ z: meant(session.state.strokes) }));
  const pen = { at: [SIDE / 2, SIDE / 2], down: false };
  const meant = (strokes) => Array.from(model.encoder.encode(prepare(strokes)).mu);
  const put = (strokes) => session.preview({ strokes, z: strokes.length ? meant(strokes) : session.state.z });
  function move(x, y, begins) {
    const { strokes } = session.state;
    pen.at = [x, y].map((share) => Math.min(Math.max(share * SIDE, 0), SIDE));
    if (begins) return put([...strokes, { points: [pen.at], erases: eraser.checked }]);
    const last = strokes.at(-1);
    put([...strokes.slice(0, -1), { ...last, points: [...last.points, pen.at] }]);
  }
  function keys(event) {
    if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) move(pen.at[0] / SIDE, pen.at[1] / SIDE, true);
      else session.commit();
    } else if (MOVES[event.key]) {
      const [x, y] = MOVES[event.key];
      const to = [pen.at[0] + KEY_STEP * x, pen.at[1] - KEY_STEP * y];
      if (pen.down) move(to[0] / SIDE, to[1] / SIDE, false);
      else {
        pen.at = to;
        show(session.state);
      }
    } else return;
    event.preventDefault();
  }
  dragged(canvas, move, () => session.commit());
  function show({ z, strokes }) {
    drawing.ask("pad", () => drawPad(canvas, strokes, canvas.getRootNode().activeElement === canvas && pen.at));
    back.disabled = !strokes.length || meant(strokes).every((value, d) => Math.abs(value - z[d]) < 1e-6);
  }
  const clear = button("Clear", () => session.commit({ strokes: [] }));
  return { show, box: el("div", {}, canvas, el("div", { className: "line" }, el("label", {}, eraser, " Eraser"), clear, back)) };
}

function drawPad(canvas, strokes, cursor) {
  const context = canvas.getContext("2d");
  const scale = canvas.width / SIDE;
  context.fillStyle = "#000";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.lineCap = context.lineJoin = "round";
  for (const { points, erases } of strokes) {
    context.strokeStyle = erases ? "#000" : "#fff";
    context.lineWidth = 2 * (erases ? RUBBER : PEN) * scale;
    context.beginPath();
    for (const [x, y] of [points[0], ...points]) context.lineTo(x * scale, y * scale);
    context.stroke();
  }
  if (!strokes.length) {
    context.fillStyle = "#aaa";
    context.font = "18px system-ui, sans-serif";
    context.textAlign = "center";
    context.fillText("Draw a digit here", canvas.width / 2, canvas.height / 2);
  }
  if (!cursor) return;
  context.strokeStyle = "#6a9cff";
  context.lineWidth = 2;
  context.strokeRect(cursor[0] * scale - 5, cursor[1] * scale - 5, 10, 10);
}
