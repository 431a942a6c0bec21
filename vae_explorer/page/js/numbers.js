// The numbers of a page, out of its JSON: base64, deflate, float16, steps. Knows no model.

// Where data holds {type, at, count}, puts that array of its body; data is changed and given.
async function unpacked(data) {
  const bytes = Uint8Array.from(atob(data.body), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const body = await new Response(stream).arrayBuffer();
  delete data.body;
  return withArrays(data, body);
}

function withArrays(node, body) {
  if (node === null || typeof node !== "object") return node;
  if (node.type && "at" in node) return READERS[node.type](body, node);
  for (const key of Object.keys(node)) node[key] = withArrays(node[key], body);
  return node;
}

const READERS = {
  f2: (body, { at, count }) => Float32Array.from(new Uint16Array(body.slice(at, at + 2 * count)), fromHalf),
  f4: (body, { at, count }) => new Float32Array(body.slice(at, at + 4 * count)),
  i1: (body, { at, count, step }) => Float32Array.from(new Int8Array(body, at, count), (value) => value * step),
};

// IEEE 754 binary16, as its 16 bits → the number. Weights are finite.
function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

// Numbers (D, N), a dimension after the other → (N, D).
function transposed(values, dims) {
  const count = values.length / dims;
  return Float32Array.from({ length: values.length }, (_, k) => values[(k % dims) * count + Math.floor(k / dims)]);
}

// The log of the sum of the exponentials of logs.
function logSum(logs) {
  let most = -Infinity;
  for (const log of logs) if (log > most) most = log;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  return most + Math.log(sum);
}
