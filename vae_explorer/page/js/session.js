// What a person did: where z is, the bookmarks, the drawing, and how to undo it. Knows no elements.

const MOST_Z = 10;

class Session {
  #before = [];
  #after = [];
  #rested; // what undo goes back to while something moves
  #listeners = [];

  constructor(state) {
    this.state = this.#rested = Object.freeze(state);
  }

  listen(listener) {
    this.#listeners.push(listener);
    listener(this.state, false);
  }

  // Shows a change while it is made; commit, when it rests, makes one step of undo of all since the last.
  preview(changes) {
    const state = { ...this.state, ...changes };
    if (changes.z) state.z = Array.from(changes.z, (value) => Math.min(Math.max(value, -MOST_Z), MOST_Z));
    this.#become(state, false);
  }

  commit(changes = {}) {
    this.preview(changes);
    if (JSON.stringify(this.state) === JSON.stringify(this.#rested)) return;
    this.#before.push(this.#rested);
    this.#after = [];
    this.#rested = this.state;
    this.#become(this.state, true);
  }

  // What moves still is a step of its own first.
  undo() {
    this.commit();
    this.#step(this.#before, this.#after);
  }

  redo() {
    this.commit();
    this.#step(this.#after, this.#before);
  }

  get canUndo() {
    return this.#before.length > 0;
  }

  get canRedo() {
    return this.#after.length > 0;
  }

  #step(from, to) {
    if (!from.length) return;
    to.push(this.#rested);
    this.#rested = from.pop();
    this.#become(this.#rested, true);
  }

  #become(state, rests) {
    this.state = Object.freeze(state);
    for (const listener of this.#listeners) listener(this.state, rests);
  }
}
