// A drawing made like MNIST's digits: strokes fitted into their box, and their grey levels. Knows numbers.
//
// Strokes are [{points: [[x, y], …], erases}] in pixels of the picture, as the window's datasets/strokes has them.

const SIDE = 28;
const PEN = 1.4; // pixels from the middle of a line to where it is half white
const EDGE = 1.5; // pixels over which it fades
const RUBBER = 2.5; // the eraser's PEN
const BOX = 20; // pixels, that MNIST's digits just fit into
const CENTRE = 14.5; // where their centres of mass lie in the mean
const MOST = 4; // times larger at most, or a dot would be as large as a digit

// Strokes → an image (784,) in [-1, 1], as large as MNIST's digits and centred by mass, as theirs are.
function prepare(strokes) {
  return Float32Array.from(coverage(fitted(strokes)), (level) => Math.round(level * 255) / 127.5 - 1);
}

// How white each pixel of the picture is, (784,) in [0, 1].
function coverage(strokes) {
  const levels = new Float32Array(SIDE * SIDE);
  for (const { points, erases, radius } of strokes) {
    const reach = radius ?? (erases ? RUBBER : PEN);
    for (let k = 0; k < levels.length; k++) {
      const away = distance(points, (k % SIDE) + 0.5, Math.floor(k / SIDE) + 0.5);
      const cover = Math.min(Math.max((reach - away) / EDGE + 0.5, 0), 1);
      levels[k] = erases ? Math.min(levels[k], 1 - cover) : Math.max(levels[k], cover);
    }
  }
  return levels;
}

// From a place to the nearest of the lines between points.
function distance(points, x, y) {
  let least = Infinity;
  for (let k = 0; k < points.length; k++) {
    const [x0, y0] = points[Math.max(0, k - 1)];
    const [dx, dy] = [points[k][0] - x0, points[k][1] - y0];
    const share = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    least = Math.min(least, (x - x0 - share * dx) ** 2 + (y - y0 - share * dy) ** 2);
  }
  return Math.sqrt(least);
}

function fitted(strokes) {
  const seen = seenOf(strokes);
  if (!seen.length) return strokes;
  const [low, high] = extremes(seen);
  const extent = Math.max(high[0] - low[0], high[1] - low[1]);
  const factor = Math.min(MOST, (BOX - 2 * PEN - EDGE) / Math.max(extent, 1e-6));
  const put = moved(
    strokes,
    factor,
    low.map((end, axis) => CENTRE - (factor * (end + high[axis])) / 2),
  );
  return moved(
    put,
    1,
    centreOf(coverage(put)).map((centre) => CENTRE - centre),
  );
}

// The centre of mass of levels, in pixels.
function centreOf(levels) {
  let [mass, x, y] = [0, 0, 0];
  levels.forEach((level, k) => {
    mass += level;
    x += level * ((k % SIDE) + 0.5);
    y += level * (Math.floor(k / SIDE) + 0.5);
  });
  return mass ? [x / mass, y / mass] : [CENTRE, CENTRE];
}

// Strokes at factor·point + shift; an eraser grows with what it erases, a pen does not.
function moved(strokes, factor, shift) {
  return strokes.map(({ points, erases, radius }) => ({
    erases,
    radius: (radius ?? (erases ? RUBBER : PEN)) * (erases ? factor : 1),
    points: points.map(([x, y]) => [factor * x + shift[0], factor * y + shift[1]]),
  }));
}

// Points along the lines, half a pixel apart or nearer, that no later stroke has erased.
function seenOf(strokes) {
  let seen = [];
  for (const { points, erases } of strokes) {
    const dense = points.flatMap((point, k) => between(points[Math.max(0, k - 1)], point));
    if (!erases) seen = seen.concat(dense);
    else seen = seen.filter(([x, y]) => dense.every((at) => (x - at[0]) ** 2 + (y - at[1]) ** 2 > RUBBER ** 2));
  }
  return seen;
}

function between(start, end) {
  const count = Math.max(1, Math.ceil(2 * Math.hypot(end[0] - start[0], end[1] - start[1])));
  return Array.from({ length: count }, (_, k) => lerp(start, end, (k + 1) / count));
}
