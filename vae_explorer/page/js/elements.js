// Elements of a page, and pictures in canvases. Knows no model.

// tag with properties, listeners (on…: function) and attributes; children are elements or text, null is left out.
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "role") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

function button(text, onclick, given = {}) {
  return el("button", { type: "button", onclick, ...given }, text);
}

// A choice of one of [value, text].
function choice(label, options, onchange) {
  const select = el("select", { "aria-label": label, onchange });
  select.append(...options.map(([value, text]) => el("option", { value }, text)));
  return select;
}

// Draws images, each (C, H, W) in [-1, 1], as the tiles of a canvas from tile `first` on, row by row.
function paint(canvas, images, [channels, h, w], columns = 1, rows = 1, first = 0) {
  if (canvas.width !== columns * w || canvas.height !== rows * h)
    [canvas.width, canvas.height] = [columns * w, rows * h];
  const context = canvas.getContext("2d");
  images.forEach((x, k) => {
    const tile = context.createImageData(w, h);
    for (let p = 0; p < h * w; p++) {
      for (let c = 0; c < 3; c++) tile.data[4 * p + c] = Math.round((x[(c % channels) * h * w + p] + 1) * 127.5);
      tile.data[4 * p + 3] = 255;
    }
    context.putImageData(tile, ((first + k) % columns) * w, Math.floor((first + k) / columns) * h);
  });
}

// Where an event points in an element, (x, y) from 0 to 1 if it is inside.
function pointed(event, element) {
  const box = element.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

// Calls move(x, y, begins) when a pointer is pressed on an element and while it then moves; rest() when one is lifted.
function dragged(element, move, rest) {
  element.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true }); // or the place under the finger would be another
    event.preventDefault();
    move(...pointed(event, element), true);
  });
  element.addEventListener("pointermove", (event) => {
    if (element.hasPointerCapture(event.pointerId)) move(...pointed(event, element), false);
  });
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => rest());
}

// A number of z, with its sign.
function signed(value, digits = 2) {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(digits);
}
