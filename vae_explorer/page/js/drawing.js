// When things are drawn: once a frame, the newest state; what takes many decodes in slices, so that a drag stays fluid.

const SLICE_MS = 7;

class Drawing {
  #now = new Map(); // by name: drawn whole in the next frame
  #slices = new Map(); // by name: a generator, some steps of which are taken in each frame
  #asked = false;

  // Calls draw in the next frame; a later call of that name takes its place.
  ask(name, draw) {
    this.#now.set(name, draw);
    this.#wake();
  }

  // The same of a generator function, which yields after each step.
  askSlices(name, steps) {
    this.#slices.set(name, steps());
    this.#wake();
  }

  #wake() {
    if (!this.#asked) requestAnimationFrame(() => this.#frame());
    this.#asked = true;
  }

  #frame() {
    const end = performance.now() + SLICE_MS;
    this.#asked = false;
    const draws = [...this.#now.values()];
    this.#now.clear();
    for (const draw of draws) draw();
    for (const [name, steps] of this.#slices) {
      while (performance.now() < end) {
        if (!steps.next().done) continue;
        this.#slices.delete(name);
        break;
      }
    }
    if (this.#slices.size) this.#wake();
  }
}
