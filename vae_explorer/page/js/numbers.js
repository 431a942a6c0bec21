// The numbers of a page, out of its JSON: base64, deflate, float16, steps. Knows no model.

// Puts arrays where data tells of them, as page/arrays packs them; data is changed and given.
async function unpacked(data) {
  if (data === null || typeof data !== "object") return data;
  if (data.planes) return numbersOf(data, await Promise.all(data.planes.map(inflated)));
  for (const key of Object.keys(data)) data[key] = await unpacked(data[key]);
  return data;
}

async function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// planes: the first bytes of all numbers, the second ones, …
function numbersOf({ type, steps }, planes) {
  const bytes = new Uint8Array(planes.length * planes[0].length);
  planes.forEach((plane, first) => plane.forEach((byte, k) => (bytes[first + k * planes.length] = byte)));
  return READERS[type](bytes.buffer, steps);
}

const READERS = {
  f2: (buffer) => Float32Array.from(new Uint16Array(buffer), fromHalf),
  f4: (buffer) => new Float32Array(buffer),
  i1: (buffer, steps) => stepped(new Int8Array(buffer), steps),
  i2: (buffer, steps) => stepped(new Int16Array(buffer), steps),
};

// IEEE 754 binary16, as its 16 bits → the number. Weights are finite.
function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

// Multiples (D, N) of the steps of D dimensions, a dimension after the other → the numbers (N, D).
function stepped(multiples, steps) {
  const dims = steps.length;
  const numbers = new Float32Array(multiples.length);
  for (let d = 0, at = 0; d < dims; d++) {
    for (let k = d; k < numbers.length; k += dims) numbers[k] = multiples[at++] * steps[d];
  }
  return numbers;
}

// The log of the sum of the exponentials of logs.
function logSum(logs) {
  let most = -Infinity;
  for (const log of logs) if (log > most) most = log;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  return most + Math.log(sum);
}
