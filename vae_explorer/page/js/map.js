// The map: the encoded images on a plane, as dots in the colours of their classes. Knows the atlas.

const MAP = 800; // pixels of its sides
const STRIDES = [1931, 1933]; // primes: dots of all classes come in turn, or the last class would hide the others
const APART = 44; // pixels between the names of two classes, at least

class MapView extends PlaneView {
  constructor(parts) {
    super(parts, "Map of the encoded images", "map");
  }

  // z does not change it, so it is drawn once for each plane.
  draw() {
    if (this.drawn === this.plane) return;
    this.drawn = this.plane;
    const dots = Array.from({ length: this.atlas.count }, (_, k) => project(this.plane, this.atlas.at(k)));
    this.frame = around(dots);
    const { low, span } = this.frame;
    const spot = ([x, y]) => [((x - low[0]) / span) * MAP, (1 - (y - low[1]) / span) * MAP];
    this.canvas.width = this.canvas.height = MAP;
    const context = this.canvas.getContext("2d");
    const stride = STRIDES.find((each) => dots.length % each);
    for (let k = 0; k < dots.length; k++) {
      const at = (k * stride) % dots.length;
      context.fillStyle = this.atlas.classes[this.atlas.label[at]].colour;
      context.beginPath();
      context.arc(...spot(dots[at]), 3, 0, 7);
      context.fill();
    }
    const middles = apart(this.atlas.classes.map(({ mean }) => spot(project(this.plane, mean))));
    middles.forEach((at, k) => drawBadge(context, at, this.atlas.classes[k]));
  }
}

// The square around points, with a little room.
function around(points) {
  const [low, high] = extremes(points);
  const span = 1.08 * Math.max(high[0] - low[0], high[1] - low[1], 1e-3);
  return { low: low.map((value, k) => (value + high[k] - span) / 2), span };
}

// Moves places, in pixels, until none is too near to another.
function apart(places) {
  for (let turn = 0; turn < 100; turn++) {
    for (const [i, one] of places.entries()) {
      for (const other of places.slice(0, i)) part(one, other);
    }
  }
  return places;
}

function part(one, other) {
  const [dx, dy] = [one[0] - other[0] + 0.1, one[1] - other[1]];
  const push = Math.max(0, APART / Math.hypot(dx, dy) - 1) / 4;
  [one[0], one[1]] = [one[0] + push * dx, one[1] + push * dy];
  [other[0], other[1]] = [other[0] - push * dx, other[1] - push * dy];
}

function drawBadge(context, [x, y], { short, colour }) {
  context.font = "bold 24px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const wide = context.measureText(short).width + 16;
  context.fillStyle = colour;
  context.strokeStyle = "#14161a";
  context.lineWidth = 2;
  for (const draw of ["fillRect", "strokeRect"]) context[draw](x - wide / 2, y - 17, wide, 34);
  context.fillStyle = isLight(colour) ? "#000" : "#fff";
  context.fillText(short, x, y + 2);
}

// Whether black is easier to read than white on "#rrggbb": by its relative luminance, as WCAG 2 has it.
function isLight(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
