// Ways from a to b: points one after the other, both ends included. Knows numbers.

function straight(a, b, count) {
  return Array.from({ length: count }, (_, k) => lerp(a, b, k / (count - 1)));
}

// The least and the largest of each coordinate of points in a plane.
function extremes(points) {
  return [Math.min, Math.max].map((end) =>
    [0, 1].map((k) => points.reduce((found, point) => end(found, point[k]), points[0][k])),
  );
}

function lerp(a, b, share) {
  return Array.from(a, (value, d) => {
    const [low, high] = value < b[d] ? [value, b[d]] : [b[d], value]; // never beyond them by rounding
    return Math.min(Math.max((1 - share) * value + share * b[d], low), high);
  });
}

// Even angles about the origin, and even steps of the length; straight where a and b point the same way.
function arc(a, b, count) {
  return Array.from({ length: count }, (_, k) => slerp(a, b, k / (count - 1)));
}

// A share t of the way on an arc about the origin (Shoemake 1985), as in the window's space/latent.
function slerp(a, b, t) {
  const [long, other] = [Math.hypot(...a), Math.hypot(...b)];
  if (t === 0 || t === 1 || a.length === 1 || !long || !other) return lerp(a, b, t);
  const u = Array.from(a, (value) => value / long);
  const cos = u.reduce((sum, value, d) => sum + (value * b[d]) / other, 0);
  let aside = u.map((value, d) => b[d] / other - cos * value);
  const sin = Math.hypot(...aside);
  if (sin < PARALLEL) {
    const axis = u.reduce((least, value, d) => (Math.abs(value) < Math.abs(u[least]) ? d : least), 0);
    aside = u.map((value, d) => (d === axis) - u[axis] * value);
  }
  const angle = t * Math.atan2(sin, cos);
  const [along, across] = [Math.cos(angle), Math.sin(angle) / Math.hypot(...aside)];
  return u.map((value, d) => (long + t * (other - long)) * (along * value + across * aside[d]));
}

const PARALLEL = 1e-8; // less is rounding: the two point the same or the opposite way
