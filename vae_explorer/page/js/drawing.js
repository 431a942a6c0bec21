// When things are drawn: once a frame, the newest state; what takes many decodes in slices, so that a drag stays fluid.

const SLICE_MS = 7;

class Drawing {
  #now = new Map(); // by name: drawn whole in the next frame
  #slices = new Map(); // by name: a generator, some steps of which are taken in each frame, in turn
  #again = new Map(); // by name: what was asked while it was drawn; begun anew each time, it would never end in a drag
  #asked = false;

  // Calls draw in the next frame; a later call of that name takes its place.
  ask(name, draw) {
    this.#now.set(name, draw);
    this.#wake();
  }

  // The same of a generator function, which yields after each step; one that is under way is taken to its end before.
  askSlices(name, steps) {
    if (this.#slices.has(name)) this.#again.set(name, steps);
    else this.#slices.set(name, steps());
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
    for (const [name, steps] of [...this.#slices]) this.#take(name, steps, end);
    if (this.#slices.size) this.#wake();
  }

  // Takes steps until the time is up, and then stands behind the others.
  #take(name, steps, end) {
    let done = false;
    while (!done && performance.now() < end) done = steps.next().done;
    const next = done ? this.#again.get(name)?.() : steps;
    if (done) this.#again.delete(name);
    this.#slices.delete(name);
    if (next) this.#slices.set(name, next);
  }
}
