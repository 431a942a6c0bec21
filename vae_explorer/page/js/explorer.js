// The explorer of one model in an element of a page: what it shows, and what a program may ask of it.

// root: an element or a shadow root; data: unpacked → {z, onmove, decode, encode, atlas}
function mount(root, data) {
  const model = openModel(data);
  const atlas = openAtlas(data);
  const { decode, encoder } = model;
  return { z: data.z, decode, encode: encoder?.encode, atlas, prepare, straight, arc };
}

// The page itself, around its data.
async function begin(page) {
  return mount(page.body, await unpacked(JSON.parse(page.getElementById("data").textContent)));
}
